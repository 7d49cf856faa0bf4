"""What holds for every request to the API before its view, and after it.

There is no session here: cookies are taken away, so that no browser can be led to act (no CSRF). What the frame around
the views would answer as a page becomes problem+json.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from ninja.security import HttpBearer

from takar.accounts.limits import EVERY_ADDRESS, EVERY_TOKEN, WRONG_KEYS
from takar.accounts.models import ApiToken, TokenScope
from takar.api.problems import MEDIA_TYPE, of_domain, problem
from takar.common.addresses import client_address
from takar.common.errors import DomainError, NotAllowed
from takar.common.reads import SAFE_METHODS
from takar.organisation.models import Employee
from takar.organisation.tokens import holder_of, note_use
from takar.repeats.actions import once
from takar.repeats.types import Answer

PREFIX = "/api/v1/"
BAD_REQUEST = 400
TOO_MANY_KEYS = (
    "Terlalu banyak kunci salah dari alamat ini. Tunggu lima menit; periksa apakah kuncinya masih berlaku di halaman "
    "Akun › Kunci API."
)


EMPTY = "Pemasangan ini masih kosong, sehingga belum ada yang dapat dilayani: kantornya harus dibuat dahulu di halaman pertama."


class ApiRequest(HttpRequest):
    """A request of somebody who holds a key and works in an office."""

    employee: Employee
    token: ApiToken


class ApiDoor:
    """Stands outside of the session and of the read-only switch: the use of a key is noted after the answer."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.respond(request)
        if (refused := self._refused(request)) is not None:
            return _private(refused)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        request.channel = "api"  # type: ignore[attr-defined]  # told to the audit by web.middleware.AuditContext
        response = self._answered(request)
        token: ApiToken | None = getattr(request, "token", None)
        if token is not None:
            note_use(token)
        return _private(_without_page(response))

    def _answered(self, request: HttpRequest) -> HttpResponse:
        """What the views say; to a request that arrives again with its key what was said the first time."""
        key, owner = request.headers.get("Idempotency-Key", ""), ""
        if key and request.method not in SAFE_METHODS and (found := holder_of(_bearer(request))) is not None:
            owner = f"api:{found[1].user_id}"
        if not owner:
            return self.respond(request)
        content = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        try:
            given = once(
                owner=owner, key=key, content=content, act=lambda: self.respond(request), answer_of=_kept_answer
            )
        except DomainError as error:
            return of_domain(request, error)
        if not isinstance(given, Answer):
            return given
        headers = {"Idempotency-Replayed": "true"}
        return HttpResponse(given.body, content_type=given.media_type, status=given.status, headers=headers)

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_BODY_BYTES:
            return problem(413)
        if length not in {"", "0"} and request.content_type != "application/json":
            return problem(415)
        if not EVERY_ADDRESS.allows(client_address(request)):
            return problem(429, headers={"Retry-After": "60"})
        if "\0" in request.path or any("\0" in text for _, texts in request.GET.lists() for text in texts):
            return problem(400)
        return None


def _bearer(request: HttpRequest) -> str:
    return request.headers.get("Authorization", "").partition(" ")[2]


def _kept_answer(response: HttpResponse) -> Answer | None:
    """A refusal changed nothing, so that the same key may be used again."""
    if response.status_code >= BAD_REQUEST:
        return None
    return Answer(response.status_code, media_type=response.headers["Content-Type"], body=response.content.decode())


def _private(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _without_page(response: HttpResponse) -> HttpResponse:
    """A page that says what is wrong is for people: here it is a problem with the same status.

    So is the way to the page that creates the office, where every address of an empty installation leads.
    """
    if isinstance(response, HttpResponseRedirect) and response.url == reverse("setup"):
        return problem(503, EMPTY, headers={"Retry-After": "60"})
    if response.status_code < BAD_REQUEST or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
    return problem(response.status_code, headers=kept)


class Key(HttpBearer):
    """Whose key it is; a key that only reads opens nothing that writes."""

    scope = TokenScope.READ

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        address = client_address(request)
        if WRONG_KEYS.is_full(address):
            raise TooOften(TOO_MANY_KEYS, 300)
        found = holder_of(token)
        if found is None:
            WRONG_KEYS.allows(address)
            return None
        kept, person = found
        request.token = kept  # type: ignore[attr-defined]
        if not EVERY_TOKEN.allows(str(kept.pk)):
            raise TooOften("", 60)
        if self.scope == TokenScope.ACT and kept.scope != TokenScope.ACT:
            raise NotAllowed(
                f"Kunci “{kept.name}” hanya untuk membaca, sehingga tidak ada yang dikerjakan. Buatlah kunci yang boleh "
                "bertindak di halaman Akun › Kunci API."
            )
        if request.method in SAFE_METHODS:
            person.known_roles, person.known_mandates = {}, {}
        request.employee = person  # type: ignore[attr-defined]
        return kept


class ActingKey(Key):
    """A key that may act."""

    scope = TokenScope.ACT


class TooOften(Exception):  # noqa: N818 -- the name says what the caller did
    """The answer is 429."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.sentence, self.seconds = sentence, seconds


def of_too_often(_request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, TooOften)  # noqa: S101 -- registered for it alone
    return problem(429, error.sentence, headers={"Retry-After": str(error.seconds)})


READS, ACTS = Key(), ActingKey()
