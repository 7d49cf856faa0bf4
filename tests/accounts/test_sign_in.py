"""Passwords made of the office's own words, and what the log says of a sign-in."""

import logging

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.office import PASSWORD, PEOPLE, Office

from takar.accounts.passwords import ContextWords


@pytest.mark.parametrize("password", ["takar-skp-2026", "PegawaiDinas123", "Katasandi!2026", "Balangan-2026!!"])
def test_password_of_the_offices_words_is_refused(settings: object, password: str) -> None:
    settings.PASSWORD_WORDS = ["balangan"]  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        ContextWords().validate(password)


@pytest.mark.parametrize("password", ["kuda-laut-biru-42", "takar gunung lompat", "92-84-11-73-65", "x" * 100])
def test_other_passwords_are_taken(password: str) -> None:
    ContextWords().validate(password)


def test_log_names_who_came_in_or_not_and_from_where(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="takar.security")
    nip, browser = PEOPLE["pegawai"][0], Client(REMOTE_ADDR="10.0.0.9")
    browser.post(reverse("account_login"), {"login": nip, "password": "salah-sekali-99"})
    browser.post(reverse("account_login"), {"login": "rahasia-di-kolom-salah", "password": "x"})
    browser.post(reverse("account_login"), {"login": nip, "password": PASSWORD})
    browser.post(reverse("account_logout"))
    mine = office.pegawai.user.pk
    told = [record.getMessage() for record in caplog.records if record.name == "takar.security"]
    assert told == [
        f"gagal masuk: akun {mine} dari 10.0.0.9",
        "gagal masuk: akun tidak dikenal dari 10.0.0.9",
        f"masuk: akun {mine} dari 10.0.0.9",
        f"keluar: akun {mine} dari 10.0.0.9",
    ]
