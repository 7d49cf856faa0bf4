"""The heavier sums of a period: how long steps took, what came back and why, where entered figures differ.

One statement for any number of periods. It looks at every visit of these periods, so a page asks for it only where there
are few; for the others `keeping` keeps what came of it, with its time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from takar.appraisal.enums import Counted, Figure, FormState, Stage
from takar.appraisal.models import Difference, FormLine
from takar.casework.models import Case
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun

MOST_REASONS = 10
ENTERED = Q(form__stage=Stage.ENTERED) & ~Q(form__state=FormState.DRAFT)
PERIOD = "run__case__period"
OF_FORM = "form__appraisal__case__period"


@dataclass(frozen=True, slots=True)
class Spread:
    """Minutes of office time: the middle one, and the one that nine of ten do not pass; None where nothing is known."""

    count: int
    median: int | None
    ninetieth: int | None


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


NOTHING_KNOWN = Spread(0, None, None)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one period; spreads and returns by step."""

    cases: int = 0
    closed: int = 0
    visits: int = 0
    late: int = 0
    work: Mapping[int, Spread] = field(default_factory=dict)
    wait: Mapping[int, Spread] = field(default_factory=dict)
    returned: Mapping[int, int] = field(default_factory=dict)
    returns: tuple[Return, ...] = ()
    errors: tuple[FieldErrors, ...] = ()

    @property
    def returned_visits(self) -> int:
        return sum(self.returned.values())

    @property
    def returned_percent(self) -> int:
        return 100 * self.returned_visits // self.visits if self.visits else 0

    @property
    def late_percent(self) -> int:
        return 100 * self.late // self.visits if self.visits else 0


def count_sums(periods: Iterable[UUID]) -> dict[UUID, Sums]:
    """The sums of these periods as they are now; nothing for a period without cases."""
    wanted = list(periods)
    found: dict[UUID, dict[str, list[tuple[int, int, str, int]]]] = defaultdict(lambda: defaultdict(list))
    for what, period, step, number, text, count in _everything(wanted) if wanted else ():
        found[period][what].append((step or 0, number or 0, text or "", count))
    return {period: _sums(rows) for period, rows in found.items()}


def spread(histogram: Mapping[int, int]) -> Spread:
    """Median and 90th percentile by nearest rank, from how often each number of minutes occurred."""
    count = sum(histogram.values())
    return Spread(count, _ranked(histogram, count, 50), _ranked(histogram, count, 90))


def _everything(periods: list[UUID]) -> Any:
    """Rows of what is counted, the period, two numbers and a text that tell them apart, and how many there are."""
    visits = StepRun.objects.filter(run__case__period__in=periods).exclude(state=StepState.OPEN).order_by()
    # What was done for many at once began and ended in one moment: that says nothing of the work.
    measured = visits.exclude(started_at=F("closed_at")).exclude(started_at=F("finished_at"))
    late = Q(closed_at__gt=F("due_at"), finished_at__isnull=True) | Q(finished_at__gt=F("due_at"))
    cases = Case.objects.filter(period__in=periods).order_by()
    lines = FormLine.objects.filter(ENTERED, form__appraisal__case__period__in=periods).order_by()
    differing = Difference.objects.filter(ENTERED, form__appraisal__case__period__in=periods).order_by()
    parts = [
        _grouped("case", cases, "period", step="step"),
        _grouped("visit", visits, PERIOD, step="step", number="returned_to", text="reason"),
        _grouped("late", visits.filter(late), PERIOD, step="step"),
        _grouped("work", measured.filter(worked_minutes__isnull=False), PERIOD, step="step", number="worked_minutes"),
        _grouped("wait", visits.filter(waited_minutes__isnull=False), PERIOD, step="step", number="waited_minutes"),
        _grouped("line", lines, OF_FORM),
        _grouped("differ", differing, OF_FORM, text="figure"),
    ]
    return reduce(lambda all_rows, more: all_rows.union(more, all=True), parts)


def _grouped(what: str, rows: "QuerySet[Any]", period: str, *, step: str = "", number: str = "", text: str = "") -> Any:
    """Counted by period and by what else is named; the same columns, of the same kinds, for everything."""
    shown = {
        "what": Value(what, output_field=TextField()),
        "of_period": F(period),
        "of_step": Cast(F(step), IntegerField()) if step else Value(0, output_field=IntegerField()),
        "of_number": Cast(F(number), IntegerField()) if number else Value(0, output_field=IntegerField()),
        "of_text": Cast(F(text), TextField()) if text else Value("", output_field=TextField()),
    }
    return rows.annotate(**shown).values(*shown).annotate(count=Count("pk")).values_list(*shown, "count")


def _sums(rows: Mapping[str, Sequence[tuple[int, int, str, int]]]) -> Sums:
    total = {what: sum(count for *_, count in found) for what, found in rows.items()}
    back: dict[int, int] = defaultdict(int)
    returns = [Return(*row) for row in rows.get("visit", ()) if row[1]]
    for row in returns:
        back[row.step] += row.count
    labels = {**dict(Figure.choices), **dict(Counted.choices)}
    lines = total.get("line", 0)
    errors = [FieldErrors(key, str(labels.get(key, key)), count, lines) for _, _, key, count in rows.get("differ", ())]
    return Sums(
        cases=total.get("case", 0),
        closed=sum(count for step, _, _, count in rows.get("case", ()) if not step),
        visits=total.get("visit", 0),
        late=total.get("late", 0),
        work=_spreads(rows.get("work", ())),
        wait=_spreads(rows.get("wait", ())),
        returned=dict(back),
        returns=tuple(sorted(returns, key=lambda row: (-row.count, row.step, row.reason))[:MOST_REASONS]),
        errors=tuple(sorted(errors, key=lambda row: (-row.differing, row.label))),
    )


def _spreads(rows: Iterable[tuple[int, int, str, int]]) -> dict[int, Spread]:
    histograms: dict[int, dict[int, int]] = defaultdict(dict)
    for step, minutes, _, count in rows:
        histograms[step][minutes] = count
    return {step: spread(found) for step, found in histograms.items()}


def _ranked(histogram: Mapping[int, int], count: int, percent: int) -> int | None:
    wanted, passed = -(-percent * count // 100), 0
    for minutes in sorted(histogram):
        passed += histogram[minutes]
        if passed >= wanted:
            return minutes
    return None
