"""Figures as people type them: what is no figure, or none that its column can hold, is told beside it and kept on screen."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from tests.office import FORM, PASSWORD, TODAY, YEAR, Office
from tests.web.browsing import contents, field, problems, rows, words

from takar.appraisal.models import Activity, FormLine
from takar.casework.actions import save_form
from takar.casework.models import Case

TABLES = ("appraisal.Form", "appraisal.FormLine", "appraisal.FormExtra", "appraisal.Difference", "audit.Event")

# What is typed, and what the page says about it (after the text itself).
NO_FIGURES = {
    "dua belas": "tidak terbaca sebagai angka; tulislah misalnya 12, 12,5, atau 1.250.000.",
    "12 bulan": "tidak terbaca sebagai angka",
    "1e3": "tidak terbaca sebagai angka",
    "NaN": "tidak terbaca sebagai angka",
    "Infinity": "tidak terbaca sebagai angka",
    "0x10": "tidak terbaca sebagai angka",
    "=1+1": "tidak terbaca sebagai angka",
    "1,2,3": "tidak terbaca sebagai angka",
    "1.2.3": "tidak terbaca sebagai angka",
    "١٢": "tidak terbaca sebagai angka",
    "１２": "tidak terbaca sebagai angka",
    "²": "tidak terbaca sebagai angka",
    "<script>alert(1)</script>": "tidak terbaca sebagai angka",
    "9" * 19: "Angka lebih dari 18 digit tidak diterima",
    "9" * 5000: "tidak diterima",
    "-1": "Tidak boleh kurang dari nol; periksa angkanya.",
    "-0,5": "Tidak boleh kurang dari nol; periksa angkanya.",
    "−3": "Tidak boleh kurang dari nol; periksa angkanya.",
    "99999999999999": "Paling besar 99.999.999.999; periksa apakah salah ketik.",
    "100.000.000.000": "Paling besar 99.999.999.999; periksa apakah salah ketik.",
    "0,00001": "Paling banyak 4 angka di belakang koma; bulatkan angkanya.",
    "1,23456": "Paling banyak 4 angka di belakang koma; bulatkan angkanya.",
}
FIGURES = {
    "12": "12",
    "12,5": "12.5",
    "12.5": "12.5",
    " 12 ": "12",
    "1.250": "1250",
    "1.250,75": "1250.75",
    "0": "0",
    "-0": "0",
    "99.999.999.999,9999": "99999999999.9999",
    "0,0001": "0.0001",
}


def post(office: Office, who: str, case: Case, **data: Any) -> Any:
    return office.client(who).post(reverse("step", args=[case.task_id]), {"tindakan": "simpan", **data})


def first_line(office: Office, stage: str = "terkumpul") -> FormLine:
    return FormLine.objects.get(form__appraisal=office.case().appraisal, form__stage=stage, number=1)


def test_what_is_no_figure_is_told_and_stays_on_screen(office: Office) -> None:
    case, before = office.case(), contents(*TABLES)
    for text, reason in NO_FIGURES.items():
        typed = {"line-1-quantity": text, "line-1-time": "9,12", "line-2-note": "map <2>"}
        for act in ("simpan", "selesai"):
            answer = post(office, "staf", case, tindakan=act, **typed)
            assert answer.status_code == 422
            assert problems(answer).endswith(reason) or reason in problems(answer), text
            assert "Baris 1, Kuantitas" in problems(answer)
            assert {name: field(answer, name) for name in typed} == typed
    assert (contents(*TABLES), office.case().step) == (before, 1)


def test_figure_is_read_in_the_office_s_notation(office: Office) -> None:
    for text, value in FIGURES.items():
        answer = post(office, "staf", office.case(), **{"line-1-quantity": text})
        assert (answer.status_code, first_line(office).quantity) == (302, Decimal(value)), text


def test_money_has_two_decimals_and_thirteen_digits(office: Office) -> None:
    for text, value in {"9.999.999.999.999,99": "9999999999999.99", "0,01": "0.01", "": None}.items():
        answer = post(office, "staf", office.case(), **{"line-2-cost": text})
        line = FormLine.objects.get(form__appraisal=office.case().appraisal, number=2)
        assert (answer.status_code, line.cost) == (302, None if value is None else Decimal(value)), text
    for text, reason in {"10.000.000.000.000": "Paling besar", "0,001": "Paling banyak 2 angka"}.items():
        answer = post(office, "staf", office.case(), **{"line-2-cost": text})
        assert (answer.status_code, reason in problems(answer)) == (422, True)


def test_cell_that_was_not_sent_keeps_its_figure(office: Office) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    answer = post(office, "staf", office.case(), **{"line-1-time": "10"})
    line = first_line(office)
    assert (answer.status_code, line.quantity, line.time, line.note) == (302, Decimal(12), Decimal(10), "map 1")


def test_emptied_cell_is_empty(office: Office) -> None:
    save_form(actor=office.staf, step_run_id=office.case().task_id, data=FORM)
    post(office, "staf", office.case(), **{"line-1-quantity": "", "line-1-note": " "})
    line = first_line(office)
    assert (line.quantity, line.time, line.note) == (None, Decimal("9.12"), "")


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"line-3-quantity": "5"}, "Baris 3: Ada angka tanpa uraian"),
        ({"line-3-note": "catatan"}, "Baris 3: Ada angka tanpa uraian"),
        ({"line-3-name": "x" * 501}, "Baris 3: Uraian paling panjang 500 huruf, keterangan 1000."),
        ({"line-1-note": "x" * 1001}, "Baris 1: Uraian paling panjang 500 huruf, keterangan 1000."),
        ({"extra-tambahan-1-name": "x" * 501}, "Tugas tambahan 1: Uraian paling panjang 500 huruf"),
        (
            {"extra-tambahan-1-name": "Panitia", "extra-tambahan-1-letter": "x" * 121},
            "Tugas tambahan 1: Uraian paling panjang 500 huruf, nomor surat 120.",
        ),
        ({"extra-tambahan-2-letter": "SK/1"}, "Tugas tambahan 2: Ada nomor surat tanpa uraian"),
        ({"extra-kreativitas-1-name": "Aplikasi"}, "Kreativitas 1: Pilih tingkat manfaatnya"),
        (
            {"extra-kreativitas-1-name": "Aplikasi", "extra-kreativitas-1-level": "dunia"},
            "Kreativitas 1: Pilih tingkat dari daftar.",
        ),
    ],
)
def test_text_that_does_not_fit_is_told_by_its_row(office: Office, typed: dict[str, str], where: str) -> None:
    before = contents(*TABLES)
    answer = post(office, "staf", office.case(), **typed)
    assert (answer.status_code, contents(*TABLES)) == (422, before)
    assert where in problems(answer)
    assert {name: field(answer, name) for name in typed if "level" not in name} == {
        name: text for name, text in typed.items() if "level" not in name
    }


def test_empty_form_is_not_sent(office: Office) -> None:
    before = contents(*TABLES)
    answer = post(office, "staf", office.case(), tindakan="selesai")
    assert (answer.status_code, contents(*TABLES)) == (422, before)
    assert "Belum ada satu realisasi pun" in problems(answer)


# --- step 3


def test_every_difference_asks_for_its_answer(office: Office) -> None:
    case, before = office.at_step(3), contents(*TABLES)
    typed = {"line-1-quantity": "11", "line-2-cost": "9.999.999.999.999,99", "answer-1-quantity": "Salah baca."}
    answer = post(office, "staf", case, tindakan="selesai", **typed)
    assert (answer.status_code, contents(*TABLES)) == (422, before)
    assert problems(answer).endswith(
        "Baris 2, Biaya: Angka ini berbeda dari yang diterima Kasubbag; tuliskan alasannya, atau samakan kembali."
    )
    assert {name: field(answer, name) for name in typed} == typed
    answer = post(office, "staf", case, tindakan="selesai", **typed, **{"answer-2-cost": "Ada tambahan pagu."})
    assert (answer.status_code, office.case().step) == (302, 4)
    kept = office.case().appraisal.forms.get(stage="diinput").differences.order_by("line")
    assert [(d.line, d.figure, d.accepted, d.entered, d.answer) for d in kept] == [
        (1, "quantity", Decimal(12), Decimal(11), "Salah baca."),
        (2, "cost", Decimal(9_500_000), Decimal("9999999999999.99"), "Ada tambahan pagu."),
    ]


def test_tugas_tambahan_that_the_kasubbag_has_not_seen_asks_for_an_answer(office: Office) -> None:
    """Each is worth points, so it may not slip in after the check."""
    case, before = office.at_step(3), contents(*TABLES)
    typed = {"extra-tambahan-1-name": "Panitia lomba", "extra-tambahan-1-letter": "SK/1"}
    answer = post(office, "staf", case, tindakan="selesai", **typed)
    assert (answer.status_code, contents(*TABLES)) == (422, before)
    assert "Jumlah tugas tambahan: Angka ini berbeda dari yang diterima Kasubbag" in problems(answer)
    answer = post(office, "staf", case, tindakan="selesai", **typed, **{"answer-0-tambahan": "Tertinggal di formulir."})
    assert (answer.status_code, office.case().step) == (302, 4)
    page = words(office.client("atasan").get(reverse("step", args=[office.case().task_id])))
    assert "Jumlah tugas tambahan: 0 → 1. Tertinggal di formulir." in page


def test_answer_that_is_too_long_is_told(office: Office) -> None:
    case, before = office.at_step(3), contents(*TABLES)
    typed = {"line-1-quantity": "11", "answer-1-quantity": "x" * 501}
    answer = post(office, "staf", case, tindakan="selesai", **typed)
    assert (answer.status_code, contents(*TABLES)) == (422, before)
    assert "Alasannya paling panjang 500 huruf; pendekkan." in problems(answer)


# --- step 4


ASPECTS = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
RATED = {"quality-1": "90", "quality-2": "85", **{f"behaviour-{aspect}": "88" for aspect in ASPECTS}}


def test_rating_that_is_none_is_told_and_stays_on_screen(office: Office) -> None:
    case, before = office.at_step(4), (rows(), contents("appraisal.Appraisal"))
    bad = {
        "sangat baik": "tidak terbaca sebagai angka",
        "-1": "Tidak boleh kurang dari nol",
        "100,01": "Nilai harus antara 0 dan 100.",
        "101": "Nilai harus antara 0 dan 100.",
        "9" * 18: "Nilai harus antara 0 dan 100.",
        "९०": "tidak terbaca sebagai angka",
    }
    for text, reason in bad.items():
        for name in ("quality-2", "behaviour-disiplin"):
            for act in ("simpan", "selesai"):
                typed = {**RATED, name: text, "recommendation": "Tetap <baik>"}
                answer = post(office, "atasan", case, tindakan=act, password=PASSWORD, **typed)
                assert (answer.status_code, reason in problems(answer)) == (422, True), (text, name, act)
                assert (field(answer, name), field(answer, "recommendation")) == (text, "Tetap <baik>")
    assert ((rows(), contents("appraisal.Appraisal")), office.case().step) == (before, 4)


def test_missing_rating_stops_the_approval_and_names_its_place(office: Office) -> None:
    case = office.at_step(4)
    for name, label in {"quality-1": "Kegiatan 1, Kualitas", "behaviour-komitmen": "Komitmen"}.items():
        answer = post(office, "atasan", case, tindakan="selesai", password=PASSWORD, **RATED | {name: ""})
        assert (answer.status_code, office.case().step) == (422, 4)
        assert label in problems(answer)


def test_password_is_never_shown_again(office: Office) -> None:
    case = office.at_step(4)
    answer = post(office, "atasan", case, tindakan="selesai", password="rahasia-sekali", **RATED)
    assert (answer.status_code, office.case().step) == (422, 4)
    assert "Kata sandi yang dimasukkan salah. Dokumen belum ditandatangani" in problems(answer)
    assert "rahasia-sekali" not in answer.content.decode()


def test_value_beyond_any_scale_is_told_and_not_a_crash(office: Office) -> None:
    case = office.case()
    post(office, "staf", case, tindakan="selesai", **{"line-1-quantity": "99999999999", "line-1-time": "1"})
    office.do_step()
    office.do_step()
    before = rows(), contents("appraisal.Appraisal")
    answer = post(office, "atasan", office.case(), tindakan="selesai", password=PASSWORD, **RATED)
    assert (answer.status_code, (rows(), contents("appraisal.Appraisal"))) == (422, before)
    assert "Kembalikan" in problems(answer)


# --- steps 6 and 7


def test_copy_is_recorded_only_when_whole(office: Office) -> None:
    case, before = office.at_step(6), contents("documents.Copy", "audit.Event")
    tomorrow = TODAY.replace(day=TODAY.day + 1).isoformat()
    bad: dict[str, dict[str, str]] = {
        "bukan tanggal": {"copy-1-on": "kemarin"},
        "bentuknya bukan dari daftar": {"copy-1-form": "batu"},
        "tidak boleh sesudah hari ini": {"copy-1-on": tomorrow},
        "paling panjang 200 huruf": {"copy-1-for": "x" * 201},
        "Catat paling sedikit satu": {"copy-1-for": " "},
    }
    for reason, typed in bad.items():
        good = {"copy-1-for": "Putri", "copy-1-form": "kertas", "copy-1-on": TODAY.isoformat()}
        answer = post(office, "staf", case, tindakan="selesai", **good | typed)
        assert (answer.status_code, reason in problems(answer)) == (422, True), reason
        assert {name: field(answer, name) for name in typed if "form" not in name} == {
            name: text for name, text in typed.items() if "form" not in name
        }
    assert (contents("documents.Copy", "audit.Event"), office.case().step) == (before, 6)


def test_box_is_named_within_its_length(office: Office) -> None:
    case, before = office.at_step(7), contents("archive.Box", "archive.Deposit", "audit.Event")
    bad = {
        "Kode klasifikasi: Paling panjang 20 huruf.": {"classification": "8" * 21},
        "Kode klasifikasi: Wajib diisi.": {"classification": "  "},
        "Box file: Paling panjang 40 huruf.": {"box": "B" * 41},
        "Box file: Wajib diisi.": {"box": ""},
        "Rak: Paling panjang 40 huruf.": {"shelf": "R" * 41},
        "Rak: Wajib diisi.": {"shelf": ""},
    }
    for reason, typed in bad.items():
        good = {"classification": "800.1.4.4", "box": "B-01", "shelf": "R-1"}
        answer = post(office, "kasubbag", case, tindakan="selesai", **good | typed)
        assert (answer.status_code, reason in problems(answer)) == (422, True), reason
        assert {name: field(answer, name) for name in typed} == typed
    assert (contents("archive.Box", "archive.Deposit", "audit.Event"), office.case().step) == (before, 7)


# --- targets


def plan(office: Office, **typed: str) -> Any:
    row = {
        "name-1": "Menyusun laporan", "quantity-1": "12", "quantity_unit-1": "laporan", "quality-1": "100", "time-1": "12",
        "time_unit-1": "bulan", "cost-1": "", "credit-1": "",
    }  # fmt: skip
    return office.client("staf").post(reverse("plan", args=[YEAR + 1, office.rekan.pk]), row | typed)


def test_target_that_cannot_be_is_told_and_stays_on_screen(office: Office) -> None:
    before = rows()
    bad = {
        "Baris 1, Kuantitas: “dua”": {"quantity-1": "dua"},
        "Baris 1, Kuantitas: Wajib diisi.": {"quantity-1": ""},
        "Target kuantitas dan waktu harus lebih dari nol.": {"quantity-1": "0"},
        "Paling banyak 4 angka di belakang koma": {"quantity-1": "0,00001"},
        "Paling besar 99.999.999.999": {"time-1": "100000000000"},
        "Target kualitas harus antara 1 dan 100.": {"quality-1": "101"},
        "Tidak boleh kurang dari nol": {"cost-1": "-1"},
        "Paling banyak 2 angka di belakang koma": {"cost-1": "0,001"},
        "Baris 1, Kegiatan: Wajib diisi, paling panjang 500 huruf.": {"name-1": "x" * 501},
        "Baris 1, Satuan kuantitas: Wajib diisi, paling panjang 40 huruf.": {"quantity_unit-1": "x" * 41},
        "Baris 1, Satuan waktu: Wajib diisi, paling panjang 20 huruf.": {"time_unit-1": ""},
        "Belum ada satu kegiatan pun": {"name-1": " "},
    }
    for reason, typed in bad.items():
        answer = plan(office, **typed)
        assert (answer.status_code, reason in problems(answer)) == (422, True), (reason, problems(answer))
        assert {name: field(answer, name) for name in typed} == typed
    assert rows() == before


def test_target_is_kept_as_typed(office: Office) -> None:
    assert plan(office, **{"cost-1": "12.500.000,50", "credit-1": "0,25", "name-2": ""}).status_code == 302
    kept = Activity.objects.get(plan__employee=office.rekan, plan__year=YEAR + 1)
    assert (kept.name, kept.cost, kept.credit) == ("Menyusun laporan", Decimal("12500000.50"), Decimal("0.25"))
    page = office.client("staf").get(reverse("plan", args=[YEAR + 1, office.rekan.pk]))
    assert (field(page, "cost-1"), field(page, "credit-1")) == ("12.500.000,5", "0,25")


def test_cost_of_nothing_is_no_cost(office: Office) -> None:
    assert plan(office, **{"cost-1": "0"}).status_code == 302
    assert Activity.objects.get(plan__employee=office.rekan, plan__year=YEAR + 1).cost is None


def test_target_of_a_case_whose_form_was_sent_is_not_changed(office: Office) -> None:
    office.at_step(2)
    before = contents("appraisal.Plan", "appraisal.Activity", "audit.Event")
    row = {
        "name-1": "Lain",
        "quantity-1": "1",
        "quantity_unit-1": "x",
        "quality-1": "100",
        "time-1": "1",
        "time_unit-1": "x",
    }
    answer = office.client("staf").post(reverse("plan", args=[YEAR, office.pegawai.pk]), row)
    assert (answer.status_code, field(answer, "name-1")) == (422, "Lain")
    assert "sudah dipakai dalam berkas penilaian" in problems(answer)
    assert contents("appraisal.Plan", "appraisal.Activity", "audit.Event") == before


@pytest.mark.parametrize("year", [2013, 2028, 99999, 0])
def test_year_outside_the_law_or_the_future_is_not_found(office: Office, year: int) -> None:
    assert office.client("staf").get(reverse("plan", args=[year, office.pegawai.pk])).status_code == 404


def test_strange_addresses_are_no_errors(office: Office) -> None:
    """Pages with a query that nobody would write by hand show themselves all the same."""
    values = ["999", "99", "0", "-1", "²", "٢", "9" * 5000, "' OR 1=1 --", "<b>"]
    asked = {
        "tasks": ["langkah", "halaman"],
        "cases": ["langkah", "periode", "unit", "cari", "kembali", "halaman"],
        "archive": ["cari", "halaman"],
        "plans": ["tahun", "halaman"],
        "periods": ["tahun"],
        "office": ["cari", "halaman"],
        "home": ["halaman"],
    }
    for name, keys in asked.items():
        for key in keys:
            for value in values:
                answer = office.client("kasubbag").get(reverse(name), {key: value})
                assert answer.status_code == 200, (name, key, value[:20])
                assert "<b>" not in answer.content.decode()
