"""Step 3: the figures, prefilled, with the accepted ones beside them and an answer for every difference."""

from contextlib import suppress
from typing import Any

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.types import DifferenceData
from takar.casework import actions
from takar.casework.models import Case
from takar.casework.steps import StepData, accepted_data
from takar.common.errors import InvalidInput
from takar.organisation.models import Employee
from takar.web.grids import grid_of, read_grid
from takar.web.pages.types import Typed
from takar.web.timing import timing_of


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    form = (
        case.appraisal.forms.filter(stage=Stage.ENTERED, state=FormState.DRAFT)
        .select_related("appraisal__plan")
        .first()
    )
    if form is None:
        return {"form": None, "grid": None}
    accepted, entered = accepted_data(case), forms.data_of(form)
    if typed is not None:
        with suppress(InvalidInput):
            entered = read_grid(entered, typed)
    return {
        "form": form,
        "grid": grid_of(form, forms.data_of(form), typed, accepted),
        "differences": _answered(forms.differences(accepted, entered), typed),
    }


def read(case: Case, typed: Typed) -> StepData:
    form = forms.draft_of(case.appraisal, Stage.ENTERED)
    data = read_grid(forms.data_of(form), typed)
    found = forms.differences(accepted_data(case), data)
    return StepData(form=data, answers={d.key: typed.get(f"answer-{d.key}", "") for d in found})


def save(actor: Employee, case: Case, typed: Typed) -> Case:
    data = read(case, typed).form
    assert data is not None  # noqa: S101 -- read() always gives a form
    timing = timing_of(typed, case.task_id)
    return actions.save_form(actor=actor, step_run_id=case.task_id, data=data, timing=timing)


def _answered(found: list[DifferenceData], typed: Typed | None) -> list[tuple[DifferenceData, str]]:
    return [(d, (typed or {}).get(f"answer-{d.key}", "")) for d in found]
