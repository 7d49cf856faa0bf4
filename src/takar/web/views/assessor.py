"""Ganti pejabat penilai: the rules of the case's regulation, and the desk's decision who assesses."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.accounts.adapter import normal_username
from takar.casework.assessors import (
    RELATED,
    can_reassign,
    check_can_reassign,
    reassign_assessor,
    reassignable_cases,
    rulings,
    superior_now,
)
from takar.casework.models import Case
from takar.casework.queries import visible_cases
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, page, sentences

FIELDS = ("terjadi", "tanggal", "penilai", "alasan")


@page("GET", "POST")
def assessor(request: PersonRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(reassignable_cases(request.employee).select_related(*RELATED), pk=case_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _reassign(request, case)
        except InvalidInput as error:
            problems = sentences(error)
    if not can_reassign(request.employee, case):
        messages.info(request, "Pejabat penilai berkas ini tidak dapat Anda ganti.")
        return _back(request, case)
    now = superior_now(case)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    if request.method == "GET":
        typed |= {"tanggal": clock.today().isoformat(), "penilai": now.user.username if now else ""}
    context = {
        "case": case,
        "problems": problems,
        "rulings": rulings(case, _date(typed["tanggal"]) or clock.today()),
        "superior_now": now,
        "typed": typed,
        "today": clock.today().isoformat(),
    }
    return render(request, "web/assessor.html", context, status=422 if problems else 200)


def _reassign(request: PersonRequest, case: Case) -> HttpResponse:
    check_can_reassign(request.employee, case)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    made = reassign_assessor(
        actor=request.employee,
        case_id=case.pk,
        happened=typed["terjadi"],
        on=_date(typed["tanggal"]),
        assessor=_person(request, typed["penilai"]),
        reason=typed["alasan"],
    )
    messages.success(request, f"{made.assessor.full_name} sekarang pejabat penilai {case.name}.")
    return _back(request, case)


def _back(request: PersonRequest, case: Case) -> HttpResponse:
    """The case, or for the Administrator, who does not read it, its period."""
    sees = visible_cases(request.employee).filter(pk=case.pk).exists()
    return redirect("case", case.pk) if sees else redirect("period", case.period_id)


def _person(request: PersonRequest, text: str) -> Employee | None:
    people = Employee.objects.filter(agency=request.employee.agency)
    return people.filter(user__username=normal_username(text)).first() if text.strip() else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
