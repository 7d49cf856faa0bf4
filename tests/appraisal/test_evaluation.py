"""The seam to the rules: what goes in, what is kept, and that it is kept for good."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.office import FORM, TODAY, YEAR, Office, assessment
from tests.web.browsing import contents

from takar.appraisal import evaluation
from takar.appraisal.enums import Behaviour
from takar.appraisal.models import Appraisal
from takar.appraisal.regimes.pp46 import PP46
from takar.appraisal.types import DraftAssessment, ExtraData, FormData, LineData
from takar.audit.models import Event
from takar.casework.actions import advance_case, save_assessment, save_form
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput, NotAllowed

D = Decimal
RATED = DraftAssessment({1: D("90.5"), 2: D(85)}, {"integritas": D(88)}, "Baik.")


def assessable(office: Office, data: FormData = FORM) -> Appraisal:
    """The appraisal at step 4, after this was collected."""
    case = office.case()
    advance_case(actor=office.staf, step_run_id=case.task_id, data=StepData(form=data))
    return office.at_step(4).appraisal


def test_inputs_hold_every_figure_as_text(office: Office) -> None:
    data = FormData(
        (*FORM.lines, LineData(None, "Tanpa target", quantity=D(3))),
        (
            ExtraData("tambahan", "Panitia", "", "SK/1"),
            ExtraData("kreativitas", "Aplikasi antrean", "organisasi", "SK/2"),
        ),
    )
    inputs = evaluation.inputs_of(assessable(office, data), RATED)
    assert inputs == {
        "method": "pp46-2011",
        "period": {"start": f"{YEAR}-01-01", "end": f"{YEAR}-12-31"},
        "leadership": False,
        "activities": [
            {
                "name": "Menyusun laporan bulanan",
                "target": {
                    "quantity": "12", "quantity_unit": "laporan", "quality": "100", "time": "12",
                    "time_unit": "bulan", "cost": None, "credit": None,
                },
                "realisation": {
                    "quantity": "12", "quality": "90,5", "time": "9,12", "cost": None, "credit": None,
                },
            },
            {
                "name": "Mengelola arsip",
                "target": {
                    "quantity": "4", "quantity_unit": "kegiatan", "quality": "100", "time": "12",
                    "time_unit": "bulan", "cost": "10.000.000", "credit": None,
                },
                "realisation": {
                    "quantity": "4", "quality": "85", "time": "11", "cost": "9.500.000", "credit": None,
                },
            },
        ],
        "additional_tasks": [{"name": "Panitia", "letter": "SK/1"}],
        "creativity": [{"name": "Aplikasi antrean", "letter": "SK/2", "level": "organisasi"}],
        "behaviour": {"integritas": "88"},
    }  # fmt: skip


def realised(appraisal: Appraisal, quality: dict[int, Decimal | None]) -> list[dict[str, Any]]:
    inputs = evaluation.inputs_of(appraisal, DraftAssessment(quality, {}))
    return [activity["realisation"] for activity in inputs["activities"]]


def test_activity_that_was_not_carried_out_is_nought_throughout(office: Office) -> None:
    appraisal = assessable(office, FormData((LineData(1, quantity=D(12), time=D(12)), LineData(2))))
    assert realised(appraisal, {})[1] == {"quantity": "0", "quality": "0", "time": "0", "cost": "0", "credit": None}


def test_what_was_carried_out_but_not_reported_stays_open(office: Office) -> None:
    """Nothing is guessed: the method refuses an empty time, cost or quality of an activity that was carried out."""
    appraisal = assessable(office, FormData((LineData(1, quantity=D(1)), LineData(2, quantity=D(1), time=D(1)))))
    first, second = realised(appraisal, {1: D(90)})
    assert (first["quality"], first["time"]) == ("90", None)
    assert (second["quality"], second["cost"]) == (None, None)


@pytest.mark.parametrize(("who", "aspects"), [("pegawai", 5), ("atasan", 6)])
def test_leadership_is_an_aspect_of_structural_posts(office: Office, who: str, aspects: int) -> None:
    found = evaluation.aspects(office.case(who).appraisal)
    assert (len(found), Behaviour.LEADERSHIP in found) == (aspects, aspects == 6)


def test_draft_comes_back_as_it_was_saved(office: Office) -> None:
    appraisal = assessable(office)
    save_assessment(actor=office.atasan, step_run_id=office.case().task_id, draft=RATED)
    assert evaluation.draft_of(Appraisal.objects.get(pk=appraisal.pk)) == RATED
    assert evaluation.draft_of(office.case("rekan").appraisal) == DraftAssessment({}, {}, "")


def test_same_draft_again_leaves_no_event(office: Office) -> None:
    assessable(office)
    save_assessment(actor=office.atasan, step_run_id=office.case().task_id, draft=RATED)
    before = Event.objects.count()
    save_assessment(actor=office.atasan, step_run_id=office.case().task_id, draft=RATED)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("draft", "where"),
    [
        (DraftAssessment({1: D("100.01")}, {}), ["Kegiatan 1, Kualitas"]),
        (DraftAssessment({1: D(-1), 2: D(101)}, {}), ["Kegiatan 1, Kualitas", "Kegiatan 2, Kualitas"]),
        (DraftAssessment({}, {"disiplin": D(101)}), ["Disiplin"]),
    ],
)
def test_rating_beyond_a_hundred_is_refused(office: Office, draft: DraftAssessment, where: list[str]) -> None:
    assessable(office)
    before = contents("appraisal.Appraisal", "audit.Event")
    with pytest.raises(InvalidInput) as refused:
        save_assessment(actor=office.atasan, step_run_id=office.case().task_id, draft=draft)
    assert [problem.where for problem in refused.value.problems] == where
    assert contents("appraisal.Appraisal", "audit.Event") == before


def approve(office: Office, appraisal: Appraisal) -> None:
    with transaction.atomic():
        evaluation.approve(actor=office.atasan, acting_as="atasan_langsung", appraisal=appraisal)


def test_result_is_kept_with_inputs_working_and_method(office: Office) -> None:
    office.at_step(5)
    kept = office.case().appraisal
    assert (kept.skp_value, kept.behaviour_value, kept.final_value, kept.category) == (
        D("92.13"), D("88.00"), D("90.48"), "baik",
    )  # fmt: skip
    assert (kept.approved_by, kept.result["method"], kept.inputs["method"]) == (office.atasan, "pp46-2011", "pp46-2011")
    assert {line["key"] for line in kept.result["lines"]} >= {"activities.0.value", "behaviour.sum", "final.skp_share"}


def test_approved_result_is_changed_by_nobody(office: Office) -> None:
    office.at_step(5)
    appraisal = office.case().appraisal
    with pytest.raises(NotAllowed, match="sudah disetujui"):
        approve(office, appraisal)
    with pytest.raises(NotAllowed, match="sudah disetujui"), transaction.atomic():
        evaluation.save_draft(actor=office.atasan, acting_as="x", appraisal=appraisal, draft=RATED)
    for change in ({"final_value": D(100)}, {"result": {}}, {"category": "sangat_baik"}, {"approved_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appraisal.objects.filter(pk=appraisal.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.filter(pk=appraisal.pk)._raw_delete("default")


def test_nobody_approves_the_own_appraisal(office: Office) -> None:
    appraisal = assessable(office)
    with pytest.raises(NotAllowed, match="tidak dapat menilai dirinya sendiri"), transaction.atomic():
        evaluation.approve(actor=office.pegawai, acting_as="atasan_langsung", appraisal=appraisal)


def test_unfinished_assessment_names_what_is_missing(office: Office) -> None:
    appraisal = assessable(office)
    with transaction.atomic():
        evaluation.save_draft(actor=office.atasan, acting_as="x", appraisal=appraisal, draft=RATED)
    with pytest.raises(InvalidInput) as refused:
        approve(office, appraisal)
    assert {problem.where for problem in refused.value.problems} == {
        "Orientasi pelayanan", "Komitmen", "Disiplin", "Kerja sama",
    }  # fmt: skip


def test_nothing_is_assessed_before_it_was_entered(office: Office) -> None:
    office.at_step(3)
    with pytest.raises(NotAllowed, match="belum diinput"):
        evaluation.entered_form(office.case().appraisal)


def test_preview_of_half_a_draft_says_what_is_still_missing(office: Office) -> None:
    appraisal = assessable(office)
    result, missing = evaluation.preview(appraisal, DraftAssessment({1: D(90), 2: D(85)}, {}))
    assert result.values["skp"].printed == "92,13"
    assert "final" not in result.values
    assert {PP46.place_of(path) for path, _ in missing} >= {"Integritas", "Disiplin"}
    full, nothing = evaluation.preview(appraisal, assessment(office.case()))
    assert (full.values["final"].printed, nothing) == ("90,48", ())


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("activities.0.realisation.quality", "Kegiatan 1, Kualitas"),
        ("activities.11.realisation.time", "Kegiatan 12, Waktu"),
        ("activities.0.name", "Kegiatan 1, name"),
        ("activities", "activities"),
        ("behaviour.kerja_sama", "Kerja sama"),
        ("behaviour", "Perilaku kerja"),
        ("behaviour.tidak_ada", "Perilaku kerja"),
        ("period", "period"),
    ],
)
def test_place_on_the_screen_of_a_field_of_the_rules(path: str, place: str) -> None:
    assert PP46.place_of(path) == place


def test_step_before_the_approval_keeps_no_result(office: Office) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    found = office.at_step(4).appraisal
    assert (found.result, found.final_value, found.approved_at, TODAY.year) == (None, None, None, YEAR + 1)
