"""Rekapitulasi: what came of a period, by unit, rank or post, beside the guide curve where the regulation has one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from takar.appraisal.models import Achievement
from takar.casework.models import Case, Period
from takar.rules.scoring.parameters import load
from takar.rules.scoring.permenpan6_2022.distribution import Comparison, compare

# Where the words of a regulation's results stand among its parameters.
CATEGORIES = {"pp46-2011": "bands", "permenpan6-2022": "predicates"}
GUIDED = "permenpan6-2022"
BY = {
    "unit": ("Unit kerja", F("unit")),
    "golongan": ("Golongan", Cast(KeyTextTransform("rank", KeyTransform("employee", "snapshot")), CharField())),
    "jabatan": ("Jabatan", F("post")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """People with something in common: how many had which result, in the order of the categories."""

    label: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Summary:
    """A period's results as a table; `guide` compares them all with the curve, where there is one."""

    by: str
    categories: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    unfinished: int
    guide: Comparison | None
    achievement: str

    @property
    def totals(self) -> tuple[int, ...]:
        columns = zip(*(group.counts for group in self.groups), strict=True)
        return tuple(map(sum, columns)) if self.groups else (0,) * len(self.categories)


def summary_of(period: Period, by: str) -> Summary:
    """The results in force, an objection's decision before what it changed; `by` is a key of BY."""
    categories = categories_of(period.method)
    rows = with_results(period, by).order_by().values("group", "result").annotate(count=Count("pk"))
    table: dict[str, dict[str, int]] = {}
    for row in rows.order_by("group", "result"):
        table.setdefault(row["group"] or "", {})[row["result"]] = row["count"]
    keys = [key for key, _ in categories]
    groups = tuple(Group(label, tuple(found.get(key, 0) for key in keys)) for label, found in sorted(table.items()))
    unfinished = Case.objects.filter(period=period, appraisal__approved_at__isnull=True).count()
    summary = Summary(by, categories, groups, unfinished, None, "")
    level = _achievement(period)
    if not level or not groups:
        return summary
    guide = compare(level.level, dict(zip(keys, summary.totals, strict=True)))
    return Summary(by, categories, groups, unfinished, guide, str(level.get_level_display()))


def categories_of(method: str) -> tuple[tuple[str, str], ...]:
    """The results that a regulation knows, best first."""
    table = CATEGORIES.get(method)
    rows = load(method).rows(table) if table else ()
    return tuple((str(row["category"]), str(row["label"])) for row in rows)


def with_results(period: Period, by: str) -> Any:
    """The cases that have a result, each with its `group` and the `result` in force."""
    cases = Case.objects.filter(period=period, appraisal__approved_at__isnull=False)
    in_force = Coalesce("appraisal__decision__category", "appraisal__category", Value(""))
    return cases.annotate(result=in_force, group=BY[by][1])


def _achievement(period: Period) -> Achievement | None:
    """The whole office's, of the period's own dates."""
    if period.method != GUIDED:
        return None
    found = Achievement.objects.filter(agency=period.agency_id, start=period.start, end=period.end, unit__isnull=True)
    return found.order_by("-recorded_at").first()
