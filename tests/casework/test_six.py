"""A case under PermenPANRB 6/2022 from the form to the box: what is kept, refused, printed and reproduced."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.office import Office
from tests.six import EVALUATION, FORM6, STUDY, achieve, at_step6, six_office, step6

from takar.appraisal.achievements import figures_for
from takar.appraisal.checks import findings
from takar.appraisal.enums import Stage
from takar.appraisal.forms import draft_of
from takar.appraisal.models import Appraisal, Plan
from takar.appraisal.queries import irreproducible_results
from takar.appraisal.types import DraftEvaluation, FormData, LineData, ValueNote
from takar.archive.models import Deposit
from takar.casework.actions import advance_case, save_form
from takar.casework.staff import spread_of
from takar.casework.steps import StepData, document_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.models import Unit


@pytest.fixture
def six(office: Office) -> Office:
    return six_office(office)


def test_case_goes_from_indicators_to_predikat_and_box(six: Office) -> None:
    achieve(six)
    case = at_step6(six, 8)
    kept = Appraisal.objects.get(pk=case.pk)
    assert (case.step, kept.work_rating, kept.behaviour_rating, kept.category) == (0, "sesuai", "sesuai", "baik")
    assert (kept.final_value, kept.skp_value, kept.inputs["organisation"]["achievement"]) == (None, None, "baik")
    document = document_of(case)
    assert (document.data["form"], document.data["predicate"]) == ("dokumen_evaluasi", "Baik")
    assert document.signatures.count() == 2
    assert Deposit.objects.get(document=document).box.code == "B-01"
    assert list(irreproducible_results()) == []


def test_result_that_was_tampered_with_is_named(six: Office) -> None:
    achieve(six)
    case = at_step6(six, 4)
    step6(six)
    kept = Appraisal.objects.get(pk=case.pk)
    inputs = {**kept.inputs, "decision": {**kept.inputs["decision"], "behaviour": "dibawah", "behaviour_reason": "x"}}
    kept.inputs = inputs
    from takar.appraisal.queries import _difference  # noqa: PLC0415

    assert _difference(kept, kept.method) == "behaviour: tersimpan Sesuai Ekspektasi, sekarang Dibawah Ekspektasi"


def test_form_starts_with_a_line_for_each_indicator(six: Office) -> None:
    form = draft_of(six.case().appraisal, Stage.COLLECTED)
    assert [(line.number, line.name) for line in form.kept_lines] == [
        (1, "Jumlah laporan"),
        (2, "Lama penyusunan"),
        (3, "Penataan arsip"),
    ]


def test_step_two_asks_the_questions_of_this_regulation(six: Office) -> None:
    data = FormData(
        (
            LineData(1, realisation="tiga belas", figure=None),
            LineData(3, realisation="tertata", figure=Decimal(1)),
            LineData(None, "Panitia", realisation="selesai"),
        )
    )
    case = six.case()
    save_form(actor=six.staf, step_run_id=case.task_id, data=data)
    found = {(f.line, f.code) for f in findings(draft_of(case.appraisal, Stage.COLLECTED))}
    assert found == {
        (1, "figure_missing"),
        (1, "no_evidence"),
        (2, "no_realisation"),
        (3, "figure_without_target"),
        (3, "no_evidence"),
        (4, "no_target"),
        (4, "no_evidence"),
    }


def test_words_and_figures_entered_otherwise_need_an_answer(six: Office) -> None:
    case = at_step6(six, 3)
    changed = FormData((replace(FORM6.lines[0], realisation="11 laporan", figure=Decimal(11)), *FORM6.lines[1:]))
    with pytest.raises(InvalidInput) as refused:
        advance_case(actor=six.staf, step_run_id=case.task_id, data=StepData(form=changed))
    assert [p.where for p in refused.value.problems] == ["Baris 1, Realisasi", "Baris 1, Realisasi (angka)"]
    answers = {"1-realisation": "salah tulis", "1-figure": "salah tulis"}
    advance_case(actor=six.staf, step_run_id=case.task_id, data=StepData(form=changed, answers=answers))
    rows = [(d.before, d.after) for d in case.appraisal.forms.get(stage=Stage.ENTERED).differences.all()]
    assert rows == [(Decimal(12), Decimal(11)), ("12 laporan", "11 laporan")]


REFUSED = [
    (replace(EVALUATION, result=""), ["Rating hasil kerja"]),
    (replace(EVALUATION, result="diatas"), ["Alasan rating hasil kerja"]),
    (replace(EVALUATION, behaviour="dibawah"), ["Alasan rating perilaku kerja"]),
    (
        replace(EVALUATION, values={**EVALUATION.values, "loyal": ValueNote()}),
        ["Loyal"],
    ),
    (replace(EVALUATION, works={}), ["Hasil kerja 2"]),
]


@pytest.mark.parametrize(("draft", "where"), REFUSED)
def test_no_predikat_without_a_whole_decision(six: Office, draft: DraftEvaluation, where: list[str]) -> None:
    achieve(six)
    at_step6(six, 4)
    with pytest.raises(InvalidInput) as refused:
        step6(six, data=StepData(assessment=draft))
    assert [problem.where for problem in refused.value.problems] == where
    assert six.case().appraisal.approved_at is None


def test_rating_beside_the_suggestion_stands_with_its_reason(six: Office) -> None:
    achieve(six)
    at_step6(six, 4)
    draft = replace(EVALUATION, result="diatas", result_reason="Membenahi arsip tiga tahun.")
    step6(six, data=StepData(assessment=draft))
    data = document_of(six.case()).data
    suggested = data["computed"]["values"]["suggestion.result"]["printed"]
    assert (data["results_rating"], suggested) == ("Diatas Ekspektasi", "Sesuai Ekspektasi")
    assert data["computed"]["inputs"]["decision"]["result_reason"] == "Membenahi arsip tiga tahun."


def test_nothing_is_approved_before_the_office_s_achievement_is_recorded(six: Office) -> None:
    at_step6(six, 4)
    with pytest.raises(InvalidInput) as refused:
        step6(six)
    assert [problem.where for problem in refused.value.problems] == ["Capaian kinerja organisasi tahun sebelumnya"]


def test_late_figure_gives_way_to_the_year_before(six: Office) -> None:
    achieve(six, "istimewa", issued_on=dt.date(2026, 1, 12), start=six.period.start)
    period = six.period
    before = {"start": dt.date(period.year - 1, 1, 1), "end": dt.date(period.year - 1, 12, 31)}
    achieve(six, "kurang", **before)
    at_step6(six, 4)
    step6(six)
    data = document_of(six.case()).data
    assert data["organisation"] == "Kurang"
    told = [notice["message"] for notice in data["computed"]["notices"] if notice["key"] == "organisation"]
    assert told == [
        "Capaian kinerja organisasi tahun ini terbit sesudah akhir Januari; dipakai capaian tahun sebelumnya."
    ]


def test_achievement_of_the_assessor_s_unit_goes_before_the_office_s(six: Office) -> None:
    achieve(six, "baik")
    achieve(six, "istimewa", unit=Unit.objects.get(agency=six.agency, name="Bidang A"))
    achieve(six, "kurang", unit=Unit.objects.get(agency=six.agency, name="Bidang B"))
    present = figures_for(six.case().appraisal).present
    assert present is not None
    assert (present.level, present.unit.name) == ("istimewa", "Bidang A")


def test_achievement_is_recorded_by_those_who_answer_for_it(six: Office) -> None:
    with pytest.raises(NotAllowed):
        achieve(replace(six, people={**six.people, "kepala": six.staf}))
    with pytest.raises(InvalidInput) as refused:
        achieve(six, "bagus", issued_on=dt.date(2030, 1, 1), source=" ")
    assert [p.where for p in refused.value.problems] == ["Capaian", "Terbit tanggal", "Dasar"]


def test_spread_of_the_assessor_s_staff_names_the_drift_and_changes_nothing(office: Office) -> None:
    six = six_office(office, people=("pegawai", "rekan"))
    achieve(six)
    at_step6(six, 4, "rekan")
    step6(six, "rekan")
    at_step6(six, 4)
    spread = spread_of(six.case())
    assert spread is not None
    assert [(s.label, s.count, s.percent, s.is_peak) for s in spread.shares if s.count] == [("Baik", 1, "100", True)]
    assert [drift.message for drift in spread.drifts] == [
        "Baik 100,00 % dari 1 pegawai, melebihi 70 %.",
        "Tidak ada pegawai berpredikat Butuh Perbaikan atau Kurang/Misconduct, padahal harus ada.",
    ]


def test_tugas_belajar_is_evaluated_by_ipk(office: Office) -> None:
    six = six_office(office, people=(), study="rekan")
    achieve(six)
    case = six.case("rekan")
    advance_case(actor=six.staf, step_run_id=case.task_id, data=StepData(form=FormData((), study=STUDY)))
    at_step6(six, 4, "rekan")
    draft = replace(EVALUATION, works={}, result="diatas")
    step6(six, "rekan", data=StepData(assessment=draft))
    kept = Appraisal.objects.get(pk=case.pk)
    assert (kept.study, kept.plan, kept.work_rating, kept.category) == (True, None, "diatas", "baik")
    assert document_of(six.case("rekan")).data["computed"]["inputs"]["study"]["gpa"] == "3,62"
    assert Plan.objects.filter(employee=six.rekan, method="permenpan6-2022").count() == 0


def test_broken_off_study_is_kurang_or_sangat_kurang(office: Office) -> None:
    six = six_office(office, people=(), study="rekan")
    achieve(six)
    case = six.case("rekan")
    study = replace(STUDY, gpa=None, dropped_out=True)
    advance_case(actor=six.staf, step_run_id=case.task_id, data=StepData(form=FormData((), study=study)))
    at_step6(six, 4, "rekan")
    draft = replace(EVALUATION, works={}, result="", predicate="sangat_kurang")
    step6(six, "rekan", data=StepData(assessment=draft))
    kept = Appraisal.objects.get(pk=case.pk)
    assert (kept.work_rating, kept.behaviour_rating, kept.category) == ("", "sesuai", "sangat_kurang")
