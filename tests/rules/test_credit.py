from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.scoring.pp46_forms import with_change
from tests.rules.tables import cases

from takar.rules.credit import CREDIT, credit_of
from takar.rules.numbers import format_decimal
from takar.rules.scoring.registry import UnknownMethodError, all_methods, method_by_id, method_for, methods
from takar.rules.scoring.types import InputError

LEVELS = ["pemula", "terampil", "mahir", "penyelia", "ahli_pertama", "ahli_muda", "ahli_madya", "ahli_utama"]
PREDICATES = ["sangat_kurang", "kurang", "butuh_perbaikan", "baik", "sangat_baik"]


def evaluated(start: str, end: str, predicate: str = "baik") -> dict[str, Any]:
    return {"period": {"start": start, "end": end}, "predicate": predicate}


def form(**changes: Any) -> dict[str, Any]:
    data = {"method": "credit", "level": "ahli_muda", "evaluations": [evaluated("2023-01-01", "2023-12-31")]}
    return data | changes


@pytest.mark.parametrize("case", cases("cases/credit.toml"))
def test_credit_is_months_by_coefficient_by_percentage(case: dict[str, Any]) -> None:
    assert format_decimal(credit_of(case["level"], case["predicate"], case["months"]), 3) == case["credit"]


def test_credit_is_added_to_what_was_there_and_measured_against_the_need() -> None:
    evaluations = [evaluated("2023-01-01", "2023-12-31"), evaluated("2024-01-01", "2024-03-31", "sangat_baik")]
    result = CREDIT.evaluate(form(previous="60,5", evaluations=evaluations))
    assert {key: value.printed for key, value in result.values.items()} == {
        "evaluations.0": "25,000",
        "evaluations.1": "9,375",
        "total": "94,875",
        "need.rank": "5,125",
        "need.level": "105,125",
    }
    assert [line.note for line in result.lines if line.key == "need.level"] == ["Ahli Madya"]


def test_need_never_falls_below_zero() -> None:
    assert CREDIT.evaluate(form(previous=500)).values["need.level"].exact == 0


def test_the_highest_level_has_no_need_for_a_level() -> None:
    result = CREDIT.evaluate(form(level="ahli_utama"))
    assert "need.level" not in result.values
    assert [notice.key for notice in result.notices] == ["need.level"]


def test_a_doubtful_source_is_named() -> None:
    assert [notice.key for notice in CREDIT.evaluate(form(level="pemula")).notices] == ["need"]


def test_a_month_is_not_counted_twice() -> None:
    evaluations = [evaluated("2023-01-01", "2023-12-31"), evaluated("2023-12-01", "2023-12-31")]
    with pytest.raises(InputError) as error:
        CREDIT.evaluate(form(evaluations=evaluations))
    assert [problem.path for problem in error.value.problems] == ["evaluations.1.period"]


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("level", "ahli", "level"),
        ("evaluations", [], "evaluations"),
        ("evaluations.0.predicate", "cukup", "evaluations.0.predicate"),
        ("evaluations.0.period", {"start": "2022-01-01", "end": "2022-12-31"}, "evaluations.0.period"),
        ("previous", "-1", "previous"),
    ],
)
def test_wrong_input_is_answered_by_field(path: str, value: Any, at: str) -> None:
    with pytest.raises(InputError) as error:
        CREDIT.evaluate(with_change(form(), path, value))
    assert [problem.path for problem in error.value.problems] == [at]


def test_partial_waits_for_every_evaluation() -> None:
    evaluations = [evaluated("2023-01-01", "2023-12-31"), evaluated("2024-01-01", "")]
    result, problems = CREDIT.evaluate_partial(form(evaluations=evaluations))
    assert list(result.values) == ["evaluations.0"]
    assert [problem.path for problem in problems] == ["evaluations.1.period.end"]
    assert CREDIT.evaluate_partial({})[0].values == {}


def test_credit_is_reached_by_id_and_never_chosen_as_an_appraisal() -> None:
    assert method_by_id("credit") is CREDIT
    assert CREDIT in all_methods()
    assert CREDIT not in methods()
    start = CREDIT.valid_from
    assert method_for(start, start).id == "permenpan6-2022"
    with pytest.raises(UnknownMethodError, match="credit"):
        method_by_id("kredit")


def test_schema_accepts_a_good_form() -> None:
    jsonschema.Draft202012Validator.check_schema(CREDIT.schema())
    jsonschema.validate(form(previous="12,5"), CREDIT.schema())


@given(st.sampled_from(LEVELS), st.integers(1, 24), st.integers(0, 3))
def test_a_better_predicate_never_earns_less(level: str, months: int, place: int) -> None:
    assert credit_of(level, PREDICATES[place], months) < credit_of(level, PREDICATES[place + 1], months)


@given(st.sampled_from(LEVELS), st.sampled_from(PREDICATES), st.integers(1, 11))
def test_parts_of_a_year_add_up_to_the_year(level: str, predicate: str, months: int) -> None:
    parts = credit_of(level, predicate, months) + credit_of(level, predicate, 12 - months)
    assert parts == credit_of(level, predicate, 12)
    assert isinstance(parts, Fraction)
