"""Sesi saya, and what ends or narrows a session that is open elsewhere: each seen through a second browser."""

import datetime as dt
from uuid import uuid4

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from tests.mandates import give
from tests.office import NOW, PASSWORD, PEOPLE, TODAY, Office
from tests.web.browsing import words
from tests.web.test_security import proven, shown_code

from takar.accounts.models import TokenScope, User
from takar.audit.models import Event
from takar.common import clock
from takar.organisation.actions import activate_account, import_staff, issue_activation_codes, set_role_holders
from takar.organisation.closing import set_account_open
from takar.organisation.mandates import end_mandate
from takar.organisation.tokens import create_token, holder_of
from takar.web.backend import Backend

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def enter(who: str, **more: str) -> Client:
    browser = Client(**more)  # type: ignore[arg-type]
    answer = browser.post(reverse("account_login"), {"login": PEOPLE[who][0], "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(reverse("home")).status_code == 200


def test_page_names_every_browser_and_ends_the_others(office: Office) -> None:
    here, phone = proven(enter("pegawai")), enter("pegawai", HTTP_USER_AGENT=PHONE, REMOTE_ADDR="10.0.0.7")
    stranger = enter("rekan")
    page = words(here.get(reverse("sessions")))
    assert "Chrome di Android 10.0.0.7" in page
    assert page.count("Akhiri semua sesi lain") == 1
    rows = here.get(reverse("sessions")).context["rows"]
    assert [row.current for row in rows] == [True, False]
    foreign = stranger.get(reverse("sessions")).context["rows"][0]
    assert here.post(reverse("sessions"), {"sesi": str(foreign.pk)}).headers["Location"] == reverse("sessions")
    assert (is_in(stranger), is_in(phone)) == (True, True)
    here.post(reverse("sessions"), {"sesi": str(rows[1].pk)})
    assert (is_in(here), is_in(phone)) == (True, False)
    other = enter("pegawai")
    here.post(reverse("sessions"))
    assert (is_in(here), is_in(other)) == (True, False)
    assert Event.objects.filter(verb="account.sessions_ended").count() == 2


def test_new_password_ends_every_other_session_and_key(office: Office) -> None:
    here, other = enter("pegawai"), enter("pegawai")
    _, secret = create_token(actor=office.pegawai, name="Skrip", scope=TokenScope.READ, days=9, password=PASSWORD)
    new = "sungai-hijau-88"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(other), holder_of(secret)) == (True, False, None)


def test_activation_by_a_new_code_ends_every_session(office: Office) -> None:
    other = enter("pegawai")
    [(_, code)] = issue_activation_codes(actor=office.kasubbag, employees=[office.pegawai])
    new = "sungai-hijau-88"
    activate_account(username=PEOPLE["pegawai"][0], code=code, password=new, again=new)
    assert not is_in(other)


def test_second_factor_put_on_ends_the_sessions_that_came_without_it(office: Office) -> None:
    other = enter("atasan")
    here = proven(enter("atasan"))
    secret = str(here.get(reverse("mfa_activate_totp")).context["form"].secret)
    here.post(reverse("mfa_activate_totp"), {"code": shown_code(secret)})
    assert (is_in(here), is_in(other)) == (True, False)


def test_closed_account_is_out_at_once_and_may_come_back(office: Office) -> None:
    other = enter("rekan")
    _, secret = create_token(actor=office.rekan, name="Skrip", scope=TokenScope.READ, days=9, password=PASSWORD)
    page = reverse("office_account", args=[office.rekan.pk])
    kasubbag = office.client("kasubbag")
    assert kasubbag.post(page, {"tindakan": "tutup", "alasan": ""}).status_code == 422
    assert kasubbag.post(page, {"tindakan": "tutup", "alasan": "Pindah, SK 1."}).status_code == 302
    assert (is_in(other), holder_of(secret)) == (False, None)
    refused = Client().post(reverse("account_login"), {"login": PEOPLE["rekan"][0], "password": PASSWORD})
    assert refused.status_code == 200
    assert kasubbag.post(page, {"tindakan": "tutup", "alasan": "Lagi."}).status_code == 422
    kasubbag.post(page, {"tindakan": "buka", "alasan": "Kembali."})
    assert is_in(enter("rekan"))
    own = reverse("office_account", args=[office.kasubbag.pk])
    assert kasubbag.post(own, {"tindakan": "tutup", "alasan": "Saya."}).status_code == 403


def test_office_taken_away_is_gone_with_the_next_click(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    other = enter("sekretaris")
    assert other.get(reverse("oversight")).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=1))
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[], roles=["sekretaris"], on=TODAY)
    assert other.get(reverse("oversight")).status_code == 403


def test_mandate_revoked_is_gone_with_the_next_click(office: Office) -> None:
    mandate = give(office)
    other = enter("atasan_lain")
    case = reverse("case", args=[office.case().pk])
    assert other.get(case).status_code == 200
    end_mandate(actor=office.kepala, mandate=mandate, reason="Kembali.")
    assert other.get(case).status_code == 404


def test_new_superior_reads_the_notebook_and_the_former_no_longer(office: Office) -> None:
    from tests.office import person_data  # noqa: PLC0415 -- one row of it

    former = enter("atasan")
    notes = reverse("notebook", args=[office.pegawai.pk])
    assert former.get(notes).status_code == 200
    row = person_data("pegawai", superior_nip=PEOPLE["atasan_lain"][0], unit="Bidang B")
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[row], on=TODAY)
    assert (former.get(notes).status_code, enter("atasan_lain").get(notes).status_code) == (404, 200)


def test_account_is_closed_once(office: Office) -> None:
    set_account_open(actor=office.kasubbag, person=office.rekan, is_open=False, reason="Pensiun.")
    told = [event.reason for event in Event.objects.filter(verb="account.closed")]
    assert told == ["Pensiun."]


def test_whoever_proves_again_who_he_is_gets_a_new_token(office: Office) -> None:
    browser = enter("pegawai")
    before = browser.session.session_key
    stale = Client()
    stale.cookies["sessionid"] = before
    assert is_in(stale)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.session.session_key != before
    assert (is_in(browser), is_in(stale)) == (True, False)
    assert [row.current for row in browser.get(reverse("sessions")).context["rows"]] == [True]


def test_ending_sessions_asks_who_it_is_when_the_sign_in_is_old(office: Office) -> None:
    browser, other = office.client("pegawai"), enter("pegawai")
    answer = browser.post(reverse("sessions"))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert is_in(other)


def test_session_belongs_to_an_account_that_may_sign_in_with_or_without_a_person(office: Office) -> None:
    alone = User.objects.create(username="sendiri", name="Tanpa Pegawai", created_at=NOW)
    backend = Backend()
    found = backend.get_user(office.staf.user_id)
    assert (found, found.reader) == (office.staf.user, office.staf)
    assert (backend.get_user(alone.pk), backend.get_user(uuid4())) == (alone, None)
    User.objects.filter(pk__in=[office.staf.user_id, alone.pk]).update(is_active=False)
    assert [backend.get_user(pk) for pk in (office.staf.user_id, alone.pk)] == [None, None]


def test_version_before_and_this_one_know_each_others_sessions(office: Office) -> None:
    browser = enter("staf")
    row = Session.objects.get(session_key=browser.session.session_key)
    before = DatabaseStore().decode(row.session_data)
    assert before[BACKEND_SESSION_KEY] == "django.contrib.auth.backends.ModelBackend"
    Session.objects.filter(pk=row.pk).update(session_data=DatabaseStore().encode(before))
    assert browser.get("/").context["reader"].employee == office.staf
