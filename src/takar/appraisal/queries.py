"""Reads on stored results."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from takar.appraisal.models import Appraisal, Decision
from takar.rules.scoring import registry
from takar.rules.scoring.registry import UnknownMethodError
from takar.rules.scoring.types import InputError

COLUMNS = {"skp_value": "skp", "behaviour_value": "behaviour", "final_value": "final"}


def irreproducible_results() -> Iterator[tuple[Appraisal, str]]:
    """Every stored result that today's code would not give again from its stored inputs, and in what it differs."""
    approved = Appraisal.objects.filter(approved_at__isnull=False).select_related("employee").order_by("pk")
    for appraisal in approved.iterator(chunk_size=500):
        if difference := _difference(appraisal, appraisal.method):
            yield appraisal, difference
    decided = Decision.objects.select_related("appraisal__employee").order_by("pk")
    for decision in decided.iterator(chunk_size=500):
        if difference := _difference(decision, decision.appraisal.method):
            yield decision.appraisal, f"keputusan atas keberatan: {difference}"


def _difference(kept: Appraisal | Decision, method: str) -> str:
    stored: dict[str, Any] = kept.result or {}
    try:
        fresh = registry.method_by_id(method).evaluate(kept.inputs or {}).as_dict()
    except (InputError, UnknownMethodError) as error:
        return f"tidak dapat dihitung lagi: {error}"
    for key in sorted(stored["values"].keys() | fresh["values"].keys()):
        old, new = (result["values"].get(key, {}).get("printed") for result in (stored, fresh))
        if old != new:
            return f"{key}: tersimpan {old}, sekarang {new}"
    for column, key in COLUMNS.items():
        if getattr(kept, column) != Decimal(stored["values"][key]["rounded"]):
            return f"kolom {column} tidak sama dengan hasil yang tersimpan"
    return "" if stored == fresh else "rincian perhitungan berbeda"
