"""Angka kredit: the account of each holder of a jabatan fungsional, and its opening balance."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.credit import (
    account_of,
    accounts_of,
    can_open_account,
    openings_of,
    readable_people,
    record_opening,
)
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.rules.numbers import parse_decimal
from takar.web.cells import figure_problem
from takar.web.http import PersonRequest, page, paged, sentences

FIELDS = ("angka", "tanggal", "dasar")


@page("GET")
def accounts(request: PersonRequest) -> HttpResponse:
    """Everybody whose account the reader may open."""
    found = paged(request, readable_people(request.employee))
    return render(request, "web/accounts.html", {"page": found, "accounts": accounts_of(list(found.object_list))})


@page("GET", "POST")
def account(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    me = request.employee
    person = get_object_or_404(readable_people(me).select_related("agency"), pk=employee_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _record(request, person)
        except InvalidInput as error:
            problems = sentences(error)
        else:
            messages.success(request, f"Saldo awal angka kredit {person.full_name} dicatat.")
            return redirect("account", person.pk)
    context = {
        "account": account_of(person),
        "openings": openings_of(person),
        "keeps": can_open_account(me, person),
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
        "problems": problems,
    }
    return render(request, "web/account.html", context, status=422 if problems else 200)


def _record(request: PersonRequest, person: Employee) -> None:
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    if problem := figure_problem(typed["angka"], "credit"):
        raise InvalidInput("Saldo awal belum dicatat.", [Problem("Angka kredit", f"“{typed['angka']}”: {problem}")])
    record_opening(
        actor=request.employee,
        person=person,
        amount=parse_decimal(typed["angka"]) if typed["angka"].strip() else None,
        as_of=_date(typed["tanggal"]),
        source=typed["dasar"],
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
