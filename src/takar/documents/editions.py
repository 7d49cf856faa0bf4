"""Printing a document's content as a stored file, and its signatures in words."""

from collections.abc import Mapping
from typing import Any

from takar.common import words
from takar.common.errors import DomainError
from takar.documents.duplicates import page_picture
from takar.documents.emblems import with_pictures
from takar.documents.forms.qr import qr
from takar.documents.forms.render import render, signature_boxes
from takar.documents.models import Document
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.files.queries import read

FORM = "dokumen_pengukuran"


def print_edition(content: Mapping[str, Any], number: str) -> StoredFile:
    """The content as PDF, kept under the name of its number."""
    return store(render(form_of(content), pictured(content)), name=file_name(number), media_type="application/pdf")


def form_of(content: Mapping[str, Any]) -> str:
    """The form that the document was issued on; those from before there were several say nothing."""
    return str(content.get("form", FORM))


def pictured(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """With the pictures that the form needs: they are made from the content, not kept in it."""
    check = {"check": qr(content["check"]["address"])} if "check" in content else {}
    return with_pictures({**content, "pictures": check})


def file_name(number: str) -> str:
    return f"{number.replace('/', '-')}.pdf"


def signatures_of(document: Document) -> list[dict[str, str]]:
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


def page_with_code(document: Document) -> bytes:
    """The page on which the document's own code is printed, as a picture: what the asker has in hand, as it was signed."""
    if document.destroyed_at is not None:
        raise DomainError("Isi dokumen ini sudah dimusnahkan, sehingga halamannya tidak dapat ditampilkan lagi.")
    boxes = signature_boxes(form_of(document.data), pictured(document.data))
    final = document.final_file
    return page_picture(read(final), final.media_type, min((box.page for box in boxes), default=1))
