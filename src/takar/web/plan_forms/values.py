"""The seven core values with their guides, as the regulation words them, and what a superior expects of each."""

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan
from takar.rules.scoring.parameters import load


def guides() -> list[tuple[str, str, list[str]]]:
    """Value, label and guides, from the method's own parameters."""
    rows = load("permenpan6-2022").rows("behaviours")
    return [(str(row["key"]), str(row["label"]), list(row["guides"])) for row in rows]


def value_rows(plan: Plan) -> list[tuple[str, list[str], str]]:
    """Label, guides and the superior's expectation, for reading; nothing under PP 46/2011."""
    if plan.method != Regulation.PERMENPAN6:
        return []
    expected = {row.value: row.text for row in plan.expectations.all()}
    return [(label, points, expected.get(value, "")) for value, label, points in guides()]
