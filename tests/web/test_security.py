"""One's own way in: the second factor is put on, asked for, and taken off, each with its event."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from tests.office import PASSWORD, PEOPLE, Office
from tests.web.browsing import location, words

from takar.audit.models import Event
from takar.common.errors import DomainError

NIP = PEOPLE["atasan"][0]


def shown_code(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def proven(browser: Client) -> Client:
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


@pytest.fixture
def secret(office: Office) -> str:
    """The atasan's app is put on; this is what it knows."""
    browser = proven(office.client("atasan"))
    found = str(browser.get(reverse("mfa_activate_totp")).context["form"].secret)
    answer = browser.post(reverse("mfa_activate_totp"), {"code": shown_code(found)})
    assert location(answer) == reverse("mfa_view_recovery_codes")
    return found


def enter(login: str = NIP) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_whoever_has_an_app_comes_in_with_its_code_only(office: Office, secret: str) -> None:
    browser = enter()
    assert (is_in(browser), is_in(enter(PEOPLE["rekan"][0]))) == (False, True)
    answer = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert ("Kode salah." in words(answer), is_in(browser)) == (True, False)
    browser.post(reverse("mfa_authenticate"), {"code": shown_code(secret)})
    assert is_in(browser)


def test_recovery_code_opens_once(office: Office, secret: str) -> None:
    code = office.client("atasan").get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    first, second = enter(), enter()
    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_each_change_is_an_event(office: Office, secret: str) -> None:
    office.client("atasan").post(reverse("mfa_deactivate_totp"))
    person = office.people["atasan"]
    events = Event.objects.filter(stream=f"account:{person.user_id}").order_by("seq")
    assert [(event.verb, event.after["kind"], event.actor_name) for event in events] == [
        ("account.factor_added", "aplikasi autentikator", person.full_name),
        ("account.factor_added", "kode cadangan", person.full_name),
        ("account.factor_removed", "aplikasi autentikator", person.full_name),
        ("account.factor_removed", "kode cadangan", person.full_name),
    ]
    assert is_in(enter())


def test_secrets_lie_encrypted(office: Office, secret: str, settings: Any) -> None:
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    settings.SECRET_KEY = "lain"
    with pytest.raises(DomainError, match="keys/secret"):
        kept.wrap().validate_code(shown_code(secret))


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_change_asks_for_the_password_once_more(office: Office, name: str) -> None:
    answer = office.client("pegawai").get(reverse(name))
    assert location(answer).startswith(reverse("account_reauthenticate"))


def test_page_tells_what_protects_the_account(office: Office, secret: str) -> None:
    assert "Aplikasi autentikator" in words(office.client("atasan").get(reverse("mfa_index")))
    assert "Belum ada faktor kedua." in words(office.client("pegawai").get(reverse("mfa_index")))


def test_nobody_takes_off_what_is_anothers(office: Office, secret: str) -> None:
    row = Authenticator.objects.get(type="totp")
    browser = proven(office.client("pegawai"))
    assert browser.post(reverse("mfa_remove_webauthn", args=[row.pk])).status_code == 404
    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).count() == 1


def test_wrong_code_leaves_the_app_as_it_is_to_try_again(office: Office) -> None:
    browser = proven(office.client("pegawai"))
    shown = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert ("Kode salah." in words(answer), answer.context["form"].secret) == (True, shown)
    answer = browser.post(reverse("mfa_activate_totp"), {"code": shown_code(shown)})
    assert location(answer) == reverse("mfa_view_recovery_codes")
