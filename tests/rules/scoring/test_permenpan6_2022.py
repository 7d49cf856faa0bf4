from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.scoring.permenpan6_forms import VALUES, behaviours, form, measured, work
from tests.rules.scoring.pp46_forms import with_change
from tests.rules.tables import cases

from takar.rules.scoring.permenpan6_2022 import PERMENPAN6_2022
from takar.rules.scoring.types import InputError, Result

TABLES = "scoring/cases/permenpan6-2022"
ORDER = {"dibawah": 0, "sesuai": 1, "diatas": 2}


def category(result: Result, key: str) -> str | None:
    return result.values[key].category if key in result.values else None


def preview(**changes: Any) -> Result:
    """What the assessor sees before deciding."""
    return PERMENPAN6_2022.evaluate_partial(form(decision={}, **changes))[0]


@pytest.mark.parametrize("case", cases(f"{TABLES}/quadrant.toml"))
def test_predicate_is_the_cell_of_the_quadrant(case: dict[str, Any]) -> None:
    decision = {
        "result": case["result"],
        "result_reason": "Kontribusi terbesar di unit",
        "behaviour": case["behaviour"],
        "behaviour_reason": "Menurut umpan balik rekan",
    }
    result = PERMENPAN6_2022.evaluate(form(decision=decision))
    final = result.values["final"]
    assert (final.printed, final.category_label, final.exact) == (case["predicate"], case["predicate"], None)


@pytest.mark.parametrize("case", cases(f"{TABLES}/suggestion.toml"))
def test_suggestion_follows_the_guide(case: dict[str, Any]) -> None:
    works = [work(rating) for rating in case["main"]]
    works += [work(rating, kind="tambahan") for rating in case.get("extra", [])]
    for item, feedback in zip(works, case.get("feedback", []), strict=False):
        item["feedback"] = feedback
    assert category(preview(results=works), "suggestion.result") == (case["rating"] or None)


@pytest.mark.parametrize("case", cases(f"{TABLES}/study.toml"))
def test_study_is_read_by_the_guide_for_ipk(case: dict[str, Any]) -> None:
    study = {key: case[key] for key in ("level", "institution", "programme", "gpa")}
    result = preview(study=study, results=[])
    assert category(result, "study") == case["category"]
    assert ("study" in [notice.key for notice in result.notices]) == case.get("outside", False)


@pytest.mark.parametrize("case", cases(f"{TABLES}/organisation.toml"))
def test_organisation_figure_of_the_year_or_of_the_year_before(case: dict[str, Any]) -> None:
    organisation = {key: case[key] for key in ("achievement", "issued_on", "previous") if key in case}
    quarter = {"period": {"start": "2022-10-01", "end": "2022-12-31"}} if "cycle" in case else {}
    result = PERMENPAN6_2022.evaluate(form(organisation=organisation, cycle=case.get("cycle", "tahunan"), **quarter))
    assert category(result, "organisation") == case["used"]
    assert ("organisation" in [notice.key for notice in result.notices]) == case.get("noticed", False)


@pytest.mark.parametrize(
    ("low", "high", "realisation", "direction", "rating"),
    [
        ("80", "90", "85", "naik", "sesuai"),
        ("80", "90", "80", "naik", "sesuai"),
        ("80", "90", "90", "naik", "sesuai"),
        ("80", "90", "90,01", "naik", "diatas"),
        ("80", "90", "79,99", "naik", "dibawah"),
        ("7", "8", "6,5", "turun", "diatas"),
        ("7", "8", "9", "turun", "dibawah"),
        ("3,5", "", "4", "naik", "diatas"),
        ("", "3", "3", "turun", "sesuai"),
    ],
)
def test_indicator_is_rated_against_its_range(
    low: str, high: str, realisation: str, direction: str, rating: str
) -> None:
    result = preview(results=[work(None, indicators=[measured(low, high, realisation, direction)])])
    assert category(result, "results.0") == rating


def test_indicators_of_one_result_are_read_together() -> None:
    above, meets, below = measured("1", "", "2"), measured("1", "", "1"), measured("1", "", "0")
    together = {"diatas": [above, above, meets], "sesuai": [above, meets], "dibawah": [above, above, below]}
    results = [work(None, indicators=indicators) for indicators in together.values()]
    result = preview(results=results)
    assert [category(result, f"results.{index}") for index in range(3)] == list(together)


def test_official_example_of_a_director_general_is_beyond_arithmetic() -> None:
    """Anak Lampiran 4, table 1: four of seven results missed, and still rated Sesuai; the guide alone cannot say so."""
    reached = [("61,95", "50"), ("3,5", "3"), ("90", "70"), ("90", "90"), ("85", "89"), ("95", "93"), ("80", "80")]
    results = [work(None, indicators=[measured(target, "", done)]) for target, done in reached]
    results += [work(None, kind="tambahan", indicators=[measured("80", "", "80")])]
    data = form(results=results, behaviours=None)
    with pytest.raises(InputError) as error:
        PERMENPAN6_2022.evaluate(data)
    assert [problem.path for problem in error.value.problems] == ["decision.result_reason"]
    assert "tidak dapat diusulkan dari panduan" in error.value.problems[0].message
    decided = with_change(data, "decision.result_reason", "Target dicapai sejauh pandemi memungkinkan")
    assert category(PERMENPAN6_2022.evaluate(decided), "final") == "baik"


def test_official_example_of_an_administrator_is_suggested_as_decided() -> None:
    """Anak Lampiran 4, table 3: one late result among three, rated Sesuai."""
    first = [measured("80", "90", "85"), measured("80", "90", "85"), measured("7", "8", "9", "turun")]
    second = [measured("80", "90", "90"), measured("3,5", "", "4"), measured("2", "3", "1", "turun")]
    third = [measured("80", "90", "80")]
    results = [work(None, indicators=indicators) for indicators in (first, second, third)]
    assert category(preview(results=results), "suggestion.result") == "sesuai"


def test_official_example_of_a_functional_post_is_above_what_arithmetic_says() -> None:
    """Anak Lampiran 4, table 4: mostly on target, a few above, rated Diatas by comparing employees."""
    first = [measured("80", "90", "85"), measured("4", "5", "2", "turun")]
    third = [measured("80", "90", "85"), measured("80", "90", "90"), measured("7", "14", "10", "turun")]
    fourth = [measured("80", "90", "80"), measured("80", "90", "95"), measured("80", "90", "100")]
    results = [work(None, indicators=indicators) for indicators in (first, first, third, fourth)]
    data = form(results=results, decision={"result": "diatas", "behaviour": "sesuai"})
    with pytest.raises(InputError) as error:
        PERMENPAN6_2022.evaluate(data)
    assert error.value.problems == (
        ("decision.result_reason", "Rating ini berbeda dari usulan (Sesuai Ekspektasi); isilah alasannya."),
    )


def test_no_suggestion_while_a_result_is_unrated() -> None:
    result = preview(results=[work(), work(None), work(None, indicators=[{"target": {"text": "Tersusun rapi"}}])])
    assert "suggestion.result" not in result.values
    assert "masih ada hasil kerja tanpa rating" in result.notices[0].message
    assert "results.1" not in result.values


@pytest.mark.parametrize(
    ("levels", "rating"),
    [
        ({}, "sesuai"),
        (dict.fromkeys(VALUES[:4], "penjaga"), "diatas"),
        (dict.fromkeys(VALUES[:3], "penjaga"), "sesuai"),
        (dict.fromkeys(VALUES[:4], "penjaga") | {"adaptif": "belum"}, "sesuai"),
        (dict.fromkeys(VALUES[:3], "belum"), "sesuai"),
        (dict.fromkeys(VALUES[:4], "belum"), "dibawah"),
    ],
)
def test_behaviour_suggestion_goes_by_most_of_the_seven_values(levels: dict[str, str], rating: str) -> None:
    assert category(preview(behaviours=behaviours(**levels)), "suggestion.behaviour") == rating


def test_behaviour_is_not_suggested_until_all_seven_are_noted() -> None:
    result = preview(behaviours=behaviours(loyal=""))
    assert "suggestion.behaviour" not in result.values
    assert "suggestion.behaviour" in [notice.key for notice in result.notices]


def test_a_behaviour_rating_that_differs_needs_a_reason() -> None:
    with pytest.raises(InputError) as error:
        PERMENPAN6_2022.evaluate(form(decision={"result": "sesuai", "behaviour": "diatas"}))
    assert [problem.path for problem in error.value.problems] == ["decision.behaviour_reason"]


def test_the_reason_stands_in_the_working() -> None:
    decision = {"result": "diatas", "result_reason": "Menyelamatkan tenggat unit", "behaviour": "sesuai"}
    result = PERMENPAN6_2022.evaluate(form(decision=decision))
    assert [line.note for line in result.lines if line.key == "result"] == ["Menyelamatkan tenggat unit"]


def test_there_is_no_predicate_without_a_decision() -> None:
    result, problems = PERMENPAN6_2022.evaluate_partial(form(decision={}))
    assert "final" not in result.values
    assert [problem.path for problem in problems] == ["decision.result", "decision.behaviour"]


def test_an_academic_outcome_counts_as_a_main_result() -> None:
    study = {"gpa": "3,39", "level": "s2_s3", "institution": "A", "programme": "B"}
    result = preview(results=[work("dibawah", kind="tambahan")], study=study | {"gpa": "3,1"})
    assert category(result, "study") == "butuh_perbaikan"
    assert category(result, "suggestion.result") == "dibawah"
    assert category(preview(results=[], study=study), "suggestion.result") == "sesuai"


@pytest.mark.parametrize("predicate", ["kurang", "sangat_kurang"])
def test_a_broken_off_study_is_kurang_or_sangat_kurang_by_choice(predicate: str) -> None:
    decision = {"behaviour": "sesuai", "predicate": predicate}
    result = PERMENPAN6_2022.evaluate(form(results=[], study={"dropped_out": True}, decision=decision))
    assert category(result, "final") == predicate
    assert "study" in [notice.key for notice in result.notices]


def test_a_broken_off_study_waits_for_the_choice() -> None:
    data = form(results=[], study={"dropped_out": True}, decision={"behaviour": "sesuai"})
    result, problems = PERMENPAN6_2022.evaluate_partial(data)
    assert "final" not in result.values
    assert [problem.path for problem in problems] == ["decision.predicate"]


def test_partial_does_without_an_organisation_figure() -> None:
    result, problems = PERMENPAN6_2022.evaluate_partial(form(organisation={}))
    assert "organisation" not in result.values
    assert [problem.path for problem in problems] == ["organisation.previous"]


@pytest.mark.parametrize(
    ("path", "value", "at", "reason"),
    [
        ("cycle", "semesteran", "cycle", "Pilihlah salah satu: bulanan, triwulanan, tahunan"),
        ("cycle", "triwulanan", "period.end", "lebih panjang daripada evaluasi triwulanan"),
        (
            "period",
            {"start": "2022-07-01", "end": "2023-06-30"},
            "period.end",
            "lebih panjang daripada evaluasi tahunan",
        ),
        (
            "period",
            {"start": "2021-07-01", "end": "2021-12-31"},
            "period",
            "Di luar masa berlaku metode ini (01-01-2022)",
        ),
        ("organisation", {}, "organisation.previous", "isilah capaian tahun sebelumnya"),
        ("organisation", {"achievement": "hebat"}, "organisation.achievement", "Pilihlah salah satu: istimewa"),
        ("results", [], "results", "1 sampai 1000 isian"),
        ("results.0.rating", "bagus", "results.0.rating", "Pilihlah salah satu: diatas, sesuai, dibawah"),
        ("decision.result", "", "decision.result", "Pilihlah salah satu"),
        ("decision.predicate", "baik", "decision.predicate", "Predikat mengikuti kuadran"),
        ("study", {"gpa": "4,1", "level": "s1", "institution": "luar_negeri"}, "study.gpa", "Paling tinggi 4"),
        ("study", {"gpa": "3,1", "level": "s1", "institution": "A"}, "study.programme", "Pilihlah salah satu: A, B, C"),
        ("results.0.indicators", [measured("9", "8", "7")], "results.0.indicators.0.target.max", "lebih kecil"),
    ],
)
def test_wrong_input_is_answered_by_field(path: str, value: Any, at: str, reason: str) -> None:
    with pytest.raises(InputError) as error:
        PERMENPAN6_2022.evaluate(with_change(form(), path, value))
    assert [reason in problem.message for problem in error.value.problems if problem.path == at] == [True]


def test_a_periodic_evaluation_needs_its_own_organisation_figure() -> None:
    data = form(cycle="bulanan", period={"start": "2022-03-01", "end": "2022-03-31"}, organisation={"previous": "baik"})
    with pytest.raises(InputError) as error:
        PERMENPAN6_2022.evaluate(data)
    assert [problem.path for problem in error.value.problems] == ["organisation.achievement"]


def test_result_is_plain_text_and_lists() -> None:
    stored = PERMENPAN6_2022.evaluate(form()).as_dict()
    assert stored["values"]["final"] == {
        "exact": None,
        "rounded": None,
        "printed": "Baik",
        "category": "baik",
        "category_label": "Baik",
    }
    assert stored["lines"][-1]["numbers"] == [
        {"name": "hasil kerja", "value": "Sesuai Ekspektasi"},
        {"name": "perilaku kerja", "value": "Sesuai Ekspektasi"},
    ]


def test_schema_accepts_good_forms() -> None:
    schema = PERMENPAN6_2022.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(form(results=[work(None, indicators=[measured("1", "", 2)], feedback="positif")]), schema)
    dropped = {
        "results": [],
        "study": {"dropped_out": True},
        "decision": {"behaviour": "sesuai", "predicate": "kurang"},
    }
    jsonschema.validate(form(**dropped), schema)


ratings = st.lists(st.sampled_from(["diatas", "sesuai", "dibawah"]), min_size=1, max_size=7)


@given(ratings, st.randoms(use_true_random=False))
def test_the_order_of_results_is_irrelevant(given_ratings: list[str], random: Any) -> None:
    shuffled = list(given_ratings)
    random.shuffle(shuffled)
    one, other = (preview(results=[work(rating) for rating in each]) for each in (given_ratings, shuffled))
    assert category(one, "suggestion.result") == category(other, "suggestion.result")


@given(ratings, st.data())
def test_a_better_result_never_lowers_the_suggestion(given_ratings: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(given_ratings) - 1))
    better = [*given_ratings[:index], "diatas", *given_ratings[index + 1 :]]
    before, after = (
        category(preview(results=[work(rating) for rating in each]), "suggestion.result")
        for each in (given_ratings, better)
    )
    if before and after:
        assert ORDER[before] <= ORDER[after]
