"""Waiting, work and lateness of steps in the office's own hours: computed here, kept in the rows, asked for in lists."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, UUIDField

from takar.common import clock
from takar.common.prepared import Prepared, Slot
from takar.organisation.hours import hours_of
from takar.organisation.models import Agency
from takar.procedures.enums import StepState
from takar.procedures.models import StepPause, StepRun
from takar.rules.worktime import OfficeHours, due_moment, minutes_between

COMPUTED = ["due_at", "risk_at", "waited_minutes", "worked_minutes", "elapsed_minutes", "calendar_version"]
AT_ONCE = 100
Rests = Iterable[tuple[dt.datetime, dt.datetime]]


@dataclass(frozen=True, slots=True)
class Clock:
    """With what an agency's steps are timed."""

    hours: OfficeHours
    percent: int
    version: int


def clock_of(agency_id: UUID) -> Clock:
    """One query where the office's hours are known, otherwise four."""
    agency = _AGENCY(agency=agency_id)[0]
    return Clock(hours_of(agency), agency.risk_percent, agency.calendar_version)


_AGENCY: Prepared[Agency] = Prepared(lambda: Agency.objects.filter(pk=Slot("agency", UUIDField())))


def set_due(step_run: StepRun, office: Clock) -> None:
    """When the standard time will have been used up since arrival, and when that draws near; None: the office never works."""
    step_run.calendar_version = office.version
    try:
        step_run.due_at = due_moment(step_run.opened_at, step_run.standard_minutes, office.hours)
        early = step_run.standard_minutes * office.percent // 100
        step_run.risk_at = due_moment(step_run.opened_at, early, office.hours)
    except ValueError:
        step_run.due_at = step_run.risk_at = None


def measure(step_run: StepRun, office: Clock, rests: Rests) -> None:
    """Of a closed step: how long it waited, was worked on (pauses apart), and lay with its actor altogether."""
    end = step_run.ended_at
    if end is None:
        return
    start = step_run.started_at or end
    rested = sum(minutes_between(max(begin, start), min(over, end), office.hours) for begin, over in rests)
    step_run.waited_minutes = minutes_between(step_run.opened_at, start, office.hours)
    step_run.worked_minutes = max(minutes_between(start, end, office.hours) - rested, 0)
    step_run.elapsed_minutes = minutes_between(step_run.opened_at, end, office.hours)


def stale(agency: Agency) -> QuerySet[StepRun]:
    """Steps that were timed with an older calendar, or never; the open ones first."""
    old = Q(calendar_version__lt=agency.calendar_version) | Q(calendar_version__isnull=True)
    return StepRun.objects.filter(old, agency=agency).order_by("closed_at", "pk")


@transaction.atomic
def retime(agency: Agency) -> list[StepRun]:
    """Compute some stale steps again, the open ones first; gives those that were open."""
    office = clock_of(agency.pk)
    open_first = [stale(agency).filter(state=StepState.OPEN), stale(agency).exclude(state=StepState.OPEN)]
    rows = next((found for query in open_first if (found := list(query[:AT_ONCE]))), [])
    list(StepRun.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    rests: dict[UUID, list[tuple[dt.datetime, dt.datetime]]] = {}
    for pause in StepPause.objects.filter(step_run__in=rows).order_by("start", "pk"):
        rests.setdefault(pause.step_run_id, []).append((pause.start, pause.end))
    for row in rows:
        set_due(row, office)
        measure(row, office, rests.get(row.pk, ()))
    StepRun.objects.bulk_update(rows, COMPUTED)
    return [row for row in rows if row.state == StepState.OPEN]


def is_late(step_run: StepRun) -> bool:
    """Whether it was, or is by now, not finished when it was due."""
    return step_run.due_at is not None and (step_run.ended_at or clock.now()) > step_run.due_at
