"""Pages for what cannot be shown; each says what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from takar.web.watching import number_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    message = "Kiriman ini tidak dapat dibaca. Kembali ke halaman sebelumnya, muat ulang, lalu coba sekali lagi."
    return _page(request, "Kiriman tidak terbaca", message, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return _page(request, "Tidak diizinkan", "Halaman ini bukan untuk akun Anda.", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    message = (
        "Halaman ini sudah terlalu lama terbuka, atau Anda masuk dengan akun lain di tab lain. "
        "Kembali ke halaman sebelumnya, muat ulang, lalu kirim sekali lagi."
    )
    return _page(request, "Halaman kedaluwarsa", message, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    message = "Alamat ini tidak ada, atau isinya bukan untuk Anda. Mulailah kembali dari Beranda."
    return _page(request, "Tidak ditemukan", message, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    message = (
        "Terjadi kesalahan pada program; yang belum tersimpan tidak tercatat. Coba sekali lagi. "
        f"Bila terulang, sampaikan nomor kejadian {number_of(request)} kepada Administrator."
    )
    return _page(request, "Kesalahan program", message, 500, **WITHOUT_DATABASE)


# What a page otherwise looks up for its frame: when that is what fails, the error still has a page.
WITHOUT_DATABASE: dict[str, object] = {"reader": None, "messages": ()}


def _page(request: HttpRequest, title: str, message: str, status: int, **frame: object) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "message": message, **frame}, status=status)
