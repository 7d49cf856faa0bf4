"""Writes on documents: issue and sign. Who may is decided by the step of the procedure; see casework."""

from collections.abc import Mapping
from typing import Any, cast

from takar.accounts.actions import confirm_password
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import NotAllowed
from takar.documents.enums import DocumentKind, SignatureMethod, SignedAs
from takar.documents.forms.render import render
from takar.documents.forms.shapes import Measurement
from takar.documents.models import Document, NumberSeries, Signature
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee

CLASSIFICATION = "800.1.4.4"


def next_number(agency: Agency, kind: DocumentKind, year: int) -> str:
    """The next number of the series, e.g. "800.1.4.4/0012/DPMPTSP/2025"."""
    NumberSeries.objects.get_or_create(agency=agency, kind=kind, year=year)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(agency=agency, kind=kind, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{CLASSIFICATION}/{series.last:04d}/{agency.short_name}/{year}"


def issue_document(
    *,
    actor: Employee,
    acting_as: str,
    agency: Agency,
    subject: Employee,
    case_key: Any,
    year: int,
    data: Mapping[str, Any],
    replaces: Document | None = None,
) -> Document:
    """Make the PDF, freeze it under its hash, and give it its number; the one that it replaces stays as it is."""
    number = next_number(agency, DocumentKind.MEASUREMENT, year)
    content = {**data, "number": number, "signatures": [], "digest": "", "edition": "asli", "copy": None}
    document = Document.objects.create(
        agency=agency,
        kind=DocumentKind.MEASUREMENT,
        number=number,
        year=year,
        subject=subject,
        case_key=case_key,
        data=content,
        file=_print(content, number),
        issued_at=clock.now(),
        replaces=replaces,
    )
    after = {"number": number, "sha256": document.file.sha256}
    if replaces is not None:
        after["replaces"] = replaces.number
    record_on(document, actor, acting_as, "document.issued", after)
    return document


def sign_document(
    *,
    actor: Employee,
    acting_as: str,
    document: Document,
    signed_as: SignedAs,
    seen_sha256: str,
    capacity: str = "",
) -> Signature:
    """Put the person's signature to exactly the content that was shown; the password was asked for before.

    `capacity` is printed above the name of who signs in another's stead: "Plt. Kepala Bidang A".
    """
    if seen_sha256 != document.file.sha256:
        raise NotAllowed(
            "Dokumen yang ditampilkan bukan dokumen yang berlaku. Buka kembali dokumennya, lalu tanda tangani."
        )
    signature = Signature.objects.create(
        document=document,
        signer=actor,
        signed_as=signed_as,
        name=actor.full_name,
        capacity=capacity or None,
        method=SignatureMethod.INTERNAL,
        sha256=document.file.sha256,
        signed_at=clock.now(),
    )
    after = {"as": signed_as.value, "sha256": signature.sha256, "method": signature.method}
    record_on(document, actor, acting_as, "document.signed", after)
    return signature


def confirm_signer(*, actor: Employee, password: str) -> None:
    """Ask for the password again; to be called before the act's transaction, so that wrong tries stay counted."""
    confirm_password(user=actor.user, password=password)


def close_signing(*, document: Document) -> Document:
    """After the last signature: the same content with all signatures in their places."""
    content = {**document.data, "edition": "bertanda tangan", "digest": document.file.sha256}
    content["signatures"] = signatures_of(document)
    document.signed_file = _print(content, document.number)
    document.save(update_fields=["signed_file"])
    return document


def signatures_of(document: Document) -> list[dict[str, str]]:
    """Every signature as a form prints it."""
    return [
        {
            "as": signature.signed_as,
            "name": signature.name,
            "nip": words.nip(signature.signer.nip),
            "signed_at": words.moment(signature.signed_at),
            "method": signature.get_method_display(),
            **({"role": signature.capacity} if signature.capacity else {}),
        }
        for signature in document.signatures.select_related("signer")
    ]


def _print(content: Mapping[str, Any], number: str) -> StoredFile:
    pdf = render("dokumen_pengukuran", cast(Measurement, content))
    return store(pdf, name=f"{number.replace('/', '-')}.pdf", media_type="application/pdf")


def record_on(document: Document, actor: Employee, acting_as: str, verb: str, after: Mapping[str, object]) -> None:
    """Tell the chain of the document's case what was done with it."""
    record(
        stream=f"case:{document.case_key}",
        verb=verb,
        by=actor.by(acting_as),
        subject=f"document:{document.pk}",
        after=after,
    )
