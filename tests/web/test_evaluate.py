"""The pages of a case under PermenPANRB 6/2022: filled in, kept as typed, computed as it changes, decided."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from tests.office import PASSWORD, Office
from tests.six import achieve, at_step6, six_office
from tests.web.browsing import location, problems, words
from tests.work_plans import WORK_PLAN

from takar.appraisal import forms
from takar.appraisal.enums import Stage, Value
from takar.appraisal.models import Achievement, Appraisal
from takar.casework.models import Case

DECIDED = {
    "work-2-rating": "sesuai",
    "work-2-note": "Rapi.",
    "result": "sesuai",
    "behaviour": "sesuai",
    **{f"value-{value.value}-level": "konsisten" for value in Value},
}


@pytest.fixture
def six(office: Office) -> Office:
    return six_office(office)


def address(office: Office, view: str = "step", of: str = "pegawai") -> str:
    return reverse(view, args=[office.case(of).task_id])


def send(office: Office, who: str, **typed: Any) -> Any:
    return office.client(who).post(address(office), {"tindakan": "selesai", **typed})


def test_form_shows_hasil_kerja_indicators_and_targets_and_takes_words_and_figures(six: Office) -> None:
    page = words(six.client("staf").get(address(six)))
    for text in (
        "Hasil kerja 1 (utama): Laporan bulanan tersusun tepat waktu",
        "target: 12 laporan · kuantitas · makin besar makin baik",
        "indikator 2.1",
    ):
        assert text.replace(" · ", " ") in page.replace(" · ", " ")
    typed = {"line-1-realisation": "12 laporan", "line-1-figure": "12", "line-3-realisation": "Tertata"}
    answer = six.client("staf").post(address(six), {"tindakan": "simpan", **typed})
    assert location(answer) == address(six)
    data = forms.data_of(forms.draft_of(six.case().appraisal, Stage.COLLECTED))
    assert [(line.realisation, line.figure) for line in data.lines] == [
        ("12 laporan", 12),
        ("", None),
        ("Tertata", None),
    ]


def test_figure_that_is_none_is_told_and_stays(six: Office) -> None:
    answer = send(six, "staf", **{"line-1-figure": "dua belas", "line-2-realisation": "x" * 1001})
    assert answer.status_code == 422
    assert "Baris 1, Realisasi (angka): “dua belas”" in problems(answer)
    assert "Paling panjang 1000 huruf." in problems(answer)
    assert 'value="dua belas"' in answer.content.decode()


@pytest.mark.parametrize("step", [2, 3, 4, 5, 6, 7])
def test_every_step_has_its_page(six: Office, step: int) -> None:
    achieve(six)
    case = at_step6(six, step)
    owner = {2: "kasubbag", 3: "staf", 4: "atasan", 5: "pegawai", 6: "staf", 7: "kasubbag"}[step]
    assert six.client(owner).get(address(six)).status_code == 200
    case_page = words(six.client("kasubbag").get(reverse("case", args=[case.pk])))
    assert ("Predikat kinerja Baik" in case_page) is (step > 4)
    assert "Nilai prestasi kerja" not in case_page


def test_assessor_is_shown_the_suggestion_with_its_reasons(six: Office) -> None:
    achieve(six)
    at_step6(six, 4)
    page = words(six.client("atasan").get(address(six)))
    assert "Baik seluruh instansi; Bidang A belum mempunyai capaian sendiri, terbit 20 Januari 2025, LKjIP" in page
    assert "masih ada hasil kerja tanpa rating maupun indikator berangka." in page
    answer = six.client("atasan").post(address(six, "compute"), DECIDED)
    live = words(answer)
    assert "Predikat kinerja Baik" in live
    assert "Usulan rating hasil kerja: Sesuai Ekspektasi" in live
    assert "dari 2 hasil kerja 0 diatas, 2 sesuai, 0 dibawah ekspektasi" in live
    assert Appraisal.objects.get(pk=six.case().pk).draft == {}


def test_decision_is_kept_signed_and_shown_to_the_employee(six: Office) -> None:
    achieve(six)
    at_step6(six, 4)
    answer = send(six, "atasan", password=PASSWORD, **DECIDED)
    assert location(answer) == reverse("tasks")
    assert Appraisal.objects.get(pk=six.case().pk).category == "baik"
    page = words(six.client("pegawai").get(address(six)))
    assert "Predikat kinerja Baik" in page
    assert "Hasil kerja Sesuai Ekspektasi" in page


def test_decision_beside_the_suggestion_without_a_reason_is_told_and_stays(six: Office) -> None:
    achieve(six)
    at_step6(six, 4)
    answer = send(six, "atasan", password=PASSWORD, **{**DECIDED, "result": "diatas", "work-2-note": "Rapi sekali."})
    assert answer.status_code == 422
    assert (
        "Alasan rating hasil kerja: Rating ini berbeda dari usulan (Sesuai Ekspektasi); isilah alasannya."
        in problems(answer)
    )
    assert re.search(r'<option value="diatas" selected>', answer.content.decode())
    assert "Rapi sekali." in answer.content.decode()


def test_word_that_is_in_no_list_is_refused(six: Office) -> None:
    achieve(six)
    at_step6(six, 4)
    answer = send(six, "atasan", password=PASSWORD, **{**DECIDED, "result": "hebat", "value-loyal-level": "selalu"})
    assert "Rating hasil kerja: Pilih dari daftar." in problems(answer)
    assert "Loyal: Pilih dari daftar." in problems(answer)


def test_saved_draft_comes_back_and_several_are_approved_at_once(office: Office) -> None:
    six = six_office(office, people=("pegawai", "rekan"))
    achieve(six)
    for name in ("pegawai", "rekan"):
        at_step6(six, 4, name)
        six.client("atasan").post(address(six, of=name), {"tindakan": "simpan", **DECIDED})
    assert 'value="Rapi."' in six.client("atasan").get(address(six)).content.decode()
    chosen = [str(six.case(name).task_id) for name in ("pegawai", "rekan")]
    typed = {"pilih": chosen, "langkah": "4", "tindakan": "selesai", "password": PASSWORD}
    assert six.client("atasan").post(reverse("bulk"), typed).status_code == 200
    assert (
        list(Appraisal.objects.filter(category="baik").values_list("category", flat=True).order_by("pk"))
        == ["baik"] * 2
    )


def test_kepala_records_the_achievement_on_the_page(six: Office) -> None:
    typed = {"periode": six.period.code, "unit": "", "capaian": "baik", "terbit": "2025-01-20", "dasar": "LKjIP 2024"}
    answer = six.client("kepala").post(reverse("achievements"), typed)
    assert location(answer) == reverse("achievements")
    row = Achievement.objects.get()
    assert (row.level, row.unit, row.source, row.recorded_by) == ("baik", None, "LKjIP 2024", six.kepala)
    page = words(six.client("kepala").get(reverse("achievements")))
    assert "Tahun 2023 (dipakai bila capaian 2024 terlambat)" in page
    wrong = six.client("kepala").post(reverse("achievements"), {**typed, "capaian": "", "dasar": ""})
    assert "Capaian: Pilih dari daftar." in problems(wrong)


def test_tugas_belajar_reports_ipk_on_screen(office: Office) -> None:
    six = six_office(office, people=(), study="rekan")
    place = address(six, of="rekan")
    page = words(six.client("staf").get(place))
    assert "Tugas belajar IPK" in page
    answer = six.client("staf").post(place, {"tindakan": "selesai", "study-gpa": "4,5"})
    assert "IPK: “4,5”: Paling tinggi 4." in problems(answer)
    typed = {"study-gpa": "3,62", "study-level": "s2_s3", "study-institution": "A", "study-programme": "A"}
    assert location(six.client("staf").post(place, {"tindakan": "selesai", **typed})) == reverse("tasks")
    assert Case.objects.get(pk=six.case("rekan").pk).step == 2
    assert "IPK 3,62" in words(six.client("kasubbag").get(address(six, of="rekan")))


@pytest.mark.parametrize("works", [1, 20])
def test_assessor_s_page_costs_the_same_for_any_number_of_hasil_kerja(
    office: Office, works: int, django_assert_num_queries: Any
) -> None:
    plan = replace(WORK_PLAN, works=tuple(replace(WORK_PLAN.works[0], number=n) for n in range(1, works + 1)))
    six = six_office(office, plan=plan)
    achieve(six)
    at_step6(six, 4)
    place, browser = address(six), six.client("atasan")
    browser.get(reverse("home"))
    with django_assert_num_queries(19):
        browser.get(place)
