"""PermenPANRB 6/2022: hasil kerja with indicators, the seven values, two ratings that the assessor decides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from takar.appraisal.achievements import figures_for
from takar.appraisal.enums import Regulation, Value
from takar.appraisal.models import Appraisal, Form, FormLine, Indicator, Plan
from takar.appraisal.regimes.texts import text
from takar.appraisal.regimes.types import Check, Line, Regime, StudyCheck
from takar.appraisal.types import DraftEvaluation, StudyData, ValueNote, WorkRating
from takar.common.errors import Problem
from takar.rules.scoring.parameters import load
from takar.rules.scoring.types import Problem as Missing
from takar.rules.scoring.types import Result

PARAMETERS = load(Regulation.PERMENPAN6.value)
RATINGS = {row["category"]: row["label"] for row in PARAMETERS.rows("ratings")}
PREDICATES = {row["category"]: row["label"] for row in PARAMETERS.rows("predicates")}
DROPPED_OUT = {row["category"]: PREDICATES[row["category"]] for row in PARAMETERS.rows("dropped_out")}
LEVELS = {
    "penjaga": "Konsisten dan menjaga penerapannya pada orang lain",
    "konsisten": "Konsisten untuk diri sendiri",
    "belum": "Belum konsisten",
}
FEEDBACK = {"positif": "Positif", "campuran": "Sebagian positif", "negatif": "Tidak positif"}
LONGEST_REASON = 2000
# A realisation of more than twice the upper edge is possible but rarely meant.
FAR_ABOVE = Decimal(2)
PLACES = {
    "decision.result": "Rating hasil kerja",
    "decision.result_reason": "Alasan rating hasil kerja",
    "decision.behaviour": "Rating perilaku kerja",
    "decision.behaviour_reason": "Alasan rating perilaku kerja",
    "decision.predicate": "Predikat kinerja",
    "organisation.achievement": "Capaian kinerja organisasi",
    "organisation.previous": "Capaian kinerja organisasi tahun sebelumnya",
    "results": "Hasil kerja",
    "study.gpa": "IPK",
    "study.level": "Jenjang",
    "study.institution": "Perguruan tinggi",
    "study.programme": "Akreditasi program studi",
}


def _rows(plans: Sequence[Plan]) -> list[tuple[Any, Indicator]]:
    found = Indicator.objects.filter(work__plan__in=plans).select_related("work")
    return [(row.work.plan_id, row) for row in found.order_by("work__plan", "work__number", "number")]


def _filled(row: FormLine) -> bool:
    return bool(row.realisation) or row.figure is not None


def _edge(line: Line) -> Decimal | None:
    """The target's largest figure; None for a target in words."""
    edge: Decimal | None = line.target.maximum if line.target.maximum is not None else line.target.minimum
    return edge


CHECKS = (
    Check(
        "no_target",
        lambda line: line.target is None,
        "Ada realisasi tanpa indikator; tidak ikut dinilai. Usulkan perubahan SKP bila pekerjaan ini memang tugasnya.",
    ),
    Check(
        "no_realisation",
        lambda line: line.target is not None and not _filled(line.row),
        "Target ada, realisasi belum diisi.",
    ),
    Check(
        "figure_missing",
        lambda line: (
            line.target is not None and line.target.has_figures and _filled(line.row) and line.row.figure is None
        ),
        "Targetnya berupa angka, tetapi realisasinya belum diisi sebagai angka; usulan rating tidak dapat memakainya.",
    ),
    Check(
        "figure_without_target",
        lambda line: line.target is not None and not line.target.has_figures and line.row.figure is not None,
        "Realisasinya berangka, padahal targetnya berupa uraian; angkanya tidak dibandingkan.",
    ),
    Check(
        "figure_far_above",
        lambda line: (
            line.target is not None
            and line.row.figure is not None
            and (edge := _edge(line)) is not None
            and line.row.figure > FAR_ABOVE * edge
        ),
        "Angkanya lebih dari dua kali target; pastikan benar.",
    ),
    Check(
        "no_evidence",
        lambda line: _filled(line.row) and not line.has_evidence,
        "Belum ada bukti dukung; bukti harus menunjukkan hasilnya, bukan kegiatannya (Pasal 16).",
    ),
)
STUDY_CHECKS = (
    StudyCheck("no_gpa", lambda study: study.gpa is None and not study.dropped_out, "IPK belum diisi."),
    StudyCheck(
        "no_institution",
        lambda study: not (study.dropped_out or (study.level and study.institution)),
        "Jenjang atau perguruan tinggi belum diisi; keduanya menentukan panduan IPK.",
    ),
)


def _draft(kept: Mapping[str, Any]) -> DraftEvaluation:
    plain = {key: kept.get(key, "") for key in DECIDED}
    return DraftEvaluation(
        works={int(number): WorkRating(**row) for number, row in kept.get("works", {}).items()},
        values={key: ValueNote(**row) for key, row in kept.get("values", {}).items()},
        **plain,
    )


DECIDED = ("result", "result_reason", "behaviour", "behaviour_reason", "predicate", "recommendation")


def _plain(draft: DraftEvaluation) -> dict[str, Any]:
    return {
        "works": {str(number): asdict(row) for number, row in sorted(draft.works.items())},
        "values": {key: asdict(row) for key, row in sorted(draft.values.items())},
        **{key: getattr(draft, key) for key in DECIDED},
    }


def _problems(draft: DraftEvaluation) -> list[Problem]:
    given: list[tuple[str, str, Mapping[str, str]]] = [
        ("Rating hasil kerja", draft.result, RATINGS),
        ("Rating perilaku kerja", draft.behaviour, RATINGS),
        ("Predikat kinerja", draft.predicate, DROPPED_OUT),
    ]
    for number, row in draft.works.items():
        given += [(f"Hasil kerja {number}, rating", row.rating, RATINGS)]
        given += [(f"Hasil kerja {number}, umpan balik", row.feedback, FEEDBACK)]
    for key, value in draft.values.items():
        given += [(str(dict(Value.choices).get(key, key)), value.level, LEVELS)]
    problems = [Problem(where, "Pilih dari daftar.") for where, word, known in given if word and word not in known]
    return problems + [
        Problem(where, f"Paling panjang {LONGEST_REASON} huruf; pendekkan.")
        for where, words in _texts(draft)
        if len(words) > LONGEST_REASON
    ]


def _texts(draft: DraftEvaluation) -> list[tuple[str, str]]:
    return [
        ("Alasan rating hasil kerja", draft.result_reason),
        ("Alasan rating perilaku kerja", draft.behaviour_reason),
        ("Catatan/rekomendasi", draft.recommendation),
        *((f"Hasil kerja {number}, catatan", row.note) for number, row in draft.works.items()),
        *((f"{dict(Value.choices).get(key, key)}, catatan", row.note) for key, row in draft.values.items()),
    ]


def _inputs(appraisal: Appraisal, draft: DraftEvaluation, form: Form) -> dict[str, Any]:
    """The method's input as JSON values; hasil kerja in the plan's order, figures as text."""
    lines = {line.indicator_id: line for line in form.kept_lines if line.indicator_id}
    works: dict[int, tuple[Any, list[Indicator]]] = {}
    for _, row in PERMENPAN6.items_of(appraisal):
        if isinstance(row, Indicator):
            works.setdefault(row.work.number, (row.work, []))[1].append(row)
    return {
        "method": appraisal.method,
        "period": {"start": appraisal.start.isoformat(), "end": appraisal.end.isoformat()},
        "cycle": appraisal.cycle,
        "organisation": figures_for(appraisal).as_input(),
        "results": [
            _work(work, rows, lines, draft.works.get(number, WorkRating())) for number, (work, rows) in works.items()
        ],
        "behaviours": {key: row.level for key, row in draft.values.items() if row.level},
        "study": _study(form.kept_study) if appraisal.study else None,
        "decision": {key: getattr(draft, key) for key in DECIDED[:4]} | {"predicate": draft.predicate or None},
    }


def _work(work: Any, rows: Sequence[Indicator], lines: Mapping[Any, FormLine], rated: WorkRating) -> dict[str, Any]:
    return {
        "name": work.name,
        "kind": work.kind,
        "rating": rated.rating or None,
        "feedback": rated.feedback or None,
        "indicators": [_indicator(row, lines.get(row.pk)) for row in rows],
    }


def _indicator(row: Indicator, line: FormLine | None) -> dict[str, Any]:
    return {
        "name": row.name,
        "target": {
            "min": text(row.minimum),
            "max": text(row.maximum),
            "unit": row.unit,
            "direction": row.direction,
            "text": row.target,
        },
        "realisation": text(line.figure) if line else None,
    }


def _study(study: StudyData) -> dict[str, Any]:
    return {
        "gpa": text(study.gpa),
        "level": study.level or None,
        "institution": study.institution or None,
        "programme": study.programme or None,
        "dropped_out": study.dropped_out,
    }


def _incomplete(inputs: Mapping[str, Any]) -> list[Missing]:
    """Every hasil kerja and every value is rated before the whole is: each suggestion then has its reasons."""
    missing = [
        Missing(f"results.{index}.rating", "Pilih ratingnya; indikatornya tidak berangka, maka tidak ada usulan.")
        for index, work in enumerate(inputs["results"])
        if not work["rating"] and not any(_comparable(row) for row in work["indicators"])
    ]
    return missing + [
        Missing(f"behaviours.{value.value}", "Pilih penerapannya.")
        for value in Value
        if value.value not in inputs["behaviours"]
    ]


def _comparable(row: Mapping[str, Any]) -> bool:
    return row["realisation"] is not None and bool(row["target"]["min"] or row["target"]["max"])


def _place_of(path: str) -> str:
    """Where it stands: "results.0.rating" is Hasil kerja 1."""
    parts = path.split(".")
    if parts[0] == "results" and len(parts) > 1:
        return f"Hasil kerja {int(parts[1]) + 1}"
    if parts[0] == "behaviours" and len(parts) > 1:
        return str(dict(Value.choices).get(parts[1], parts[1]))
    return PLACES.get(path, path)


def _columns(result: Result) -> dict[str, Any]:
    values = result.values
    rated = {name: values[name].category or "" if name in values else "" for name in ("result", "behaviour", "final")}
    return {
        "skp_value": None,
        "behaviour_value": None,
        "final_value": None,
        "work_rating": rated["result"],
        "behaviour_rating": rated["behaviour"],
        "category": rated["final"],
    }


def _beyond(_result: Result) -> list[Problem]:
    return []


PERMENPAN6 = Regime(
    link="indicator",
    item_name="Indikator",
    rows=_rows,
    checks=CHECKS,
    draft=_draft,
    plain=_plain,
    problems=_problems,
    inputs=_inputs,
    incomplete=_incomplete,
    place_of=_place_of,
    columns=_columns,
    beyond=_beyond,
    study_checks=STUDY_CHECKS,
)
