"""A step that acknowledges: what the case holds so far is read, and a note may be left."""

from typing import Any

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Form
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.web.grids import grid_of
from takar.web.pages.types import Typed


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    form = _newest(case)
    links = case.documents.select_related("document").filter(document__successor__isnull=True)
    return {
        "form": form,
        "grid": grid_of(form, forms.data_of(form), spare=False) if form else None,
        "document": next((link.document for link in links), None),
        "odd_lines": (),
        "note": (typed or {}).get("catatan", ""),
    }


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the same for every case
    return StepData(note=typed.get("catatan", ""))


def _newest(case: Case) -> Form | None:
    """What was entered last, or before that what was collected; drafts are nobody's business yet."""
    sent = case.appraisal.forms.exclude(state__in=[FormState.DRAFT, FormState.RETURNED])
    stages = (Stage.ENTERED, Stage.COLLECTED)
    found = {form.stage: form for form in sent.select_related("appraisal__plan").order_by("version")}
    return next((found[stage] for stage in stages if stage in found), None)
