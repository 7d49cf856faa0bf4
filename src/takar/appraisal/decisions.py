"""The superior's decision on an objection: the assessor's figures changed, computed by the same method, kept beside."""

import datetime as dt

from takar.appraisal import evaluation
from takar.appraisal.models import Appraisal, Decision
from takar.appraisal.regimes import regime_of
from takar.appraisal.types import AnyDraft
from takar.audit.actions import record
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee


def change_result(
    *, actor: Employee, acting_as: str, appraisal: Appraisal, draft: AnyDraft, reasons: str, at: dt.datetime
) -> Decision:
    """Compute the result again from the changed figures and keep it for good; the approved result stays as it was."""
    _check(actor, appraisal)
    evaluation.check_draft(appraisal, draft)
    inputs = evaluation.inputs_of(appraisal, draft)
    if inputs == appraisal.inputs:
        raise InvalidInput(
            "Nilai belum diubah.",
            [Problem("Nilai", "Tidak ada angka yang berbeda; ubah angkanya, atau tetapkan nilai semula.")],
        )
    result = evaluation.evaluated(appraisal, inputs, "Angkanya belum lengkap, sehingga belum dapat diputuskan.")
    regime = regime_of(appraisal)
    decision = Decision.objects.create(
        agency_id=appraisal.agency_id,
        appraisal=appraisal,
        draft=regime.plain(draft),
        inputs=inputs,
        result=result.as_dict(),
        reasons=reasons,
        decided_by=actor,
        decided_at=at,
        **regime.columns(result),
    )
    record(
        stream=f"case:{appraisal.pk}",
        verb="assessment.changed",
        by=actor.by(acting_as),
        subject=f"appraisal:{appraisal.pk}",
        before=evaluation.told(appraisal),
        after={**evaluation.told(decision), "method": result.method, "inputs": inputs},
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
