"""Pengingat: when a late step rises, and to whom, for each step of the SOP in force."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.casework.escalations import HOUR, LEVELS, WHOM, Typed, rules_of, set_escalations, usual
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.organisation.models import Agency
from takar.organisation.policies import check_can_manage_office
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.flow import Sop
from takar.web.http import NO_ACT, PersonRequest, page, sentences


@page("GET", "POST")
def reminder_rules(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    version, problems = version_in_force(agency, SHIPPED_KEY, clock.today()), list[Problem]()
    sop = sop_of(version) if version else None
    if request.method == "POST":
        try:
            _save(request, agency, sop)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Pengaturan pengingat disimpan.")
            return redirect("reminder_rules")
    context = {
        "problems": problems,
        "percent": agency.risk_percent,
        "levels": LEVELS,
        "rows": _rows(agency, sop, request.POST if problems else None) if sop else [],
    }
    return render(request, "web/reminder_rules.html", context, status=422 if problems else 200)


def _save(request: PersonRequest, agency: Agency, sop: Sop | None) -> None:
    if sop is None or request.POST.get("tindakan") != "simpan":
        raise InvalidInput(NO_ACT)
    typed = {step.number: [_typed(request.POST, step.number, level) for level in LEVELS] for step in sop.flow.steps}
    set_escalations(actor=request.employee, agency=agency, sop=sop, typed=typed)


def _typed(typed: Mapping[str, str], number: int, level: int) -> Typed:
    return Typed(typed.get(f"jam-{number}-{level}", ""), typed.get(f"kepada-{number}-{level}", ""))


def _rows(agency: Agency, sop: Sop, typed: Mapping[str, str] | None) -> list[dict[str, object]]:
    """Each step with its levels as kept, as usual, or as just typed."""
    rules, rows = rules_of(agency), []
    for step in sop.flow.steps:
        usually = usual(step.actor)
        kept = rules.get(step.kind.value, usually)
        cells = []
        for level in LEVELS:
            found = kept[level - 1] if level <= len(kept) else None
            shown = Typed(f"{found.minutes / HOUR:g}".replace(".", ",") if found else "", found.whom if found else "")
            shown = _typed(typed, step.number, level) if typed is not None else shown
            choices = [(key, label, key == shown.whom) for key, label in WHOM.items()]
            cells.append((level, f"jam-{step.number}-{level}", f"kepada-{step.number}-{level}", shown.hours, choices))
        owner = sop.flow.owner(step).label
        rows.append({"step": step, "owner": owner, "cells": cells, "changed": step.kind.value in rules})
    return rows
