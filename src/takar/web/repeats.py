"""A form that is sent twice has its effect once: every form carries a key of its own (`takar.web.templatetags`)."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac

from takar.common import words
from takar.common.errors import DomainError
from takar.repeats.actions import once
from takar.repeats.types import Answer, OtherContent, Repeated

FIELD, CSRF = "kiriman", "csrfmiddlewaretoken"
# What is typed anew rather than carried along in a page.
SECRETS = {"password", "passphrase", "code", "oldpassword", "password1", "password2"}
FIRST_REFUSAL = 400
REDIRECTS = range(300, 400)


def new_key(person: Any) -> str:
    """A key for a form as it is shown to somebody; with a person it says for whom, so that nobody else is shown its text."""
    key = secrets.token_urlsafe(12)
    return f"{key}.{_mark(key, person)}" if person is not None else key


def made_for(key: str, person: Any) -> bool:
    """Whether the form was shown to this very person."""
    plain, _, mark = key.rpartition(".")
    return bool(plain) and person is not None and constant_time_compare(mark, _mark(plain, person))


def _mark(key: str, person: Any) -> str:
    return salted_hmac("takar.form", f"{key} {person.user_id}", algorithm="sha256").hexdigest()[:12]


class Once:
    """A POST with a key, of somebody who is signed in, is answered once; the same again gets the same answer."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if not key:
            return self.respond(request)
        try:
            given = once(
                owner=str(request.user.pk),
                key=key,
                content=_content(request),
                act=lambda: self.respond(request),
                answer_of=_answer,
            )
        except OtherContent as error:
            return _refused(request, error)
        except Repeated as error:
            return _told(request, error, 409)
        except DomainError as error:
            return _told(request, error, 422)
        return _again(request, given) if isinstance(given, Answer) else given


def _key(request: HttpRequest) -> str:
    if request.method != "POST" or not request.user.is_authenticated:
        return ""
    return str(request.POST.get(FIELD, ""))


def _content(request: HttpRequest) -> bytes:
    """What the request says, files included, apart from what is new in each copy of it."""
    digest = hashlib.sha256(request.path.encode())
    for part in _parts(request):
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    for name, values in sorted(request.POST.lists()):
        if name not in {FIELD, CSRF}:
            yield from (text.encode() for text in (name, *values))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"{name} {file.name}".encode()
            yield from file.chunks()
            file.seek(0)


def _answer(response: HttpResponse) -> Answer | None:
    """Where it led. A refusal changed nothing, a download may be asked for again; another page is not kept."""
    if response.status_code >= FIRST_REFUSAL or "Content-Disposition" in response.headers:
        return None
    if response.status_code in REDIRECTS:
        return Answer(response.status_code, location=response.headers.get("Location", ""))
    return Answer(response.status_code)


def _again(request: HttpRequest, answer: Answer) -> HttpResponse:
    when = f" pada {words.moment(answer.at)}" if answer.at else ""
    sentence = f"Kiriman ini sudah dikerjakan{when}; yang kedua tidak mengubah apa pun."
    if not answer.location:
        return _told(request, Repeated(sentence), 409)
    messages.info(request, sentence)
    return redirect(answer.location)


def _told(request: HttpRequest, error: DomainError, status: int) -> HttpResponse:
    return render(request, "web/error.html", {"title": "Sudah dikerjakan", "message": error.message}, status=status)


def sent_again(request: HttpRequest, *, own_key: bool = True) -> dict[str, object]:
    """What a page needs to carry a sent form along: everything but secrets and files, which are given anew."""
    left_out = SECRETS | {CSRF} | (set() if own_key else {FIELD})
    try:
        sent, files = request.POST, [file.name for _, several in request.FILES.lists() for file in several]
    except (OSError, MultiPartParserError):  # what was sent could not even be received
        sent, files = QueryDict(), ["?"]
    return {
        "typed": [(name, value) for name, values in sent.lists() for value in values if name not in left_out],
        "secrets": [name for name in sent if name in SECRETS],
        "files": files,
        "path": request.get_full_path(),
        "was_sent": request.method == "POST",
    }


def _refused(request: HttpRequest, error: OtherContent) -> HttpResponse:
    """Nothing typed is lost: the page carries it, and sends it under a key of its own when that is wanted."""
    message = (
        f"Formulir ini sudah dikirim dan dikerjakan pada {words.moment(error.at)}, dengan isian yang lain. "
        "Isian yang baru belum dikerjakan."
    )
    context = {"message": message, **sent_again(request, own_key=False)}
    return render(request, "web/sent_before.html", context, status=409)
