"""Printing a document's content as a stored file, and its signatures in words."""

from collections.abc import Mapping
from typing import Any

from takar.common import words
from takar.documents.forms.qr import qr
from takar.documents.forms.render import render
from takar.documents.models import Document
from takar.files.actions import store
from takar.files.models import StoredFile

FORM = "dokumen_pengukuran"


def print_edition(content: Mapping[str, Any], number: str) -> StoredFile:
    """The content as PDF, kept under the name of its number."""
    return store(render(FORM, pictured(content)), name=file_name(number), media_type="application/pdf")


def pictured(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """With the picture that the form needs: they are made from the content, not kept in it."""
    return {**content, "pictures": {"check": qr(content["check"]["address"])}} if "check" in content else content


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
