"""Coming in and going out: sign-in, the end of a session, sign-out, activation, another password."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from tests.office import NOW, PASSWORD, PEOPLE, Office
from tests.web.browsing import field, location, problems, words

from takar.accounts.models import User
from takar.common import clock
from takar.exchange.demonstration import PASSWORD as DEMO_PASSWORD
from takar.organisation.actions import issue_activation_codes

NIP = PEOPLE["pegawai"][0]
PRINTED = "19850707 201007 2 007"
NEW = "gunung-hijau-77"
WRONG = (
    "NIP atau kata sandi salah. Periksa kembali; bila lupa, minta kode aktivasi baru kepada Kasubbag Umum dan "
    "Kepegawaian."
)
TOO_MANY = "Terlalu banyak percobaan masuk yang salah. Tunggu lima menit, lalu coba lagi."


def sign_in(browser: Client, login: str = NIP, password: str = PASSWORD, following: str = "") -> Any:
    data = {"login": login, "password": password}
    return browser.post(reverse("account_login"), data | ({"next": following} if following else {}))


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.parametrize("login", [NIP, PRINTED, f" {NIP} ", "19850707-201007-2-007"])
def test_nip_may_be_typed_as_it_is_printed(office: Office, login: str) -> None:
    browser = Client()
    answer = sign_in(browser, login)
    assert (answer.status_code, location(answer), signed_in(browser)) == (302, "/", True)
    assert "Putri Maharani" in words(browser.get("/"))


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (NIP, "sandi-lain"),
        (NIP, PASSWORD.upper()),
        (NIP, f"{PASSWORD} "),
        ("198507072010072008", PASSWORD),
        ("x" * 40, PASSWORD),
    ],
)
def test_wrong_password_and_unknown_person_get_the_same_sentence(office: Office, login: str, password: str) -> None:
    browser = Client()
    answer = sign_in(browser, login, password)
    assert (answer.status_code, signed_in(browser), field(answer, "login")) == (200, False, login)
    assert WRONG in words(answer)
    assert password not in answer.content.decode()


@pytest.mark.parametrize("login", ["", "\0", "x" * 5000, "' OR 1=1 --", "<script>alert(1)</script>"])
def test_strange_sign_ins_are_refused_on_the_same_page(office: Office, login: str) -> None:
    browser = Client()
    answer = sign_in(browser, login)
    assert (answer.status_code, signed_in(browser)) == (200, False)
    assert "<script>alert" not in answer.content.decode()


def test_five_wrong_passwords_close_the_door_for_this_person_only(office: Office) -> None:
    browser = Client()
    assert [WRONG in words(sign_in(browser, PRINTED if n % 2 else NIP, f"salah-{n}")) for n in range(5)] == [True] * 5
    answer = sign_in(browser)
    assert (signed_in(browser), TOO_MANY in words(answer)) == (False, True)
    assert TOO_MANY in words(sign_in(Client(), PRINTED))
    assert location(sign_in(browser, PEOPLE["rekan"][0])) == "/"


def test_closed_account_stays_out(office: Office) -> None:
    User.objects.filter(username=NIP).update(is_active=False)
    browser = Client()
    answer = sign_in(browser)
    assert signed_in(browser) is False
    assert answer.status_code in {200, 302}


def test_person_without_a_password_stays_out(office: Office) -> None:
    office.pegawai.user.set_unusable_password()
    office.pegawai.user.save(update_fields=["password"])
    for password in ("", "!", office.pegawai.user.password):
        browser = Client()
        sign_in(browser, password=password)
        assert signed_in(browser) is False


def test_sign_in_begins_a_new_session(office: Office) -> None:
    browser = Client()
    browser.get(reverse("account_login"))
    browser.session["a"] = 1
    before = browser.session.session_key
    sign_in(browser)
    assert browser.session.session_key not in {None, before}


@pytest.mark.parametrize(
    ("following", "place"),
    [
        ("/berkas/", "/berkas/"),
        ("/tugas/?langkah=1", "/tugas/?langkah=1"),
        ("https://jahat.example/", "/"),
        ("//jahat.example/", "/"),
        ("/\\jahat.example/", "/"),
        ("http:///jahat.example", "/"),
        ("javascript:alert(1)", "/"),
        ("https:jahat.example", "/"),
    ],
)
def test_sign_in_leads_back_to_the_page_and_never_elsewhere(office: Office, following: str, place: str) -> None:
    assert location(sign_in(Client(), following=following)) == place


def test_reader_without_a_session_comes_back_to_the_page_after_signing_in(office: Office) -> None:
    browser = Client()
    answer = browser.get(reverse("cases"), {"langkah": "2"})
    assert location(answer) == "/masuk/?next=/berkas/%3Flangkah%3D2"
    page = browser.get(location(answer))
    assert field(page, "next") == "/berkas/?langkah=2"


def test_nobody_signs_up(office: Office) -> None:
    before = User.objects.count()
    for address in ("/daftar/", "/signup/", "/accounts/signup/", "/masuk/signup/"):
        assert Client().get(address).status_code == 404
    assert User.objects.count() == before


# --- the end of a session


def test_unused_session_ends_after_an_hour(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.client("pegawai")
    browser.get("/")
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=60))
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=120))
    assert browser.get("/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=180, seconds=1))
    assert location(browser.get("/")) == "/masuk/"
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert location(browser.get("/")) == "/masuk/?next=/"


def test_every_session_ends_the_same_working_day(office: Office) -> None:
    sign_in(Client())
    session = Session.objects.get()
    assert 0 < (session.expire_date - dt.datetime.now(dt.UTC)).total_seconds() <= 10 * 3600


def test_going_out_needs_a_button(office: Office) -> None:
    browser = office.client("pegawai")
    page = browser.get(reverse("account_logout"))
    assert (signed_in(browser), "Ya, keluar" in words(page)) == (True, True)
    answer = browser.post(reverse("account_logout"))
    assert (location(answer), signed_in(browser)) == ("/masuk/", False)
    assert location(browser.get("/")) == "/masuk/?next=/"


def test_post_from_elsewhere_is_refused_with_a_sentence(office: Office) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.staf.user)
    for address in (reverse("account_logout"), reverse("step", args=[office.case().task_id]), reverse("activate")):
        answer = browser.post(address, {"tindakan": "simpan"})
        assert answer.status_code == 403
        assert "Halaman ini sudah terlalu lama terbuka" in words(answer)
    assert signed_in(browser) is True


# --- activation


@pytest.fixture
def code(office: Office) -> str:
    return issue_activation_codes(actor=office.kasubbag, employees=[office.pegawai])[0][1]


def activate(code: str, password: str = NEW, again: str = NEW, username: str = PRINTED) -> tuple[Client, Any]:
    browser = Client()
    data = {"username": username, "code": code, "password": password, "again": again}
    return browser, browser.post(reverse("activate"), data)


def test_code_opens_the_account_once(office: Office, code: str) -> None:
    browser, answer = activate(code.lower())
    assert (location(answer), signed_in(browser)) == ("/", True)
    assert location(sign_in(Client(), password=NEW)) == "/"
    browser, answer = activate(code, password=f"{NEW}-2", again=f"{NEW}-2")
    assert (answer.status_code, signed_in(browser)) == (422, False)
    assert "kodenya sudah dipakai atau lewat 14 hari" in problems(answer)


def test_activation_ends_sessions_of_the_old_password(office: Office, code: str) -> None:
    thief = Client()
    sign_in(thief)
    activate(code)
    assert location(thief.get("/")) == "/masuk/?next=/"


def test_expired_code_is_told(office: Office, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=14))
    browser, answer = activate(code)
    assert (answer.status_code, signed_in(browser), "lewat 14 hari" in problems(answer)) == (422, False, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"again": "lain-sama-sekali"}, "Kedua kata sandi tidak sama; ketik ulang keduanya."),
        ({"password": "password123", "again": "password123"}, "terlalu umum"),
        ({"password": "pendek", "again": "pendek"}, "10 karakter"),
        ({"password": PEOPLE["pegawai"][0], "again": PEOPLE["pegawai"][0]}, "Kata sandi: "),
        ({"password": "putrimaharani", "again": "putrimaharani"}, "mirip"),
    ],
)
def test_refused_password_leaves_the_code_and_what_was_typed(
    office: Office, code: str, changes: dict[str, str], reason: str
) -> None:
    browser, answer = activate(code, **changes)
    assert (answer.status_code, signed_in(browser), reason in problems(answer)) == (422, False, True)
    assert (field(answer, "username"), field(answer, "code"), field(answer, "password")) in {
        (PRINTED, code, ""),
        (NIP, code, ""),
    }
    assert signed_in(activate(code)[0]) is True


@pytest.mark.parametrize("given", ["", "AAAA-BBBB-CCCC", "\0", "<b>", "x" * 21, "ＡＢＣＤ"])
def test_wrong_code_opens_nothing(office: Office, code: str, given: str) -> None:
    browser, answer = activate(given)
    assert (answer.status_code, signed_in(browser)) == (422, False)
    assert "<b>" not in answer.content.decode()


def test_five_wrong_codes_close_the_page_for_this_person(office: Office, code: str) -> None:
    assert ["tidak cocok" in problems(activate("AAAA-BBBB-CCCC")[1]) for _ in range(5)] == [True] * 5
    browser, answer = activate(code)
    assert (signed_in(browser), "Tunggu lima menit" in problems(answer)) == (False, True)


# --- another password


def change(browser: Client, old: str, new: str, again: str | None = None) -> Any:
    data = {"oldpassword": old, "password1": new, "password2": new if again is None else again}
    return browser.post(reverse("account_change_password"), data)


def test_password_is_changed_with_the_old_one_and_ends_other_sessions(office: Office) -> None:
    browser, other = office.client("pegawai"), Client()
    sign_in(other)
    assert change(browser, PASSWORD, NEW).status_code == 302
    assert (browser.get("/").status_code, other.get("/").status_code) == (200, 302)
    assert location(sign_in(Client(), password=NEW)) == "/"


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("salah", NEW, NEW), (PASSWORD, NEW, "lain"), (PASSWORD, "pendek", "pendek"), ("", "", "")],
)
def test_refused_change_leaves_the_password(office: Office, old: str, new: str, again: str) -> None:
    answer = change(office.client("pegawai"), old, new, again)
    assert answer.status_code == 200
    assert 'class="field-error"' in answer.content.decode()
    assert User.objects.get(username=NIP).check_password(PASSWORD)


# --- the demonstration's password


def test_password_of_the_demonstration_opens_nothing_here(office: Office) -> None:
    assert not [user.username for user in User.objects.all() if user.check_password(DEMO_PASSWORD)]
    page = Client().get(reverse("account_login"))
    assert (DEMO_PASSWORD in page.content.decode(), "Pemeran" in words(page)) == (False, False)


def test_password_of_the_demonstration_stands_in_one_place() -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    used = re.compile(rf"{DEMO_PASSWORD}|demonstration\.PASSWORD")
    found = {path.relative_to(source).as_posix() for path in source.rglob("*.py") if used.search(path.read_text())}
    assert found == {"takar/exchange/demonstration.py", "takar/web/context.py"}


def test_sign_in_page_of_a_demonstration_lists_its_cast(office: Office, settings: Any) -> None:
    settings.DEMO = True
    page = words(Client().get(reverse("account_login")))
    assert f"Kata sandi semuanya: {DEMO_PASSWORD}" in page
    assert [nip for nip in (PEOPLE[name][0] for name in ("staf", "kasubbag", "kepala")) if nip not in page] == []
