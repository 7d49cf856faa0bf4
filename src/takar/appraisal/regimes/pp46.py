"""PP 46/2011: kegiatan in four aspects, unsur penunjang, behaviour in figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import UUIDField

from takar.appraisal.enums import Behaviour, ExtraKind, Figure
from takar.appraisal.models import Activity, Appraisal, Form, Plan
from takar.appraisal.regimes.texts import stored, text, value_of
from takar.appraisal.regimes.types import Check, Line, Regime, StudyCheck
from takar.appraisal.types import DraftAssessment
from takar.common.errors import Problem
from takar.common.prepared import Prepared, Slot
from takar.rules.scoring.types import Problem as Missing
from takar.rules.scoring.types import Result

FIELD_LABELS = {**dict(Figure.choices), "quality": "Kualitas"}
LOWEST, HIGHEST, BEYOND = Decimal(0), Decimal(100), Decimal(10_000)
# A realisation of more than twice the target, or more months than a year has, is possible but rarely meant.
FAR_ABOVE = Decimal(2)
MONTHS_IN_YEAR = Decimal(12)


def aspects(appraisal: Appraisal) -> tuple[Behaviour, ...]:
    """The behaviours that are assessed for this person: leadership only in structural posts."""
    return tuple(a for a in Behaviour if a is not Behaviour.LEADERSHIP or appraisal.leadership)


def _rows(plans: Sequence[Plan]) -> list[tuple[Any, Activity]]:
    """In the order of the plans: after a mutasi the earlier part comes first."""
    if len(plans) == 1:
        return [(row.plan_id, row) for row in _ACTIVITIES(plan=plans[0].pk)]
    order = {plan.pk: place for place, plan in enumerate(plans)}
    found = Activity.objects.filter(plan__in=plans).select_related("plan").order_by("plan", "number")
    return [(row.plan_id, row) for row in sorted(found, key=lambda row: (order[row.plan_id], row.number))]


_ACTIVITIES: Prepared[Activity] = Prepared(
    lambda: Activity.objects.filter(plan=Slot("plan", UUIDField())).select_related("plan").order_by("number")
)


def _filled(line: Line) -> bool:
    return any(getattr(line.row, name) is not None for name in Figure.values)


CHECKS = (
    Check(
        "no_target",
        lambda line: line.target is None,
        "Ada realisasi tanpa target; tidak dihitung sebagai kegiatan SKP. Pastikan ini bukan tugas tambahan.",
    ),
    Check(
        "no_realisation",
        lambda line: line.target is not None and not _filled(line),
        "Target ada, realisasi belum diisi; bila dibiarkan, kegiatan ini bernilai nol.",
    ),
    Check(
        "quantity_missing",
        lambda line: line.target is not None and _filled(line) and line.row.quantity is None,
        "Realisasi kuantitas belum diisi.",
    ),
    Check(
        "time_missing",
        lambda line: line.target is not None and bool(line.row.quantity) and line.row.time is None,
        "Realisasi waktu belum diisi.",
    ),
    Check(
        "cost_missing",
        lambda line: (
            line.target is not None
            and line.target.cost is not None
            and bool(line.row.quantity)
            and line.row.cost is None
        ),
        "Kegiatan ini didukung anggaran, tetapi realisasi biaya belum diisi.",
    ),
    Check(
        "cost_without_target",
        lambda line: line.target is not None and line.target.cost is None and bool(line.row.cost),
        "Ada realisasi biaya, padahal kegiatan ini tidak bertarget biaya; biaya tidak dihitung.",
    ),
    Check(
        "quantity_far_above",
        lambda line: (
            line.target is not None
            and line.row.quantity is not None
            and line.row.quantity > FAR_ABOVE * line.target.quantity
        ),
        "Kuantitas lebih dari dua kali target; pastikan angkanya benar.",
    ),
    Check(
        "time_beyond_year",
        lambda line: (
            line.target is not None
            and line.target.time_unit == "bulan"
            and line.row.time is not None
            and line.row.time > MONTHS_IN_YEAR
        ),
        "Waktu lebih dari 12 bulan dalam satu tahun; periksa angka atau satuannya.",
    ),
    Check(
        "no_evidence",
        lambda line: bool(line.row.quantity) and not line.has_evidence,
        "Belum ada bukti dukung.",
    ),
)


def _draft(kept: Mapping[str, Any]) -> DraftAssessment:
    return DraftAssessment(
        quality={int(number): value_of(value) for number, value in kept.get("quality", {}).items()},
        behaviour={aspect: value_of(value) for aspect, value in kept.get("behaviour", {}).items()},
        recommendation=kept.get("recommendation", ""),
    )


def _plain(draft: DraftAssessment) -> dict[str, Any]:
    return {
        "quality": {str(number): stored(value) for number, value in sorted(draft.quality.items())},
        "behaviour": {aspect: stored(value) for aspect, value in sorted(draft.behaviour.items())},
        "recommendation": draft.recommendation,
    }


def _problems(draft: DraftAssessment) -> list[Problem]:
    given = [(f"Kegiatan {number}, Kualitas", value) for number, value in draft.quality.items()]
    given += [(str(Behaviour(aspect).label), value) for aspect, value in draft.behaviour.items()]
    return [
        Problem(where, "Nilai harus antara 0 dan 100.")
        for where, value in given
        if value is not None and not LOWEST <= value <= HIGHEST
    ]


def _inputs(appraisal: Appraisal, draft: DraftAssessment, form: Form) -> dict[str, Any]:
    """The method's input as JSON values: figures are strings, so that nothing is ever a float."""
    return {
        "method": appraisal.method,
        "period": {"start": appraisal.start.isoformat(), "end": appraisal.end.isoformat()},
        "leadership": appraisal.leadership,
        **(_study(form) if appraisal.study else _achievement(appraisal, draft, form)),
        "behaviour": {
            aspect.value: text(draft.behaviour.get(aspect.value))
            for aspect in aspects(appraisal)
            if draft.behaviour.get(aspect.value) is not None
        },
    }


def _achievement(appraisal: Appraisal, draft: DraftAssessment, form: Form) -> dict[str, Any]:
    """Kegiatan, by parts of the year after a mutasi, and unsur penunjang."""
    lines = {line.activity_id: line for line in form.kept_lines if line.activity_id}
    parts: dict[Any, list[dict[str, Any]]] = {plan.pk: [] for plan in appraisal.plans}
    known = [(row.plan_id, row) for _, row in appraisal.known_items or ()]
    for number, (plan_id, row) in enumerate(known or _rows(appraisal.plans), start=1):
        parts[plan_id].append(_activity(row, lines.get(row.pk), draft.quality.get(number)))
    extras = form.kept_extras
    return {
        **_by_part(appraisal.plans, parts),
        "additional_tasks": [
            {"name": extra.name, "letter": extra.letter} for extra in extras if extra.kind == ExtraKind.ADDITIONAL
        ],
        "creativity": [
            {"name": extra.name, "letter": extra.letter, "level": extra.level}
            for extra in extras
            if extra.kind == ExtraKind.CREATIVITY
        ],
    }


def _by_part(plans: Sequence[Plan], parts: Mapping[Any, list[dict[str, Any]]]) -> dict[str, Any]:
    if len(plans) <= 1:
        return {"activities": [activity for plan in plans for activity in parts[plan.pk]]}
    return {"plans": [{"label": plan.part_label, "activities": parts[plan.pk]} for plan in plans]}


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


def _study(form: Form) -> dict[str, Any]:
    """Tugas belajar: the grade in the place of the SKP (Pasal 28)."""
    gpa = form.kept_study.gpa
    return {"study": {"grade": text(gpa)}}


def _incomplete(_inputs: Mapping[str, Any]) -> Sequence[Missing]:
    return ()


def _place_of(path: str) -> str:
    """Where it stands: "activities.0.realisation.quality" is Kegiatan 1, Kualitas."""
    parts = path.split(".")
    if parts[0] == "plans" and len(parts) > 2:  # noqa: PLR2004 -- the part, and where in it
        return f"Bagian {int(parts[1]) + 1}, {_place_of('.'.join(parts[2:]))}"
    if parts[0] == "activities" and len(parts) > 1:
        return f"Kegiatan {int(parts[1]) + 1}, {FIELD_LABELS.get(parts[-1], parts[-1])}"
    if parts[0] == "study":
        return "IPK"
    if parts[0] == "behaviour" and len(parts) > 1 and parts[1] in Behaviour.values:
        return str(Behaviour(parts[1]).label)
    return "Perilaku kerja" if parts[0] == "behaviour" else path


def _columns(result: Result) -> dict[str, Any]:
    values = result.values
    return {
        "skp_value": values["skp"].rounded,
        "behaviour_value": values["behaviour"].rounded,
        "final_value": values["final"].rounded,
        "work_rating": "",
        "behaviour_rating": "",
        "category": values["final"].category or "",
    }


def _beyond(result: Result) -> list[Problem]:
    """A figure mistyped by many digits gives a value that no scale knows."""
    return [
        Problem(label, f"Hasilnya {result.values[name].printed}, jauh di luar skala mana pun.")
        for name, label in (("skp", "Nilai SKP"), ("final", "Nilai prestasi kerja"))
        if (result.values[name].rounded or 0) >= BEYOND
    ]


PP46 = Regime(
    link="activity",
    item_name="Kegiatan",
    rows=_rows,
    checks=CHECKS,
    draft=_draft,
    plain=_plain,
    problems=_problems,
    inputs=_inputs,
    incomplete=_incomplete,
    place_of=_place_of,
    columns=_columns,
    study_checks=(StudyCheck("no_gpa", lambda study: study.gpa is None, "IPK belum diisi."),),
    study_has_plan=False,
    beyond=_beyond,
    has_extras=True,
)
