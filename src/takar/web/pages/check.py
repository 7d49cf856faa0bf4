"""Step 2: the collected form beside its targets, with what is missing or odd."""

from typing import Any

from takar.appraisal import forms
from takar.appraisal.checks import findings
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.queries import evidence_of
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.web.grids import grid_of
from takar.web.pages.types import Typed


def context(case: Case, typed: Typed | None) -> dict[str, Any]:  # noqa: ARG001 -- nothing is typed into the form here
    form = forms.latest(case.appraisal, Stage.COLLECTED, FormState.SUBMITTED)
    if form is None:
        return {"form": None}
    found = findings(form)
    return {
        "form": form,
        "grid": grid_of(form, forms.data_of(form), spare=False),
        "findings": found,
        "odd_lines": {finding.line for finding in found},
        "evidence": evidence_of(case.appraisal),
    }


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- accepting says everything
    return StepData()
