"""Small parts that views share."""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from takar.common.errors import DomainError, InvalidInput, Problem
from takar.common.words import figure
from takar.organisation.models import Employee
from takar.web import held

PER_PAGE = 25
MEGABYTE = 1024 * 1024
MOST_DIGITS = 3
NO_ACT = "Kiriman ini tidak menyebut tindakannya, sehingga tidak ada yang berubah. Tekan tombolnya sekali lagi."


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in and works in an office; `about`: whose papers a view has found."""

    employee: Employee
    about: UUID


def page(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for signed-in people of an office, answering only these methods."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if getattr(request, "employee", None) is None:
                return render(request, "web/error.html", NO_OFFICE, status=403)
            if _has_null(request):
                raise BadRequest("A null character, which no key types and PostgreSQL does not keep.")
            return view(cast(PersonRequest, request), *args, **kwargs)

        return require_http_methods(list(methods))(_signed_in(guarded))

    return wrap


def _signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Everybody else is led to sign in; the form of somebody whose session has ended is not lost on the way."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return held.lead_to_sign_in(request)
        if request.method == "POST":
            held.drop_if_sent(request, request.POST)
        return view(request, *args, **kwargs)

    return guarded


def public(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for anybody, signed in or not, answering only these methods."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _has_null(request):
                raise BadRequest("A null character, which no key types and PostgreSQL does not keep.")
            return view(request, *args, **kwargs)

        return require_http_methods(list(methods))(guarded)

    return wrap


def _has_null(request: HttpRequest) -> bool:
    return any("\0" in text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts)


NO_OFFICE = {
    "title": "Akun tanpa kantor",
    "message": "Akun ini belum terhubung dengan pegawai mana pun. Mintalah Administrator mengimpor daftar pegawai.",
}


def paged(
    request: HttpRequest, rows: "QuerySet[Any] | list[Any]", per_page: int = PER_PAGE, count: int | None = None
) -> Page[Any]:
    """One page of the rows; a number out of range gives the nearest page. `count`: how many rows, where it is known.

    Where the first page holds them all, they are not counted as well.
    """
    pages, wanted = Paginator(rows, per_page), request.GET.get("halaman")
    if count is None and wanted in {None, "", "1"}:
        first = list(rows[: per_page + 1])
        if len(first) <= per_page:
            pages.count = len(first)
        return Page(first[:per_page], 1, pages)
    if count is not None:
        pages.count = count
    return pages.get_page(wanted)


def one_file(request: HttpRequest, name: str, limit: int) -> tuple[str, bytes]:
    """The uploaded file's name and content, or a sentence."""
    return files(request, name, limit)[0]


def files(request: HttpRequest, name: str, limit: int) -> list[tuple[str, bytes]]:
    """All uploaded files of a field."""
    uploaded = request.FILES.getlist(name)
    if not uploaded:
        raise InvalidInput("Belum ada berkas yang dipilih.", [Problem("Berkas", "Pilih berkasnya dahulu, lalu kirim.")])
    too_large = [
        Problem(str(file.name), f"Besarnya {_megabytes(file.size or 0)} MB; paling besar {_megabytes(limit)} MB.")
        for file in uploaded
        if (file.size or 0) > limit
    ]
    if too_large:
        raise InvalidInput("Berkas terlalu besar, sehingga tidak diterima.", too_large)
    return [(str(file.name), file.read()) for file in uploaded]


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and is kept under this name."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-. ") else "-" for letter in name)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plain}.pdf"'
    return response


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that a file that is too large never looks as if it were not."""
    return figure(Decimal(-(-size * 10 // MEGABYTE)) / 10)


def as_typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What stands in these fields after a sending that was refused; nothing otherwise."""
    return {name: request.POST.get(name, "") for name in names}


def performed(request: HttpRequest, acts: Mapping[str, Callable[[], str]]) -> list[Problem] | None:
    """Do the one act that the sending names; its sentence is shown on the next page. Problems: it was refused."""
    act = acts.get(request.POST.get("tindakan", ""))
    if act is None:
        return [Problem("", NO_ACT)]
    try:
        messages.success(request, act())
    except DomainError as error:
        return sentences(error)
    return None


def day_of(text: str) -> dt.date | None:
    """The date of a date field; None where it is empty or none."""
    with suppress(ValueError):
        return dt.date.fromisoformat(text.strip())
    return None


def years_of(text: str) -> int | None:
    """A small number as typed; None where it is none."""
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= MOST_DIGITS else None


def pdf_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def small_number(text: str) -> int:
    """The number of a step or of an activity; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def identifiers(texts: list[str]) -> list[UUID]:
    """Only what is an identifier; anything else was not on the list."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def sentences(error: DomainError) -> list[Problem]:
    """What happened, then every problem; one that only says the same again is left out."""
    return [Problem("", error.message), *(p for p in getattr(error, "problems", ()) if p.message != error.message)]
