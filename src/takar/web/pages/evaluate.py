"""Step 4 under PermenPANRB 6/2022: ratings of each hasil kerja and value, the suggestion, and the decision on it."""

from dataclasses import dataclass
from typing import Any

from takar.appraisal import evaluation
from takar.appraisal.achievements import figures_for
from takar.appraisal.enums import Regulation, Value
from takar.appraisal.feedback import feedback_between
from takar.appraisal.models import Appraisal, Form, Indicator
from takar.appraisal.notebook import notes_between
from takar.appraisal.queries import evidence_of
from takar.appraisal.regimes import items_of, regime_of
from takar.appraisal.regimes.permenpan6 import DROPPED_OUT, FEEDBACK, LEVELS, LONGEST_REASON, PARAMETERS, RATINGS
from takar.appraisal.types import DraftEvaluation, ValueNote, WorkRating
from takar.casework.models import Case
from takar.casework.staff import spread_of
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput, Problem
from takar.common.words import figure
from takar.rules.scoring.types import Line, Result
from takar.web.cells import Cell
from takar.web.layouts import LAYOUTS
from takar.web.pages.types import Typed
from takar.web.study_cells import study_words

LAYOUT = LAYOUTS[Regulation.PERMENPAN6.value]
UNDECIDED = ("", "– belum diputuskan –")
RATING_OPTIONS = (UNDECIDED, *RATINGS.items())
LEVEL_OPTIONS = (("", "– pilih –"), *LEVELS.items())
FEEDBACK_OPTIONS = (("", "– belum ada –"), *FEEDBACK.items())
DECISIONS = {
    "result": ("Rating hasil kerja", RATING_OPTIONS),
    "behaviour": ("Rating perilaku kerja", RATING_OPTIONS),
    "predicate": ("Predikat kinerja", (UNDECIDED, *DROPPED_OUT.items())),
}
GROUPS = {
    "organisation": "Capaian kinerja organisasi",
    "results": "Hasil kerja",
    "study": "Tugas belajar",
    "suggestion": "Usulan",
    "result": "Keputusan pejabat penilai",
    "behaviour": "Keputusan pejabat penilai",
    "final": "Predikat kinerja pegawai",
}
GUIDES = {row["key"]: row["guides"] for row in PARAMETERS.rows("behaviours")}


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as the assessor sees it."""

    place: str
    name: str
    targets: tuple[str, ...]
    words: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class RatedWork:
    """One hasil kerja with its indicators and what is filled in for it."""

    number: int
    kind: str
    name: str
    superior: str
    indicators: tuple[Shown, ...]
    rating: Cell
    feedback: Cell
    note: Cell


@dataclass(frozen=True, slots=True)
class RatedValue:
    label: str
    guides: tuple[str, ...]
    expectation: str
    level: Cell
    note: Cell


@dataclass(frozen=True, slots=True)
class Working:
    """The computation so far; `suggestions` say what the guide would give, and why."""

    result: Result
    missing: tuple[Problem, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    suggestions: tuple[tuple[str, str, str], ...]


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    appraisal = case.appraisal
    form = evaluation.entered_form(appraisal)
    draft: DraftEvaluation = evaluation.draft_of(appraisal) if typed is None else _read(case, typed)
    return {
        "form": form,
        "works": _works(case, form, draft),
        "values": _values(case, draft),
        "study_words": study_words(form.kept_study, LAYOUT.study) if appraisal.study else (),
        "unplanned": [line for line in form.kept_lines if line.indicator_id is None],
        "differences": form.differences.all(),
        "evidence": evidence_of(appraisal),
        "notes": notes_between(appraisal.employee_id, appraisal.start, appraisal.end),
        "feedback": feedback_between(appraisal.employee_id, appraisal.start, appraisal.end),
        "figures": figures_for(appraisal),
        "led_unit": appraisal.led_unit,
        "spread": spread_of(case),
        "decisions": _decisions(case, draft, form),
        "recommendation": draft.recommendation,
        "working": working(case, draft, form),
    }


def read(case: Case, typed: Typed) -> StepData:
    draft = _read(case, typed)
    if problems := regime_of(case.appraisal).problems(draft):
        raise InvalidInput("Ada isian yang perlu dibetulkan; yang sudah diketik tetap ada di bawah.", problems)
    return StepData(assessment=draft)


def live_working(case: Case, typed: Typed) -> Working:
    """The computation of what is on the screen now; what is in no list counts as still empty."""
    return working(case, _known(_read(case, typed)))


def working(case: Case, draft: DraftEvaluation, form: Form | None = None) -> Working:
    result, missing = evaluation.preview(case.appraisal, _known(draft), form)
    groups: dict[str, list[Line]] = {}
    for line in result.lines:
        groups.setdefault(GROUPS[line.key.partition(".")[0]], []).append(line)
    place_of = regime_of(case.appraisal).place_of
    problems = tuple(Problem(place_of(path), message) for path, message in missing)
    return Working(
        result, problems, tuple((name, tuple(lines)) for name, lines in groups.items()), _suggestions(result)
    )


def _suggestions(result: Result) -> tuple[tuple[str, str, str], ...]:
    """What is suggested, its rating or a dash, and the reasons in words."""
    found = {line.key: line for line in result.lines}
    told = {notice.key: notice.message for notice in result.notices if notice.key == "suggestion.behaviour"}
    rows = []
    for key, label in (
        ("suggestion.result", "Usulan rating hasil kerja"),
        ("suggestion.behaviour", "Usulan rating perilaku kerja"),
    ):
        line = found.get(key)
        reasons = "; ".join(value for _, value in line.numbers) if line else told.get(key) or _first(result, key)
        rows.append((label, line.printed if line else "–", reasons))
    return tuple(rows)


def _first(result: Result, key: str) -> str:
    return next((notice.message for notice in result.notices if notice.key == key), "")


def _works(case: Case, form: Form, draft: DraftEvaluation) -> list[RatedWork]:
    lines = {line.indicator_id: line for line in form.kept_lines if line.indicator_id}
    above = taken_up(case.appraisal)
    return [
        _work(number, indicators, lines, draft.works.get(number, WorkRating()), above.get(number, ""))
        for number, indicators in works_with_indicators(case.appraisal).items()
    ]


def works_with_indicators(appraisal: Appraisal) -> dict[int, list[Indicator]]:
    """The indicators of each hasil kerja by its number, in the plan's order."""
    rows: dict[int, list[Indicator]] = {}
    for item in items_of(appraisal):
        if isinstance(item.row, Indicator):
            rows.setdefault(item.row.work.number, []).append(item.row)
    return rows


def taken_up(appraisal: Appraisal) -> dict[int, str]:
    """Which hasil kerja of the superior's each one takes up, where it takes up any."""
    rows = appraisal.plan.works.select_related("superior_work") if appraisal.plan else ()
    return {work.number: work.superior_work.name for work in rows if work.superior_work}


def _work(
    number: int, indicators: list[Indicator], lines: dict[Any, Any], rated: WorkRating, superior: str
) -> RatedWork:
    work = indicators[0].work
    shown = []
    for row in indicators:
        line = lines.get(row.pk)
        shown.append(
            Shown(
                f"{number}.{row.number}",
                row.name,
                LAYOUT.targets(row),
                line.realisation if line else "",
                f"{figure(line.figure)} {row.unit}".strip() if line and line.figure is not None else "",
                line.note if line else "",
            )
        )
    from_figures = any(item.figure for item in shown) and any(row.has_figures for row in indicators)
    first = ("", "menurut angkanya") if from_figures else ("", "– pilih –")
    return RatedWork(
        number,
        str(work.get_kind_display()),
        work.name,
        superior,
        tuple(shown),
        Cell(f"work-{number}-rating", "Rating", rated.rating, options=(first, *RATINGS.items())),
        Cell(f"work-{number}-feedback", "Umpan balik", rated.feedback, options=FEEDBACK_OPTIONS),
        Cell(f"work-{number}-note", "Catatan umpan balik", rated.note),
    )


def _values(case: Case, draft: DraftEvaluation) -> list[RatedValue]:
    plan = case.appraisal.plan
    expected = dict(plan.expectations.values_list("value", "text")) if plan else {}
    rows = []
    for key, label in Value.choices:
        kept = draft.values.get(key, ValueNote())
        level = Cell(f"value-{key}-level", str(label), kept.level, options=LEVEL_OPTIONS)
        note = Cell(f"value-{key}-note", f"Catatan {label}", kept.note)
        rows.append(RatedValue(str(label), tuple(GUIDES[key]), expected.get(key, ""), level, note))
    return rows


def _decisions(case: Case, draft: DraftEvaluation, form: Form) -> list[tuple[Cell, Cell | None]]:
    """What the assessor decides: two ratings with their reasons, or the predikat itself after a broken-off study."""
    dropped_out = case.appraisal.study and form.kept_study.dropped_out
    rows: list[tuple[Cell, Cell | None]] = []
    for key in ("predicate", "behaviour") if dropped_out else ("result", "behaviour"):
        label, options = DECISIONS[key]
        reason = (
            None
            if key == "predicate"
            else Cell(f"{key}_reason", f"Alasan {label.lower()}", getattr(draft, f"{key}_reason"))
        )
        rows.append((Cell(key, label, getattr(draft, key), options=options), reason))
    return rows


def _read(case: Case, typed: Typed) -> DraftEvaluation:
    """What was sent, as it was typed."""
    works = {work: _cells(typed, f"work-{work}", ("rating", "feedback", "note")) for work in _numbers(case)}
    values = {key: _cells(typed, f"value-{key}", ("level", "note")) for key in Value.values}
    decided = ("result", "result_reason", "behaviour", "behaviour_reason", "predicate", "recommendation")
    return DraftEvaluation(
        works={number: WorkRating(**row) for number, row in works.items()},
        values={key: ValueNote(**row) for key, row in values.items()},
        **{key: typed.get(key, "").strip() for key in decided},
    )


def _cells(typed: Typed, prefix: str, names: tuple[str, ...]) -> dict[str, str]:
    return {name: typed.get(f"{prefix}-{name}", "").strip() for name in names}


def _numbers(case: Case) -> list[int]:
    return list(works_with_indicators(case.appraisal))


def _known(draft: DraftEvaluation) -> DraftEvaluation:
    """The draft without words that stand in no list, so that something can be computed."""
    return DraftEvaluation(
        works={
            number: WorkRating(_in(row.rating, RATINGS), _in(row.feedback, FEEDBACK), row.note)
            for number, row in draft.works.items()
        },
        values={key: ValueNote(_in(row.level, LEVELS), row.note) for key, row in draft.values.items()},
        result=_in(draft.result, RATINGS),
        result_reason=draft.result_reason[:LONGEST_REASON],
        behaviour=_in(draft.behaviour, RATINGS),
        behaviour_reason=draft.behaviour_reason[:LONGEST_REASON],
        predicate=_in(draft.predicate, DROPPED_OUT),
        recommendation=draft.recommendation,
    )


def _in(word: str, known: Any) -> str:
    return word if word in known else ""
