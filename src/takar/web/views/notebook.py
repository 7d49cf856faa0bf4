"""Catatan perilaku: the notebook of a superior on each of the own staff, and what is noted about oneself."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.enums import Behaviour
from takar.appraisal.notebook import add_note, can_note, notes_for, readable_people
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, page, paged, sentences


@page("GET")
def notebooks(request: PersonRequest) -> HttpResponse:
    """My staff, and my own notebook."""
    me = request.employee
    context = {"page": paged(request, readable_people(me)), "mine": notes_for(me, me)}
    return render(request, "web/notebooks.html", context)


@page("GET", "POST")
def notebook(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    me = request.employee
    person = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    notes, writes = notes_for(me, person), can_note(me, person)
    if not writes and me.pk != person.pk and not notes.exists():
        raise Http404
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _add(request, person)
        except InvalidInput as error:
            problems = sentences(error)
        else:
            messages.success(request, "Catatan disimpan.")
            return redirect("notebook", person.pk)
    context = {
        "person": person,
        "page": paged(request, notes.order_by("-seen_on", "-recorded_at")),
        "writes": writes,
        "problems": problems,
        "aspects": Behaviour.choices,
        "typed": {name: request.POST.get(name, "") for name in ("tanggal", "aspek", "uraian")},
        "today": clock.today().isoformat(),
    }
    return render(request, "web/notebook.html", context, status=422 if problems else 200)


def _add(request: PersonRequest, person: Employee) -> None:
    typed = request.POST
    try:
        seen_on = dt.date.fromisoformat(typed.get("tanggal", ""))
    except ValueError:
        seen_on = None
    text = typed.get("uraian", "").replace("\x00", "")
    add_note(actor=request.employee, employee=person, seen_on=seen_on, aspect=typed.get("aspek", ""), text=text)
