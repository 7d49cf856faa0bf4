"""BSrE, the certified provider of the state: its e-Sign client service, versions 1 and 2, over REST.

The passphrase goes into the request and nowhere else. What comes back is a whole PDF, and none of it is taken on trust.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from asn1crypto import pem as asn1_pem
from django.conf import settings

from takar.common import clock
from takar.common.errors import DomainError
from takar.documents.enums import SignatureMethod
from takar.documents.signing.reading import open_pdf, sheet_height
from takar.documents.signing.stamp import picture
from takar.documents.signing.types import Order, Secret, Signed, Status
from takar.documents.signing.validation import Anchors, Found, signatures_in

NOT_SIGNED = "Dokumen belum ditandatangani."
MOST_BYTES = 100 * 1024 * 1024
NIK_DIGITS = 16
OK, UNKNOWN = 200, 404
# What the service says of a person, and what that means here; anything else is told as the service put it.
ISSUED = frozenset({"ISSUE", "ISSUED"})
STATES = {
    "EXPIRED": "masa berlaku sertifikatnya sudah berakhir; perbarui di BSrE",
    "REVOKE": "sertifikatnya sudah dicabut; ajukan yang baru kepada BSrE",
    "REVOKED": "sertifikatnya sudah dicabut; ajukan yang baru kepada BSrE",
    "SUSPEND": "sertifikatnya sedang ditangguhkan; hubungi verifikator BSrE instansi",
    "RENEW": "sertifikatnya sedang diperbarui; selesaikan dahulu di BSrE",
    "WAITING_FOR_VERIFICATION": "pendaftarannya masih menunggu verifikasi",
    "NEW": "pendaftarannya belum selesai; setel passphrase di portal BSrE dahulu",
    "NO_CERTIFICATE": "belum mempunyai sertifikat; ajukan kepada BSrE",
    "NOT_REGISTERED": "NIK itu belum terdaftar di BSrE",
}
WRONG_PASSPHRASE = frozenset({2031, 2004})


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one version of the service is spoken to."""

    status: Callable[[str], requests.Response]
    sign: Callable[[bytes, Order, Secret], requests.Response]
    pdf: Callable[[requests.Response], bytes]
    verify: Callable[[bytes], requests.Response]
    verdicts: Callable[[Mapping[str, Any]], list[bool]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the service says of the signatures in a PDF: how many, how many of them hold, and its own word for it."""

    count: int
    holding: int
    conclusion: str

    @property
    def holds(self) -> bool:
        return 0 < self.count == self.holding


class BsreProvider:
    method = SignatureMethod.BSRE
    remote = True

    def status(self, order: Order, secret: Secret) -> Status:
        """Whether the service knows the person and has a certificate that holds."""
        if not settings.BSRE_URL:
            return Status(
                False, f"{NOT_SIGNED} Layanan BSrE belum disetel; mintalah pengelola sistem mengisi TAKAR_BSRE_URL."
            )
        if not (secret.nik.isdigit() and len(secret.nik) == NIK_DIGITS):
            return Status(False, f"{NOT_SIGNED} Isi NIK Anda, 16 angka.")
        if not secret.passphrase:
            return Status(False, f"{NOT_SIGNED} Isi passphrase BSrE Anda.")
        answer = _asked(lambda: _dialect().status(secret.nik))
        told = str(_json(answer).get("status") or _json(answer).get("message") or answer.status_code).upper()
        if told in ISSUED:
            return Status(True)
        reason = STATES.get(told, f"layanan menjawab “{told[:80]}”")
        return Status(False, f"{NOT_SIGNED} BSrE belum dapat menandatangani untuk {order.signer.full_name}: {reason}.")

    def sign(self, pdf: bytes, order: Order, secret: Secret) -> Signed:
        dialect = _dialect()
        answer = _asked(lambda: dialect.sign(pdf, order, secret))
        if answer.status_code != OK:
            raise DomainError(_refused(answer))
        signed = dialect.pdf(answer)
        found = accepted(pdf, signed, order, secret.nik)
        evidence = {
            "certificate": {"serial": found.serial, "fingerprint": found.fingerprint, "issuer": "BSrE"},
            "level": "PAdES, BSrE",
            "reference": answer.headers.get("id_dokumen", ""),
            "service": settings.BSRE_VERSION,
        }
        return Signed(signed, found.at or order.at, self.method, evidence)


def verify(pdf: bytes) -> Verdict:
    """Ask the service itself; DomainError where it does not answer, refuses, or answers something else."""
    dialect = _dialect()
    answer = _asked(lambda: dialect.verify(pdf), "")
    told = _json(answer)
    conclusion = str(told.get("conclusion") or told.get("summary") or told.get("notes") or "")[:80]
    if answer.status_code != OK:
        words = str(told.get("error") or told.get("message") or f"kode {answer.status_code}")[:200]
        raise DomainError(f"Layanan BSrE menolak memeriksanya: {words}.")
    try:
        found = dialect.verdicts(told)
        count = int(told["signatureCount"] if "signatureCount" in told else told["jumlah_signature"])
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise DomainError("Layanan BSrE menjawab sesuatu yang bukan hasil pemeriksaan.") from error
    return Verdict(max(count, len(found)), sum(found), conclusion)


def accepted(sent: bytes, answered: bytes, order: Order, nik: str) -> Found:
    """The one signature that the service added to exactly what was sent; DomainError for anything else."""
    wrong = f"{NOT_SIGNED} Layanan BSrE mengembalikan berkas yang bukan dokumen yang dikirim dengan satu tanda tangan"
    if not answered.startswith(sent) or len(answered) == len(sent):
        raise DomainError(f"{wrong}: isinya tidak diawali dokumen itu. Berkas itu dibuang; laporkan kepada pengelola.")
    try:
        found = signatures_in(answered, anchors(), clock.now(), open_pdf(answered))
        before = len(signatures_in(sent, Anchors(), clock.now()))
    except DomainError as error:
        raise DomainError(f"{wrong}: {error.message} Berkas itu dibuang; laporkan kepada pengelola.") from error
    if len(found) != before + 1:
        count = len(found) - before
        raise DomainError(f"{wrong}: bertambah {count} tanda tangan. Berkas itu dibuang; laporkan kepada pengelola.")
    return _checked(found[-1], order, nik, wrong)


def _checked(found: Found, order: Order, nik: str, wrong: str) -> Found:
    if found.revoked or found.expired:
        raise DomainError(
            f"{NOT_SIGNED} Sertifikat BSrE {order.signer.full_name} tidak berlaku lagi; perbarui di BSrE."
        )
    if not found.valid:
        raise DomainError(f"{wrong}: tanda tangannya tidak sah menurut sertifikat akar BSrE. Berkas itu dibuang.")
    if not (_letters(order.signer.name) in _letters(found.name) or nik == found.number):
        raise DomainError(
            f"{wrong}: tanda tangan itu milik {found.name}. Berkas itu dibuang; laporkan kepada pengelola."
        )
    return found


def anchors() -> Anchors:
    """The roots of BSrE; without them nothing counts as certified."""
    if not settings.BSRE_ROOTS:
        raise DomainError(f"{NOT_SIGNED} Sertifikat akar BSrE belum disetel; isi TAKAR_BSRE_ROOTS.")
    try:
        content = Path(settings.BSRE_ROOTS).read_bytes()
        roots = [der for _, _, der in asn1_pem.unarmor(content, multiple=True)]
    except (OSError, ValueError) as error:
        raise DomainError(f"{NOT_SIGNED} Sertifikat akar BSrE tidak dapat dibaca ({error}).") from error
    return Anchors({SignatureMethod.BSRE: roots})


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalpha())


def _asked(ask: Callable[[], requests.Response], before: str = f"{NOT_SIGNED} ") -> requests.Response:
    """An answer, or a sentence: the errors of the library may quote the request and are not passed on."""
    try:
        return ask()
    except requests.Timeout:
        reason = f"tidak menjawab dalam {settings.SIGNING_SECONDS} detik"
    except requests.RequestException:
        reason = "tidak dapat dihubungi"
    raise DomainError(f"{before}Layanan BSrE {reason}. Coba lagi; bila terus begitu, hubungi pengelola sistem.")


def _refused(answer: requests.Response) -> str:
    told = _json(answer)
    code = told.get("status_code") or told.get("status")
    if isinstance(code, int | str) and code in WRONG_PASSPHRASE:
        return f"{NOT_SIGNED} Passphrase BSrE salah; masukkan sekali lagi."
    words = str(told.get("error") or told.get("message") or f"kode {answer.status_code}")[:200]
    return f"{NOT_SIGNED} Layanan BSrE menolak: {words}."


def _json(answer: requests.Response) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _dialect() -> _Dialect:
    return DIALECTS[1 if settings.BSRE_VERSION == 1 else 2]


def _send(method: str, path: str, **what: Any) -> requests.Response:
    return requests.request(
        method,
        f"{settings.BSRE_URL.rstrip('/')}{path}",
        auth=(settings.BSRE_USER, settings.BSRE_PASSWORD),
        timeout=settings.SIGNING_SECONDS,
        allow_redirects=False,
        **what,
    )


def _status_1(nik: str) -> requests.Response:
    return _send("GET", f"/api/user/status/{nik}")


def _status_2(nik: str) -> requests.Response:
    answer = _send("POST", "/api/v2/user/check/status", json={"nik": nik})
    return answer if answer.status_code != UNKNOWN else _send("POST", "/api/v2/user/check-status", json={"nik": nik})


def _sign_1(pdf: bytes, order: Order, secret: Secret) -> requests.Response:
    fields: dict[str, Any] = {
        "nik": secret.nik,
        "passphrase": secret.passphrase,
        "tampilan": "invisible",
        "reason": order.reason,
        "location": order.agency.place,
    }
    files = {"file": ("dokumen.pdf", pdf, "application/pdf")}
    if (box := order.box) is not None:
        fields |= {
            "tampilan": "visible",
            "image": "true",
            "page": box.page,
            "xAxis": round(box.x),
            "yAxis": round(box.y),
            "width": round(box.width),
            "height": round(box.height),
        }
        files["imageTTD"] = ("tanda-tangan.png", picture(order, SignatureMethod.BSRE, box), "image/png")
    return _send("POST", "/api/sign/pdf", data=fields, files=files)


def _sign_2(pdf: bytes, order: Order, secret: Secret) -> requests.Response:
    look: dict[str, Any] = {"tampilan": "INVISIBLE"}
    if (box := order.box) is not None:
        look = {
            "tampilan": "VISIBLE",
            "imageBase64": base64.b64encode(picture(order, SignatureMethod.BSRE, box)).decode(),
            "page": box.page,
            "originX": box.x,
            "originY": round(sheet_height(pdf, box.page) - box.y - box.height, 2),
            "width": box.width,
            "height": box.height,
        }
    look |= {"location": order.agency.place, "reason": order.reason}
    body = {
        "nik": secret.nik,
        "passphrase": secret.passphrase,
        "signatureProperties": [look],
        "file": [base64.b64encode(pdf).decode()],
    }
    return _send("POST", "/api/v2/sign/pdf", json=body)


def _pdf_1(answer: requests.Response) -> bytes:
    return answer.content[:MOST_BYTES]


def _pdf_2(answer: requests.Response) -> bytes:
    given = _json(answer).get("file")
    try:
        return base64.b64decode(given[0], validate=True) if isinstance(given, list) and given else b""
    except (binascii.Error, TypeError, ValueError):
        return b""


def _verify_1(pdf: bytes) -> requests.Response:
    return _send("POST", "/api/sign/verify", files={"signed_file": ("dokumen.pdf", pdf, "application/pdf")})


def _verify_2(pdf: bytes) -> requests.Response:
    return _send("POST", "/api/v2/verify/pdf", json={"file": base64.b64encode(pdf).decode()})


def _verdicts_1(told: Mapping[str, Any]) -> list[bool]:
    return [
        bool(one["signature_document"]["document_integrity"] and one["info_signer"]["cert_user_certified"])
        for one in told["details"]
    ]


def _verdicts_2(told: Mapping[str, Any]) -> list[bool]:
    return [bool(one["integrityValid"] and one["certificateTrusted"]) for one in told["signatureInformations"]]


DIALECTS = {
    1: _Dialect(_status_1, _sign_1, _pdf_1, _verify_1, _verdicts_1),
    2: _Dialect(_status_2, _sign_2, _pdf_2, _verify_2, _verdicts_2),
}
