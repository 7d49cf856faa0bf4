"""The first page of an empty installation; no test here is lent an office."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.browsing import field, location, problems, rows, words

from takar.accounts.models import User
from takar.audit.models import Event
from takar.organisation.models import Agency
from takar.procedures.models import ProcedureVersion

GOOD = {
    "name": "Dinas Contoh",
    "short_name": "DINCO",
    "region": "Pemerintah Kabupaten Contoh",
    "place": "Contoh",
    "nip": "19780303 200303 2 003",
    "admin_name": "Kania Dewi",
    "password": "kuda-laut-biru-42",
    "again": "kuda-laut-biru-42",
}
SECRET = {"password", "again"}


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:
    """An installation in which nothing is."""


def set_up(browser: Client | None = None, **changes: str) -> Any:
    return (browser or Client()).post(reverse("setup"), GOOD | changes)


def test_every_address_leads_to_the_first_page() -> None:
    for address in ("/", "/masuk/", "/tugas/", "/sop/", "/tidak-ada/"):
        assert location(Client().get(address)) == reverse("setup"), address
    page = Client().get(reverse("setup"))
    assert (page.status_code, "Pemasangan ini masih kosong." in words(page)) == (200, True)


def test_systems_are_told_that_nothing_is_there_yet() -> None:
    for address in ("/api/v1/me", "/api/v1/openapi.json", "/api/v1/tidak-ada"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json"), address
        assert (answer["Retry-After"], "masih kosong" in answer.json()["detail"]) == ("60", True)
    assert Client().post("/api/v1/documents/check", "{}", content_type="application/json").status_code == 503
    set_up()
    assert Client().get("/api/v1/me").status_code == 401


def test_office_is_created_with_its_administrator_and_the_sop_in_force() -> None:
    browser = Client()
    answer = set_up(browser)
    assert (answer.status_code, location(answer)) == (302, reverse("office"))
    page = browser.get(reverse("office"))
    assert "Administrator: Kania Dewi" in words(page)
    assert list(User.objects.values_list("username", flat=True)) == ["197803032003032003"]
    assert [str(v) for v in ProcedureVersion.objects.filter(state="approved")] == ["SOP Nomor 2023 versi 1"]
    assert Event.objects.filter(verb="agency.created").count() == 1
    assert "kuda-laut" not in "".join(str(vars(event)) for event in Event.objects.order_by("id"))


def test_page_is_there_only_once() -> None:
    set_up()
    before = rows()
    assert (Client().get(reverse("setup")).status_code, set_up().status_code) == (404, 404)
    assert set_up(nip="197001011995011001", name="Dinas Kedua").status_code == 404
    assert (rows(), Agency.objects.get().name) == (before, "Dinas Contoh")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        *(({name: ""}, "Bidang ini tidak boleh kosong.") for name in GOOD),
        ({"nip": "1978030320030320"}, "NIP"),
        ({"nip": "19780303200303200x"}, "NIP"),
        ({"nip": "197813322003032003"}, "NIP"),
        ({"nip": "1" * 25}, "24 karakter"),
        ({"name": "x" * 201}, "200 karakter"),
        ({"short_name": "x" * 41}, "40 karakter"),
        ({"region": "x" * 121}, "120 karakter"),
        ({"place": "x" * 81}, "80 karakter"),
        ({"admin_name": "x" * 151}, "150 karakter"),
        ({"name": "a\0b"}, "Karakter null"),
        ({"again": "lain-sama-sekali"}, "Kedua kata sandi tidak sama; ketik ulang keduanya."),
        ({"password": "pendek", "again": "pendek"}, "10 karakter"),
        ({"password": "password123", "again": "password123"}, "terlalu umum"),
        ({"password": "1234567890123", "again": "1234567890123"}, "angka"),
        ({"password": "kania-dewi", "again": "kania-dewi"}, "mirip"),
    ],
)
def test_bad_field_is_told_and_what_was_typed_stays(changes: dict[str, str], reason: str) -> None:
    answer = set_up(**changes)
    assert (answer.status_code, Agency.objects.count(), User.objects.count()) == (422, 0, 0)
    assert reason in words(answer)
    typed = {name: text for name, text in (GOOD | changes).items() if name not in SECRET}
    assert {name: field(answer, name) for name in typed} == typed
    assert {field(answer, name) for name in SECRET} == {""}


def test_text_of_a_field_is_shown_as_text() -> None:
    name = '<script>alert("1")</script>'
    answer = set_up(name=name, nip="x")
    assert (field(answer, "name"), "<script>alert" in answer.content.decode()) == (name, False)


def test_posting_nothing_marks_every_field() -> None:
    answer = Client().post(reverse("setup"), {})
    assert (answer.status_code, words(answer).count("Bidang ini tidak boleh kosong.")) == (422, len(GOOD))
    assert problems(answer) == ""


def test_nobody_can_activate_before_there_is_an_office() -> None:
    assert location(Client().post(reverse("activate"), {"username": "1", "code": "2"})) == reverse("setup")
