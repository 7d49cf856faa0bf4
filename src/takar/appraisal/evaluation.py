"""The seam to the rules: read rows, build the method's input, compute, keep the result with its working."""

from decimal import Decimal
from typing import Any

from takar.appraisal import forms
from takar.appraisal.enums import Behaviour, ExtraKind, Figure, FormState, Stage
from takar.appraisal.models import Activity, Appraisal, Form
from takar.appraisal.types import DraftAssessment
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee
from takar.rules.scoring import registry
from takar.rules.scoring.types import InputError, Result
from takar.rules.scoring.types import Problem as Missing

# The methods whose plans, forms and pages this version has; `takar score` knows more of them.
CARRIED_METHODS = ("pp46-2011",)
FIELD_LABELS = {**dict(Figure.choices), "quality": "Kualitas"}
LOWEST, HIGHEST, BEYOND = Decimal(0), Decimal(100), Decimal(10_000)


def aspects(appraisal: Appraisal) -> tuple[Behaviour, ...]:
    """The behaviours that are assessed for this person: leadership only in structural posts."""
    return tuple(a for a in Behaviour if a is not Behaviour.LEADERSHIP or appraisal.leadership)


def draft_of(appraisal: Appraisal) -> DraftAssessment:
    """What the assessor has filled in so far."""
    return assessment_of(appraisal.draft)


def assessment_of(stored: dict[str, Any]) -> DraftAssessment:
    """The assessor's figures from their stored form; `plain` is the way back."""
    return DraftAssessment(
        quality={int(number): _decimal(value) for number, value in stored.get("quality", {}).items()},
        behaviour={aspect: _decimal(value) for aspect, value in stored.get("behaviour", {}).items()},
        recommendation=stored.get("recommendation", ""),
    )


def save_draft(*, actor: Employee, acting_as: str, appraisal: Appraisal, draft: DraftAssessment) -> None:
    """Keep what was filled in; the working figures need not be complete yet."""
    _check_not_approved(appraisal)
    check_ranges(draft)
    before = appraisal.draft
    after = plain(draft)
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


def preview(
    appraisal: Appraisal, draft: DraftAssessment, form: Form | None = None
) -> tuple[Result, tuple[Missing, ...]]:
    """What can be computed so far, and what is still missing, for the screen; `form` spares looking it up again."""
    return registry.method_by_id(appraisal.method).evaluate_partial(inputs_of(appraisal, draft, form))


def approve(*, actor: Employee, acting_as: str, appraisal: Appraisal) -> Result:
    """Compute the result from the entered form and the assessor's figures, and keep it with its working for good."""
    _check_not_approved(appraisal)
    if actor.pk == appraisal.employee_id:
        raise NotAllowed("Seseorang tidak dapat menilai dirinya sendiri. Tidak ada yang berubah.")
    inputs = inputs_of(appraisal, draft_of(appraisal))
    try:
        result = registry.method_by_id(appraisal.method).evaluate(inputs)
    except InputError as error:
        problems = [Problem(place_of(path), message) for path, message in error.problems]
        raise InvalidInput("Penilaian belum lengkap, sehingga belum dapat disetujui.", problems) from error
    _check_scale(result)
    values = result.values
    appraisal.inputs, appraisal.result = inputs, result.as_dict()
    appraisal.skp_value, appraisal.behaviour_value = values["skp"].rounded, values["behaviour"].rounded
    appraisal.final_value, appraisal.category = values["final"].rounded, values["final"].category or ""
    appraisal.approved_at, appraisal.approved_by = clock.now(), actor
    appraisal.save(
        update_fields=[
            "inputs", "result", "skp_value", "behaviour_value", "final_value", "category", "approved_at", "approved_by",
        ]
    )  # fmt: skip
    after = {"final": appraisal.final_value, "category": appraisal.category, "method": result.method}
    record(
        stream=f"case:{appraisal.pk}",
        verb="assessment.approved",
        by=actor.by(acting_as),
        subject=f"appraisal:{appraisal.pk}",
        after={**after, "inputs": inputs},
    )
    return result


def entered_form(appraisal: Appraisal) -> Form:
    """The figures that step 3 confirmed: what is assessed."""
    found = forms.latest(appraisal, Stage.ENTERED, FormState.SUBMITTED, FormState.ACCEPTED)
    if found is None:
        raise NotAllowed("Data kinerja belum diinput, sehingga belum dapat dinilai.")
    return found


def inputs_of(appraisal: Appraisal, draft: DraftAssessment, form: Form | None = None) -> dict[str, Any]:
    """The method's input as JSON values: figures are strings, so that nothing is ever a float."""
    form = form or entered_form(appraisal)
    lines = {line.activity_id: line for line in form.kept_lines if line.activity_id}
    plan = appraisal.plan
    activities = list(plan.activities.all()) if plan else []
    extras = form.kept_extras
    return {
        "method": appraisal.method,
        "period": {"start": appraisal.start.isoformat(), "end": appraisal.end.isoformat()},
        "leadership": appraisal.leadership,
        "activities": [_activity(row, lines.get(row.pk), draft.quality.get(row.number)) for row in activities],
        "additional_tasks": [
            {"name": extra.name, "letter": extra.letter} for extra in extras if extra.kind == ExtraKind.ADDITIONAL
        ],
        "creativity": [
            {"name": extra.name, "letter": extra.letter, "level": extra.level}
            for extra in extras
            if extra.kind == ExtraKind.CREATIVITY
        ],
        "behaviour": {
            aspect.value: text(draft.behaviour.get(aspect.value))
            for aspect in aspects(appraisal)
            if draft.behaviour.get(aspect.value) is not None
        },
    }


def _activity(target: Activity, line: Any, quality: Decimal | None) -> dict[str, Any]:
    """Target and realisation of one activity; what was left empty counts as not carried out."""
    quantity = line.quantity if line and line.quantity is not None else Decimal(0)
    carried_out = quantity > 0
    return {
        "name": target.name,
        "target": {
            "quantity": text(target.quantity),
            "quantity_unit": target.quantity_unit,
            "quality": text(target.quality),
            "time": text(target.time),
            "time_unit": target.time_unit,
            "cost": text(target.cost),
            "credit": text(target.credit),
        },
        "realisation": {
            "quantity": text(quantity),
            "quality": text(quality if quality is not None or carried_out else Decimal(0)),
            "time": text(line.time if line and line.time is not None else (None if carried_out else Decimal(0))),
            "cost": text(_cost(target, line, carried_out=carried_out)),
            "credit": text(line.credit if line else None),
        },
    }


def _cost(target: Activity, line: Any, *, carried_out: bool) -> Decimal | None:
    if target.cost is None:
        return None
    value: Decimal | None = line.cost if line else None
    return value if value is not None or carried_out else Decimal(0)


def place_of(path: str) -> str:
    """Where on the screen a field of the method's input stands: "activities.0.realisation.quality" is Kegiatan 1."""
    parts = path.split(".")
    if parts[0] == "activities" and len(parts) > 1:
        return f"Kegiatan {int(parts[1]) + 1}, {FIELD_LABELS.get(parts[-1], parts[-1])}"
    if parts[0] == "behaviour" and len(parts) > 1 and parts[1] in Behaviour.values:
        return str(Behaviour(parts[1]).label)
    return "Perilaku kerja" if parts[0] == "behaviour" else path


def text(value: Decimal | None) -> str | None:
    """The figure in the notation that the rules read: a decimal comma, all digits."""
    return None if value is None else words.figure(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _stored(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def plain(draft: DraftAssessment) -> dict[str, Any]:
    return {
        "quality": {str(number): _stored(value) for number, value in sorted(draft.quality.items())},
        "behaviour": {aspect: _stored(value) for aspect, value in sorted(draft.behaviour.items())},
        "recommendation": draft.recommendation,
    }


def check_ranges(draft: DraftAssessment) -> None:
    given = [(f"Kegiatan {number}, Kualitas", value) for number, value in draft.quality.items()]
    given += [(Behaviour(aspect).label, value) for aspect, value in draft.behaviour.items()]
    problems = [
        Problem(str(where), "Nilai harus antara 0 dan 100.")
        for where, value in given
        if value is not None and not LOWEST <= value <= HIGHEST
    ]
    if problems:
        raise InvalidInput("Penilaian belum disimpan.", problems)


def _check_scale(result: Result) -> None:
    """A figure mistyped by many digits gives a value that no scale knows."""
    problems = [
        Problem(label, f"Hasilnya {result.values[name].printed}, jauh di luar skala mana pun.")
        for name, label in (("skp", "Nilai SKP"), ("final", "Nilai prestasi kerja"))
        if (result.values[name].rounded or 0) >= BEYOND
    ]
    if problems:
        raise InvalidInput(
            "Penilaian belum disetujui: ada realisasi yang jauh melampaui targetnya. Kembalikan berkas agar angkanya "
            "dibetulkan.",
            problems,
        )


def _check_not_approved(appraisal: Appraisal) -> None:
    if appraisal.approved_at is not None:
        raise NotAllowed("Penilaian ini sudah disetujui dan tidak dapat diubah lagi.")
