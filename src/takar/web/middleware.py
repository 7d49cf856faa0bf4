"""What holds for every request, whatever the view."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from takar.accounts import limits
from takar.audit.context import using
from takar.common import clock
from takar.common.addresses import client_address
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NoRoom, NotAllowed
from takar.common.reads import SAFE_METHODS, reading_only
from takar.organisation.models import Agency
from takar.organisation.queries import remember_offices
from takar.web.watching import number_of

Respond = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
TOUCH_SECONDS = 300
LONGEST_ADDRESS = 64


class SecureHeaders:
    """A strict content policy; pages of people's results are never kept by a shared computer's cache."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class BoundedBody:
    """A body that is too large is refused before a byte of it is read."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_BODY_BYTES:
            limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
            message = (
                f"Kiriman ini {int(length) // 1024 // 1024} MB, terlalu besar. Setiap berkas paling besar {limit} MB; "
                "kirim berkasnya satu per satu, atau kecilkan pindaiannya."
            )
            return render(request, "web/error.html", {"title": "Berkas terlalu besar", "message": message}, status=413)
        return self.respond(request)


class CountsShared:
    """What was counted of addresses and keys becomes known to all processes, after the answer has gone out."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if settings.LIMITS_SHARED and limits.is_due():
            response._resource_closers.append(limits.tell_others)  # type: ignore[attr-defined]  # noqa: SLF001 -- run when the body is sent
        return response


class SessionEnds:
    """A shared PC: a session that nobody used for a while is over.

    A form that arrives too late goes on without a person, so that its token is still checked and what was typed is held.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_was = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = int(request.session.get("seen", now))
            if now - seen > settings.SESSION_IDLE_MINUTES * 60:
                ended = str(request.user.pk)
                logout(request)
                if request.method in SAFE_METHODS:
                    return redirect("account_login")
                request.ended_user = ended  # type: ignore[attr-defined]
            elif now - seen > TOUCH_SECONDS or "seen" not in request.session:
                request.session["seen"] = now
        return self.respond(request)


class FirstInstallation:
    """An empty installation has one page: the one that creates the office."""

    ready = False

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not FirstInstallation.ready:
            FirstInstallation.ready = Agency.objects.exists()
            if not FirstInstallation.ready and request.path != "/pemasangan/":
                return redirect("setup")
        return self.respond(request)


class AuditContext:
    """Events of this request carry its channel, address and number; the person came with the account.

    While only reading, the offices and the mandates held are looked up once as well.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Any = None
        if request.user.is_authenticated:
            person = getattr(request.user, "reader", None)
            if person is not None and request.method in SAFE_METHODS:
                remember_offices(person, clock.today())
        request.employee = person  # type: ignore[attr-defined]
        with using(
            channel=getattr(request, "channel", "web"),
            address=client_address(request)[:LONGEST_ADDRESS],
            request_id=number_of(request),
        ):
            return self.respond(request)


class ReadsCannotWrite:
    """While a GET is answered the database itself refuses every write."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.respond(request)
        with reading_only():
            return self.respond(request)


STATUS: dict[type[Exception], int] = {NotAllowed: 403, AlreadyDone: 409, InvalidInput: 422, NoRoom: 507}


class ErrorSentences:
    """The one place where a domain error that no view answered becomes a page with its sentence."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        context = {
            "title": "Tidak dapat dilakukan",
            "message": error.message,
            "problems": getattr(error, "problems", ()),
        }
        return render(request, "web/error.html", context, status=STATUS.get(type(error), 400))
