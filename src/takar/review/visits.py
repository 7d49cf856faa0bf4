"""The recorded visits of many runs, read in portions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from takar.casework.models import Case, Period
from takar.common.reads import in_portions
from takar.organisation.hours import hours_of
from takar.procedures.enums import RunState, StepState
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.rules.conformance import Visit
from takar.rules.flow import Flow
from takar.rules.worktime import OfficeHours, minutes_between

PORTION = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """One case with its flow and everything that was recorded of its run."""

    case: UUID
    code: str
    flow: Flow
    closed: bool
    steps: tuple[StepRun, ...]


def passages(period: Period) -> Iterator[Passage]:
    """Every case of the period, in the order of their numbers; a fixed number of statements for each portion."""
    cases = Case.objects.filter(period=period).select_related("run__version")
    for portion in in_portions(cases.defer("snapshot", "run__version__content"), "code", "pk", size=PORTION):
        yield from _with_steps(portion)


def _with_steps(cases: list[Case]) -> Iterator[Passage]:
    runs = [case.run_id for case in cases]
    rows = StepRun.objects.filter(run_id__in=runs).select_related("closed_by").order_by("run_id", "seq")
    by_run = {run: tuple(group) for run, group in groupby(rows, key=lambda row: row.run_id)}
    for case in cases:
        flow = sop_of(case.run.version).flow
        closed = case.run.state == RunState.CLOSED
        yield Passage(case.pk, case.code, flow, closed, by_run.get(case.run_id, ()))


def visit_of(row: StepRun, hours: OfficeHours) -> Visit:
    """A visit as the rules look at it; work is counted from its beginning, or from the opening where none was noted."""
    return Visit(
        step=row.step,
        actor=row.actor,
        closed_as=row.closed_as,
        open=row.state == StepState.OPEN,
        returned_to=row.returned_to,
        outputs=frozenset(row.output or ()),
        work_minutes=work_minutes(row, hours),
        standard_minutes=row.standard_minutes,
    )


def work_minutes(row: StepRun, hours: OfficeHours | None) -> int | None:
    """Office time that was worked on a closed step, as its clock has it, or else from beginning to end; None: unknown."""
    if row.worked_minutes is not None or row.started_at is None or row.ended_at is None or hours is None:
        return row.worked_minutes
    return minutes_between(row.started_at, row.ended_at, hours)


def wait_minutes(row: StepRun, hours: OfficeHours | None) -> int | None:
    """Office time from the arrival to the beginning of the work; None: unknown."""
    if row.waited_minutes is not None or row.started_at is None or hours is None:
        return row.waited_minutes
    return minutes_between(row.opened_at, row.started_at, hours)


def office_hours(period: Period) -> OfficeHours:
    return hours_of(period.agency)
