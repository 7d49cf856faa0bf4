"""Beranda: what waits for me, my own case, and how far the office is."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from takar.casework.dues import dues, terms_of
from takar.casework.models import Case, Period, Term
from takar.casework.overview import first_page, first_tasks, own_cases
from takar.casework.queries import oversees, own_tasks, periods_of
from takar.casework.terms import notices_for, places_of
from takar.common import clock
from takar.organisation.queries import mandates_of
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import approved_versions, sop_of
from takar.web.http import PersonRequest, page

FIRST_TASKS = 5
FIRST_NOTICES = 10
MOST_DUE = 100


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many cases stand at a step; step 0 is closed. `sop` is the version, where cases of several wait."""

    step: int
    label: str
    count: int
    sop: int = 0
    version: UUID | None = None


@page("GET")
def home(request: PersonRequest) -> HttpResponse:
    me = request.employee
    period = periods_of(me.agency_id).first()
    notices = notices_for(me)
    counts = first_page(me, period)
    me.known_tasks = counts.mine.waiting
    context = {
        "period": period,
        "notices": notices[:FIRST_NOTICES],
        "more_notices": max(len(notices) - FIRST_NOTICES, 0),
        "mandates": mandates_of(me, clock.today()),
        "mine": counts.mine,
        "waiting": labelled(counts.mine.by_step, period),
        "coming": labelled(counts.coming, period),
        "first_tasks": first_tasks(me, FIRST_TASKS) if counts.mine.waiting else [],
        "own_cases": own_cases(me),
        "office": counts.office,
        "progress": labelled(counts.office.by_step, period) if counts.office else [],
    }
    return render(request, "web/home.html", context)


@page("GET")
def due(request: PersonRequest) -> HttpResponse:
    """Steps and legal terms in one list, the nearest first: one's own, or the office's for who oversees it."""
    me = request.employee
    overseer = oversees(me)
    office = overseer and request.GET.get("kantor") == "1"
    if office:
        cases, terms = (
            Case.objects.filter(agency_id=me.agency_id, step__gt=0),
            Term.objects.filter(agency_id=me.agency_id, due__isnull=False),
        )
    else:
        cases, terms = own_tasks(me), terms_of(places_of(me))
    context = {"rows": dues(cases, terms, MOST_DUE), "most": MOST_DUE, "overseer": overseer, "office": office}
    return render(request, "web/due.html", context)


def versions_of(agency_id: UUID) -> list[ProcedureVersion]:
    """Every approved version, the newest first."""
    return list(approved_versions(agency_id).defer("content").order_by("-version"))


def waiting_by_version(counts: dict[tuple[UUID, int], int], versions: list[ProcedureVersion]) -> list[StepCount]:
    """What waits for somebody, with the words of the version that each case runs under."""
    used = {version for version, _ in counts}
    versions = [version for version in versions if version.pk in used]
    several = len(versions) > 1
    return [
        StepCount(
            step.number,
            step.description,
            counts[version.pk, step.number],
            version.version if several else 0,
            version.pk,
        )
        for version in sorted(versions, key=lambda version: version.version)
        for step in sop_of(version).flow.steps
        if (version.pk, step.number) in counts
    ]


def labelled(counts: dict[int, int], period: Period | None) -> list[StepCount]:
    """Counts with the step's words, in the SOP's order, the closed ones last."""
    if period is None:
        return []
    steps = sop_of(period.version).flow.steps
    rows = [StepCount(step.number, step.description, counts[step.number]) for step in steps if step.number in counts]
    return rows + ([StepCount(0, "Selesai diarsipkan", counts[0])] if counts.get(0) else [])
