"""What the steps of a version of the SOP really took, from the newest closed visits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from takar.casework.models import Period
from takar.procedures.enums import StepState
from takar.procedures.models import ProcedureVersion, StepRun
from takar.procedures.queries import sop_of
from takar.review.visits import wait_minutes, work_minutes
from takar.rules.flow import Step
from takar.rules.worktime import OfficeHours

MOST_VISITS = 3000
"""So many of the newest visits are looked at, so that a page costs the same for a small office and a large one."""


SHORTEST = dt.timedelta(minutes=1)
"""What was opened and done in less says nothing of the work: it was done before, or for many at once."""
COLUMNS = ("step", "state", "opened_at", "started_at", "closed_at", "finished_at", "worked_minutes", "waited_minutes")


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one step: minutes of office time, the middle one and the one that nine of ten visits do not pass.

    Work is measured on `timed` visits only: those that took long enough to be work.
    """

    number: int
    description: str
    standard: int
    visits: int
    timed: int
    median: int
    ninetieth: int
    wait_median: int
    returned: int

    @property
    def returned_percent(self) -> int:
        return 100 * self.returned // self.visits if self.visits else 0


def measured(
    version: ProcedureVersion,
    hours: OfficeHours | None = None,
    period: Period | None = None,
    between: tuple[dt.datetime, dt.datetime] | None = None,
) -> list[Measured]:
    """Every step of the version, also those that nobody has closed yet; of a period, or closed between two moments.

    With `hours`, visits whose minutes have not been counted yet are counted here.
    """
    rows = StepRun.objects.filter(agency=version.agency_id, closed_at__isnull=False)
    if period is not None:
        rows = rows.filter(run__case__period=period)
    if between is not None:
        rows = rows.filter(closed_at__gte=between[0], closed_at__lt=between[1])
    by_step: dict[int, list[StepRun]] = defaultdict(list)
    # Of which version a visit is, is looked at here: the database goes down one index and stops at the last one wanted.
    for under, *values in rows.order_by("-closed_at", "pk").values_list("run__version", *COLUMNS)[:MOST_VISITS]:
        if under == version.pk:
            row = StepRun(**dict(zip(COLUMNS, values, strict=True)))
            by_step[row.step].append(row)
    return [_measured(step, by_step[step.number], hours) for step in sop_of(version).flow.steps]


def _measured(step: Step, rows: list[StepRun], hours: OfficeHours | None) -> Measured:
    timed = [row for row in rows if _is_timed(row)]
    work = sorted(minutes for row in timed if (minutes := work_minutes(row, hours)) is not None)
    waits = sorted(minutes for row in rows if (minutes := wait_minutes(row, hours)) is not None)
    returned = sum(row.state == StepState.RETURNED for row in rows)
    return Measured(
        step.number,
        step.description,
        step.standard_minutes,
        visits=len(rows),
        timed=len(work),
        median=rank(work, 50),
        ninetieth=rank(work, 90),
        wait_median=rank(waits, 50),
        returned=returned,
    )


def _is_timed(row: StepRun) -> bool:
    return row.started_at is not None and row.ended_at is not None and row.ended_at - row.started_at >= SHORTEST


def rank(values: Iterable[int], percent: int) -> int:
    """The value that so many percent do not pass (nearest rank); 0 for none."""
    found = sorted(values)
    return found[max(-(-percent * len(found) // 100), 1) - 1] if found else 0
