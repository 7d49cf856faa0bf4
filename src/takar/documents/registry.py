"""The documents of this installation as the check page and the trust file know them."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from takar.common.errors import DomainError
from takar.common.reads import in_portions
from takar.documents.checking import Entry, KnownSignature
from takar.documents.copies import editions_of
from takar.documents.enums import SignatureMethod
from takar.documents.models import Authority, Certificate, Copy, Document
from takar.documents.signing import bsre
from takar.documents.signing import x509 as certificates
from takar.documents.signing.validation import Anchors
from takar.files.queries import read

RELATED = ("agency", "file", "signed_file", "successor", "withdrawal")


class OfficeRegistry:
    """Looked up in the database, whoever asks: what it answers says no more than the document in hand."""

    def by_edition(self, sha256: str) -> Entry | None:
        same = Q(file__sha256=sha256) | Q(signed_file__sha256=sha256) | Q(signatures__file__sha256=sha256)
        return _first(_documents().filter(same).order_by("-issued_at", "-pk"))

    def by_number(self, number: str) -> Entry | None:
        return _first(_documents().filter(number=number).order_by("-issued_at", "-pk"))

    def content(self, entry: Entry) -> bytes | None:
        found = _documents().filter(number=entry.number, agency__name=entry.agency).first()
        try:
            return read(found.final_file) if found else None
        except DomainError:
            return None

    def is_copy(self, entry: Entry, copy: int, content: bytes) -> bool:
        """Made again and compared; a copy from before the document was superseded or destroyed has other words on it."""
        found = Copy.objects.select_related("document__successor").filter(
            number=copy, document__number=entry.number, document__agency__name=entry.agency
        )
        return any(content in editions_of(one) for one in found.order_by("pk"))


def entry_of(document: Document) -> Entry:
    """What the check page says of a document; its signatures are best fetched beforehand, with their files."""
    signatures = sorted(document.signatures.all(), key=lambda one: one.pk)
    editions = {document.file.sha256: document.file.size}
    for signature in signatures:
        if signature.file is not None:
            editions[signature.file.sha256] = signature.file.size
    final = signatures[-1].file if signatures and signatures[-1].file else document.signed_file or document.file
    editions[final.sha256] = final.size
    successor, withdrawal = document.superseded_by, getattr(document, "withdrawal", None)
    return Entry(
        number=document.number,
        kind=document.get_kind_display(),
        agency=document.agency.name,
        issued_at=document.issued_at,
        final=final.sha256,
        editions=editions,
        signatures=tuple(
            KnownSignature(
                role=one.signed_as,
                method=one.method,
                at=one.signed_at,
                fingerprint=(one.evidence or {}).get("certificate", {}).get("fingerprint", ""),
                edition=one.file.sha256 if one.file else final.sha256,
            )
            for one in signatures
        ),
        superseded_by=successor.number if successor else "",
        superseded_at=successor.issued_at if successor else None,
        withdrawn_at=withdrawal.at if withdrawal else None,
        withdrawn_reason=withdrawal.reason if withdrawal else "",
    )


def document_with(*, key: str = "", number: str = "", word: str = "") -> Document | None:
    """The document of a code, or of a number with its check word."""
    if key:
        return _documents().filter(key=key.upper()).first()
    letters = "".join(letter for letter in word.upper() if letter.isalnum())
    found = _documents().filter(number=number.strip(), key__isnull=False).order_by("-issued_at", "-pk")
    return next((document for document in found if letters and document.check_word == letters), None)


def entries(agency_id: UUID | None = None) -> Iterator[Entry]:
    """Every document, oldest first."""
    wanted = _documents() if agency_id is None else _documents().filter(agency=agency_id)
    for portion in in_portions(wanted, "issued_at", "pk"):
        yield from map(entry_of, portion)


def office_anchors() -> Anchors:
    """The roots of all offices here and, where they are set, those of BSrE; and every certificate that was revoked."""
    roots = {SignatureMethod.INTERNAL: [_der(text) for text in _root_texts()]}
    if settings.BSRE_ROOTS:
        roots |= {kind: list(found) for kind, found in bsre.anchors().roots.items()}
    revoked = Certificate.objects.filter(revoked_at__isnull=False).order_by("pk").values_list("serial", "revoked_at")
    return Anchors(roots, {serial: at for serial, at in revoked if at})


def _root_texts() -> Iterable[str]:
    return Authority.objects.order_by("pk").values_list("certificate", flat=True)


def _der(text: str) -> bytes:
    return certificates.der(certificates.from_pem(text))


def _documents() -> QuerySet[Document]:
    return Document.objects.select_related(*RELATED).prefetch_related("signatures__file").order_by("pk")


def _first(found: QuerySet[Document]) -> Entry | None:
    document = found.first()
    return entry_of(document) if document else None
