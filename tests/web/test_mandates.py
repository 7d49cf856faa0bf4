"""Kantor, Plt. dan Plh.: the page, and what a holder and everybody else reads elsewhere."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.mandates import DAY, FIRST, LAST, give, role_data
from tests.office import PASSWORD, PEOPLE, STEP_DATA, Office
from tests.web.browsing import contents, problems, rows, words

from takar.casework.actions import advance_case
from takar.common import clock
from takar.organisation.models import Mandate

FILLED = {
    "kind": "plh",
    "principal": PEOPLE["atasan"][0],
    "role": "",
    "holder": "19760909 200109 1 009",
    "number": "800/7/DINCO/2026",
    "decreed_on": "2026-01-10",
    "start": "2026-01-12",
    "end": "2026-01-25",
    "acts": ["check", "assess"],
}


def on_day(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC))


def save(office: Office, who: str = "kepala", **changes: Any) -> Any:
    return office.client(who).post(reverse("mandates"), FILLED | changes)


@pytest.mark.parametrize("who", ["kepala", "kasubbag"])
def test_decree_is_recorded_as_it_was_typed(office: Office, who: str) -> None:
    assert save(office, who).url == reverse("mandates")
    mandate = Mandate.objects.get()
    assert (mandate.title, mandate.holder, mandate.principal) == (
        "Plh. Kepala Bidang A",
        office.atasan_lain,
        office.atasan,
    )
    assert (mandate.start, mandate.end, mandate.acts) == (FIRST, LAST, ["check", "assess"])
    page = words(office.client(who).get(reverse("mandates")))
    assert "Agus Salim dicatat sebagai Plh. Kepala Bidang A." in page
    assert "Berlaku Plh. Kepala Bidang A menggantikan Andi Saputra Memeriksa, Menilai Agus Salim" in page


def test_refused_decree_says_why_and_keeps_what_was_typed(office: Office) -> None:
    page = save(office, holder="197001011995011999", end="2026-01-01", number="")
    assert (page.status_code, Mandate.objects.count()) == (422, 0)
    assert problems(page) == (
        "Mandat belum dicatat; tidak ada yang berubah. "
        "Nomor surat: Isi nomor surat perintahnya, paling panjang 100 huruf. "
        "Pemegang: Sebut pegawai yang memegang mandat ini. "
        "Masa berlaku: Hari terakhir tidak boleh sebelum hari pertama."
    )
    assert 'value="2026-01-12"' in page.content.decode()


def test_date_that_is_none_is_refused(office: Office) -> None:
    page = save(office, start="kapan-kapan")
    assert (page.status_code, Mandate.objects.count()) == (422, 0)


def test_mandate_is_revoked_from_its_row(office: Office) -> None:
    mandate = give(office)
    address = reverse("end_mandate", args=[mandate.pk])
    office.client("kasubbag").post(address, {"alasan": ""})
    assert "Tulis mengapa mandat ini berakhir lebih awal." in words(office.client("kasubbag").get(reverse("mandates")))
    office.client("kasubbag").post(address, {"alasan": "Pejabat sudah kembali."})
    page = words(office.client("kasubbag").get(reverse("mandates")))
    assert "Dicabut Plh. Kepala Bidang A" in page
    assert "dicabut 12 Januari 2026 oleh Kania Dewi" in page
    assert "Cabut hari ini" not in page


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (FIRST, "Akan datang"),
        (FIRST + DAY, "Berlaku"),
        (LAST, "Berlaku"),
        (LAST + DAY, "Berakhir"),
    ],
)
def test_list_shows_where_the_day_lies(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: dt.date, state: str
) -> None:
    give(office, start=FIRST + DAY)
    on_day(monkeypatch, day)
    page = words(office.client("kepala").get(reverse("mandates")))
    assert (f"{state} Plh. Kepala Bidang A" in page, "Cabut hari ini" in page) == (True, state != "Berakhir")


@pytest.mark.parametrize("who", ["staf", "sekretaris", "atasan", "pegawai"])
def test_others_neither_read_nor_write_mandates(office: Office, who: str) -> None:
    mandate = give(office)
    before, kept = rows(), contents("organisation.Mandate")
    told = "Mandat Plt./Plh. hanya dapat dicatat atau dicabut oleh Kepala, Kasubbag"
    assert told in words(office.client(who).get(reverse("mandates")))
    assert told in words(save(office, who))
    office.client(who).post(reverse("end_mandate", args=[mandate.pk]), {"alasan": "Saya mau."})
    assert (rows(), contents("organisation.Mandate")) == (before, kept)


def test_mandate_of_another_agency_does_not_exist_here(office: Office) -> None:
    mandate = give(office)
    for pk in (mandate.pk, uuid4()):
        answer = office.client("outsider").post(reverse("end_mandate", args=[pk]), {"alasan": "Bukan urusan saya."})
        assert answer.status_code == 404
    assert "Plh. Kepala Bidang A" not in words(office.client("outsider").get(reverse("mandates")))
    assert Mandate.objects.filter(ended_on=None).count() == 1


@pytest.mark.parametrize(("day", "told"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_holder_reads_as_what_he_acts(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: dt.date, told: bool
) -> None:
    give(office)
    on_day(monkeypatch, day)
    page = words(office.client("atasan_lain").get(reverse("home")))
    sentence = "Anda Plh. Kepala Bidang A sampai 25 Januari 2026, menggantikan Andi Saputra."
    assert (sentence in page, "Agus Salim Plh. Kepala Bidang A" in page) == (told, told)


def test_holder_of_an_office_sees_its_progress(office: Office) -> None:
    give(office, role_data(office, role="kepala"), by=office.kasubbag)
    assert "Penilaian SKP tahun 2025 di kantor ini" in words(office.client("rekan").get(reverse("home")))


def test_holder_assesses_on_the_step_page(office: Office) -> None:
    give(office)
    case = office.at_step(4)
    address = reverse("step", args=[case.task_id])
    page = words(office.client("atasan_lain").get(address))
    assert "Anda bertindak Plh. Kepala Bidang A, untuk Andi Saputra." in page
    live = office.client("atasan_lain").post(reverse("compute", args=[case.task_id]), {"quality-1": "90"})
    assert live.status_code == 200
    typed = {f"quality-{n}": "88" for n in (1, 2)}
    names = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
    given = STEP_DATA[4](case).assessment
    typed |= {f"behaviour-{name}": "88" for name in (given.behaviour if given else names)}
    answer = office.client("atasan_lain").post(address, typed | {"tindakan": "selesai", "password": PASSWORD})
    assert (answer.status_code, office.case().step) == (302, 5)


def test_case_page_names_the_acting_officer_before_and_after(office: Office) -> None:
    give(office)
    case = office.at_step(4)
    address = reverse("case", args=[case.pk])
    assert "Dapat dikerjakan oleh Plh. Kepala Bidang A, Agus Salim (sampai 25 Januari 2026)." in words(
        office.client("pegawai").get(address)
    )
    advance_case(actor=office.atasan_lain, step_run_id=case.task_id, data=STEP_DATA[4](case), password=PASSWORD)
    page = words(office.client("pegawai").get(address))
    assert "selesai 12 Januari 2026 pukul 09.30 WITA oleh Agus Salim (Plh. Atasan langsung)" in page
    assert "Ditandatangani Agus Salim (Plh. Kepala Bidang A) sebagai Pejabat penilai" in page
    assert "Langkah 4 selesai oleh Agus Salim (Plh. Atasan langsung)" in page
    assert "sebagai Plh. Kepala Bidang A" in page


def test_superior_in_the_holders_stead_is_named_in_the_history(office: Office) -> None:
    give(office, holder=office.rekan)
    case = office.at_step(4, "rekan")
    advance_case(actor=office.kepala, step_run_id=case.task_id, data=STEP_DATA[4](case), password=PASSWORD)
    page = words(office.client("rekan").get(reverse("case", args=[case.pk])))
    assert "oleh Karta Wijaya (Atasan pejabat penilai)" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_comes_after_the_last_day_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    give(office)
    case = office.at_step(4)
    on_day(monkeypatch, LAST + DAY)
    address = reverse("step", args=[case.task_id])
    answer = getattr(office.client("atasan_lain"), method)(address, {"tindakan": "simpan"})
    assert "Mandat Anda sebagai Plh. Kepala Bidang A sudah berakhir 25 Januari 2026" in words(answer)
    assert (answer.status_code, "Putri" in words(answer), office.case().step) == (403, False, 4)
    stranger = getattr(office.client("pegawai"), method)(reverse("step", args=[office.case("rekan").task_id]))
    assert stranger.status_code == 404


def test_pages_ask_at_most_two_questions_more_for_a_holder(office: Office) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            office.client("atasan_lain").get(reverse(name))
        return len(found)

    names = ("home", "tasks", "cases")
    [asked(name) for name in names]
    before = [asked(name) for name in names]
    give(office)
    assert [asked(name) - was for name, was in zip(names, before, strict=True)] == [2, 2, 2]


def test_list_asks_no_more_for_three_mandates_than_for_one(office: Office) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            office.client("kepala").get(reverse("mandates"))
        return len(found)

    give(office)
    asked()
    one = asked()
    give(office, principal=office.sekretaris, holder=office.rekan)
    give(office, role_data(office, holder=office.pegawai))
    assert asked() == one
