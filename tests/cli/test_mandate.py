"""takar mandate: the same acts as on the page, by the same people."""

from typing import Any

import pytest
from tests.mandates import give
from tests.office import PEOPLE, Office

from takar import cli
from takar.organisation.models import Mandate

NIP = {name: row[0] for name, row in PEOPLE.items()}
DECREE = ["--number", "800/9/DINCO/2026", "--decreed", "2026-01-10", "--start", "2026-01-12", "--end", "2026-01-25"]


def add(who: str, *options: str) -> int:
    return cli.main(["mandate", "add", "--as", NIP[who], "--kind", "plt", *DECREE, *options])


def test_decree_is_recorded_and_listed(office: Office, capsys: Any) -> None:
    assert add("kepala", "--for", NIP["atasan"], "--holder", NIP["atasan_lain"], "--acts", "assess") == 0
    assert cli.main(["mandate", "list", "--as", NIP["kasubbag"]]) == 0
    mandate = Mandate.objects.get()
    line = f"{mandate.pk}\tBerlaku\tPlt. Kepala Bidang A\tAgus Salim\t2026-01-12 s.d. 2026-01-25\t800/9/DINCO/2026"
    assert capsys.readouterr().out.splitlines() == [line, line]
    assert mandate.acts == ["assess"]


def test_mandate_is_revoked(office: Office, capsys: Any) -> None:
    mandate = give(office)
    assert cli.main(["mandate", "end", "--as", NIP["kepala"], str(mandate.pk), "--reason", "Kembali."]) == 0
    assert capsys.readouterr().out.split("\t")[1] == "Dicabut"
    mandate.refresh_from_db()
    assert mandate.ended_by == office.kepala


@pytest.mark.parametrize(
    ("who", "options", "told"),
    [
        ("kepala", ["--role", "kasubbag", "--holder", "197001011995011999"], "Tidak ada pegawai kantor ini dengan NIP"),
        ("kepala", ["--role", "staf", "--holder", PEOPLE["kepala"][0]], "Mandat untuk diri sendiri"),
        ("pegawai", ["--role", "staf", "--holder", PEOPLE["rekan"][0]], "hanya dapat dicatat atau dicabut oleh Kepala"),
    ],
)
def test_what_cannot_be_recorded_is_said(office: Office, capsys: Any, who: str, options: list[str], told: str) -> None:
    assert add(who, *options) == 1
    assert (told in capsys.readouterr().err, Mandate.objects.count()) == (True, 0)


def test_others_do_not_read_the_list(office: Office, capsys: Any) -> None:
    give(office)
    assert cli.main(["mandate", "list", "--as", NIP["staf"]]) == 1
    assert capsys.readouterr().out == ""


def test_mandate_of_another_agency_is_not_found(office: Office, capsys: Any) -> None:
    mandate = give(office)
    assert cli.main(["mandate", "end", "--as", "197210102002101010", str(mandate.pk), "--reason", "x"]) == 1
    assert "Mandat tidak ditemukan." in capsys.readouterr().err
