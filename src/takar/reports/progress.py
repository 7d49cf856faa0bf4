"""How a period goes: where its cases are, what is late and where, how long steps take, what comes back and why.

Every figure is one grouped statement; minutes come from the columns that each step keeps when it closes, counted in the
office's own hours. Nothing here reads a case alone.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from takar.appraisal.enums import Counted, Figure, FormState, Stage
from takar.appraisal.models import Difference, FormLine
from takar.casework.models import Case, Period
from takar.common import clock
from takar.organisation.calendar import calendar_of
from takar.organisation.models import Agency
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.rules.deadlines import add_working_days

MOST_REASONS = 10
MOST_PERIODS = 6
PACE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Spread:
    """Minutes of office time: the middle one, and the one that nine of ten do not pass; None where nothing is known."""

    count: int
    median: int | None
    ninetieth: int | None


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
class Return:
    """How often cases were sent from one step to another for the same reason."""

    step: int
    to_step: int
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """How often a figure was entered otherwise than accepted, of so many lines."""

    key: str
    label: str
    differing: int
    lines: int

    @property
    def percent(self) -> int:
        return 100 * self.differing // self.lines if self.lines else 0


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """One period in a row of them."""

    code: str
    name: str
    cases: int
    closed: int
    visits: int
    returned: int
    late: int

    @property
    def late_percent(self) -> int:
        return 100 * self.late // self.visits if self.visits else 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the open cases would be done at the pace of the last two weeks; no day where nothing was closed."""

    open: int
    closed_lately: int
    day: dt.date | None


def steps_of(period: Period) -> list[StepFigures]:
    """Every step of the period's SOP, in its order; six statements whatever the number of cases."""
    here = _here(period)
    closed = StepRun.objects.filter(run__case__period=period).exclude(state=StepState.OPEN)
    # What was done for many at once began and ended in one moment: that says nothing of the work.
    measured = closed.exclude(started_at=F("closed_at")).exclude(started_at=F("finished_at"))
    work, wait = _histograms(measured, "worked_minutes"), _histograms(closed, "waited_minutes")
    back = (
        closed.filter(state=StepState.RETURNED).order_by().values("step").annotate(count=Count("pk")).order_by("step")
    )
    returned = {row["step"]: row["count"] for row in back}
    return [
        StepFigures(
            step.number,
            step.description,
            step.standard_minutes,
            *here.get(step.number, (0, 0, 0)),
            spread(work.get(step.number, {})),
            spread(wait.get(step.number, {})),
            returned.get(step.number, 0),
        )
        for step in sop_of(period.version).flow.steps
    ]


def closed_count(period: Period) -> int:
    return Case.objects.filter(period=period, step=0).count()


def units_of(period: Period) -> list[UnitFigures]:
    """The units by how much is late in them."""
    late = Q(step__gt=0, due_at__lt=clock.now())
    rows = Case.objects.filter(period=period).order_by().values("unit")
    counted = rows.annotate(
        cases=Count("pk"), open=Count("pk", filter=Q(step__gt=0)), late=Count("pk", filter=late)
    ).order_by("-late", "-open", "unit")
    return [UnitFigures(**row) for row in counted]


def returns_of(period: Period) -> list[Return]:
    """The reasons given most often, word for word."""
    rows = StepRun.objects.filter(run__case__period=period, state=StepState.RETURNED).order_by()
    counted = rows.values("step", "returned_to", "reason").annotate(count=Count("pk"))
    found = counted.order_by("-count", "step", "reason")[:MOST_REASONS]
    return [Return(row["step"], row["returned_to"] or 0, row["reason"], row["count"]) for row in found]


def field_errors_of(period: Period) -> list[FieldErrors]:
    """Of the forms that step 3 confirmed: each figure that differs from what step 2 accepted."""
    confirmed = Q(form__stage=Stage.ENTERED, form__appraisal__case__period=period) & ~Q(form__state=FormState.DRAFT)
    lines = FormLine.objects.filter(confirmed).count()
    rows = Difference.objects.filter(confirmed).order_by().values("figure").annotate(count=Count("pk"))
    counts = {row["figure"]: row["count"] for row in rows.order_by("figure")}
    labels = {**dict(Figure.choices), **dict(Counted.choices)}
    found = [FieldErrors(key, str(labels.get(key, key)), count, lines) for key, count in counts.items()]
    return sorted(found, key=lambda row: (-row.differing, row.label))


def trend_of(agency: Agency) -> list[PeriodFigures]:
    """The newest periods, oldest first, so that a line through them can be read from left to right."""
    periods = list(Period.objects.filter(agency=agency).order_by("-start", "code")[:MOST_PERIODS])[::-1]
    ids = [period.pk for period in periods]
    cases = Case.objects.filter(period__in=ids).order_by().values("period")
    counted = cases.annotate(cases=Count("pk"), closed=Count("pk", filter=Q(step=0))).order_by("period")
    late = Q(closed_at__gt=F("due_at"), finished_at__isnull=True) | Q(finished_at__gt=F("due_at"))
    visits = StepRun.objects.filter(run__case__period__in=ids).exclude(state=StepState.OPEN).order_by()
    closed = visits.values("run__case__period").annotate(
        visits=Count("pk"),
        returned=Count("pk", filter=Q(state=StepState.RETURNED)),
        late=Count("pk", filter=late),
    )
    by_cases = {row["period"]: {"cases": row["cases"], "closed": row["closed"]} for row in counted}
    by_visits = {
        row["run__case__period"]: {name: row[name] for name in ("visits", "returned", "late")}
        for row in closed.order_by("run__case__period")
    }
    none = {"cases": 0, "closed": 0}, {"visits": 0, "returned": 0, "late": 0}
    return [
        PeriodFigures(p.code, p.name, **by_cases.get(p.pk, none[0]), **by_visits.get(p.pk, none[1])) for p in periods
    ]


def forecast_of(period: Period) -> Forecast:
    """At the pace of the last two weeks, counted on in working days of the office's calendar."""
    today = clock.today()
    since = clock.now() - dt.timedelta(days=PACE_DAYS)
    found = Case.objects.filter(period=period).aggregate(
        open=Count("pk", filter=Q(step__gt=0)), lately=Count("pk", filter=Q(step=0, since__gte=since))
    )
    if not found["open"] or not found["lately"]:
        return Forecast(found["open"], found["lately"], None)
    calendar = calendar_of(period.agency)
    worked = sum(calendar.is_working_day(today - dt.timedelta(days=back)) for back in range(PACE_DAYS)) or 1
    days = -(-found["open"] * worked // found["lately"])
    return Forecast(found["open"], found["lately"], add_working_days(today, days, calendar))


def spread(histogram: Mapping[int, int]) -> Spread:
    """Median and 90th percentile by nearest rank, from how often each number of minutes occurred."""
    count = sum(histogram.values())
    return Spread(count, _ranked(histogram, count, 50), _ranked(histogram, count, 90))


def _ranked(histogram: Mapping[int, int], count: int, percent: int) -> int | None:
    wanted, passed = -(-percent * count // 100), 0
    for minutes in sorted(histogram):
        passed += histogram[minutes]
        if passed >= wanted:
            return minutes
    return None


def _here(period: Period) -> dict[int, tuple[int, int, int]]:
    now = clock.now()
    rows = Case.objects.filter(period=period, step__gt=0).order_by().values("step")
    counted = rows.annotate(
        here=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now)),
        risk=Count("pk", filter=Q(risk_at__lte=now, due_at__gte=now)),
    )
    return {row["step"]: (row["here"], row["late"], row["risk"]) for row in counted.order_by("step")}


def _histograms(visits: QuerySet[StepRun], column: str) -> dict[int, dict[int, int]]:
    rows = visits.filter(**{f"{column}__isnull": False}).order_by().values("step", column)
    found: dict[int, dict[int, int]] = {}
    for row in rows.annotate(count=Count("pk")).order_by("step", column):
        found.setdefault(row["step"], {})[row[column]] = row["count"]
    return found
