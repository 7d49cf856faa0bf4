"""The seam to the rules: read rows, build the method's input, compute, keep the result with its working.

What differs between regulations is the regime's (`appraisal.regimes`); this module is the same under each.
"""

from typing import Any

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Appraisal, Form
from takar.appraisal.regimes import REGIMES, regime_of
from takar.appraisal.regimes.pp46 import aspects
from takar.appraisal.types import AnyDraft
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee
from takar.rules.scoring import registry
from takar.rules.scoring.types import InputError, Result
from takar.rules.scoring.types import Problem as Missing

__all__ = ["CARRIED_METHODS", "approve", "aspects", "draft_of", "entered_form", "preview", "save_draft"]

# The methods whose plans, forms and pages this version has; `takar score` knows more of them.
CARRIED_METHODS = tuple(REGIMES)


def draft_of(appraisal: Appraisal) -> Any:
    """What the assessor has filled in so far, in the regime's own shape."""
    return regime_of(appraisal).draft(appraisal.draft)


def save_draft(*, actor: Employee, acting_as: str, appraisal: Appraisal, draft: AnyDraft) -> None:
    """Keep what was filled in; the working figures need not be complete yet."""
    _check_not_approved(appraisal)
    check_draft(appraisal, draft)
    before = appraisal.draft
    after = regime_of(appraisal).plain(draft)
    if before == after:
        return
    appraisal.draft = after
    appraisal.save(update_fields=["draft"])
    record(
        stream=f"case:{appraisal.pk}",
        verb="assessment.saved",
        by=actor.by(acting_as),
        subject=f"appraisal:{appraisal.pk}",
        before=before,
        after=after,
    )


def check_draft(appraisal: Appraisal, draft: AnyDraft) -> None:
    """Refuse what cannot stand in a draft of this appraisal's regime."""
    if problems := regime_of(appraisal).problems(draft):
        raise InvalidInput("Penilaian belum disimpan.", problems)


def preview(appraisal: Appraisal, draft: AnyDraft, form: Form | None = None) -> tuple[Result, tuple[Missing, ...]]:
    """What can be computed so far, and what is still missing, for the screen; `form` spares looking it up again."""
    inputs = inputs_of(appraisal, draft, form)
    result, missing = registry.method_by_id(appraisal.method).evaluate_partial(inputs)
    return result, (*regime_of(appraisal).incomplete(inputs), *missing)


def approve(*, actor: Employee, acting_as: str, appraisal: Appraisal) -> Result:
    """Compute the result from the entered form and the assessor's draft, and keep it with its working for good."""
    _check_not_approved(appraisal)
    if actor.pk == appraisal.employee_id:
        raise NotAllowed("Seseorang tidak dapat menilai dirinya sendiri. Tidak ada yang berubah.")
    inputs = inputs_of(appraisal, draft_of(appraisal))
    result = evaluated(appraisal, inputs, "Penilaian belum lengkap, sehingga belum dapat disetujui.")
    if problems := regime_of(appraisal).beyond(result):
        raise InvalidInput(
            "Penilaian belum disetujui: ada realisasi yang jauh melampaui targetnya. Kembalikan berkas agar angkanya "
            "dibetulkan.",
            problems,
        )
    columns = regime_of(appraisal).columns(result)
    columns |= {"inputs": inputs, "result": result.as_dict(), "approved_at": clock.now(), "approved_by": actor}
    for column, value in columns.items():
        setattr(appraisal, column, value)
    appraisal.save(update_fields=list(columns))
    record(
        stream=f"case:{appraisal.pk}",
        verb="assessment.approved",
        by=actor.by(acting_as),
        subject=f"appraisal:{appraisal.pk}",
        after={**told(appraisal), "method": result.method, "inputs": inputs},
    )
    return result


def evaluated(appraisal: Appraisal, inputs: dict[str, Any], incomplete: str) -> Result:
    """The whole result, or everything that is still missing, by its place on the screen."""
    regime = regime_of(appraisal)
    missing = list(regime.incomplete(inputs))
    try:
        result = registry.method_by_id(appraisal.method).evaluate(inputs)
    except InputError as error:
        missing += error.problems
    if missing:
        raise InvalidInput(incomplete, [Problem(regime.place_of(path), message) for path, message in missing])
    return result


def told(kept: Any) -> dict[str, Any]:
    """A result as the audit names it: figures where there are any, and the sebutan or predikat."""
    ratings = {name: getattr(kept, name) for name in ("work_rating", "behaviour_rating") if getattr(kept, name)}
    return {"final": kept.final_value, "category": kept.category, **ratings}


def entered_form(appraisal: Appraisal) -> Form:
    """The figures that step 3 confirmed: what is assessed."""
    found = forms.latest(appraisal, Stage.ENTERED, FormState.SUBMITTED, FormState.ACCEPTED)
    if found is None:
        raise NotAllowed("Data kinerja belum diinput, sehingga belum dapat dinilai.")
    return found


def inputs_of(appraisal: Appraisal, draft: AnyDraft, form: Form | None = None) -> dict[str, Any]:
    """The method's input as JSON values."""
    return regime_of(appraisal).inputs(appraisal, draft, form or entered_form(appraisal))


def _check_not_approved(appraisal: Appraisal) -> None:
    if appraisal.approved_at is not None:
        raise NotAllowed("Penilaian ini sudah disetujui dan tidak dapat diubah lagi.")
