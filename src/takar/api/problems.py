"""What went wrong, as problem+json (RFC 9457) in Indonesian: what happened, why, and what to do."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NoRoom, NotAllowed, Problem
from takar.common.outages import outage_of
from takar.rules.scoring.types import InputError

LOG = logging.getLogger("takar.api")
MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Kiriman tidak terbaca",
    401: "Kunci diperlukan",
    403: "Tidak diizinkan",
    404: "Tidak ditemukan",
    405: "Cara tidak dikenal",
    409: "Tidak dapat dilakukan sekarang",
    413: "Kiriman terlalu besar",
    415: "Jenis kiriman tidak dikenal",
    422: "Isian belum benar",
    429: "Terlalu sering",
    500: "Kesalahan program",
    503: "Belum dapat melayani",
}
SENTENCES = {
    400: "Kiriman ini tidak dapat dibaca; periksa alamat dan isinya, lalu kirim lagi.",
    401: "Alamat ini hanya untuk pemegang kunci API yang masih berlaku. Buatlah kunci di halaman Akun › Kunci API, lalu "
    "kirim dengan kepala “Authorization: Bearer takar_…”.",
    403: "Ini bukan untuk akun Anda.",
    404: "Alamat ini tidak ada, atau isinya bukan untuk Anda. Daftar alamat ada di /api/.",
    405: "Alamat ini tidak mengenal cara (method) itu; lihat kepala Allow, dan daftar alamat di /api/.",
    413: "Kiriman ini terlalu besar; kirim berkasnya satu per satu, atau kecilkan.",
    415: "Kirimlah isinya sebagai JSON, dengan kepala “Content-Type: application/json”.",
    429: "Terlalu banyak permintaan; tunggu sebentar, lalu ulangi lebih jarang.",
    500: "Terjadi kesalahan pada program; yang belum tersimpan tidak tercatat. Ulangi sekali lagi; bila tetap, sampaikan "
    "nomor kejadiannya kepada Administrator.",
}
OTHERWISE = "Permintaan ini tidak dapat dilayani; lihat daftar alamat di /api/."
STATUS: dict[type[Exception], int] = {NotAllowed: 403, AlreadyDone: 409, InvalidInput: 422, NoRoom: 507}
# What pydantic found, in the words of whoever fills in.
KINDS = {
    "missing": "Isian ini wajib ada.",
    "extra_forbidden": "Isian ini tidak dikenal; hapuslah, atau periksa ejaannya.",
    "string_type": "Isian ini harus berupa teks.",
    "string_too_long": "Teksnya terlalu panjang; paling panjang {max_length} huruf.",
    "string_too_short": "Teksnya terlalu pendek; paling sedikit {min_length} huruf.",
    "int_type": "Isian ini harus berupa bilangan bulat.",
    "int_parsing": "Isian ini harus berupa bilangan bulat.",
    "int_from_float": "Isian ini harus berupa bilangan bulat.",
    "bool_type": "Isian ini harus true atau false.",
    "bool_parsing": "Isian ini harus true atau false.",
    "date_from_datetime_parsing": "Isian ini harus berupa tanggal, misalnya 2026-01-31.",
    "date_parsing": "Isian ini harus berupa tanggal, misalnya 2026-01-31.",
    "datetime_parsing": "Isian ini harus berupa waktu, misalnya 2026-01-31T09:30:00+08:00.",
    "uuid_parsing": "Isian ini harus berupa kode UUID.",
    "uuid_type": "Isian ini harus berupa kode UUID.",
    "list_type": "Isian ini harus berupa daftar [ … ].",
    "dict_type": "Isian ini harus berupa objek { … }.",
    "model_attributes_type": "Isian ini harus berupa objek { … }.",
    "too_long": "Terlalu banyak; paling banyak {max_length}.",
    "too_short": "Terlalu sedikit; paling sedikit {min_length}.",
    "greater_than_equal": "Paling kecil {ge}.",
    "less_than_equal": "Paling besar {le}.",
    "literal_error": "Pilih salah satu: {expected}.",
    "enum": "Pilih salah satu: {expected}.",
}
ODD = "Isian ini tidak sesuai dengan bentuknya di /api/v1/openapi.json."


def problem(
    status: int, detail: str = "", problems: Iterable[Problem] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer to a request that was refused."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "Tidak dapat dilayani"),
        "status": status,
        "detail": detail or SENTENCES.get(status, OTHERWISE),
    }
    if listed := [{"where": one.where, "message": one.message} for one in problems]:
        body["problems"] = listed
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace")
    return HttpResponse(content, content_type=MEDIA_TYPE, status=status, headers=dict(headers or {}))


def of_domain(_request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, DomainError)  # noqa: S101 -- registered for it alone
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 409)
    return problem(status, error.message, getattr(error, "problems", ()))


def of_unauthenticated(_request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, AuthenticationError)  # noqa: S101 -- registered for it alone
    return problem(401, headers={"WWW-Authenticate": 'Bearer realm="takar"'})


def of_validation(_request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, ValidationError)  # noqa: S101 -- registered for it alone
    problems = [Problem(_place(one["loc"]), _words(one)) for one in error.errors]
    return problem(422, "Isian belum benar, sehingga tidak ada yang dikerjakan; betulkan yang disebut.", problems)


def of_http(_request: HttpRequest, error: Exception) -> HttpResponse:
    """What ninja refuses by itself; a body that is no JSON has its reason behind it."""
    assert isinstance(error, HttpError)  # noqa: S101 -- registered for it alone
    cause = error.__cause__
    if isinstance(cause, InputError):
        return problem(400, problems=[Problem(where, message) for where, message in cause.problems])
    if isinstance(cause, UnicodeDecodeError):
        return problem(400, "Kiriman ini bukan teks UTF-8; kirimlah JSON dengan pengodean UTF-8.")
    return problem(error.status_code)


def of_missing(_request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, Http404)  # noqa: S101 -- registered for it alone
    return problem(404)


def of_anything(request: HttpRequest, error: Exception) -> HttpResponse:
    """An outage that will pass; or a mistake of ours: all that is known to the log, to the caller the number to ask by."""
    if outage := outage_of(error):
        return problem(outage.status, outage.message, headers={"Retry-After": "10"})
    number = str(getattr(request, "number", "-"))
    LOG.error("API request %s failed", number, exc_info=error)
    return problem(500, f"{SENTENCES[500]} Nomor kejadian: {number}.")


def of_suspicious(_request: HttpRequest, error: Exception) -> HttpResponse:
    """What Django does not read at all."""
    return problem(413 if isinstance(error, RequestDataTooBig) else 400)


HANDLERS = (
    (SuspiciousOperation, of_suspicious),
    (DomainError, of_domain),
    (AuthenticationError, of_unauthenticated),
    (ValidationError, of_validation),
    (HttpError, of_http),
    (Http404, of_missing),
    (Exception, of_anything),
)


def _place(location: Iterable[object]) -> str:
    """Where in the request: "form.lines.0.item"."""
    return ".".join(str(part) for part in list(location)[1:] if part not in {"body", "wanted"})


def _words(found: Mapping[str, Any]) -> str:
    kind, context = str(found["type"]), found.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", ODD))
    try:
        return KINDS.get(kind, ODD).format(**context)
    except (KeyError, IndexError):
        return ODD
