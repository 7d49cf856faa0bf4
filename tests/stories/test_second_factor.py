"""Somebody protects the account with an app and with a passkey, and comes in with either."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect
from tests.stories.people import ATASAN, PASSWORD, PEGAWAI, Person
from tests.stories.program import Program


@pytest.fixture
def visitor(newcomers: Callable[..., Person], demo: Program) -> Person:
    return newcomers(demo.address)


def shown_code(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def types_password(person: Person, nip: str) -> None:
    person.page.goto("/masuk/")
    person.page.get_by_label("NIP", exact=True).fill(nip)
    person.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    person.page.get_by_role("button", name="Masuk", exact=True).click()


def proves_it(person: Person) -> None:
    """Before the account's security is changed, the password once more."""
    person.reads_heading("Benarkah ini Anda?")
    person.main.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    person.press("Lanjutkan")


def test_app_is_asked_for_at_the_next_sign_in(person: Callable[..., Person], visitor: Person) -> None:
    bambang = person(ATASAN)
    bambang.page.get_by_role("link", name="Akun").click()
    bambang.reads_heading("Keamanan akun")
    bambang.reads("Belum ada faktor kedua.")
    bambang.main.get_by_role("link", name="Pasang aplikasi autentikator").click()
    proves_it(bambang)
    secret = bambang.main.locator(".code").inner_text()
    bambang.main.get_by_label("Kode enam angka dari aplikasi").fill("000000")
    bambang.press("Pasang")
    bambang.reads("Kode salah.")
    assert bambang.main.locator(".code").inner_text() == secret
    bambang.main.get_by_label("Kode enam angka dari aplikasi").fill(shown_code(secret))
    bambang.press("Pasang")
    bambang.reads_heading("Kode cadangan")
    bambang.reads("Tersisa 10 dari 10.")
    spare = bambang.main.locator("li.code").first.inner_text()
    bambang.picture("akun-kode-cadangan", bambang.page.locator("h1"), bambang.main.get_by_role("link", name="Selesai"))

    types_password(visitor, ATASAN)
    visitor.reads_heading("Faktor kedua")
    visitor.main.get_by_label("Kode dari aplikasi").fill("123456")
    visitor.press("Masuk")
    visitor.reads("Kode salah.")
    visitor.main.get_by_label("Kode dari aplikasi").fill(spare)
    visitor.press("Masuk")
    visitor.reads_heading("Beranda")


def test_passkey_opens_the_door_without_a_password(person: Callable[..., Person]) -> None:
    budi = person(PEGAWAI)
    device = budi.context.new_cdp_session(budi.page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    budi.page.goto("/akun/kunci-sandi/")
    proves_it(budi)
    budi.main.get_by_label("Nama kunci").fill("Telepon Budi")
    budi.main.get_by_label("Pakai juga untuk masuk tanpa kata sandi").check()
    budi.press("Tambah")
    budi.reads_heading("Kode cadangan")
    budi.main.get_by_role("link", name="Selesai").click()
    budi.reads("Kunci sandi: Telepon Budi")

    budi.page.get_by_role("button", name="Keluar").click()
    budi.page.goto("/masuk/")
    budi.press("Pakai kunci sandi")
    budi.reads_heading("Beranda")
    expect(budi.page.locator(".whoami strong")).to_have_text("Budi Hartono, S.E.")
