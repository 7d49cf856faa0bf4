"""What stands on every answer, whatever happened, and what the browser keeps."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.office import Office
from tests.web.browsing import words

from takar.common import reads
from takar.organisation.models import Agency
from takar.web.middleware import ReadsCannotWrite

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NOWHERE = UUID(int=1)


def kept(answer: Any) -> dict[str, str]:
    return {name: answer.headers.get(name, "") for name in EVERYWHERE}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program error in the middle of a page."""

    def fail(*_args: object) -> None:
        raise RuntimeError("rahasia di dalam program")

    monkeypatch.setattr("takar.web.views.home.first_page", fail)
    monkeypatch.setattr("takar.web.context.tasks_up_to", fail)


def test_every_answer_carries_the_headers(office: Office) -> None:
    person, visitor = office.client("kasubbag"), Client()
    case = office.case()
    asked: list[tuple[Any, int]] = [
        (person.get("/"), 200),
        (person.get(reverse("case", args=[case.pk])), 200),
        (person.get(reverse("form_workbook", args=[case.pk])), 200),
        (person.get(reverse("case", args=[NOWHERE])), 404),
        (person.get("/tidak-ada/"), 404),
        (person.post("/"), 405),
        (person.get("/tugas"), 301),
        (person.post(reverse("roles"), {}), 422),
        (person.post(reverse("step", args=[case.task_id]), {}), 403),
        (person.generic("POST", reverse("upload_forms"), CONTENT_LENGTH=str(10**9)), 413),
        (visitor.get("/"), 302),
        (visitor.get(reverse("account_login")), 200),
        (visitor.get("/pemasangan/"), 404),
        (Client(enforce_csrf_checks=True).post(reverse("account_login"), {}), 403),
        (office.client("staf").get(reverse("office")), 403),
    ]
    assert [answer.status_code for answer, _ in asked] == [status for _, status in asked]
    assert [answer.request["PATH_INFO"] for answer, _ in asked if kept(answer) != EVERYWHERE] == []


def test_no_page_is_kept_by_a_shared_computer(office: Office) -> None:
    case = office.at_step(8)
    document = case.documents.get().document_id
    for address in (
        reverse("home"),
        reverse("case", args=[case.pk]),
        reverse("document", args=[document]),
        reverse("form_workbook", args=[case.pk]),
        reverse("case", args=[NOWHERE]),
        reverse("account_login"),
    ):
        for browser in (office.client("pegawai"), Client()):
            assert "no-store" in browser.get(address).headers["Cache-Control"], address


def test_program_error_is_a_sentence_with_the_same_headers(office: Office, broken: None) -> None:
    browser = office.client("staf")
    browser.raise_request_exception = False
    answer = browser.get("/")
    assert (answer.status_code, kept(answer)) == (500, EVERYWHERE)
    assert "Terjadi kesalahan pada program; yang belum tersimpan tidak tercatat." in words(answer)
    assert "rahasia di dalam program" not in answer.content.decode()


def test_cookies_are_out_of_reach(office: Office, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    browser = Client()
    data = {"login": office.staf.user.username, "password": "kuda-laut-biru-42"}
    browser.get(reverse("account_login"))
    browser.post(reverse("account_login"), data)
    cookies = {name: (c["httponly"], c["samesite"], c["secure"], c["max-age"]) for name, c in browser.cookies.items()}
    assert cookies["sessionid"] == (True, "Lax", True, "")
    assert cookies["csrftoken"][:3] == (True, "Lax", True)


def test_https_is_asked_for_only_where_it_is_served(settings: Any, office: Office) -> None:
    assert "Strict-Transport-Security" not in office.client("staf").get("/").headers


# --- pages hold nothing that the policy forbids


def test_no_page_has_inline_script_or_style(office: Office) -> None:
    forbidden = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    case = office.at_step(4)
    addresses = [reverse(name) for name in ("home", "tasks", "cases", "archive", "sop", "account_change_password")]
    pages = [office.client("atasan").get(address) for address in addresses]
    pages += [office.client("atasan").get(reverse("step", args=[case.task_id]))]
    pages += [office.client("kasubbag").get(reverse(name)) for name in ("office", "roles", "periods", "plans")]
    for page in pages:
        assert (page.status_code, forbidden.findall(page.content.decode())) == (200, [])


def test_every_file_that_a_page_names_is_its_own(office: Office) -> None:
    case = office.at_step(4)
    for address in (reverse("home"), reverse("step", args=[case.task_id]), reverse("sop")):
        text = office.client("atasan").get(address).content.decode()
        sources = re.findall(r'(?:src|href)="([^"#]*)"', text)
        assert [source for source in sources if not source.startswith("/") and source] == []


def test_vendored_style_names_no_other_address() -> None:
    static = Path(__file__).resolve().parents[2] / "src/takar/web/static"
    for path in static.rglob("*.css"):
        assert re.findall(r"url\(\s*['\"]?(?:https?:)?//", path.read_text()) == [], path.name


# --- the database refuses to write while a page is read


def writing(_request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Agency.objects.create(name="Diam-diam", short_name="D", region="R", place="P")
    return HttpResponse("ditulis")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_database_refuses_a_page_that_writes(office: Office, method: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("inside a test's transaction PostgreSQL keeps the mode that the transaction began with")
    with pytest.raises(OperationalError, match="readonly"):
        ReadsCannotWrite(writing)(RequestFactory().generic(method, "/"))
    assert Agency.objects.filter(name="Diam-diam").count() == 0
    assert ReadsCannotWrite(writing)(RequestFactory().post("/")).content == b"ditulis"


def test_database_takes_writes_again_after_a_page_failed(office: Office, broken: None) -> None:
    browser = office.client("staf")
    browser.raise_request_exception = False
    assert browser.get("/").status_code == 500
    Agency.objects.create(name="Sesudahnya", short_name="S", region="R", place="P")


def test_connection_that_cannot_be_switched_back_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []
    monkeypatch.setattr(reads, "QUERY_ONLY", ("SELECT 1", "NO SUCH STATEMENT"))
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))
    answer = ReadsCannotWrite(lambda _request: HttpResponse("dibaca"))(RequestFactory().get("/"))
    assert (answer.content, closed) == (b"dibaca", [True])
