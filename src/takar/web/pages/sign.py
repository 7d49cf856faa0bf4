"""Step 5: the document is read and signed."""

from typing import Any

from takar.casework import terms
from takar.casework.models import Case
from takar.casework.steps import StepData, document_of
from takar.web.pages.types import Typed


def context(case: Case, typed: Typed | None) -> dict[str, Any]:  # noqa: ARG001 -- a password is never shown again
    document = document_of(case)
    return {
        "document": document,
        "final": document.final_file,
        "signatures": document.signatures.all(),
        "object_until": terms.last_day_to_object(terms.state_of(case)),
    }


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the act checks the hash against the case
    return StepData(seen_sha256=typed.get("seen", ""))
