"""Umpan balik berkelanjutan: about me, about my staff, and about those whose feedback I was asked for."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.accounts.adapter import normal_username
from takar.appraisal.enums import Tone, Value
from takar.appraisal.feedback import asked_of, can_give, can_invite, feedback_for, give_feedback, invite, works_of
from takar.appraisal.notebook import notes_readable, readable_people
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, identifiers, page, paged, sentences

FIELDS = ("tanggal", "hasil", "nilai", "arah", "uraian", "rekan")


@page("GET")
def overview(request: PersonRequest) -> HttpResponse:
    me = request.employee
    context = {"page": paged(request, readable_people(me)), "asked": asked_of(me), "mine": feedback_for(me, me)}
    return render(request, "web/feedback.html", context)


@page("GET", "POST")
def person(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    me = request.employee
    about = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    gives, invites = can_give(me, about), can_invite(me, about)
    rows = feedback_for(me, about)
    if not (gives or invites or notes_readable(me, about) or rows.exists()):
        raise Http404
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            told = _act(request, about)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, told)
            return redirect("feedback_of", about.pk)
    context = {
        "person": about,
        "page": paged(request, rows.order_by("-given_on", "-recorded_at")),
        "gives": gives,
        "invites": invites,
        "invited": about.invitations.filter(year=clock.today().year).select_related("colleague") if invites else [],
        "works": works_of(about) if gives else [],
        "values": Value.choices,
        "tones": Tone.choices,
        "problems": problems,
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
        "today": clock.today().isoformat(),
    }
    return render(request, "web/feedback_of.html", context, status=422 if problems else 200)


def _act(request: PersonRequest, about: Employee) -> str:
    typed = request.POST
    if typed.get("tindakan") == "minta":
        colleagues = Employee.objects.filter(agency=about.agency)
        found = colleagues.filter(user__username=normal_username(typed.get("rekan", ""))).first()
        made = invite(actor=request.employee, employee=about, colleague=found)
        return f"{made.colleague.full_name} diminta memberi umpan balik."
    give_feedback(
        actor=request.employee,
        employee=about,
        given_on=_date(typed.get("tanggal", "")),
        text=typed.get("uraian", ""),
        tone=typed.get("arah", ""),
        value=typed.get("nilai", ""),
        work_id=next(iter(identifiers([typed.get("hasil", "")])), None),
    )
    return "Umpan balik disimpan."


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
