"""What the signatures inside a PDF say: whose, when, over how much of the file, and whether anything came after."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing.reading import BROKEN

PREFIX = "TTD_"
MOST_SIGNATURES = 30  # no document of ours has more than three; a stranger's may have thousands
UNREADABLE = (*BROKEN, SignatureValidationError, UnacceptableSignerError)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Whom to believe: root certificates (DER) by the kind of signature that they stand for, and what was revoked when."""

    roots: Mapping[SignatureMethod, Sequence[bytes]] = field(default_factory=dict)
    revoked: Mapping[str, dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One signature. `end` is where its edition ends; `changed` means more than further signatures came after it."""

    field_name: str
    name: str
    serial: str
    fingerprint: str
    at: dt.datetime | None
    end: int
    start: int
    intact: bool
    changed: bool
    method: SignatureMethod | None
    number: str = ""
    time_stamped: bool = False
    revoked: bool = False
    expired: bool = False

    @property
    def role(self) -> SignedAs | None:
        key = self.field_name.removeprefix(PREFIX)
        return SignedAs(key) if key in SignedAs.values else None

    @property
    def valid(self) -> bool:
        return self.intact and not self.changed and self.method is not None and not (self.revoked or self.expired)


def signatures_in(pdf: bytes, anchors: Anchors, now: dt.datetime, reader: PdfFileReader | None = None) -> list[Found]:
    """Every signature in the order in which they were made; an unreadable one is told as not intact."""
    opened = reader or PdfFileReader(io.BytesIO(pdf), strict=False)
    return [_found(embedded, anchors, now) for embedded in opened.embedded_regular_signatures[:MOST_SIGNATURES]]


def _found(embedded: EmbeddedPdfSignature, anchors: Anchors, now: dt.datetime) -> Found:
    start, first, after, last = (int(number) for number in embedded.byte_range)
    certificate, at = embedded.signer_cert, embedded.self_reported_timestamp
    fingerprint, serial = certificate.sha256.hex(), f"{certificate.serial_number:x}"
    subject = certificate.subject.native
    intact, changed, method, stamped, expired = _judged(embedded, anchors, at or now)
    revoked_at = anchors.revoked.get(serial)
    return Found(
        field_name=str(embedded.field_name),
        name=str(subject.get("common_name", "")),
        number=str(subject.get("serial_number", "")),
        serial=serial,
        fingerprint=fingerprint,
        at=at,
        start=start + first,
        end=after + last,
        intact=intact,
        changed=changed,
        method=method,
        time_stamped=stamped,
        revoked=revoked_at is not None and (at is None or revoked_at <= at),
        expired=expired,
    )


def _judged(
    embedded: EmbeddedPdfSignature, anchors: Anchors, moment: dt.datetime
) -> tuple[bool, bool, SignatureMethod | None, bool, bool]:
    """Intact, changed since, of which kind, time-stamped, signed outside the certificate's term."""
    certificate = embedded.signer_cert
    expired = not certificate.not_valid_before <= moment <= certificate.not_valid_after
    at = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
    status = None
    for method, roots in anchors.roots.items():
        trusted = [asn1_x509.Certificate.load(root) for root in roots]
        context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=at, revocation_mode="soft-fail")
        try:
            status = validate_pdf_signature(embedded, context)
        except UNREADABLE:
            return False, True, None, False, expired
        if status.trusted:
            return _whole(status), _changed(status), method, status.timestamp_validity is not None, expired
    if status is None:
        try:
            status = validate_pdf_signature(
                embedded, ValidationContext(trust_roots=[], allow_fetching=False, moment=at)
            )
        except UNREADABLE:
            return False, True, None, False, expired
    return _whole(status), _changed(status), None, False, expired


def _whole(status: object) -> bool:
    return bool(getattr(status, "intact", False) and getattr(status, "valid", False))


def _changed(status: object) -> bool:
    """Further signatures and what long-term validation adds leave a signature as it was; anything else does not."""
    level = getattr(status, "modification_level", None)
    return level is None or level > ModificationLevel.FORM_FILLING or not getattr(status, "docmdp_ok", True)
