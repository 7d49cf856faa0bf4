"""Sesudah penilaian in the browser: an objection that changes the result, its terms, and who may see what."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries
from tests.casework.aftermath_days import act, acts, on_day
from tests.office import PASSWORD, TODAY, Office, assessment
from tests.web.browsing import words

from takar.audit.queries import verify_chains
from takar.casework.models import Act, ActFile
from takar.casework.steps import document_of
from takar.organisation.models import Holiday


def begin(office: Office) -> None:
    office.at_step(5)


def post(office: Office, who: str, kind: str, **fields: Any) -> Any:
    address = f"/berkas/{office.case().pk}/sesudah/"
    return office.client(who).post(address, {"tindakan": kind, "isi": f"Isi {kind}.", **fields})


def shown(office: Office, who: str) -> str:
    return words(office.client(who).get(f"/berkas/{office.case().pk}/"))


def figures(office: Office, **changes: str) -> dict[str, str]:
    """What the superior's sheet sends: the approved figures, with changes."""
    given = assessment(office.case())
    fields = {f"quality-{number}": str(value) for number, value in given.quality.items()}
    fields |= {f"behaviour-{aspect}": str(value) for aspect, value in given.behaviour.items()}
    return {**fields, "recommendation": given.recommendation, "isi": "Laporan terbukti.", **changes}


def test_objection_changes_the_result_from_page_to_page(office: Office) -> None:
    office.at_step(5)
    old = document_of(office.case())
    letter = SimpleUploadedFile("surat.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    done = post(office, "pegawai", "object", lampiran=letter)
    assert done.headers["Location"] == f"/berkas/{office.case().pk}/"
    assert "Keberatan menunggu tanggapan Anda." in words(office.client("atasan").get("/"))
    post(office, "atasan", "respond")
    post(office, "kepala", "hear_employee")
    sheet = words(office.client("kepala").get(f"/berkas/{office.case().pk}/keputusan/"))
    assert "Isi object." in sheet
    assert "90,48" in sheet
    address = f"/berkas/{office.case().pk}/keputusan/"
    live = office.client("kepala").post(f"{address}hitung/", figures(office, **{"quality-1": "96"}))
    assert "91,08" in words(live)
    decided = office.client("kepala").post(address, figures(office, **{"quality-1": "96"}) | {"password": PASSWORD})
    assert decided.status_code == 302
    new = document_of(office.case())
    page = shown(office, "pegawai")
    assert "Nilai prestasi kerja 91,08 Sangat baik" in page
    assert "semula 90,48" in page
    assert f"{old.number} , terbit 12 Januari 2026 pukul 09.30 WITA, tidak berlaku lagi" in page
    assert f"digantikan oleh {new.number}" in page
    assert "Keberatan diputus: nilai diubah" in page
    assert "Nilai Anda diubah" in words(office.client("pegawai").get("/"))
    office.at_step(8)
    assert new.copies.count() == 1
    assert list(verify_chains()) == []
    for document in (old, new):
        assert office.client("pegawai").get(f"/dokumen/{document.pk}/").content.startswith(b"%PDF-")


def test_page_of_step_five_names_the_right_to_object_and_its_last_day(office: Office) -> None:
    case = office.at_step(5)
    page = words(office.client("pegawai").get(f"/tugas/{case.task_id}/"))
    assert "paling lambat 26 Januari 2026 ; sesudah itu keberatan tidak dipertimbangkan" in page


def test_terms_are_shown_as_date_day_number_and_consequence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.at_step(5)
    on_day(monkeypatch, 3)
    assert (
        "Mengajukan keberatan tertulis dengan alasan lengkap: paling lambat 26 Januari 2026 (hari ke-3 dari 14). "
        "Bila lewat: Keberatan tidak dipertimbangkan (penjelasan Pasal 25 ayat (1))."
    ) in words(office.client("pegawai").get("/"))


def test_late_objection_is_refused_on_the_page_and_nothing_typed_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(5)
    on_day(monkeypatch, 15)
    refused = post(office, "pegawai", "object")
    assert refused.status_code == 422
    assert "Keberatan tidak dipertimbangkan" in words(refused)
    assert not Act.objects.exists()


def test_typed_reasons_stay_when_something_is_wrong(office: Office) -> None:
    office.at_step(5)
    acts(office, "heard")
    refused = post(office, "kepala", "confirm", isi="Nilai sudah tepat.", password="salah")
    assert refused.status_code == 422
    assert "Nilai sudah tepat." in refused.content.decode()


@pytest.mark.parametrize("who", ["staf", "sekretaris", "kepala", "kasubbag", "pegawai", "atasan"])
def test_objection_is_read_by_the_parties_and_the_kasubbag_alone(office: Office, who: str) -> None:
    office.at_step(5)
    letter = SimpleUploadedFile("surat.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    post(office, "pegawai", "object", isi="Capaian kegiatan 1 keliru.", lampiran=letter)
    may_read = who not in {"staf", "sekretaris"}
    file = office.client(who).get(f"/berkas/{office.case().pk}/lampiran/{ActFile.objects.get().pk}/")
    assert ("Capaian kegiatan 1 keliru." in shown(office, who)) is may_read
    assert (file.status_code == 200) is may_read
    assert "Keberatan diajukan" in shown(office, who)


@pytest.mark.parametrize("path", ["sesudah/", "keputusan/"])
@pytest.mark.parametrize("who", ["rekan", "atasan_lain", "outsider"])
def test_stranger_finds_no_aftermath(office: Office, who: str, path: str) -> None:
    office.at_step(5)
    assert office.client(who).get(f"/berkas/{office.case().pk}/{path}").status_code == 404


@pytest.mark.parametrize("who", ["pegawai", "atasan", "staf", "kepala"])
def test_sheet_of_the_decision_opens_only_when_it_is_due(office: Office, who: str) -> None:
    office.at_step(5)
    answer = office.client(who).get(f"/berkas/{office.case().pk}/keputusan/")
    assert answer.headers["Location"] == f"/berkas/{office.case().pk}/"
    refused = office.client(who).post(f"/berkas/{office.case().pk}/keputusan/hitung/", figures(office))
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("quality-1", "seratus", "“seratus”"), ("quality-1", "101", "antara 0 dan 100"), ("isi", "", "Wajib diisi")],
)
def test_wrong_figure_on_the_sheet_is_named_and_kept(office: Office, field: str, value: str, sentence: str) -> None:
    office.at_step(5)
    acts(office, "heard")
    address = f"/berkas/{office.case().pk}/keputusan/"
    sent = figures(office, **{"quality-2": "99", field: value}) | {"password": PASSWORD}
    refused = office.client("kepala").post(address, sent)
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert office.case().documents.count() == 1


def test_forms_on_the_page_are_the_readers_own(office: Office) -> None:
    office.at_step(5)
    for who, keys in (
        ("pegawai", {"receive", "object"}),
        ("atasan", {"deliver"}),
        ("kepala", set()),
        ("staf", set()),
        ("kasubbag", {"deliver", "object"}),
    ):
        page = office.client(who).get(f"/berkas/{office.case().pk}/").content.decode()
        assert set(re.findall(r'name="tindakan" value="(\w+)"', page)) == keys


def test_case_page_asks_the_database_no_more_for_many_acts(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.at_step(5)
    client, address = office.client("kepala"), f"/berkas/{office.case().pk}/"
    client.get(address)
    with django_assert_max_num_queries(200) as before:
        client.get(address)
    acts(office, "heard")
    # What hangs on acts is looked up once there are any: their files, their terms, a hold.
    with django_assert_max_num_queries(len(before) + 3):
        client.get(address)


def test_beranda_asks_as_much_for_many_notices_as_for_one(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.at_step(5)
    act(office, "pegawai", "object")
    client = office.client("atasan")
    client.get("/")
    with django_assert_max_num_queries(200) as one:
        client.get("/")
    office.at_step(6, "rekan")
    with django_assert_max_num_queries(len(one) + 1):  # the calendar, once there is a day to count
        assert "Menyampaikan hasil penilaian kepada atasan pejabat penilai" in words(client.get("/"))


def test_calendar_is_set_and_counts(office: Office) -> None:
    office.at_step(5)
    sent = {
        "hari": "kerja",
        "kerja": ["0", "1", "2", "3", "4"],
        "libur": "2026-01-16; Isra Mikraj; SKB\n19/01/2026\tLibur\t",
    }
    assert office.client("kasubbag").post("/kantor/kalender/", sent).headers["Location"] == "/kantor/kalender/"
    assert list(Holiday.objects.values_list("date", "name", "source")) == [
        (dt.date(2026, 1, 16), "Isra Mikraj", "SKB"),
        (dt.date(2026, 1, 19), "Libur", ""),
    ]
    assert "2026-01-16; Isra Mikraj; SKB" in office.client("kasubbag").get("/kantor/kalender/").content.decode()
    assert "3 Februari 2026 (hari kerja ke-0 dari 14)" in shown(office, "pegawai")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"libur": "16 Jan; Isra Mikraj"}, "“16 Jan” bukan tanggal"),
        ({"libur": "2026-01-16"}, "Nama hari liburnya belum diisi."),
        ({"libur": "2026-01-16; A\n2026-01-16; B"}, "tertulis dua kali"),
        ({"kerja": []}, "paling sedikit satu hari kerja"),
        ({"hari": "minggu"}, "Pilih hari kalender atau hari kerja."),
    ],
)
def test_wrong_calendar_is_refused_by_line(office: Office, change: dict[str, Any], sentence: str) -> None:
    sent = {"hari": "kalender", "kerja": ["0"], "libur": "", **change}
    refused = office.client("kasubbag").post("/kantor/kalender/", sent)
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert not Holiday.objects.exists()


def test_calendar_is_for_the_office_keepers(office: Office) -> None:
    assert "hanya dapat diubah" in words(office.client("staf").post("/kantor/kalender/", {"hari": "kerja"}))
    office.agency.refresh_from_db()
    assert (office.agency.day_count, TODAY.year) == ("kalender", 2026)
