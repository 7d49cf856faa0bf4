"""Pages for what cannot be shown; each says what happened and what to do."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from takar.common.outages import Outage, outage_of
from takar.web.repeats import FIELD, made_for, sent_again
from takar.web.watching import number_of

RETRY_SECONDS = "10"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    message = "Kiriman ini tidak dapat dibaca. Kembali ke halaman sebelumnya, muat ulang, lalu coba sekali lagi."
    return _page(request, "Kiriman tidak terbaca", message, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return _page(request, "Tidak diizinkan", "Halaman ini bukan untuk akun Anda.", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """A form older than the last sign-in, of the same person and from this very site, loses nothing typed."""
    person = getattr(request, "employee", None)
    if request.method == "POST" and _is_of_this_site(request) and made_for(request.POST.get(FIELD, ""), person):
        message = "Halaman ini terbuka sejak sebelum Anda masuk lagi, sehingga kiriman ini belum diterima; tidak ada yang tercatat."
        context = {"title": "Kiriman belum diterima", "message": message, **sent_again(request)}
        return render(request, "web/unavailable.html", context, status=403)
    message = (
        "Halaman ini sudah terlalu lama terbuka, atau Anda masuk dengan akun lain di tab lain. "
        "Kembali ke halaman sebelumnya, muat ulang, lalu kirim sekali lagi."
    )
    return _page(request, "Halaman kedaluwarsa", message, 403)


def _is_of_this_site(request: HttpRequest) -> bool:
    """As the browser says it, which no page of another site can change; a browser that says nothing is not believed."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in {here, *settings.CSRF_TRUSTED_ORIGINS}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    message = "Alamat ini tidak ada, atau isinya bukan untuk Anda. Mulailah kembali dari Beranda."
    return _page(request, "Tidak ditemukan", message, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, or something outside that will pass; Django calls this while it handles the error."""
    if outage := outage_of(sys.exc_info()[1]):
        return _unavailable(request, outage)
    message = (
        "Terjadi kesalahan pada program; yang belum tersimpan tidak tercatat. Coba sekali lagi. "
        f"Bila terulang, sampaikan nomor kejadian {number_of(request)} kepada Administrator."
    )
    return _page(request, "Kesalahan program", message, 500, **WITHOUT_DATABASE)


def _unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Nothing typed is lost: the page carries it, under the key that the form had, so that it is done once."""
    context = {"title": outage.title, "message": outage.message, **sent_again(request), **WITHOUT_DATABASE}
    response = render(request, "web/unavailable.html", context, status=outage.status)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


# What a page otherwise looks up for its frame: when that is what fails, the error still has a page.
WITHOUT_DATABASE: dict[str, object] = {"reader": None, "messages": ()}


def _page(request: HttpRequest, title: str, message: str, status: int, **frame: object) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "message": message, **frame}, status=status)
