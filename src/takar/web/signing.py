"""What a page asks of somebody who signs, and what was answered: each kind of signature asks its own."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from takar.accounts.second_factor import has_second_factor
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing.pen import Pen, Scan
from takar.documents.signing.types import Secret
from takar.organisation.models import Employee
from takar.web.http import one_file

OPENED, MOST_OPENED = "opened", 200
SENTENCES = {
    SignatureMethod.PASSWORD: "Tanda tangan ini elektronik dan tidak tersertifikasi (PP 71/2019 Pasal 60).",
    SignatureMethod.INTERNAL: "Tanda tangan ini elektronik dan tidak tersertifikasi, dengan sertifikat kantor "
    "(PP 71/2019 Pasal 60).",
    SignatureMethod.BSRE: "Tanda tangan ini elektronik dan tersertifikasi, dari BSrE (PP 71/2019 Pasal 60). "
    "Passphrase tidak disimpan.",
    SignatureMethod.INK: "Dokumen ini ditandatangani dengan pena: cetak, tanda tangani, pindai, lalu unggah.",
}
APPROVED_IN_INK = (
    "Dokumen jenis ini ditandatangani dengan pena: sesudah disetujui, cetak dan tanda tangani bersama pegawai; "
    "pindaiannya diunggah pada langkah berikutnya."
)


@dataclass(frozen=True, slots=True)
class Party:
    """Whose day of signing in ink is asked for."""

    key: str
    label: str
    on: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form has fields for."""

    sentence: str
    code: bool = False
    certified: bool = False
    parties: tuple[Party, ...] = ()


def asked(person: Employee, method: SignatureMethod, *parties: SignedAs, typed: dict[str, str] | None = None) -> Asked:
    """`parties` are those who sign the paper that is brought now; without any, ink is only announced."""
    ink = method is SignatureMethod.INK
    days = typed or {}
    return Asked(
        sentence=APPROVED_IN_INK if ink and not parties else SENTENCES[method],
        code=has_second_factor(person.user),
        certified=method is SignatureMethod.BSRE,
        parties=tuple(
            Party(party.value, str(party.label).lower(), days.get(f"ditandatangani-{party.value}", ""))
            for party in (parties if ink else ())
        ),
    )


def pen_of(request: HttpRequest) -> Pen:
    """The signer's answers, and which editions this session showed before."""
    typed = request.POST
    secret = Secret(nik=typed.get("nik", "").replace(" ", ""), passphrase=typed.get("passphrase", ""))
    return Pen(secret=secret, scans=_scans(request), opened=dict(request.session.get(OPENED, {})))


def mark_opened(request: HttpRequest, sha256: str) -> None:
    """Remember that this edition was opened; the session is written after the page was read."""
    opened = dict(request.session.get(OPENED, {}))
    opened[sha256] = clock.now().isoformat()
    request.session[OPENED] = dict(list(opened.items())[-MOST_OPENED:])


def _scans(request: HttpRequest) -> tuple[Scan, ...]:
    if not request.FILES.getlist("pindaian"):
        return ()
    name, content = one_file(request, "pindaian", settings.MAX_UPLOAD_BYTES)
    days = {role.value: _day(request.POST.get(f"ditandatangani-{role.value}", ""), role) for role in SignedAs}
    return (Scan(name, content, {role: day for role, day in days.items() if day}),)


def _day(text: str, role: SignedAs) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        label = f"Tanggal tanda tangan {str(role.label).lower()}"
        raise InvalidInput("Pindaian belum diterima.", [Problem(label, f"“{text}” bukan tanggal.")]) from error
