from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.scoring import permenpan8_reference
from tests.rules.scoring.permenpan8_forms import BEHAVIOUR, extra, form, indicator, planned
from tests.rules.scoring.pp46_forms import with_change
from tests.rules.tables import cases

from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan8_2021 import PERMENPAN8_2021
from takar.rules.scoring.permenpan8_2021.conversion import converted, merged_year
from takar.rules.scoring.permenpan8_2021.indicator import rule_of_value, value_of
from takar.rules.scoring.types import InputError, Result

TABLES = "scoring/cases/permenpan8-2021"


def printed(result: Result, key: str) -> str:
    return next(line.printed for line in result.lines if line.key == key)


def exact(result: Result, key: str) -> Fraction | None:
    return next(line.exact for line in result.lines if line.key == key)


@pytest.mark.parametrize("case", cases(f"{TABLES}/achievement.toml"))
def test_achievement_compares_with_the_edge_that_was_passed(case: dict[str, Any]) -> None:
    item = indicator(case["realisation"], *case["target"], condition=case.get("condition", "normal"))
    result = PERMENPAN8_2021.evaluate(form(results=[planned(item)]))
    key = "results.0.indicators.0.achievement"
    assert exact(result, key) == Fraction(case["percent"])
    assert printed(result, key) == case["printed"]
    told = [notice.key for notice in result.notices if notice.key.endswith("achievement")]
    assert told == case.get("notices", [])


@pytest.mark.parametrize("case", cases(f"{TABLES}/value.toml"))
def test_value_follows_the_category_of_the_achievement(case: dict[str, Any]) -> None:
    percent, maximum = Fraction(case["percent"]), case.get("maximum", False)
    assert format_decimal(value_of(percent, maximum=maximum)) == case["value"]
    assert rule_of_value(percent, maximum=maximum)["category"] == case["category"]


@pytest.mark.parametrize("case", cases(f"{TABLES}/conversion.toml"))
def test_conversion_of_the_first_half(case: dict[str, Any]) -> None:
    result = PERMENPAN8_2021.evaluate(form(first_half=case["value"].replace(".", ",")))
    assert format_decimal(converted(Fraction(case["value"]))) == case["converted"]
    assert printed(result, "first_half") == case["converted"]
    assert ("first_half" in [notice.key for notice in result.notices]) == case.get("passes", False)


def test_year_is_the_mean_of_both_halves() -> None:
    result = PERMENPAN8_2021.evaluate(form(first_half="91"))
    final = result.values["final"].exact
    assert final == Fraction(109 * 70 + 100 * 30, 100)
    assert result.values["year"].exact == (110 + final) / 2 == merged_year(Fraction(91), final)
    assert result.values["year"].category == "baik"


def test_predicate_needs_a_new_idea_from_110_on() -> None:
    high = {"results": [planned(indicator("120"))], "behaviour": dict.fromkeys(BEHAVIOUR, "100")}
    without, with_idea = (PERMENPAN8_2021.evaluate(form(**high, new_idea=idea)) for idea in (False, True))
    assert without.values["final"].printed == "114,00"
    assert without.values["final"].category == "baik"
    assert "final" in [notice.key for notice in without.notices]
    assert with_idea.values["final"].category == "sangat_baik"


@pytest.mark.parametrize(
    ("achieved", "score", "category"),
    [
        ("90", "90", "baik"),
        ("90", "89,99", "cukup"),
        ("60", "70", "cukup"),
        ("60", "69,99", "kurang"),
        ("60", "50", "kurang"),
        ("60", "49,99", "sangat_kurang"),
    ],
)
def test_predicate_goes_by_lower_edge(achieved: str, score: str, category: str) -> None:
    skp_share = Fraction(7, 10) * value_of(Fraction(achieved))
    points = format_decimal((Fraction(score.replace(",", ".")) - skp_share) / Fraction(3, 10), 6)
    results = [planned(indicator(achieved))]
    result = PERMENPAN8_2021.evaluate(form(results=results, behaviour=dict.fromkeys(BEHAVIOUR, points)))
    assert (result.values["final"].printed, result.values["final"].category) == (f"{score},00"[:5], category)


def test_peers_weigh_forty_percent_of_behaviour_and_shift_the_weights() -> None:
    result = PERMENPAN8_2021.evaluate(form(peers=dict.fromkeys(BEHAVIOUR, "90")))
    assert result.values["behaviour"].exact == 96
    assert result.values["final"].exact == Fraction(109 * 60 + 96 * 40, 100)


def test_leadership_is_scored_only_where_the_regulation_says_so() -> None:
    with_leadership = dict.fromkeys((*BEHAVIOUR, "kepemimpinan"), "100") | {"kepemimpinan": "110"}
    assert PERMENPAN8_2021.evaluate(form(leadership=True, behaviour=with_leadership)).values["behaviour"].exact == 102
    with pytest.raises(InputError) as error:
        PERMENPAN8_2021.evaluate(form(behaviour=with_leadership))
    assert [problem.path for problem in error.value.problems] == ["behaviour.kepemimpinan"]


def test_additional_results_are_weighted_and_capped_at_ten() -> None:
    result = PERMENPAN8_2021.evaluate(form(results=[planned(indicator("100")), extra("100", "5"), extra("80", "4")]))
    assert exact(result, "results.1.weighted") == Fraction(80, 100) * 5 * Fraction(109, 100)
    assert exact(result, "results.2.weighted") == Fraction(60, 100) * 4 * Fraction(70, 100)
    assert printed(result, "skp.additional") == "6,04"
    many = PERMENPAN8_2021.evaluate(form(results=[planned(indicator("90")), *[extra("120", "10")] * 2]))
    assert printed(many, "skp.additional") == "10,00"
    assert result.values["skp"].exact == 109 + Fraction(604, 100)


def test_skp_is_capped_at_120() -> None:
    result = PERMENPAN8_2021.evaluate(form(results=[planned(indicator("120")), extra("120", "10")]))
    assert result.values["skp"].exact == 120


def test_leader_weighs_agreement_and_initiatives() -> None:
    results = [planned(indicator("100")), planned(indicator("80")), planned(indicator("100"), initiative=True)]
    result = PERMENPAN8_2021.evaluate(form(position="pimpinan", results=results))
    assert exact(result, "skp.main") == Fraction(109 + 70, 2) * Fraction(60, 100) + 109 * Fraction(40, 100)
    assert "skp.main" in [notice.key for notice in result.notices]


def test_leader_with_one_kind_takes_its_mean() -> None:
    results = [planned(indicator("100")), planned(indicator("80"))]
    assert exact(PERMENPAN8_2021.evaluate(form(position="pimpinan", results=results)), "skp.main") == Fraction(179, 2)


@pytest.mark.parametrize(
    ("path", "value", "at", "reason"),
    [
        ("position", "staf", "position", "Pilihlah salah satu: pimpinan, ja_jf"),
        ("results", [], "results", "Harus berupa daftar"),
        (
            "results.0.indicators.0.target",
            {"min": "90", "max": "80"},
            "results.0.indicators.0.target.max",
            "lebih kecil",
        ),
        ("results.0.indicators.0.target", {"min": 0}, "results.0.indicators.0.target.min", "lebih dari 0"),
        ("results.0.indicators.0.realisation", "", "results.0.indicators.0.realisation", "Belum diisi"),
        ("results.0.kind", "tambahan", "results.0.scope_weight", "Belum diisi"),
        ("behaviour.komitmen", 121, "behaviour.komitmen", "Paling tinggi 120"),
        ("peers", {"komitmen": 1}, "peers.kerja_sama", "Belum diisi"),
    ],
)
def test_wrong_input_is_answered_by_field(path: str, value: Any, at: str, reason: str) -> None:
    with pytest.raises(InputError) as error:
        PERMENPAN8_2021.evaluate(with_change(form(), path, value))
    assert [reason in problem.message for problem in error.value.problems if problem.path == at] == [True]


def test_partial_stops_where_something_is_missing() -> None:
    results = [planned(indicator("100")), planned(indicator(""))]
    partial, problems = PERMENPAN8_2021.evaluate_partial(form(results=results, first_half="80", peers={}))
    assert list(partial.values) == ["results.0.indicators.0", "results.0"]
    assert problems[0].path == "results.1.indicators.0.realisation"


def test_a_plan_without_main_results_has_no_value() -> None:
    assert "skp" not in PERMENPAN8_2021.evaluate(form(results=[extra("100", "5")])).values


def test_schema_accepts_good_forms() -> None:
    schema = PERMENPAN8_2021.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    peers = dict.fromkeys(BEHAVIOUR, 100)
    jsonschema.validate(
        form(peers=peers, first_half="85,5", results=[planned(indicator(6, 7, 8)), extra("1", 2)]), schema
    )


@given(st.fractions(min_value=0, max_value=150), st.fractions(min_value=0, max_value=150))
def test_a_higher_achievement_never_has_a_lower_value(one: Fraction, other: Fraction) -> None:
    less, more = sorted((one, other))
    assert value_of(less) <= value_of(more) <= 120


@given(st.integers(0, 100), st.integers(0, 100))
def test_conversion_keeps_the_order_of_whole_values(one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert converted(Fraction(less)) <= converted(Fraction(more)) <= 120


figures = st.decimals(min_value=1, max_value=10**6, places=2)


@st.composite
def indicators(draw: st.DrawFn) -> dict[str, Any]:
    edges = sorted((draw(figures), draw(figures)))
    condition = draw(st.sampled_from(["normal", "khusus"]))
    return indicator(draw(figures), *edges, condition=condition, maximum=draw(st.booleans()))


@given(st.lists(st.lists(indicators(), min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_second_computation_in_fractions_agrees(plans: list[list[dict[str, Any]]]) -> None:
    result = PERMENPAN8_2021.evaluate(form(results=[planned(*each) for each in plans]))
    means = [sum(map(permenpan8_reference.value, each), Fraction()) / len(each) for each in plans]
    skp = min(sum(means, Fraction()) / len(means), Fraction(120))
    assert result.values["skp"].exact == skp
    assert result.values["final"].exact == skp * Fraction(7, 10) + 30


@given(indicators(), st.sampled_from([Decimal(1000), Decimal(12), Decimal("0.5")]))
def test_the_scale_of_units_is_irrelevant(item: dict[str, Any], factor: Decimal) -> None:
    target = {key: edge * factor for key, edge in item["target"].items()}
    scaled = item | {"target": target, "realisation": item["realisation"] * factor}
    one, other = (PERMENPAN8_2021.evaluate(form(results=[planned(each)])).values["skp"] for each in (item, scaled))
    assert one == other
