"""The office's own electronic signature: PAdES with certificates of its own authority; uncertified, and it says so.

B-B without more; B-T where a time-stamp service is set; B-LTA where its root certificates are known too.
"""

import asyncio
import datetime as dt
import io
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from requests import RequestException

from takar.common.errors import DomainError, NotAllowed
from takar.documents.certificates import Pair, pair_of, refusal_of, revocation_list
from takar.documents.enums import SignatureMethod
from takar.documents.signing import appearance
from takar.documents.signing import x509 as certificates
from takar.documents.signing.stamp import stamp
from takar.documents.signing.types import Order, Secret, Signed, Status
from takar.organisation.models import Employee

RESERVED = 8192  # hexadecimal digits for the signature with both certificates in it
Result = TypeVar("Result")


class InternalProvider:
    method = SignatureMethod.INTERNAL

    @property
    def remote(self) -> bool:
        """Only the time stamp comes from another machine."""
        return bool(settings.TSA_URL)

    def status(self, order: Order, secret: Secret) -> Status:  # noqa: ARG002 -- the password was asked for before
        refused = refusal_of(order.signer)
        return Status(not refused, refused)

    def sign(self, pdf: bytes, order: Order, secret: Secret) -> Signed:  # noqa: ARG002 -- likewise
        pair = pair_of(order.signer)
        made = _signed(pdf, order, pair)
        evidence = {
            "certificate": {
                "serial": certificates.serial(pair.certificate),
                "fingerprint": certificates.fingerprint(pair.certificate),
                "issuer": certificates.fingerprint(pair.root),
            },
            "level": _level(),
        }
        return Signed(made, order.at, self.method, evidence)


def seal(pdf: bytes, *, signer: Employee, reason: str, field_name: str, at: dt.datetime) -> bytes:
    """A sheet beside the documents, signed by the person who has just given the password; no stamp, no time stamp."""
    if refused := refusal_of(signer):
        raise NotAllowed(refused)
    about = PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=signer.full_name,
        location=signer.agency.place,
        reason=reason,
    )
    maker, made = _Signer(about, signer=_simple_signer(pair_of(signer))), io.BytesIO()
    maker.at = at
    try:
        _run(maker.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=RESERVED, output=made))
    except SigningError as error:
        raise DomainError(f"Lembar itu tidak dapat ditandatangani ({error}). Hubungi pengelola sistem.") from error
    return made.getvalue()


class _Signer(PdfSigner):
    """pyHanko's signer at the moment of the act instead of one of its own."""

    at: dt.datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def _level() -> str:
    if not settings.TSA_URL:
        return "PAdES B-B"
    return "PAdES B-LTA" if settings.TSA_ROOTS else "PAdES B-T"


def _signed(pdf: bytes, order: Order, pair: Pair) -> bytes:
    writer, made = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    for other in order.repeats:
        appearance.put(writer, stamp(order, SignatureMethod.INTERNAL, other), other)
    spec, style = fields.SigFieldSpec(order.field_name), None
    if (box := order.box) is not None:
        spec = fields.SigFieldSpec(order.field_name, box=appearance.corners(box), on_page=box.page - 1)
        style = appearance.style(stamp(order, SignatureMethod.INTERNAL, box))
    stamper = None
    if settings.TSA_URL:
        stamper = RequestsHTTPTimeStamper(settings.TSA_URL, timeout=settings.SIGNING_SECONDS)  # type: ignore[no-untyped-call]
    signer = _Signer(
        _metadata(order, pair),
        signer=_simple_signer(pair),
        timestamper=stamper,
        stamp_style=style,
        new_field_spec=spec,
    )
    signer.at = order.at
    reserved = None if settings.TSA_URL else RESERVED
    try:
        _run(signer.async_sign_pdf(writer, bytes_reserved=reserved, output=made))
    except (RequestException, TimestampRequestError, OSError) as error:
        raise DomainError(
            f"Layanan stempel waktu {settings.TSA_URL} tidak menjawab sebagaimana mestinya, sehingga dokumen belum "
            "ditandatangani. Coba lagi; bila terus begitu, hubungi pengelola sistem."
        ) from error
    except SigningError as error:
        raise DomainError(f"Dokumen tidak dapat ditandatangani ({error}). Hubungi pengelola sistem.") from error
    return made.getvalue()


def _metadata(order: Order, pair: Pair) -> PdfSignatureMetadata:
    level: dict[str, Any] = {}
    if settings.TSA_URL and settings.TSA_ROOTS:
        crl = revocation_list(order.agency).public_bytes(Encoding.DER)
        context = ValidationContext(
            trust_roots=[_asn1(certificates.der(pair.root)), *_roots(Path(settings.TSA_ROOTS))],
            crls=[asn1_crl.CertificateList.load(crl)],
            allow_fetching=True,
        )
        level = {"embed_validation_info": True, "use_pades_lta": True, "validation_context": context}
    return PdfSignatureMetadata(
        field_name=order.field_name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=order.signer.full_name,
        location=order.agency.place,
        reason=order.reason,
        **level,
    )


def _simple_signer(pair: Pair) -> SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(_asn1(certificates.der(pair.root)))
    key = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=_asn1(certificates.der(pair.certificate)),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def _roots(path: Path) -> list[asn1_x509.Certificate]:
    try:
        return [_asn1(der) for _, _, der in asn1_pem.unarmor(path.read_bytes(), multiple=True)]
    except (OSError, ValueError) as error:
        raise DomainError(
            f"Sertifikat akar {path} tidak dapat dibaca ({error}), sehingga dokumen belum ditandatangani. Hubungi "
            "pengelola sistem."
        ) from error


def _asn1(der: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(der)


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """In a loop of its own; where this thread is inside one already, in another thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
