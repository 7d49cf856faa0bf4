"""Ganti pejabat penilai in the browser: the notice, the rules, the form, and what the case says afterwards."""

import pytest
from tests.casework.test_assessors import NEXT_DAY, move_below
from tests.office import PEOPLE, TODAY, Office
from tests.web.browsing import words

from takar.casework.models import Reassignment
from takar.organisation.actions import set_role_holders


def test_change_of_superior_from_notice_to_new_assessor(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    move_below(office, "atasan_lain", monkeypatch)
    case, kasubbag = office.case(), office.client("kasubbag")
    assert "Atasan langsung berubah" in words(kasubbag.get(f"/periode/{office.period.pk}/"))
    assert "Atasan langsung yang tercatat sekarang Agus Salim" in words(kasubbag.get(f"/berkas/{case.pk}/"))
    sheet = kasubbag.get(f"/berkas/{case.pk}/penilai/")
    assert "Pegawai pindah jabatan atau unit Atasan langsung terakhir Agus Salim" in words(sheet)
    assert f'value="{PEOPLE["atasan_lain"][0]}"' in sheet.content.decode()
    typed = {
        "terjadi": "employee_moved",
        "tanggal": NEXT_DAY.isoformat(),
        "penilai": PEOPLE["atasan_lain"][0],
        "alasan": "SK 800/3/2026",
    }
    refused = kasubbag.post(f"/berkas/{case.pk}/penilai/", {**typed, "alasan": ""})
    assert refused.status_code == 422
    assert PEOPLE["atasan_lain"][0] in refused.content.decode()
    assert kasubbag.post(f"/berkas/{case.pk}/penilai/", typed).status_code == 302
    page = words(office.client("pegawai").get(f"/berkas/{case.pk}/"))
    assert "Pejabat penilai diganti per 13 Januari 2026, semula Andi Saputra: SK 800/3/2026" in page
    assert "Ganti pejabat penilai" not in page
    assert Reassignment.objects.count() == 1
    assert office.client("atasan").get(f"/berkas/{case.pk}/").status_code == 404


def test_administrator_who_reads_no_case_settles_who_assesses(office: Office) -> None:
    """The page of the period leads there, and back to it."""
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[("admin", office.atasan_lain)], on=TODAY)
    case, admin = office.case(), office.client("atasan_lain")
    assert admin.get(f"/berkas/{case.pk}/").status_code == 404
    assert words(admin.get(f"/berkas/{case.pk}/penilai/")).count("Ganti pejabat penilai") > 0
    typed = {"terjadi": "corrected", "tanggal": TODAY.isoformat(), "penilai": PEOPLE["kepala"][0], "alasan": "SK 1."}
    done = admin.post(f"/berkas/{case.pk}/penilai/", typed)
    assert (done.status_code, done.headers["Location"]) == (302, f"/periode/{office.period.pk}/")
    assert office.case().assessor == office.kepala
