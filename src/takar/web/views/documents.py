"""Documents as PDF: as approved, with signatures, or as a numbered copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from takar.casework.models import CaseDocument
from takar.casework.queries import visible_cases
from takar.documents.actions import print_copy
from takar.documents.models import Document
from takar.files.queries import read
from takar.web.http import PersonRequest, page


@page("GET")
def document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """The edition that holds now: with both signatures once they are there."""
    found = _visible(request, document_id)
    return _pdf(read(found.final_file), found.number)


@page("GET")
def original(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """What was approved, and what each signature's hash is of."""
    found = _visible(request, document_id)
    return _pdf(read(found.file), found.number)


@page("GET")
def copy(request: PersonRequest, document_id: UUID, number: int) -> HttpResponse:
    found = _visible(request, document_id)
    return _pdf(print_copy(found, get_object_or_404(found.copies, number=number)), f"{found.number}-salinan-{number}")


def _visible(request: PersonRequest, document_id: UUID) -> Document:
    cases = visible_cases(request.employee).values("pk")
    link = get_object_or_404(
        CaseDocument.objects.select_related("document__file", "document__signed_file"),
        document=document_id,
        case__in=cases,
    )
    return link.document


def _pdf(content: bytes, number: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number.replace("/", "-")}.pdf"'
    return response
