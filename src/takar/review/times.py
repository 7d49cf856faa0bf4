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
from takar.rules.worktime import OfficeHours

MOST_VISITS = 3000
"""So many of the newest visits are looked at, so that a page costs the same for a small office and a large one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one step: minutes of office time, the middle one and the one that nine of ten visits do not pass."""

    number: int
    description: str
    standard: int
    visits: int
    median: int
    ninetieth: int
    wait_median: int
    returned: int

    @property
    def returned_percent(self) -> int:
        return 100 * self.returned // self.visits if self.visits else 0


def measured(
    version: ProcedureVersion,
    hours: OfficeHours,
    period: Period | None = None,
    between: tuple[dt.datetime, dt.datetime] | None = None,
) -> list[Measured]:
    """Every step of the version, also those that nobody has closed yet; of a period, or closed between two moments."""
    rows = StepRun.objects.filter(run__version=version).exclude(state=StepState.OPEN)
    if period is not None:
        rows = rows.filter(run__case__period=period)
    if between is not None:
        rows = rows.filter(closed_at__gte=between[0], closed_at__lt=between[1])
    by_step: dict[int, list[StepRun]] = defaultdict(list)
    for row in rows.order_by("-closed_at", "pk")[:MOST_VISITS]:
        by_step[row.step].append(row)
    return [
        _measured(step.number, step.description, step.standard_minutes, by_step[step.number], hours)
        for step in sop_of(version).flow.steps
    ]


def _measured(number: int, description: str, standard: int, rows: list[StepRun], hours: OfficeHours) -> Measured:
    work = sorted(minutes for row in rows if (minutes := work_minutes(row, hours)) is not None)
    waits = sorted(minutes for row in rows if (minutes := wait_minutes(row, hours)) is not None)
    returned = sum(row.state == StepState.RETURNED for row in rows)
    return Measured(number, description, standard, len(rows), rank(work, 50), rank(work, 90), rank(waits, 50), returned)


def rank(values: Iterable[int], percent: int) -> int:
    """The value that so many percent do not pass (nearest rank); 0 for none."""
    found = sorted(values)
    return found[max(-(-percent * len(found) // 100), 1) - 1] if found else 0
