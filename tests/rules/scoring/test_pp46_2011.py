import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from tests.rules.scoring.pp46_forms import activity, behaviour, form, with_change
from tests.rules.tables import cases

from takar.rules.numbers import parse_decimal, round_half_up
from takar.rules.scoring.pp46_2011 import PP46_2011
from takar.rules.scoring.pp46_2011.activity import thrift_value
from takar.rules.scoring.types import InputError, Result

TABLES = "scoring/cases/pp46-2011"


def printed(result: Result, key: str) -> str:
    return next(line.printed for line in result.lines if line.key == key)


def notices(result: Result) -> list[str]:
    return [notice.key for notice in result.notices]


@pytest.mark.parametrize("case", cases(f"{TABLES}/thrift.toml"))
def test_thrift_has_two_branches_that_meet_at_exactly_24_percent(case: dict[str, Any]) -> None:
    _, value = thrift_value(parse_decimal(case["target"]), parse_decimal(case["used"]))
    assert str(round_half_up(value, 18)) == str(Decimal(case["value"]).quantize(Decimal("1e-18")))


@pytest.mark.parametrize("case", cases(f"{TABLES}/activity.toml"))
def test_activity_is_the_sum_of_its_aspects_over_three_or_four(case: dict[str, Any]) -> None:
    data = form(activities=[activity(case["target"], case["realisation"])])
    result = PP46_2011.evaluate(data)
    aspects = [line for line in result.lines if line.key.startswith("activities.0.")][:-2]
    assert {line.key.removeprefix("activities.0."): line.printed for line in aspects} == case["aspects"]
    assert printed(result, "activities.0.sum") == case["sum"]
    assert result.values["activities.0"].printed == case["value"]
    assert [key for key in notices(result) if key.startswith("activities")] == case.get("notices", [])


@pytest.mark.parametrize("case", cases(f"{TABLES}/extras.toml"))
def test_extras_are_added_to_the_mean_once_a_year(case: dict[str, Any]) -> None:
    tasks = [{"name": f"Tugas {number}", "letter": "800/1"} for number in range(case["tasks"])]
    works = [{"name": "Karya", "level": level, "letter": "800/2"} for level in case["levels"]]
    result = PP46_2011.evaluate(form(additional_tasks=tasks, creativity=works))
    assert printed(result, "skp.additional") == case["additional"]
    assert printed(result, "skp.creativity") == case["creativity"]
    assert result.values["skp"].exact == 88 + sum(
        Fraction(parse_decimal(case[part])) for part in ("additional", "creativity")
    )


def test_several_works_are_noticed() -> None:
    works = [{"name": "Karya", "level": "unit", "letter": "800/2"}] * 2
    assert notices(PP46_2011.evaluate(form(creativity=works))) == ["skp.creativity"]


def test_extras_without_letter_count_and_are_noticed() -> None:
    data = form(additional_tasks=[{"name": "Panitia"}], creativity=[{"name": "Karya", "level": "unit", "letter": None}])
    result = PP46_2011.evaluate(data)
    assert notices(result) == ["additional_tasks.0", "creativity.0"]
    assert result.values["skp"].exact == 92


@pytest.mark.parametrize("case", cases(f"{TABLES}/bands.toml"))
def test_bands_go_by_lower_edge_on_two_decimals(case: dict[str, Any]) -> None:
    result = PP46_2011.evaluate(form(behaviour=behaviour(Decimal(case["value"]))))
    value = result.values["behaviour"]
    assert (value.category, value.category_label) == (case["category"], case["label"])
    assert ("behaviour" in notices(result)) == case.get("gap", False)


@pytest.mark.parametrize("case", cases(f"{TABLES}/refused.toml"))
def test_wrong_input_is_answered_by_field_and_reason(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate(with_change(form(), case["path"], case["value"]))
    path = case.get("at", case["path"])
    assert [case["reason"] in problem.message for problem in error.value.problems if problem.path == path] == [True]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate({})
    assert [problem.path for problem in error.value.problems] == [
        "period.start",
        "period.end",
        "activities",
        "behaviour.orientasi_pelayanan",
        "behaviour.integritas",
        "behaviour.komitmen",
        "behaviour.disiplin",
        "behaviour.kerja_sama",
    ]


def test_a_python_float_is_refused() -> None:
    with pytest.raises(InputError, match="float"):
        PP46_2011.evaluate(with_change(form(), "activities.0.realisation.time", 9.12))


def test_behaviour_is_a_mean_of_five_without_leadership() -> None:
    scores = behaviour("80") | {"disiplin": "91"}
    result = PP46_2011.evaluate(form(behaviour=scores))
    assert result.values["behaviour"].printed == "82,20"
    assert result.values["behaviour.disiplin"].category == "sangat_baik"


def test_behaviour_is_a_mean_of_six_with_leadership() -> None:
    scores = behaviour("80", leadership=True) | {"kepemimpinan": "92"}
    result = PP46_2011.evaluate(form(leadership=True, behaviour=scores))
    assert result.values["behaviour"].printed == "82,00"


def test_leadership_must_be_scored_in_a_structural_post() -> None:
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate(form(leadership=True))
    assert [problem.path for problem in error.value.problems] == ["behaviour.kepemimpinan"]


def test_final_is_sixty_and_forty_percent_rounded_at_the_end() -> None:
    items = [activity(["3", "100", "12", ""], [done, "80", "12", ""]) for done in ("1", "2", "2")]
    result = PP46_2011.evaluate(form(activities=items, behaviour=behaviour("83,33")))
    assert result.values["skp"].exact == Fraction(1904, 27)
    assert result.values["final"].exact == Fraction(1904, 27) * Fraction(60, 100) + Fraction(8333, 100) * Fraction(
        40, 100
    )
    assert result.values["final"].printed == "75,64"
    assert printed(result, "final.skp_share") == "42,31"
    assert printed(result, "final.behaviour_share") == "33,33"


def test_the_screen_of_the_official_application_is_reproduced() -> None:
    """DES 2.0, page 10: 52,1667 and 68,3333 give 60,25; with 1 and 6 it is 67,25."""
    items = [
        activity(["100", "100", "100", ""], ["20", "60,5", "100", ""]),
        activity(["100", "100", "100", ""], ["50", "79", "100", ""]),
    ]
    data = form(
        activities=items,
        additional_tasks=[{"name": "Panitia", "letter": "800/1"}],
        creativity=[{"name": "Karya", "level": "organisasi", "letter": "800/2"}],
    )
    result = PP46_2011.evaluate(data)
    assert result.values["activities.0"].exact == Fraction(1565, 30)
    assert printed(result, "skp.mean") == "60,25"
    assert result.values["skp"].printed == "67,25"


def test_mutasi_takes_the_unweighted_mean_of_both_plans() -> None:
    old = [activity(["10", "100", "12", ""], [done, "80", "12", ""]) for done in ("10", "8", "6")]
    new = [activity(["10", "100", "12", ""], ["10", "95", "12", ""])]
    data = form(plans=[{"label": "Analis", "activities": old}, {"label": "Kepala seksi", "activities": new}])
    del data["activities"]
    result = PP46_2011.evaluate(data)
    assert printed(result, "plans.0.mean") == "78,67"
    assert printed(result, "plans.1.mean") == "90,33"
    assert result.values["skp"].exact == (Fraction(236, 3) + Fraction(271, 3)) / 2
    assert "skp" in notices(result)
    assert "plans.0.activities.2" in result.values


def test_credit_does_not_touch_the_value() -> None:
    with_credit = with_change(form(), "activities.0.target.credit", "2,5")
    assert PP46_2011.evaluate(with_credit).values == PP46_2011.evaluate(form()).values


def test_a_period_outside_the_regulation_is_noticed() -> None:
    data = form(period={"start": dt.date(2023, 1, 1), "end": dt.date(2023, 12, 31)})
    assert notices(PP46_2011.evaluate(data)) == ["period"]


def test_partial_gives_what_is_complete_and_names_the_rest() -> None:
    data = with_change(form(), "behaviour.disiplin", None)
    data["activities"].append(activity(["12", "100", "12", ""], ["12", "", "12", ""]))
    result, problems = PP46_2011.evaluate_partial(data)
    assert list(result.values) == ["activities.0"]
    assert [problem.path for problem in problems] == ["activities.1.realisation.quality", "behaviour.disiplin"]


def test_partial_of_a_complete_form_is_the_full_result() -> None:
    assert PP46_2011.evaluate_partial(form()) == (PP46_2011.evaluate(form()), ())


def test_partial_waits_for_both_plans_of_a_mutasi() -> None:
    done = activity(["10", "100", "12", ""], ["10", "80", "12", ""])
    data = form(plans=[{"activities": [done]}, {"activities": [with_change(done, "target.time", "")]}])
    del data["activities"]
    result, problems = PP46_2011.evaluate_partial(data)
    assert "skp" not in result.values
    assert [problem.path for problem in problems] == ["plans.1.activities.0.target.time"]


def test_result_is_plain_text_and_lists() -> None:
    stored = PP46_2011.evaluate(form()).as_dict()
    assert list(stored) == ["method", "method_title", "parameters", "values", "lines", "notices"]
    assert stored["parameters"] == "pp46-2011@1"
    assert stored["values"]["final"] == {
        "exact": "424/5",
        "rounded": "84.80",
        "printed": "84,80",
        "category": "baik",
        "category_label": "Baik",
    }
    assert stored["lines"][2]["numbers"] == [
        {"name": "TW", "value": "12"},
        {"name": "RW", "value": "12"},
        {"name": "efisiensi waktu (%)", "value": "0"},
    ]


def test_every_line_has_formula_numbers_and_article() -> None:
    result = PP46_2011.evaluate(form())
    assert [line.key for line in result.lines if not (line.formula and line.numbers and line.basis)] == []


def test_schema_accepts_good_forms() -> None:
    schema = PP46_2011.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(form(), schema)
    jsonschema.validate(form(leadership=True, behaviour=behaviour(80, leadership=True)), schema)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("behaviour.disipiln", 80),
        ("activities.0.target.quantity", "12 dok"),
        ("activities.0.realisation.quantity", -1),
        ("activities", []),
        ("creativity", [{"name": "Karya", "level": "dunia"}]),
        ("method", "permenpan6-2022"),
    ],
)
def test_schema_refuses_what_the_reader_refuses(path: str, value: Any) -> None:
    data = with_change(form(), path, value)
    assert not jsonschema.Draft202012Validator(PP46_2011.schema()).is_valid(data)
    with pytest.raises(InputError):
        PP46_2011.evaluate(data)


def revised(**changes: Any) -> dict[str, Any]:
    data = form(activities=[activity(["12", "100", "12", ""], ["6", "80", "6", ""])])
    data["activities"][0]["revision"] = {"reason": "Sakit lima bulan dengan surat dokter"} | changes
    return data


def test_a_revised_target_replaces_the_first_one_in_the_formula() -> None:
    result = PP46_2011.evaluate(revised(quantity="6", time="6"))
    assert [printed(result, f"activities.0.{aspect}") for aspect in ("quantity", "quality", "time")] == [
        "100,00",
        "80,00",
        "76,00",
    ]
    assert [notice.message for notice in result.notices] == [
        (
            "Target direvisi dalam tahun berjalan (kuantitas 12 menjadi 6; waktu 12 menjadi 6) "
            "karena: Sakit lima bulan dengan surat dokter. Rumus memakai target hasil revisi."
        )
    ]


def test_a_revision_can_add_a_budget() -> None:
    data = revised(cost="1.000.000")
    data["activities"][0]["realisation"]["cost"] = "1.000.000"
    result = PP46_2011.evaluate(data)
    assert printed(result, "activities.0.cost") == "76,00"
    assert "biaya kosong menjadi 1.000.000" in result.notices[0].message


def test_a_revision_needs_its_reason() -> None:
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate(revised(reason=""))
    assert [problem.path for problem in error.value.problems] == ["activities.0.revision.reason"]


def test_tugas_belajar_takes_the_academic_grade_in_the_place_of_the_skp() -> None:
    data = form(study={"grade": "3,39"})
    del data["activities"]
    result = PP46_2011.evaluate(data)
    assert result.values["skp"].printed == "84,75"
    assert result.values["final"].printed == "82,85"
    assert notices(result) == ["skp"]
    jsonschema.validate(data, PP46_2011.schema())


def test_tugas_belajar_takes_another_scale() -> None:
    data = form(study={"grade": "80", "scale": "100"})
    del data["activities"]
    assert PP46_2011.evaluate(data).values["skp"].printed == "80,00"


@pytest.mark.parametrize(
    ("study", "path"),
    [({"grade": "4,01"}, "study.grade"), ({"grade": ""}, "study.grade"), ({"grade": 3, "scale": 0}, "study.scale")],
)
def test_tugas_belajar_names_a_wrong_grade(study: dict[str, Any], path: str) -> None:
    data = form(study=study)
    del data["activities"]
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate(data)
    assert [problem.path for problem in error.value.problems] == [path]


def test_tugas_belajar_has_no_skp_beside_it() -> None:
    with pytest.raises(InputError) as error:
        PP46_2011.evaluate(form(study={"grade": "3,5"}, additional_tasks=[{"name": "Panitia"}]))
    assert [problem.path for problem in error.value.problems] == ["activities", "additional_tasks"]


def test_credit_columns_are_added_up_for_the_form() -> None:
    data = form(activities=[activity(["12", "100", "12", ""], ["12", "80", "12", ""]) for _ in range(2)])
    for item, target, done in zip(data["activities"], ("0,125", "2"), ("0,1", None), strict=True):
        item["target"]["credit"], item["realisation"]["credit"] = target, done
    result = PP46_2011.evaluate(data)
    assert printed(result, "credit.target") == "2,125"
    assert printed(result, "credit.realisation") == "0,100"
