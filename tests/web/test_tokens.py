"""Kunci API: made on the account's page with the password once more, shown once, and ended in every way there is."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.api.calling import Caller, key_of
from tests.office import NOW, PASSWORD, Office
from tests.web.browsing import problems, words
from tests.web.test_security import proven, shown_code

from takar.accounts.models import ApiToken
from takar.api import door
from takar.audit.models import Event
from takar.common import clock
from takar.organisation.tokens import MOST_TOKENS, NOTED_EVERY

FILLED = {"nama": "Skrip rekap", "guna": "read", "hari": "30", "password": PASSWORD}


def make(office: Office, who: str = "pegawai", **changes: str) -> Any:
    return office.client(who).post(reverse("tokens"), FILLED | changes)


def secret_in(page: Any) -> str:
    return str(page.context["secret"])


def status(secret: str) -> int:
    door.WRONG_KEYS.forget()
    return int(Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code)


def test_key_is_shown_once_and_kept_as_a_digest_only(office: Office) -> None:
    page = make(office)
    secret = secret_in(page)
    assert (page.status_code, secret[:6], len(secret), secret in words(page)) == (200, "takar_", 49, True)
    assert page["Cache-Control"].startswith("max-age=0") or page["Cache-Control"] == "no-store"
    again = office.client("pegawai").get(reverse("tokens"))
    assert (secret in words(again), "Skrip rekap" in words(again), secret[:10] in words(again)) == (False, True, True)
    token = ApiToken.objects.get()
    assert secret not in str(list(ApiToken.objects.values().order_by("pk")))
    assert secret not in str(list(Event.objects.values().order_by("pk")))
    assert token.expires_at - token.created_at == dt.timedelta(days=30)
    assert status(secret) == 200
    last = Event.objects.order_by("pk").last()
    assert last is not None
    assert (last.verb, last.actor_name, last.after["scope"]) == ("account.token_created", "Putri Maharani", "read")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nama": " "}, "Nama: Beri nama yang mengingatkan gunanya, paling panjang 80 huruf."),
        ({"nama": "x" * 81}, "Nama: Beri nama yang mengingatkan gunanya, paling panjang 80 huruf."),
        ({"guna": "semua"}, "Guna: Pilih dari daftar."),
        ({"hari": "0"}, "Berlaku: Isilah antara 1 dan 365 hari."),
        ({"hari": "366"}, "Berlaku: Isilah antara 1 dan 365 hari."),
        ({"hari": "selamanya"}, "Berlaku: Isilah antara 1 dan 365 hari."),
        ({"password": "salah"}, "Kata sandi yang dimasukkan salah. Kunci belum dibuat; masukkan sekali lagi."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_made(office: Office, changes: dict[str, str], sentence: str) -> None:
    page = make(office, **changes)
    assert (page.status_code, sentence in problems(page), ApiToken.objects.count()) == (422, True, 0)


def test_second_factor_is_asked_of_whoever_has_one(office: Office) -> None:
    browser = proven(office.client("atasan"))
    app = str(browser.get(reverse("mfa_activate_totp")).context["form"].secret)
    browser.post(reverse("mfa_activate_totp"), {"code": shown_code(app)})
    refused = make(office, "atasan", code="000000")
    assert "Kode dari aplikasi autentikator salah. Kunci belum dibuat" in problems(refused)
    codes = browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert secret_in(make(office, "atasan", code=codes[0])) != ""


def test_revoked_key_opens_nothing(office: Office) -> None:
    secret = secret_in(make(office))
    token = ApiToken.objects.get()
    foreign = office.client("rekan").post(reverse("revoke_token", args=[token.pk]))
    assert (foreign.status_code, status(secret)) == (403, 200)
    page = office.client("pegawai").post(reverse("revoke_token", args=[token.pk]), follow=True)
    assert ("Kunci dicabut" in words(page), status(secret)) == (True, 401)
    assert Event.objects.filter(verb="account.token_revoked").count() == 1
    office.client("pegawai").post(reverse("revoke_token", args=[token.pk]))
    assert Event.objects.filter(verb="account.token_revoked").count() == 1


def test_key_ends_with_its_time_the_account_and_the_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, user = secret_in(make(office)), office.pegawai.user
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert status(secret) == 401
    user.is_active = True
    user.save(update_fields=["is_active"])
    assert status(secret) == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=30))
    assert status(secret) == 401
    monkeypatch.setattr(clock, "now", lambda: NOW)
    user.set_password("gunung-hijau-77")
    user.save(update_fields=["password"])
    assert (status(secret), ApiToken.objects.get().state) == (401, "berakhir dengan penggantian kata sandi")


def test_use_is_noted_at_most_every_ten_minutes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = key_of(office.pegawai)
    for minutes, noted in ((0, 0), (5, 0), (10, 10), (19, 10), (20, 20)):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: NOW + dt.timedelta(minutes=minutes))
        assert status(secret) == 200
        assert ApiToken.objects.get().last_used_at == NOW + dt.timedelta(minutes=noted)
    assert dt.timedelta(minutes=10) == NOTED_EVERY


def test_nobody_has_more_than_twenty_keys(office: Office) -> None:
    for _ in range(MOST_TOKENS):
        key_of(office.pegawai)
    assert "paling banyak 20 kunci" in problems(make(office))


def test_wrong_keys_of_an_address_are_counted(office: Office) -> None:
    caller = Caller(office)
    caller.key = "takar_" + "x" * 43
    assert [caller("GET", "me")[0] for _ in range(31)] == [401] * 30 + [429]
    caller.key = key_of(office.pegawai)
    answer = caller.raw("GET", "me")
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")


def test_busy_key_is_told_to_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.EVERY_TOKEN, "most", 2)
    caller = Caller(office, "pegawai")
    assert [caller("GET", "me")[0] for _ in range(3)] == [200, 200, 429]
    monkeypatch.setattr(door.EVERY_ADDRESS, "most", 3)
    assert caller("GET", "openapi.json")[0] == 429
