"""Step 7: where the document lies."""

from typing import Any

from takar.archive.models import Box
from takar.archive.queries import codes_of
from takar.casework.models import Case
from takar.casework.steps import StepData, document_of
from takar.documents.actions import CLASSIFICATION
from takar.web.pages.types import Typed

BOXES_OFFERED = 50


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    boxes = Box.objects.filter(agency_id=case.agency_id).select_related("shelf").order_by("-id")[:BOXES_OFFERED]
    last = boxes[0] if boxes else None
    typed = typed or {}
    return {
        "document": document_of(case),
        "boxes": boxes,
        "codes": codes_of(case.agency_id),
        "classification": typed.get("classification", CLASSIFICATION),
        "box": typed.get("box", last.code if last else ""),
        "shelf": typed.get("shelf", last.shelf.code if last else ""),
    }


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the same for every case
    return StepData(
        classification=typed.get("classification", ""), box=typed.get("box", ""), shelf=typed.get("shelf", "")
    )
