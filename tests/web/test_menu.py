"""The menu: each person's own places, the one that is shown, and how much waits."""

import re

import pytest
from tests.office import Office

PLACE = re.compile(r'<a href="([^"]+)"( aria-current="page")?>([^<]+?)(?: <span class="count">([^<]+)</span>)?</a>')


def places(office: Office, who: str, path: str) -> list[tuple[str, str, str, str]]:
    page = office.client(who).get(path).content.decode()
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    return PLACE.findall(menu)


def test_menu_marks_the_place_that_is_shown_and_no_other(office: Office) -> None:
    marked = [label for _, current, label, _ in places(office, "staf", "/berkas/") if current]
    assert marked == ["Berkas"]
    assert [label for _, current, label, _ in places(office, "staf", f"/berkas/{office.case().pk}/") if current] == []


def test_menu_holds_what_the_person_s_offices_open(office: Office) -> None:
    labels = {who: {label for *_, label, _ in places(office, who, "/")} for who in ("pegawai", "kasubbag")}
    assert labels["pegawai"] == {"Beranda", "Tugas Saya", "Berkas", "Arsip", "SKP", "Catatan", "Umpan balik",
                                 "Angka kredit", "Formulir", "SOP"}  # fmt: skip
    assert labels["kasubbag"] > labels["pegawai"] | {"Laporan", "Periode", "Kantor", "Jejak"}


def test_number_beside_tugas_saya_is_what_waits_and_stops_at_the_limit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def number(who: str) -> str:
        return next(count for *_, label, count in places(office, who, "/berkas/") if label == "Tugas Saya")

    assert (number("staf"), number("pegawai")) == ("9", "")
    monkeypatch.setattr("takar.web.context.MOST_TASKS", 8)
    assert number("staf") == "8+"
