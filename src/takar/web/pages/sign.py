"""Step 5: the document is read and signed."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from takar.casework import terms
from takar.casework.models import Case
from takar.casework.steps import StepData, document_of
from takar.documents.models import Signature
from takar.web.pages.types import Typed
from takar.web.results import lines_on_document, on_document


def context(case: Case, typed: Typed | None) -> dict[str, Any]:  # noqa: ARG001 -- a password is never shown again
    document = document_of(case)
    prefetch_related_objects([document], Prefetch("signatures", Signature.objects.select_related("file")))
    heading, lines = lines_on_document(document.data)
    return {
        "headlines": on_document(document.data),
        "heading": heading,
        "lines": lines,
        "recommendation": document.data.get("recommendation") or document.data.get("note", ""),
        "document": document,
        "final": document.final_file,
        "signatures": document.signatures.all(),
        "object_until": terms.last_day_to_object(terms.state_of(case)),
    }


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the act checks the hash against the case
    return StepData(seen_sha256=typed.get("seen", ""))
