"""Step 4: kualitas and behaviour, with the computed value and its full working as it changes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from takar.appraisal import evaluation
from takar.appraisal.enums import Behaviour, Regulation
from takar.appraisal.feedback import feedback_between
from takar.appraisal.models import Form
from takar.appraisal.notebook import notes_between
from takar.appraisal.queries import evidence_of
from takar.appraisal.regimes import items_of, regime_of
from takar.appraisal.types import DraftAssessment
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput, Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal
from takar.rules.scoring.parameters import load
from takar.rules.scoring.types import Line, Result
from takar.web.cells import Cell, figure_problem
from takar.web.layouts import LAYOUTS
from takar.web.pages.types import Typed
from takar.web.study_cells import study_words

LONGEST_RECOMMENDATION = 4000
LAYOUT = LAYOUTS[Regulation.PP46.value]


@dataclass(frozen=True, slots=True)
class Assessed:
    """One activity as the assessor sees it."""

    number: int
    target: Any
    targets: tuple[str, ...]
    line: Any
    cell: Cell
    group: str
    heading: str


@dataclass(frozen=True, slots=True)
class Working:
    """The computation so far."""

    result: Result
    missing: tuple[Problem, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    appraisal = case.appraisal
    draft = evaluation.draft_of(appraisal)
    form = evaluation.entered_form(appraisal)
    lines = {line.activity_id: line for line in form.kept_lines if line.activity_id}
    rows: list[Assessed] = []
    for number, target in items_of(appraisal):
        group = LAYOUT.group(target)
        cell = _cell(f"quality-{number}", "Kualitas", draft.quality.get(number), typed)
        known = any(row.group == group for row in rows)
        heading = "" if known else group
        rows.append(Assessed(number, target, LAYOUT.targets(target), lines.get(target.pk), cell, group, heading))
    behaviour = [
        _cell(f"behaviour-{a.value}", str(a.label), draft.behaviour.get(a.value), typed)
        for a in evaluation.aspects(appraisal)
    ]
    return {
        "form": form,
        "rows": rows,
        "study": study_words(form.kept_study, LAYOUT.study) if appraisal.study else [],
        "unplanned": [line for line in form.kept_lines if line.activity_id is None],
        "extras": form.kept_extras,
        "behaviour": behaviour,
        "recommendation": (typed or {}).get("recommendation", draft.recommendation),
        "differences": form.differences.all(),
        "evidence": evidence_of(appraisal),
        "criteria": criteria(),
        "notes": notes_between(appraisal.employee_id, appraisal.start, appraisal.end),
        "feedback": feedback_between(appraisal.employee_id, appraisal.start, appraisal.end),
        "working": working(case, draft if typed is None else _lenient(case, typed), form),
    }


def criteria() -> dict[str, Any]:
    """The criteria texts of kualitas and behaviour, from the method's own parameters."""
    parameters = load("pp46-2011")
    return {"quality": parameters.rows("quality_criteria"), "behaviour": parameters.rows("behaviour_criteria")}


def read(case: Case, typed: Typed) -> StepData:
    return StepData(assessment=_draft(case, typed))


def working(case: Case, draft: DraftAssessment, form: Form | None = None) -> Working:
    """What can be computed from the draft, grouped as it is read: by activity, then SKP, behaviour, total."""
    result, missing = evaluation.preview(case.appraisal, draft, form)
    groups: dict[str, list[Line]] = {}
    for line in result.lines:
        groups.setdefault(_group(line.key), []).append(line)
    problems = tuple(Problem(regime_of(case.appraisal).place_of(path), message) for path, message in missing)
    return Working(result, problems, tuple((name, tuple(lines)) for name, lines in groups.items()))


def live_working(case: Case, typed: Typed) -> Working:
    """The computation of what is on the screen now; cells that are no figures count as still empty."""
    return working(case, _lenient(case, typed))


def _group(key: str) -> str:
    first, _, rest = key.partition(".")
    names = {
        "skp": "Nilai SKP",
        "behaviour": "Perilaku kerja",
        "final": "Nilai prestasi kerja",
        "credit": "Angka kredit",
    }
    if first == "plans":
        part, _, inner = rest.partition(".")
        name = _group(inner) if inner.startswith("activities") else "rata-rata"
        return f"Bagian {int(part) + 1}, {name[0].lower()}{name[1:]}"
    return f"Kegiatan {int(rest.split('.')[0]) + 1}" if first == "activities" else names.get(first, first)


def _draft(case: Case, typed: Typed) -> DraftAssessment:
    problems = [
        Problem(label, f"“{typed[name]}”: {problem}")
        for name, label in _names(case).items()
        if (problem := figure_problem(typed.get(name, "")))
    ]
    recommendation = typed.get("recommendation", "").strip()
    if len(recommendation) > LONGEST_RECOMMENDATION:
        problems.append(Problem("Catatan/rekomendasi", f"Paling panjang {LONGEST_RECOMMENDATION} huruf."))
    if problems:
        raise InvalidInput("Ada isian yang perlu dibetulkan; yang sudah diketik tetap ada di bawah.", problems)
    return _lenient(case, typed)


def _lenient(case: Case, typed: Typed) -> DraftAssessment:
    values = {name: _value(typed.get(name, "")) for name in _names(case)}
    return DraftAssessment(
        quality={int(name[8:]): value for name, value in values.items() if name.startswith("quality-")},
        behaviour={name[10:]: value for name, value in values.items() if name.startswith("behaviour-")},
        recommendation=typed.get("recommendation", "").strip(),
    )


def _names(case: Case) -> dict[str, str]:
    """The figures of this page with their labels."""
    names = {f"quality-{item.number}": f"Kegiatan {item.number}, Kualitas" for item in items_of(case.appraisal)}
    return names | {f"behaviour-{a.value}": str(Behaviour(a).label) for a in evaluation.aspects(case.appraisal)}


def _value(text: str) -> Decimal | None:
    return parse_decimal(text) if text.strip() and not figure_problem(text) else None


def _cell(name: str, label: str, kept: Decimal | None, typed: Typed | None) -> Cell:
    text = figure(kept) if typed is None else typed.get(name, "")
    return Cell(name, label, text, figure_problem(text) if typed is not None else "")
