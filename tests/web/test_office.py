"""Kantor: the list of people, who holds which office, and codes for those who have no password yet."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office import PEOPLE, TODAY, Office
from tests.web.browsing import contents, field, problems, rows, words

from takar.accounts.models import Activation
from takar.organisation.models import RoleHolder
from takar.organisation.queries import roles_of

HELD = {
    "kasubbag": PEOPLE["kasubbag"][0],
    "staf": f"{PEOPLE['staf2'][0]}\n{PEOPLE['staf'][0]}",
    "sekretaris": PEOPLE["sekretaris"][0],
    "kepala": PEOPLE["kepala"][0],
    "admin": PEOPLE["kasubbag"][0],
}


def save_roles(office: Office, **changes: str) -> Any:
    return office.client("kasubbag").post(reverse("roles"), HELD | changes)


def test_page_shows_who_holds_each_office(office: Office) -> None:
    page = office.client("kasubbag").get(reverse("roles"))
    assert {name: field(page, name) for name in HELD} == HELD


def test_same_holders_again_change_nothing(office: Office) -> None:
    before = contents("organisation.RoleHolder", "audit.Event")
    assert save_roles(office).status_code == 302
    assert contents("organisation.RoleHolder", "audit.Event") == before


def test_nip_may_be_typed_as_it_is_printed(office: Office) -> None:
    assert save_roles(office, sekretaris="  19860808 201108 1 008 \r\n\r\n").status_code == 302
    assert (roles_of(office.rekan, TODAY), roles_of(office.sekretaris, TODAY)) == ({"sekretaris"}, frozenset())


def test_emptied_office_is_vacant(office: Office) -> None:
    assert save_roles(office, sekretaris="").status_code == 302
    page = office.client("kasubbag").get(reverse("office"))
    assert (roles_of(office.sekretaris, TODAY), "Sekretaris: Sri Lestari" in words(page)) == (frozenset(), False)


def test_field_that_was_not_sent_leaves_its_office_alone(office: Office) -> None:
    answer = office.client("kasubbag").post(reverse("roles"), {"admin": HELD["admin"]})
    assert answer.status_code == 302
    assert roles_of(office.sekretaris, TODAY) == {"sekretaris"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"staf": "199004042015041005"},
            "Staf: NIP 199004042015041005 tidak terdaftar di kantor ini; periksa angkanya.",
        ),
        (
            {"staf": "197210102002101010"},
            "Staf: NIP 197210102002101010 tidak terdaftar di kantor ini; periksa angkanya.",
        ),
        ({"kepala": "<b>x</b>"}, "Kepala: NIP <b>x</b> tidak terdaftar di kantor ini; periksa angkanya."),
        ({"admin": ""}, "Administrator: Paling sedikit satu orang harus menjadi Administrator."),
        ({"admin": " \n "}, "Administrator: Paling sedikit satu orang harus menjadi Administrator."),
    ],
)
def test_bad_holder_is_told_and_what_was_typed_stays(office: Office, changes: dict[str, str], problem: str) -> None:
    before = contents("organisation.RoleHolder", "audit.Event")
    answer = save_roles(office, **changes)
    assert (answer.status_code, problems(answer)) == (422, problem)
    assert {name: field(answer, name) for name in changes} == changes
    assert contents("organisation.RoleHolder", "audit.Event") == before


def test_looking_up_holders_costs_the_same_for_one_and_for_a_hundred(office: Office) -> None:
    counts = []
    save_roles(office)
    for lines in (1, 100):
        with CaptureQueriesContext(connection) as queries:
            save_roles(office, staf="\n".join(["199004042015041005"] * lines))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_kasubbag_who_gives_the_office_away_is_kasubbag_no_more(office: Office) -> None:
    save_roles(office, kasubbag=PEOPLE["rekan"][0], admin=PEOPLE["rekan"][0])
    assert office.client("kasubbag").get(reverse("office")).status_code == 403
    assert office.client("rekan").get(reverse("office")).status_code == 200


# --- the list


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bidang andi", ["Andi Saputra"]),
        ("rudi", ["Rudi Hartawan"]),
        ("19860808", ["Rudi Hartawan"]),
        ("19860808 201108 1 008", ["Rudi Hartawan"]),
        ("umum sinta", ["Sinta Ayu"]),
        ("%", []),
        ("<script>", []),
    ],
)
def test_people_are_found_by_name_nip_or_unit(office: Office, wanted: str, found: list[str]) -> None:
    page = office.client("kasubbag").get(reverse("office"), {"cari": wanted})
    names = [name for _, name, *_ in PEOPLE.values() if f'aria-label="Pilih {name}"' in page.content.decode()]
    assert (page.status_code, sorted(names), field(page, "cari")) == (200, found, wanted)


# --- codes


def codes(office: Office, **data: Any) -> Any:
    return office.client("kasubbag").post(reverse("activation_codes"), data, follow=True)


def test_codes_for_the_ticked_people_are_shown_once(office: Office) -> None:
    answer = codes(office, pilih=[str(office.rekan.pk), str(office.pegawai.pk)])
    text = answer.content.decode()
    assert text.count('class="code"') == 2
    assert (Activation.objects.count(), answer.headers["Cache-Control"]) == (2, "no-store")


def test_codes_for_all_are_for_those_without_a_password(office: Office) -> None:
    answer = codes(office, semua="1")
    assert "H. Bupati Contoh Masuk dengan: h.bupati.contoh" in words(answer)
    assert Activation.objects.count() == 1


def test_codes_for_all_of_a_large_office_come_in_portions(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second portion is for the others, so that cards printed first stay valid."""
    monkeypatch.setattr("takar.web.views.office.MOST_CODES", 2)
    for name in ("rekan", "pegawai", "atasan"):
        office.people[name].user.set_unusable_password()
        office.people[name].user.save(update_fields=["password"])
    first = codes(office, semua="1")
    assert [name in words(first) for name in ("Andi Saputra", "H. Bupati Contoh")] == [True, True]
    assert "2 pegawai lain belum mempunyai kode; tekan tombol yang sama sekali lagi untuk mereka." in words(first)
    kept = contents("accounts.Activation")
    second = codes(office, semua="1")
    assert [name in words(second) for name in ("Putri Maharani", "Rudi Hartawan")] == [True, True]
    assert ("pegawai lain belum" in words(second), contents("accounts.Activation")[:2]) == (False, kept)


@pytest.mark.parametrize("chosen", [[], ["x"], [str(UUID(int=1))], ["1" * 5000], ["{}"], ["\0"]])
def test_no_code_without_a_known_person(office: Office, chosen: list[str]) -> None:
    before = rows()
    answer = codes(office, pilih=chosen)
    assert "Tidak ada kode yang dibuat" in words(answer) or answer.status_code == 400
    assert rows() == before


def test_no_code_for_a_person_of_another_agency(office: Office) -> None:
    before = rows()
    assert "Tidak ada kode yang dibuat" in words(codes(office, pilih=[str(office.outsider.pk)]))
    assert rows() == before


def test_no_code_by_somebody_without_the_office(office: Office) -> None:
    answer = office.client("staf").post(reverse("activation_codes"), {"pilih": [str(office.rekan.pk)]})
    assert (answer.status_code, Activation.objects.count()) == (302, 0)


def test_code_from_the_page_opens_the_account(office: Office) -> None:
    text = codes(office, pilih=[str(office.rekan.pk)]).content.decode()
    code = text.split('class="code">')[1].split("<")[0]
    visitor = Client()
    data = {
        "username": "19860808 201108 1 008",
        "code": code.lower(),
        "password": "sungai-emas-9",
        "again": "sungai-emas-9",
    }
    answer = visitor.post(reverse("activate"), data)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert "Rudi Hartawan" in words(visitor.get(reverse("home")))


def test_one_office_holder_each_is_listed(office: Office) -> None:
    page = words(office.client("kasubbag").get(reverse("office")))
    listed = "Administrator: Kania Dewi Kasubbag Umum dan Kepegawaian: Kania Dewi Kepala: Karta Wijaya Sekretaris: Sri Lestari"
    assert f"{listed} Staf: Sinta Ayu Staf: Surya Putra" in page
    assert RoleHolder.objects.filter(agency=office.agency).count() == 6
