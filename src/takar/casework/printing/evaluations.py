"""What the forms of PermenPANRB 6/2022 say of a case: the evaluation with its evidence and ratings, and its document."""

from collections.abc import Mapping
from typing import Any

from takar.appraisal.enums import Approach, Cycle
from takar.appraisal.evaluation import entered_form
from takar.appraisal.models import Form, FormLine, Indicator, Plan, Work
from takar.appraisal.regimes import regime_of
from takar.appraisal.regimes.permenpan6 import FEEDBACK, LEVELS
from takar.appraisal.types import DraftEvaluation, WorkRating
from takar.casework.models import Case
from takar.casework.printing import cards, plans
from takar.casework.spans import QUARTERS
from takar.common import words
from takar.documents.enums import SignedAs
from takar.documents.forms import shapes_permenpan6 as sheets

FORM = "dokumen_evaluasi"
# Approach and whether of a head: the annex's number behind the letter, for feedback (B) and evaluation (C).
FEEDBACK_FORMS = {
    (Approach.QUALITATIVE, True): "B.1.3",
    (Approach.QUALITATIVE, False): "B.1.3",
    (Approach.QUANTITATIVE, True): "B.1.4",
    (Approach.QUANTITATIVE, False): "B.1.5",
}
EVALUATION_FORMS = {
    (Approach.QUALITATIVE, True): "C.1.1",
    (Approach.QUALITATIVE, False): "C.1.1",
    (Approach.QUANTITATIVE, True): "C.1.2",
    (Approach.QUANTITATIVE, False): "C.1.3",
}


def kind_of(plan: Plan) -> tuple[Approach, bool]:
    return Approach(plan.approach or Approach.QUANTITATIVE), plans.is_of_head(plan)


def cycle_of(case: Case) -> str:
    """What the period is called on the forms: "Triwulan II", "Bulan Maret", "Akhir (tahunan)"."""
    appraisal = case.appraisal
    if appraisal.cycle == Cycle.QUARTERLY:
        return f"Triwulan {QUARTERS[(appraisal.start.month - 1) // 3]}"
    if appraisal.cycle == Cycle.MONTHLY:
        return f"Bulan {words.MONTHS[appraisal.start.month - 1]}"
    return "Akhir (tahunan)"


def evaluation_of(case: Case, form: Form) -> dict[str, Any]:
    """The hasil kerja with what came of them, and the values: what B.1.3 to B.1.5 and C.1.1 to C.1.3 share."""
    plan, appraisal = case.appraisal.plan, case.appraisal
    draft: DraftEvaluation = regime_of(appraisal).draft(appraisal.in_force.draft)
    works = plans.works_of(plan) if plan else []
    lines = {line.indicator_id: line for line in form.kept_lines if line.indicator_id}
    results = [_result(work, lines, draft.works.get(work.number, WorkRating())) for work in works]
    return {
        "cycle": cycle_of(case),
        **plans.parts_of(works, results),
        "behaviour": cards.behaviour(plans.expectations_of(plan) if plan else {}, _values(draft)),
    }


def rating_of(case: Case) -> dict[str, str]:
    """The two ratings, the predikat and the achievement of the organisation of the result in force, in words."""
    values = (case.appraisal.in_force.result or {"values": {}})["values"]
    label = {name: (value["category_label"] or "") for name, value in values.items()}
    return {
        "organisation": label.get("organisation", ""),
        "results_rating": label.get("result", ""),
        "behaviour_rating": label.get("behaviour", ""),
        "predicate": label.get("final", ""),
    }


def document_of(case: Case) -> dict[str, Any]:
    """D.1.1 with the hasil evaluasi attached, and the working of every rating."""
    appraisal = case.appraisal
    draft: DraftEvaluation = regime_of(appraisal).draft(appraisal.in_force.draft)
    result: dict[str, Any] = appraisal.in_force.result or {"lines": []}
    works = {index: work.name for index, work in enumerate(plans.works_of(appraisal.plan) if appraisal.plan else [])}
    return {
        "format": "D.1.1",
        "signers": [SignedAs.ASSESSOR.value, SignedAs.EMPLOYEE.value],
        "employee_date": "",
        "evaluation_format": EVALUATION_FORMS[kind_of(appraisal.plan)] if appraisal.plan else "",
        **evaluation_of(case, entered_form(appraisal)),
        **rating_of(case),
        "note": draft.recommendation,
        "working": [cards.working_of(line, _where(line["key"], works)) for line in result["lines"]],
    }


def by_superior(people: Mapping[str, Any]) -> dict[str, Any]:
    """D.1.2: the superior evaluated in the assessor's stead, and signs under the own name."""
    return {"format": "D.1.2", "assessor": people["assessor"], "superior": people["superior"]}


def replaced(texts: Mapping[str, str], days: Mapping[str, str]) -> dict[str, Any]:
    """D.1.3: the objection, the assessor's explanation, and the superior's decision."""
    explanation = texts.get("hear_assessor") or texts.get("respond", "")
    said = {"objection": texts.get("object", ""), "explanation": explanation, "decision": texts["decide"]}
    return {"format": "D.1.3", **said, "superior_date": days["decide"]}


def _result(work: Work, lines: Mapping[Any, FormLine], rated: WorkRating) -> sheets.WorkResult:
    rows = [(row, lines.get(row.pk)) for row in work.indicators.all()]
    found = plans.result_of(
        work,
        feedback=". ".join(text for text in (FEEDBACK.get(rated.feedback, ""), rated.note) if text),
        realisation="\n".join(f"{row.name}: {_realised(row, line)}" for row, line in rows if _realised(row, line)),
    )
    found["indicators"] = [plans.indicator_of(row, work, realisation=_realised(row, line)) for row, line in rows]
    return found


def proven(row: Indicator, line: FormLine | None, proofs: list[str]) -> str:
    """What was achieved on an indicator with the files that prove it; nothing where there is neither."""
    told = _realised(row, line)
    files = f"bukti: {', '.join(proofs)}" if proofs else ""
    said = "; ".join(text for text in (told, files) if text)
    return f"{row.name}: {said}" if said else ""


def _realised(row: Indicator, line: FormLine | None) -> str:
    """What was achieved, in the form's words and as its figure."""
    if line is None:
        return ""
    figure = f"{words.figure(line.figure)} {row.unit}".strip() if line.figure is not None else ""
    return "; ".join(text for text in (line.realisation, figure) if text)


def _values(draft: DraftEvaluation) -> dict[str, str]:
    """How each value is lived, with the assessor's note."""
    return {
        key: ". ".join(text for text in (LEVELS.get(note.level, ""), note.note) if text)
        for key, note in draft.values.items()
    }


def _where(key: str, works: Mapping[int, str]) -> str:
    parts = key.split(".")
    if parts[0] == "results" and len(parts) > 1:
        index = int(parts[1])
        return f"Hasil kerja {index + 1} ({works.get(index, '')}): "
    return ""
