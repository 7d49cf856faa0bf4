"""A form that arrives after the session has ended: the same person finds what was typed, nobody else does."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from tests.office import NOW, PASSWORD, PEOPLE, Office
from tests.web.browsing import file, location, words
from tests.web.test_step import FIGURES, address

from takar.accounts.sessions import ENDED_KEPT, end_sign_ins, forget_sessions
from takar.audit.models import Event
from takar.common import clock
from takar.repeats.models import UsedKey

KEPT = "Sesi Anda berakhir sebelum kiriman ini diterima; periksa lalu kirim lagi."
HELD = "/belum-diterima/"


def enter(browser: Client, who: str = "staf", following: str = HELD) -> Any:
    return browser.post(
        reverse("account_login"), {"login": PEOPLE[who][0], "password": PASSWORD, "next": following}, follow=True
    )


def form(**changes: Any) -> dict[str, Any]:
    return {"tindakan": "simpan", "kiriman": "kunci-satu", "password": "rahasia-sekali", **FIGURES, **changes}


def hidden(page: Any, where: str) -> dict[str, str]:
    """What the form that sends it again carries; of a name that comes twice the last counts, as on the server."""
    text = page.content.decode().partition(f'action="{where}"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: unescape(value) for name, value in found}


@pytest.fixture
def browser(office: Office) -> Client:
    """The staf's, who sits before the form of the case."""
    found = Client()
    enter(found, following="/")
    assert found.get(address(office.case())).status_code == 200
    return found


@pytest.fixture
def later(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """After lunch."""
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=61))


def test_what_was_typed_is_there_again_and_is_done_once(office: Office, browser: Client, later: None) -> None:
    where = address(office.case())
    answer = browser.post(where, form(**{"line-1-note": "map <satu>"}))
    assert (answer.status_code, location(answer)) == (302, f"/masuk/?next={HELD}")
    assert "Isiannya disimpan: masuklah lagi dengan akun yang sama" in words(browser.get(location(answer)))
    assert Event.objects.filter(verb="form.saved").count() == 0
    page = enter(browser)
    assert (KEPT in words(page), "map <satu>" in words(page)) == (True, True)
    assert "rahasia-sekali" not in page.content.decode() + str(dict(browser.session))
    assert "Ada isian Anda yang belum diterima" in words(browser.get("/tugas/"))
    typed = hidden(page, where)
    assert (typed["kiriman"], typed["line-1-note"], typed["tindakan"]) == ("kunci-satu", "map <satu>", "simpan")
    assert [browser.post(where, typed).status_code for _ in range(2)] == [302, 302]
    assert UsedKey.objects.get().key == "kunci-satu"
    assert "belum diterima" not in words(browser.get("/tugas/"))


def test_next_person_on_the_same_computer_sees_nothing_of_it(office: Office, browser: Client, later: None) -> None:
    browser.post(address(office.case()), form(**{"line-1-note": "Rahasia staf"}))
    page = enter(browser, "rekan")
    assert "Tidak ada isian yang disimpan untuk akun ini." in words(page)
    assert "Rahasia staf" not in page.content.decode() + str(dict(browser.session))
    browser.post(reverse("account_logout"))
    assert KEPT not in words(enter(browser))


def test_session_ended_elsewhere_or_by_its_hours_still_knows_its_owner(office: Office, browser: Client) -> None:
    where = address(office.case())
    ended = end_sign_ins(user_id=office.staf.user_id, by=office.staf.by("pemilik akun"))
    assert (ended, browser.get("/tugas/").status_code) == (1, 302)
    other = Client()
    enter(other, following="/")
    end_sign_ins(user_id=office.staf.user_id, by=office.staf.by("pemilik akun"))
    assert location(other.post(where, form())) == f"/masuk/?next={HELD}"
    assert KEPT in words(enter(other))
    Session.objects.update(expire_date=NOW - dt.timedelta(days=2))
    assert location(other.post(where, form())) == f"/masuk/?next={HELD}"
    assert KEPT in words(enter(other))


def test_other_password_ends_the_session_and_not_what_was_typed(office: Office, browser: Client) -> None:
    user = office.staf.user
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    assert location(browser.post(address(office.case()), form())) == f"/masuk/?next={HELD}"
    assert KEPT in words(enter(browser))


def test_form_of_another_site_is_not_held(office: Office, later: None) -> None:
    victim = Client(enforce_csrf_checks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        page = victim.get(reverse("account_login"))
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]
        sent = {"login": PEOPLE["staf"][0], "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert victim.post(reverse("account_login"), sent).status_code == 302
        assert victim.get("/tugas/").status_code == 200
    answer = victim.post(address(office.case()), form(), headers={"Origin": "https://lain.example"})
    assert (answer.status_code, "held" in victim.session) == (403, False)
    assert location(victim.get("/tugas/")) == "/masuk/?next=/tugas/"


def test_stranger_without_a_session_has_nothing_held(office: Office) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "x" * 32
    where = address(office.case())
    assert location(browser.post(where, form())) == f"/masuk/?next={where}"
    assert Session.objects.count() == 0


def test_too_much_is_said_and_a_file_is_chosen_again(office: Office, browser: Client, later: None) -> None:
    answer = browser.post(address(office.case()), form(**{"line-1-note": "x" * 200_001}))
    assert location(answer) == f"/masuk/?next={address(office.case())}"
    assert "terlalu panjang untuk disimpan" in words(browser.get(location(answer)))
    assert "held" not in browser.session


def test_file_is_to_be_chosen_again(office: Office, browser: Client, later: None) -> None:
    data = {"kegiatan": "1", "kiriman": "berkas", "bukti": file("bukti.pdf", b"%PDF-1.7 satu")}
    browser.post(address(office.case(), "evidence"), data)
    page = enter(browser)
    assert ("bukti.pdf harus dipilih lagi" in words(page), "%PDF" in page.content.decode()) == (True, False)


def test_it_may_be_thrown_away_and_is_forgotten_with_the_session(office: Office, browser: Client, later: None) -> None:
    browser.post(address(office.case()), form())
    assert KEPT in words(enter(browser))
    browser.post(HELD)
    assert "held" not in browser.session
    Session.objects.update(expire_date=clock.now() - ENDED_KEPT - dt.timedelta(seconds=1))
    assert (forget_sessions(), Session.objects.count()) == (1, 0)


# --- signed in again in another tab meanwhile


def stale(browser: Client, where: str, token: str, origin: str = "http://testserver", **changes: str) -> Any:
    """The form of the first tab, as it was shown before the person signed in again."""
    return browser.post(
        where,
        {**form(), "line-1-note": "map khusus", "csrfmiddlewaretoken": token, **changes},
        headers={"Origin": origin},
    )


def shown_form(browser: Client, where: str) -> tuple[str, str]:
    """Token and key of the form as the page shows it."""
    text = browser.get(where).content.decode().partition(f'action="{where}"')[2]
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"><input type="hidden" name="kiriman" value="([^"]+)"', text)
    assert found is not None
    return found[1], found[2]


def signed_in_again(who: str) -> Client:
    browser = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', browser.get("/masuk/").content.decode())
    assert token is not None
    sent = {"login": PEOPLE[who][0], "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert browser.post("/masuk/", sent).status_code == 302
    return browser


def test_form_from_before_the_last_sign_in_is_sent_again_by_its_person(office: Office) -> None:
    where = address(office.case())
    first, again = signed_in_again("staf"), signed_in_again("staf")
    token, key = shown_form(first, where)
    page = stale(again, where, token, kiriman=key)
    assert (page.status_code, "kiriman ini belum diterima; tidak ada yang tercatat" in words(page)) == (403, True)
    assert "rahasia-sekali" not in page.content.decode()
    typed = hidden(page, where)
    assert (typed["kiriman"], typed["line-1-note"]) == (key, "map khusus")
    assert again.post(where, typed, headers={"Origin": "http://testserver"}).status_code == 302
    assert UsedKey.objects.get().key == key


def test_stale_form_of_another_person_or_site_is_not_shown(office: Office) -> None:
    where = address(office.case())
    token, key = shown_form(signed_in_again("staf"), where)
    other, again = signed_in_again("staf2"), signed_in_again("staf")
    attempts = (
        stale(other, where, token, kiriman=key),
        stale(again, where, token, kiriman=key, origin="https://lain.example"),
        stale(again, where, token, kiriman=key, origin=""),
        stale(again, where, token, kiriman="kunci.000000000000"),
        stale(again, where, token, kiriman="kunci"),
    )
    for page in attempts:
        assert (page.status_code, "map khusus" in page.content.decode()) == (403, False)
        assert "Halaman kedaluwarsa" in words(page)
