"""Documents as PDF: as approved, with signatures, or as a numbered copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from takar.casework.models import CaseDocument
from takar.casework.queries import visible_cases
from takar.documents.copies import print_copy
from takar.documents.models import Copy, Document
from takar.files.queries import read
from takar.web.http import PersonRequest, page
from takar.web.signing import mark_opened
from takar.web.views.cases import stored_file

PDF = "application/pdf"
RELATED = ("file", "signed_file", "agency", "subject", "successor")


@page("GET")
def document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """The edition that holds now: with both signatures once they are there."""
    found = visible_document(request, document_id)
    edition = found.final_file
    mark_opened(request, edition.sha256)
    return _pdf(read(edition), found.number) if edition.media_type == PDF else stored_file(edition)


@page("GET")
def original(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """What was approved, and what each signature's hash is of."""
    found = visible_document(request, document_id)
    mark_opened(request, found.file.sha256)
    return _pdf(read(found.file), found.number)


@page("GET")
def copy(request: PersonRequest, document_id: UUID, number: int) -> HttpResponse:
    """A numbered copy; whoever it was made for may open it too."""
    copies = Copy.objects.select_related("document__file", "document__signed_file", "document__successor")
    found = copies.filter(document=document_id, number=number, person=request.employee).first()
    if found is None:
        found = get_object_or_404(copies, document=visible_document(request, document_id), number=number)
    return _pdf(print_copy(found.document, found), f"{found.document.number}-salinan-{number}")


def visible_document(request: PersonRequest, document_id: UUID) -> Document:
    """The document, if the reader may see its case."""
    cases = visible_cases(request.employee).values("pk")
    link = get_object_or_404(
        CaseDocument.objects.select_related(*(f"document__{name}" for name in RELATED)),
        document=document_id,
        case__in=cases,
    )
    return link.document


def _pdf(content: bytes, number: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number.replace("/", "-")}.pdf"'
    return response
