"""Reads on evidence and on stored results."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from takar.appraisal.models import Appraisal, Decision, Evidence
from takar.appraisal.regimes import REGIMES
from takar.common.reads import in_portions
from takar.rules.scoring import registry
from takar.rules.scoring.pp46_2011 import bulk
from takar.rules.scoring.registry import UnknownMethodError
from takar.rules.scoring.types import InputError


def evidence_of(appraisal: Appraisal, *, removed: bool = False) -> QuerySet[Evidence]:
    """The evidence with what it proves; what was taken away only when asked for."""
    found = appraisal.evidence.select_related("activity", "indicator__work", "file")
    return found if removed else found.filter(removed_at__isnull=True)


# Methods whose values can be had without their working, many times faster.
QUICK = {"pp46-2011": bulk.values_of}
Passed = Callable[[int], None]


def irreproducible_results(
    *, quick: bool = False, passed: Passed = lambda _count: None
) -> Iterator[tuple[Appraisal, str]]:
    """Every stored result that today's code would not give again from its stored inputs, and in what it differs.

    `quick` looks at the values alone, not at their working; `passed` hears how many have been examined.
    """
    count, compare = 0, _quick_difference if quick else _difference
    approved = Appraisal.objects.filter(approved_at__isnull=False).select_related("employee")
    for appraisal in chain.from_iterable(in_portions(approved, "pk")):
        passed(count := count + 1)
        if difference := compare(appraisal, appraisal.method):
            yield appraisal, difference
    decided = Decision.objects.select_related("appraisal__employee")
    for decision in chain.from_iterable(in_portions(decided, "pk")):
        passed(count := count + 1)
        if difference := compare(decision, decision.appraisal.method):
            yield decision.appraisal, f"keputusan atas keberatan: {difference}"


def difference_of(appraisal: Appraisal) -> str:
    """In what the result that holds now would come out otherwise today; empty where it would not."""
    return _difference(appraisal.in_force, appraisal.method)


def _quick_difference(kept: Appraisal | Decision, method: str) -> str:
    if method not in QUICK:
        return _difference(kept, method)
    inputs, problems = registry.method_by_id(method).read(kept.inputs or {})
    if problems:
        return f"tidak dapat dihitung lagi: {problems[0].message}"
    stored = (kept.result or {})["values"]
    for key, value in QUICK[method](inputs).items():
        old, new = (stored.get(key) or {}).get("rounded"), str(bulk.rounded(value))
        if old != new:
            return f"{key}: tersimpan {old}, sekarang {new}"
    return ""


def _difference(kept: Appraisal | Decision, method: str) -> str:
    stored: dict[str, Any] = kept.result or {}
    try:
        result = registry.method_by_id(method).evaluate(kept.inputs or {})
    except (InputError, UnknownMethodError) as error:
        return f"tidak dapat dihitung lagi: {error}"
    fresh = result.as_dict()
    for key in sorted(stored["values"].keys() | fresh["values"].keys()):
        old, new = (values["values"].get(key, {}).get("printed") for values in (stored, fresh))
        if old != new:
            return f"{key}: tersimpan {old}, sekarang {new}"
    for column, value in REGIMES[method].columns(result).items():
        if getattr(kept, column) != value:
            return f"kolom {column} tidak sama dengan hasil yang tersimpan"
    return "" if stored == fresh else "rincian perhitungan berbeda"
