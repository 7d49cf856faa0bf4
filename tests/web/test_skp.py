"""SKP on screen: begun, filled row by row without losing anything, submitted, returned, agreed, revised, ended."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.office import ACTIVITIES, TODAY, Office
from tests.work_plans import WORK_PLAN

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan
from takar.appraisal.planning import draft_plan, save_content

YEAR = TODAY.year
PP46, P6 = Regulation.PP46.value, Regulation.PERMENPAN6.value


def plan_of(office: Office, who: str = "pegawai", method: str = P6, data: Any = WORK_PLAN) -> Plan:
    person = office.people[who]
    plan = draft_plan(actor=person, employee=person, year=YEAR, method=method)
    return save_content(actor=person, plan_id=plan.pk, data=data) if data else plan


def send(office: Office, who: str, name: str, plan: Plan, **typed: str) -> tuple[int, str]:
    answer: HttpResponse = office.client(who).post(reverse(name, args=[plan.pk]), typed)
    return answer.status_code, answer.content.decode()


def begun(office: Office, who: str, of: str, **typed: str) -> HttpResponse:
    return office.client(who).post(reverse("skp_begin", args=[office.people[of].pk]), {"tahun": str(YEAR), **typed})


def row(prefix: str, **texts: str) -> dict[str, str]:
    return {f"{prefix}-{name}": text for name, text in texts.items()}


@pytest.mark.parametrize(("who", "method"), [("pegawai", P6), ("staf", PP46)])
def test_plan_is_begun_by_the_person_or_the_desk(office: Office, who: str, method: str) -> None:
    answer = begun(office, who, "pegawai", cara=method)
    plan = Plan.objects.get(employee=office.pegawai, year=YEAR)
    assert (answer.status_code, answer["Location"]) == (302, reverse("skp_edit", args=[plan.pk]))
    assert office.client(who).get(answer["Location"]).status_code == 200
    again = begun(office, who, "pegawai", cara=method)
    assert (again.status_code, "sudah disusun" in again.content.decode()) == (422, True)


def test_year_and_regulation_come_from_the_lists(office: Office) -> None:
    assert [
        begun(office, "pegawai", "pegawai", **typed).status_code for typed in ({"cara": "x"}, {"tahun": "1999"})
    ] == [
        422,
        422,
    ]
    assert Plan.objects.filter(year=YEAR).count() == 0


def test_rows_are_added_and_removed_with_everything_typed(office: Office) -> None:
    plan = plan_of(office, data=None)
    typed = {
        "works": "1",
        "w1-indicators": "1",
        **row("w1", name="Laporan", kind="utama"),
        **row("w1-i1", name="Jumlah"),
    }
    for button, texts in (
        ("tambah-indikator:1", ['name="w1-i2-name"', ">Jumlah<"]),
        ("tambah-tambahan", ['name="w2-name"', ">Laporan<"]),
        ("hapus-indikator:1.1", ['name="w1-indicators" value="0"', ">Laporan<"]),
        ("hapus:1", ['name="works" value="0"']),
    ):
        status, page = send(office, "pegawai", "skp_edit", plan, tindakan=button, **typed)
        assert (status, [text for text in texts if text not in page]) == (200, []), button
    assert (plan.works.count(), Plan.objects.get(pk=plan.pk).typed) == (0, None)


@pytest.mark.parametrize("button", ["hapus:9", "hapus:x", "hapus-indikator:1.9", "tambah-indikator:"])
def test_button_for_a_row_that_is_not_there_saves_instead(office: Office, button: str) -> None:
    plan = plan_of(office, data=None)
    assert send(office, "pegawai", "skp_edit", plan, tindakan=button, works="1")[0] == 422


def test_what_is_not_complete_stays_on_the_page_and_is_there_tomorrow(office: Office) -> None:
    plan = plan_of(office, data=None)
    typed = {"works": "1", "w1-indicators": "1", **row("w1", name="Laporan", kind="utama"), "a-konsekuensi": "Teguran"}
    typed |= row("w1-i1", name="Jumlah", target="12", minimum="dua belas")
    status, page = send(office, "pegawai", "skp_edit", plan, tindakan="simpan", **typed)
    assert (status, "Hasil kerja 1, indikator 1, Target paling rendah: “dua belas”" in page) == (422, True)
    again = office.client("pegawai").get(reverse("skp_edit", args=[plan.pk])).content.decode()
    assert [text for text in (">Laporan<", 'value="dua belas"', ">Teguran<") if text not in again] == []
    typed["w1-i1-minimum"] = "12"
    assert send(office, "pegawai", "skp_edit", plan, tindakan="simpan", **typed)[0] == 302
    assert [(i.name, i.minimum, i.direction) for w in plan.works.all() for i in w.indicators.all()] == [
        ("Jumlah", 12, ""),
    ]


def test_activities_are_typed_the_same_way(office: Office) -> None:
    plan = plan_of(office, method=PP46, data=None)
    typed = {"rows": "2", **{f"{name}-1": text for name, text in {
        "name": "Menyusun laporan", "quantity": "12", "quantity_unit": "laporan", "quality": "100", "time": "12",
        "time_unit": "bulan", "cost": "", "credit": "",
    }.items()}}  # fmt: skip
    status, page = send(office, "pegawai", "skp_edit", plan, tindakan="tambah", **typed)
    assert (status, 'name="name-3"' in page, ">Menyusun laporan<" in page) == (200, True, True)
    status, page = send(office, "pegawai", "skp_edit", plan, **{**typed, "quantity-1": "banyak"})
    assert (status, "Baris 1, Kuantitas: “banyak”" in page) == (422, True)
    assert send(office, "pegawai", "skp_edit", plan, **typed)[0] == 302
    assert [(a.number, a.name) for a in plan.activities.all()] == [(1, "Menyusun laporan")]


def test_superiors_work_is_offered_or_said_to_be_missing(office: Office) -> None:
    plan = plan_of(office)
    address = reverse("skp_edit", args=[plan.pk])
    assert "belum mempunyai SKP" in office.client("pegawai").get(address).content.decode()
    above = plan_of(office, "atasan")
    for who, kind in (("atasan", "ajukan"), ("kepala", "setujui")):
        assert send(office, who, "skp_plan", above, tindakan=kind)[0] == 302
    key = above.works.all()[0].key
    assert f'value="{key}"' in office.client("pegawai").get(address).content.decode()
    typed = {"works": "1", "w1-indicators": "1", "w1-superior": str(key), **row("w1", name="Laporan", kind="utama")}
    typed |= row("w1-i1", name="Jumlah", target="12 laporan", minimum="12", direction="naik")
    assert send(office, "pegawai", "skp_edit", plan, **typed)[0] == 302
    shown = office.client("pegawai").get(reverse("skp_plan", args=[plan.pk])).content.decode()
    assert WORK_PLAN.works[0].name in shown


def test_plan_goes_its_way_on_screen(office: Office) -> None:
    plan = plan_of(office, method=PP46, data=list(ACTIVITIES))
    assert send(office, "pegawai", "skp_plan", plan, tindakan="ajukan")[0] == 302
    home = office.client("atasan").get(reverse("skp")).content.decode()
    assert "Menunggu persetujuan Anda" in home
    status, page = send(office, "atasan", "skp_plan", plan, tindakan="kembalikan", **{"alasan-kembalikan": " "})
    assert (status, "Alasan: Wajib diisi" in page) == (422, True)
    reason = {"alasan-kembalikan": "Target <b>rendah</b>."}
    assert send(office, "atasan", "skp_plan", plan, tindakan="kembalikan", **reason)[0] == 302
    shown = office.client("pegawai").get(reverse("skp_plan", args=[plan.pk])).content.decode()
    assert "Target &lt;b&gt;rendah&lt;/b&gt;." in shown
    send(office, "pegawai", "skp_plan", plan, tindakan="ajukan")
    assert send(office, "atasan", "skp_plan", plan, tindakan="setujui")[0] == 302
    assert send(office, "atasan", "skp_plan", plan, tindakan="setujui")[0] == 422
    assert send(office, "pegawai", "skp_edit", plan, rows="0")[0] == 403
    answer = office.client("pegawai").post(
        reverse("skp_plan", args=[plan.pk]), {"tindakan": "ubah", "alasan-ubah": "Kebijakan baru."}
    )
    second = Plan.objects.get(employee=office.pegawai, year=YEAR, version=2)
    assert answer["Location"] == reverse("skp_edit", args=[second.pk])


@pytest.mark.parametrize("kind", ["", "isi", "betulkan", "curi"])
def test_move_that_is_none_changes_nothing(office: Office, kind: str) -> None:
    plan = plan_of(office)
    assert send(office, "pegawai", "skp_plan", plan, tindakan=kind)[0] == 422
    assert plan.moves.count() == 0


def test_realisation_is_recorded_and_taken_back_on_screen(office: Office) -> None:
    plan = office.case().appraisal.plan
    assert plan is not None
    typed = {"baris": "1", "tanggal": "2025-03-01", "uraian": "Tiga laporan.", "angka": "tiga"}
    status, page = send(office, "pegawai", "progress", plan, **typed)
    assert (status, "Angka: “tiga”" in page, ">Tiga laporan.<" in page) == (422, True, True)
    assert send(office, "pegawai", "progress", plan, **{**typed, "angka": "3", "biaya": "1.000"})[0] == 302
    [entry] = plan.progress.all()
    assert "Tiga laporan." in office.client("atasan").get(reverse("progress", args=[plan.pk])).content.decode()
    assert send(office, "pegawai", "progress", plan, cabut=str(entry.pk))[0] == 302
    assert send(office, "pegawai", "progress", plan, cabut=str(entry.pk))[0] == 422
