"""Writes on documents: their numbers and their issue. Who may is decided by the step of the procedure; see casework."""

from collections.abc import Mapping
from typing import Any

from takar.audit.actions import record
from takar.common import clock
from takar.documents.choices import chosen_method
from takar.documents.editions import print_edition, signatures_of
from takar.documents.enums import DocumentKind, SignedAs
from takar.documents.models import CHECK_WORD, Document, NumberSeries
from takar.documents.signatures import (
    check_address,
    close_signing,
    confirm_signer,
    sign_document,
    sign_on_paper,
)
from takar.documents.signing.pen import Pen
from takar.organisation.models import Agency, Employee

__all__ = [
    "CLASSIFICATION",
    "close_signing",
    "confirm_signer",
    "issue_document",
    "next_number",
    "record_on",
    "sign_document",
    "sign_on_paper",
    "signatures_of",
]

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
    pen: Pen | None = None,
) -> Document:
    """Make the PDF, freeze it under its hash, and give it its number; the one that it replaces stays as it is.

    How it is to be signed, and by whom, is settled here. The pen makes the same document when the act is tried again.
    """
    pen = pen or Pen()
    number = next_number(agency, DocumentKind.MEASUREMENT, year)
    content = {**data, "number": number, "signatures": [], "digest": "", "edition": "asli", "copy": None}
    content["created"] = pen.at.replace(microsecond=0).isoformat()
    content["signing"] = {"method": chosen_method(agency, DocumentKind.MEASUREMENT).value, "signers": _signers(data)}
    content["check"] = {"address": check_address(pen.key), "word": pen.key[:CHECK_WORD]}
    document = Document.objects.create(
        agency=agency,
        kind=DocumentKind.MEASUREMENT,
        number=number,
        year=year,
        subject=subject,
        case_key=case_key,
        data=content,
        file=print_edition(content, number),
        issued_at=clock.now(),
        key=pen.key,
        replaces=replaces,
    )
    after = {"number": number, "sha256": document.file.sha256}
    if replaces is not None:
        after["replaces"] = replaces.number
    record_on(document, actor, acting_as, "document.issued", after)
    return document


def _signers(data: Mapping[str, Any]) -> list[str]:
    """The roles that the form has a place for; who decides in the assessor's stead signs as the superior."""
    if data.get("decider") == SignedAs.SUPERIOR:
        return [SignedAs.SUPERIOR.value, SignedAs.EMPLOYEE.value]
    if "signers" in data:
        return list(data["signers"])
    superior = [SignedAs.SUPERIOR.value] if data.get("superior") else []
    return [SignedAs.ASSESSOR.value, SignedAs.EMPLOYEE.value, *superior]


def record_on(document: Document, actor: Employee, acting_as: str, verb: str, after: Mapping[str, object]) -> None:
    """Tell the chain of the document's case what was done with it."""
    record(
        stream=f"case:{document.case_key}",
        verb=verb,
        by=actor.by(acting_as),
        subject=f"document:{document.pk}",
        after=after,
    )
