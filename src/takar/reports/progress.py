"""How a period goes: where its cases are, what is late and where, how long steps take, what comes back and why.

Where the cases are is counted when the page is asked for, by one statement over the period's cases. The sums over their
visits are counted then too where they are few, by one more statement (`sums`); of large periods, and of those beside the
one that is looked at, they are read as the background kept them (`keeping`). Minutes come from the columns that each step keeps when it closes, counted in the
office's own hours.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from takar.casework.models import Case, Period
from takar.common import clock
from takar.organisation.calendar import calendar_of
from takar.organisation.models import Agency
from takar.procedures.queries import sop_of
from takar.reports.keeping import AT_ONCE, kept_sums
from takar.reports.sums import NOTHING_KNOWN, Spread, Sums, count_sums
from takar.rules.deadlines import add_working_days

MOST_PERIODS = 6
PACE_DAYS = 14


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step of the SOP: the cases that stand there now, and what its closed visits took."""

    number: int
    description: str
    standard: int
    here: int
    late: int
    at_risk: int
    work: Spread
    wait: Spread
    returned: int


@dataclass(frozen=True, slots=True)
class UnitFigures:
    unit: str
    cases: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """One period in a row of them; no sums where they have not been counted yet."""

    pk: UUID
    code: str
    name: str
    sums: Sums | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the open cases would be done at the pace of the last two weeks; no day where nothing was closed."""

    open: int
    closed_lately: int
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Report:
    """A period as it stands. `sums` is empty while a large period was not counted; `counted_at` is empty for now."""

    steps: Sequence[StepFigures]
    units: Sequence[UnitFigures]
    closed: int
    forecast: Forecast
    sums: Sums | None
    counted_at: dt.datetime | None
    trend: Sequence[PeriodFigures]
    closings: Sequence[tuple[dt.date, int]]

    @property
    def open(self) -> int:
        return self.forecast.open

    @property
    def late(self) -> int:
        return sum(step.late for step in self.steps)


def report_of(period: Period, periods: Sequence[Period]) -> Report:
    """The report of one of the `periods` of an office, which were read newest first and with their `sums`."""
    newest = [*periods[:MOST_PERIODS]][::-1]
    shown = {period.pk: period, **{each.pk: each for each in newest}}
    known: dict[UUID, tuple[Sums, dt.datetime | None]] = {
        pk: kept for pk, each in shown.items() if (kept := kept_sums(each))
    }
    unkept = shown.keys() - known.keys()
    everywhere = _rows({period.pk, *unkept})
    now = {
        pks
        for pks in (frozenset({period.pk}), frozenset(unkept - {period.pk}))
        if _cases_in(everywhere, pks) <= AT_ONCE
    }
    if wanted := frozenset().union(*now):
        counted = count_sums(wanted)
        known |= {pk: (counted.get(pk, Sums()), None) for pk in wanted}
    rows = [row for row in everywhere if row["period"] == period.pk]
    sums, counted_at = known.get(period.pk, (None, None))
    return Report(
        steps=_steps(period, rows, sums or Sums()),
        units=_units(period),
        closed=sum(row["cases"] for row in rows if not row["step"]),
        forecast=_forecast(period.agency, rows),
        sums=sums,
        counted_at=counted_at,
        trend=[PeriodFigures(each.pk, each.code, each.name, known.get(each.pk, (None, None))[0]) for each in newest],
        closings=_closings(period),
    )


def _cases_in(rows: Iterable[Mapping[str, Any]], periods: Collection[UUID]) -> int:
    return sum(row["cases"] for row in rows if row["period"] in periods)


def _closings(period: Period) -> list[tuple[dt.date, int]]:
    """On which days of the office how many of the period's cases were closed."""
    rows = Case.objects.filter(period=period, step=0).order_by()
    by_day = rows.values(day=TruncDate("since", tzinfo=clock.office_zone())).annotate(count=Count("pk"))
    return [(row["day"], row["count"]) for row in by_day.order_by("day")]


def _rows(periods: Collection[UUID]) -> list[dict[str, Any]]:
    """The cases of these periods by step."""
    now, since = clock.now(), clock.now() - dt.timedelta(days=PACE_DAYS)
    rows = Case.objects.filter(period__in=periods).order_by().values("period", "step")
    counted = rows.annotate(
        cases=Count("step"),
        late=Count("step", filter=Q(step__gt=0, due_at__lt=now)),
        risk=Count("step", filter=Q(step__gt=0, risk_at__lte=now, due_at__gte=now)),
        lately=Count("step", filter=Q(step=0, since__gte=since)),
    )
    return [dict(row) for row in counted.order_by("period", "step")]


def _steps(period: Period, rows: Iterable[Mapping[str, Any]], sums: Sums) -> list[StepFigures]:
    """Every step of the period's SOP, in its order."""
    here: dict[int, tuple[int, int, int]] = {}
    for row in rows:
        cases, late, risk = here.get(row["step"], (0, 0, 0))
        here[row["step"]] = cases + row["cases"], late + row["late"], risk + row["risk"]
    return [
        StepFigures(
            step.number,
            step.description,
            step.standard_minutes,
            *here.get(step.number, (0, 0, 0)),
            sums.work.get(step.number, NOTHING_KNOWN),
            sums.wait.get(step.number, NOTHING_KNOWN),
            sums.returned.get(step.number, 0),
        )
        for step in sop_of(period.version).flow.steps
    ]


def _units(period: Period) -> list[UnitFigures]:
    """The period's units by how much is late in them."""
    opened = Q(step__gt=0)
    late = opened & Q(due_at__lt=clock.now())
    rows = Case.objects.filter(period=period).order_by().values("unit")
    counted = rows.annotate(cases=Count("step"), open=Count("step", filter=opened), late=Count("step", filter=late))
    shown = counted.order_by("-late", "-open", "unit").values_list("unit", "cases", "open", "late")
    return [UnitFigures(*row) for row in shown]


def _forecast(agency: Agency, rows: Iterable[Mapping[str, Any]]) -> Forecast:
    """At the pace of the last two weeks, counted on in working days of the office's calendar."""
    counted = list(rows)
    left, lately = sum(row["cases"] for row in counted if row["step"]), sum(row["lately"] for row in counted)
    if not left or not lately:
        return Forecast(left, lately, None)
    today, calendar = clock.today(), calendar_of(agency)
    worked = sum(calendar.is_working_day(today - dt.timedelta(days=back)) for back in range(PACE_DAYS)) or 1
    days = -(-left * worked // lately)
    return Forecast(left, lately, add_working_days(today, days, calendar))
