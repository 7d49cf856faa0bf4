"""Around the method: the group beside the guide curve, and who assesses after a move."""

import datetime as dt
from typing import Any

import pytest
from tests.rules.tables import cases

from takar.rules.scoring.permenpan6_2022.assessor import Situation, who_assesses
from takar.rules.scoring.permenpan6_2022.distribution import compare

TABLES = "scoring/cases/permenpan6-2022"
PREDICATES = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")


@pytest.mark.parametrize("case", cases(f"{TABLES}/distribution.toml"))
def test_distribution_names_the_drift_from_the_guide(case: dict[str, Any]) -> None:
    comparison = compare(case["achievement"], dict(zip(PREDICATES, case["counts"], strict=True)))
    assert comparison.peak == case["peak"]
    assert [drift.message for drift in comparison.drifts] == case["drifts"]


def test_distribution_gives_shares_and_names_its_source() -> None:
    comparison = compare("istimewa", {"sangat_baik": 3, "baik": 1})
    assert [comparison.shares[each] for each in PREDICATES] == [75, 25, 0, 0, 0]
    assert [drift.basis for drift in comparison.drifts] == ["SE MenPANRB 3/2023"]


@pytest.mark.parametrize("case", cases(f"{TABLES}/assessor.toml"))
def test_assessor_follows_the_rule_for_moves(case: dict[str, Any]) -> None:
    facts = {
        key: case[key]
        for key in ("assessor_late", "assessor_absent", "employee_acting", "employee_moved", "employee_away")
        if key in case
    }
    moved_on = dt.date.fromisoformat(case["assessor_moved_on"]) if "assessor_moved_on" in case else None
    window = (dt.date(2023, 9, 15), dt.date(2023, 9, 30))
    situation = Situation(case.get("cycle", "triwulanan"), window, assessor_moved_on=moved_on, **facts)
    assessor = who_assesses(situation)
    assert (assessor.role, assessor.final) == (case["role"], case["final"])
    assert assessor.basis.endswith(case.get("article", ""))
