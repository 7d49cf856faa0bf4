"""Signing in with the account of the regional government, against a provider in a process of its own."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.test import Client
from django.urls import reverse
from tests.office import PASSWORD, PEOPLE, Office
from tests.web.browsing import location, words

from takar.accounts.models import User
from takar.accounts.oidc import OfficeOidc, known_person
from takar.audit.models import Event

NIP = PEOPLE["pegawai"][0]
UNTRUSTED = "Jawaban Akun Balangan tidak dapat dipercaya atau sudah kedaluwarsa, sehingga Anda belum masuk."


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Its address; three people: one of this office, one whom nobody knows here, one whose account gives no NIP."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    people = [
        {"sub": "putri", "nip": "19850707 201007 2 007", "email": "kania@contoh.go.id", "email_verified": False},
        {"sub": "asing", "nip": "199001012015011999"},
        {"sub": "kosong", "preferred_username": NIP, "email": f"{NIP}@contoh.go.id"},
    ]
    options = [word for person in people for word in ("--user-claims", json.dumps(person))]
    words = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen([*words, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def asked(provider: str, settings: Any) -> str:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = provider, "takar", "rahasia"
    settings.OIDC_NAME = "Akun Balangan"
    return provider


def leave(browser: Client, following: str = "") -> str:
    """Press the button: the address of the provider to which the page leads."""
    page = browser.post(reverse("oidc_start"), {"next": following} if following else {})
    assert page.status_code == 200, words(page)
    return str(page["Refresh"]).removeprefix("0; url=")


def identified(address: str, who: str, **form: str) -> str:
    """What the provider does with the person in front of it: the address to which it leads back."""
    answer = requests.post(address, data={"sub": who, **form}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text[:500]
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def enter(browser: Client, who: str = "putri") -> Any:
    back = identified(leave(browser), who)
    page = browser.get(back)
    assert (page.status_code, "Lanjutkan masuk" in words(page), is_in(browser)) == (200, True, False)
    return browser.post(back)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_known_person_comes_in_by_the_nip_of_the_claim(office: Office, asked: str) -> None:
    browser, before = Client(), User.objects.count()
    assert "Masuk dengan Akun Balangan" in words(browser.get(reverse("account_login")))
    answer = enter(browser)
    assert (answer.status_code, location(answer), is_in(browser)) == (302, "/", True)
    assert "Putri Maharani" in words(browser.get("/"))
    assert User.objects.count() == before
    event = Event.objects.filter(stream=f"account:{office.pegawai.user_id}").get()
    assert (event.verb, event.actor_name, event.after) == ("account.identified", "Putri Maharani", {"issuer": asked})


def test_request_carries_state_nonce_and_proof(office: Office, asked: str) -> None:
    browser = Client()
    first, second = (parse_qs(urlsplit(leave(browser)).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == ["http://testserver/masuk/akun-daerah/kembali/"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 16
        assert first[name] != second[name]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("asing", "Akun Balangan mengenal Anda, tetapi NIP-nya tidak terdaftar di kantor ini"),
        ("kosong", "Akun Balangan mengenal Anda, tetapi NIP-nya tidak terdaftar di kantor ini"),
    ],
)
def test_whoever_is_not_in_the_program_gets_no_account(office: Office, asked: str, who: str, sentence: str) -> None:
    """Neither a name nor an address of e-mail stands for a NIP."""
    browser, before = Client(), User.objects.count()
    answer = enter(browser, who)
    assert (answer.status_code, sentence in words(answer), is_in(browser)) == (403, True, False)
    assert User.objects.count() == before


def test_closed_account_stays_closed(office: Office, asked: str) -> None:
    User.objects.filter(username=NIP).update(is_active=False)
    browser = Client()
    answer = enter(browser)
    assert (answer.status_code, "Akun ini sudah ditutup." in words(answer), is_in(browser)) == (403, True, False)


@pytest.mark.parametrize("change", ["signature", "nonce", "audience", "issuer", "expired", "algorithm", "none"])
def test_token_that_is_not_as_it_must_be_opens_nothing(
    office: Office, asked: str, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    original = OfficeOidc.get_access_token_data

    def bent(self: OfficeOidc, *args: Any, **kwargs: Any) -> Any:
        data = original(self, *args, **kwargs)
        data["id_token"] = CHANGES[change](data["id_token"])
        return data

    monkeypatch.setattr(OfficeOidc, "get_access_token_data", bent)
    browser = Client()
    answer = enter(browser)
    assert (answer.status_code, UNTRUSTED in words(answer), is_in(browser)) == (403, True, False)


def resigned(token: str, algorithm: str = "RS256", **claims: object) -> str:
    """The same token with other claims, under the right name of the key but with a key of our own."""
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    header, content = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    key: Any = rsa.generate_private_key(65537, 2048) if algorithm == "RS256" else "x" * 32
    return jwt.encode(
        content | claims,
        None if algorithm == "none" else key,
        algorithm,
        {key: header[key] for key in header if key == "kid"},
    )  # type: ignore[arg-type]


CHANGES: dict[str, Any] = {
    "signature": resigned,
    "nonce": lambda token: resigned(token, nonce="lain"),
    "audience": lambda token: resigned(token, aud="lain"),
    "issuer": lambda token: resigned(token, iss="https://lain.example"),
    "expired": lambda token: resigned(token, exp=1),
    "algorithm": lambda token: resigned(token, "HS256"),
    "none": lambda token: resigned(token, "none"),
}


def test_nonce_of_another_request_is_refused(office: Office, asked: str) -> None:
    """With a signature that is right: only the nonce is not the one that this browser sent."""
    browser = Client()
    back = identified(leave(browser), "putri")
    session = browser.session
    states = session["socialaccount_states"]
    for state in states.values():
        state[0]["nonce"] = "lain"
    session["socialaccount_states"] = states
    session.save()
    answer = browser.post(back)
    assert (answer.status_code, UNTRUSTED in words(answer), is_in(browser)) == (403, True, False)


def test_answer_opens_only_the_browser_that_asked_and_only_once(office: Office, asked: str) -> None:
    mine, other = Client(), Client()
    back = identified(leave(mine), "putri")
    assert (other.post(back).status_code, is_in(other)) == (403, False)
    assert (mine.post(back).status_code, is_in(mine)) == (302, True)
    again = Client()
    assert (again.post(back).status_code, is_in(again)) == (403, False)
    wrong = reverse("oidc_return") + "?code=x&state=y"
    assert (again.post(wrong).status_code, again.post(reverse("oidc_return")).status_code) == (403, 403)


def test_cancelling_is_said(office: Office, asked: str) -> None:
    browser = Client()
    back = identified(leave(browser), "putri", action="deny")
    assert "Anda belum masuk karena membatalkannya di Akun Balangan." in words(browser.post(back))


def test_provider_that_is_down_is_said_and_the_password_still_opens(office: Office, asked: str, settings: Any) -> None:
    browser = Client()
    back = identified(leave(browser), "putri")
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    for answer in (Client().post(reverse("oidc_start")), browser.post(back)):
        assert (answer.status_code, is_in(browser)) == (403, False)
    assert "Akun Balangan sedang tidak dapat dihubungi" in words(Client().post(reverse("oidc_start")))
    browser.post(reverse("account_login"), {"login": NIP, "password": PASSWORD})
    assert is_in(browser)


def test_second_factor_is_still_asked(office: Office, asked: str) -> None:
    from tests.web.test_security import proven, shown_code  # noqa: PLC0415

    owner = proven(office.client("pegawai"))
    app = str(owner.get(reverse("mfa_activate_totp")).context["form"].secret)
    owner.post(reverse("mfa_activate_totp"), {"code": shown_code(app)})
    browser = Client()
    answer = enter(browser)
    assert (location(answer), is_in(browser)) == (reverse("mfa_authenticate"), False)


def test_passwords_can_be_left_to_administrators(office: Office, asked: str, settings: Any) -> None:
    settings.OIDC_ONLY = True
    browser, administrator = Client(), Client()
    page = browser.post(reverse("account_login"), {"login": NIP, "password": PASSWORD})
    assert ("hanya Administrator yang masuk dengan kata sandi" in words(page), is_in(browser)) == (True, False)
    administrator.post(reverse("account_login"), {"login": PEOPLE["kasubbag"][0], "password": PASSWORD})
    assert is_in(administrator)


def test_whoever_has_no_password_is_told_how_to_sign(office: Office, asked: str) -> None:
    case = office.at_step(5)
    office.pegawai.user.set_unusable_password()
    office.pegawai.user.save(update_fields=["password"])
    browser = Client()
    assert location(enter(browser)) == "/"
    page = browser.post(reverse("step", args=[case.task_id]), {"tindakan": "selesai", "password": ""})
    assert "Akun Anda belum mempunyai kata sandi Takar" in words(page)
    assert location(browser.get(reverse("account_change_password"))) == reverse("account_set_password")


def test_without_settings_there_is_no_such_door(office: Office) -> None:
    browser = Client()
    assert "Masuk dengan Akun" not in words(browser.get(reverse("account_login")))
    assert [browser.post(reverse(name)).status_code for name in ("oidc_start", "oidc_return")] == [404, 404]


@pytest.mark.parametrize("claim", ["", "administrator", "rahmat.hidayat", "١٩٨٥٠٧٠٧٢٠١٠٠٧٢٠٠٧", "[]", "x" * 500])
def test_claim_that_is_no_nip_is_nobody(office: Office, claim: str) -> None:
    assert known_person(claim) is None
