"""Step 1: the formulir kinerja, from a file or typed."""

from typing import Any

from takar.appraisal import forms
from takar.appraisal.checks import findings
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Form
from takar.appraisal.queries import evidence_of
from takar.casework import actions
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.organisation.models import Employee
from takar.web.grids import grid_of, read_grid
from takar.web.pages.types import Typed
from takar.web.timing import timing_of


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    form = _draft(case)
    if form is None:
        return {"form": None, "grid": None}
    return {
        "form": form,
        "grid": grid_of(form, forms.data_of(form), typed),
        "evidence": evidence_of(case.appraisal),
        "findings": findings(form) if form.updated_by_id else [],
    }


def read(case: Case, typed: Typed) -> StepData:
    form = forms.draft_of(case.appraisal, Stage.COLLECTED)
    return StepData(form=read_grid(forms.data_of(form), typed))


def save(actor: Employee, case: Case, typed: Typed) -> Case:
    data = read(case, typed).form
    assert data is not None  # noqa: S101 -- read() always gives a form
    timing = timing_of(typed, case.task_id)
    return actions.save_form(actor=actor, step_run_id=case.task_id, data=data, timing=timing)


def _draft(case: Case) -> Form | None:
    return (
        case.appraisal.forms.filter(stage=Stage.COLLECTED, state=FormState.DRAFT)
        .select_related("appraisal__plan")
        .first()
    )
