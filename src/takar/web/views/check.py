"""Periksa: whether a document is genuine and still holds, for anybody, without signing in.

What is shown of a document is what stands on its paper; who asks by code or by number with the check word holds it. The
page that bears the code is shown as a picture to whoever asks for it; no other page is.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from takar.accounts.actions import throttle
from takar.accounts.limits import CHECKS
from takar.common.addresses import client_address
from takar.common.errors import DomainError, InvalidInput, NotAllowed, Problem
from takar.documents.checking import COME_BACK, TITLES, Entry, Report, State, examine
from takar.documents.editions import page_with_code
from takar.documents.enums import CopyState
from takar.documents.models import Copy, Document
from takar.documents.registers import copy_by_key, copy_state
from takar.documents.registry import OfficeRegistry, document_with, entry_of, office_anchors
from takar.web.http import one_file, public, sentences

PICTURE = "halaman"
LONGEST_NUMBER, LONGEST_WORD, LONGEST_KEY = 80, 24, 24
TRIES = 20
TOO_OFTEN = "Terlalu banyak pemeriksaan dari alamat ini. Tunggu lima menit, lalu coba lagi."
UNKNOWN_WORD = "Tidak ada dokumen dengan nomor dan kata periksa itu. Periksa kembali keduanya pada blok tanda tangan."
OF_A_COPY = "Salinan dari dokumen yang asli"
UNKNOWN_KEY = (
    "Kantor ini tidak mengenal kode itu. Bila Anda sampai di sini lewat kode QR pada sebuah dokumen, dokumen itu bukan "
    "terbitan kantor ini."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as its check page shows it: what stands on the paper, to be compared with it."""

    state: State
    sentence: str
    entry: Entry
    facts: tuple[tuple[str, str], ...]
    copy: str = ""
    picture: str = ""
    no_picture: str = ""

    @property
    def title(self) -> str:
        return OF_A_COPY if self.copy and self.state is State.GENUINE else TITLES[self.state]


@public("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """By number with the check word, or by upload."""
    if request.method == "GET":
        return _page(request)
    try:
        throttle(key=f"periksa:{client_address(request)}"[:100], most=TRIES, told=TOO_OFTEN)
        if request.FILES:
            return _page(request, report=_examined(request))
        return _page(request, shown=_found(request))
    except NotAllowed as error:
        return _page(request, problems=[Problem("", error.message)], status=429)
    except DomainError as error:
        return _page(request, problems=sentences(error), status=422)


@public("GET")
def check_key(request: HttpRequest, key: str) -> HttpResponse:
    """By the QR code on the sheet."""
    if not CHECKS.allows(client_address(request)):
        return _page(request, problems=[Problem("", TOO_OFTEN)], status=429)
    key = key.upper()[:LONGEST_KEY]
    if (document := document_with(key=key)) is not None:
        return _page(request, shown=_shown(request, document))
    if (copy := copy_by_key(key)) is not None:
        return _page(request, shown=_shown(request, copy.document, copy))
    return _page(request, problems=[Problem("", UNKNOWN_KEY)], status=404)


def _examined(request: HttpRequest) -> Report:
    _, content = one_file(request, "dokumen", settings.MAX_UPLOAD_BYTES)
    return examine(content, OfficeRegistry(), office_anchors())


def _found(request: HttpRequest) -> Shown:
    number, word = request.POST.get("nomor", "").strip(), request.POST.get("kata", "").strip()
    if not number or not word:
        raise InvalidInput("Isi nomor dokumen dan kata periksanya, atau pilih berkas PDF-nya.")
    found = document_with(number=number[:LONGEST_NUMBER], word=word[:LONGEST_WORD])
    if found is None:
        raise InvalidInput(UNKNOWN_WORD)
    return _shown(request, found)


def _shown(request: HttpRequest, document: Document, copy: Copy | None = None) -> Shown:
    entry = entry_of(document)
    picture, no_picture = "", ""
    if PICTURE in request.GET or PICTURE in request.POST:
        try:
            picture = b64encode(page_with_code(document)).decode()
        except DomainError as error:
            no_picture = error.message
    return Shown(
        state=entry.state,
        sentence=entry.sentence,
        entry=entry,
        facts=tuple(_facts(document.data)),
        copy=_told_of(copy) if copy else "",
        picture=picture,
        no_picture=no_picture,
    )


def _told_of(copy: Copy) -> str:
    """That it is a copy, where the register has it, and whether it must come back."""
    state = copy_state(copy)
    told = f"Kode ini milik salinan nomor {copy.number} untuk {copy.recipient}: {state.label.lower()}."
    if state is CopyState.RECALLED:
        return f"{told} {COME_BACK}"
    return f"{told} Tanda tangan digital hanya ada pada dokumen yang disalin."


def _facts(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Who it is about, over which time, and with which result, as printed."""
    employee, final = data.get("employee") or {}, data.get("final") or {}
    result = " ".join(
        part for part in (final.get("value", ""), f"({final['label']})" if final.get("label") else "") if part
    )
    found = (
        ("Pegawai yang dinilai", employee.get("name", "")),
        ("NIP", employee.get("nip", "")),
        ("Jangka waktu", data.get("period", "")),
        ("Nilai prestasi kerja", result),
        ("Predikat", str(data.get("predicate", "")) if isinstance(data.get("predicate"), str) else ""),
    )
    return [(label, value) for label, value in found if value]


def _page(
    request: HttpRequest,
    *,
    shown: Shown | None = None,
    report: Report | None = None,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "shown": shown,
        "report": report,
        "problems": problems or [],
        "number": request.POST.get("nomor", "")[:LONGEST_NUMBER],
        "word": request.POST.get("kata", "")[:LONGEST_WORD],
        "megabytes": settings.MAX_UPLOAD_BYTES // 1024 // 1024,
    }
    return render(request, "web/check.html", context, status=status)
