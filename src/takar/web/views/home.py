"""Beranda: what waits for me, my own case, and how far the office is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from takar.casework.models import Case, Period
from takar.casework.queries import counts_by_step, oversees, own_tasks, periods_of, task_counts, visible_in
from takar.casework.terms import notices_for
from takar.common import clock
from takar.organisation.queries import mandates_of
from takar.procedures.queries import sop_of
from takar.web.http import PersonRequest, page

FIRST_TASKS = 5
FIRST_NOTICES = 10


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many cases stand at a step; step 0 is closed."""

    step: int
    label: str
    count: int


@page("GET")
def home(request: PersonRequest) -> HttpResponse:
    me = request.employee
    period = periods_of(me.agency_id).select_related("version").first()
    notices = notices_for(me)
    context = {
        "period": period,
        "notices": notices[:FIRST_NOTICES],
        "more_notices": max(len(notices) - FIRST_NOTICES, 0),
        "mandates": mandates_of(me, clock.today()),
        "waiting": labelled(task_counts(me), period),
        "first_tasks": own_tasks(me).select_related("open_step", "period")[:FIRST_TASKS],
        "own_cases": Case.objects.filter(employee=me)
        .select_related("period", "open_step")
        .order_by("-period__start")[:3],
        "progress": labelled(counts_by_step(visible_in(me, period)), period) if period and oversees(me) else [],
    }
    return render(request, "web/home.html", context)


def labelled(counts: dict[int, int], period: Period | None) -> list[StepCount]:
    """Counts with the step's words, in the SOP's order, the closed ones last."""
    if period is None:
        return []
    steps = sop_of(period.version).flow.steps
    rows = [StepCount(step.number, step.description, counts[step.number]) for step in steps if step.number in counts]
    return rows + ([StepCount(0, "Selesai diarsipkan", counts[0])] if counts.get(0) else [])
