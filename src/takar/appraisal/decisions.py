"""The superior's decision on an objection: the assessor's figures changed, computed by the same method, kept beside."""

import datetime as dt
from typing import Any

from takar.appraisal import evaluation
from takar.appraisal.models import Appraisal, Decision
from takar.appraisal.queries import COLUMNS
from takar.appraisal.types import DraftAssessment
from takar.audit.actions import record
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee
from takar.rules.scoring import registry
from takar.rules.scoring.types import InputError, Result


def change_result(
    *, actor: Employee, acting_as: str, appraisal: Appraisal, draft: DraftAssessment, reasons: str, at: dt.datetime
) -> Decision:
    """Compute the result again from the changed figures and keep it for good; the approved result stays as it was."""
    _check(actor, appraisal)
    evaluation.check_ranges(draft)
    inputs = evaluation.inputs_of(appraisal, draft)
    if inputs == appraisal.inputs:
        raise InvalidInput(
            "Nilai belum diubah.",
            [Problem("Nilai", "Tidak ada angka yang berbeda; ubah angkanya, atau tetapkan nilai semula.")],
        )
    result = _evaluated(appraisal, inputs)
    kept: dict[str, Any] = {column: result.values[key].rounded for column, key in COLUMNS.items()}
    decision = Decision.objects.create(
        agency_id=appraisal.agency_id,
        appraisal=appraisal,
        draft=evaluation.plain(draft),
        inputs=inputs,
        result=result.as_dict(),
        category=result.values["final"].category or "",
        reasons=reasons,
        decided_by=actor,
        decided_at=at,
        **kept,
    )
    record(
        stream=f"case:{appraisal.pk}",
        verb="assessment.changed",
        by=actor.by(acting_as),
        subject=f"appraisal:{appraisal.pk}",
        before={"final": appraisal.final_value, "category": appraisal.category},
        after={"final": decision.final_value, "category": decision.category, "method": result.method, "inputs": inputs},
        reason=reasons,
    )
    return decision


def _check(actor: Employee, appraisal: Appraisal) -> None:
    if appraisal.approved_at is None:
        raise NotAllowed("Penilaian ini belum disetujui, sehingga belum ada yang dapat diubah.")
    if actor.pk == appraisal.employee_id:
        raise NotAllowed("Seseorang tidak dapat memutus penilaiannya sendiri. Tidak ada yang berubah.")
    if Decision.objects.filter(appraisal=appraisal).exists():
        raise AlreadyDone("Nilai ini sudah diubah dengan keputusan yang bersifat final; tidak ada yang berubah.")


def _evaluated(appraisal: Appraisal, inputs: dict[str, Any]) -> Result:
    try:
        return registry.method_by_id(appraisal.method).evaluate(inputs)
    except InputError as error:
        problems = [Problem(evaluation.place_of(path), message) for path, message in error.problems]
        raise InvalidInput("Angkanya belum lengkap, sehingga belum dapat diputuskan.", problems) from error
