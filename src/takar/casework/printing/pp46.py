"""What the forms of PP 46/2011 say of a case: the entered figures and the stored result, in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from takar.appraisal.enums import Behaviour
from takar.appraisal.evaluation import aspects, entered_form
from takar.appraisal.models import Activity, FormLine
from takar.appraisal.regimes import items_of, regime_of
from takar.appraisal.types import DraftAssessment
from takar.casework.models import Case
from takar.casework.printing.cards import working_of
from takar.casework.printing.plans import target_of
from takar.common import words
from takar.documents.forms import shapes

FORM = "dokumen_pengukuran"


def result_of(case: Case) -> dict[str, Any]:
    """The result in force with everything that it was computed from."""
    appraisal = case.appraisal
    kept = appraisal.in_force
    result: dict[str, Any] = kept.result or {}
    values = result["values"]
    lines = {line["key"]: line for line in result["lines"]}
    draft, inputs = regime_of(appraisal).draft(kept.draft), kept.inputs or {}
    return {
        "activities": _activities(case, draft, lines),
        "additional": _extras(inputs.get("additional_tasks", []), lines.get("skp.additional")),
        "creativity": _extras(inputs.get("creativity", []), lines.get("skp.creativity")),
        "skp": _rated(values["skp"]),
        "behaviour": [_aspect(aspect, values) for aspect in aspects(appraisal)],
        "behaviour_sum": lines["behaviour.sum"]["printed"],
        "behaviour_mean": _rated(values["behaviour"]),
        "shares": {
            "skp": lines["final.skp_share"]["printed"],
            "behaviour": lines["final.behaviour_share"]["printed"],
        },
        "final": _rated(values["final"]),
        "recommendation": draft.recommendation,
        "working": [working_of(line, _where(line["key"])) for line in result["lines"]],
    }


def replaced(texts: Mapping[str, str], days: Mapping[str, str]) -> dict[str, Any]:
    """Boxes 5 to 7: the objection, what the assessor said to it, and what was decided."""
    answer = "respond" if "respond" in texts else "hear_assessor"
    boxes = {"objection": "object", "response": answer, "decision": "decide"}
    return {box: {"text": texts[kind], "date": days[kind]} for box, kind in boxes.items() if kind in texts}


def _activities(case: Case, draft: DraftAssessment, lines: dict[str, dict[str, Any]]) -> list[shapes.Activity]:
    """The kegiatan; after a mutasi each part of the year begins with its name and its mean."""
    if case.appraisal.study:
        return [_academic(lines["skp"])]
    rows = {row.activity_id: row for row in entered_form(case.appraisal).kept_lines if row.activity_id}
    places: dict[Any, int] = {}
    plans = case.appraisal.plans
    found: list[shapes.Activity] = []
    for number, target in items_of(case.appraisal):
        assert isinstance(target, Activity)  # noqa: S101 -- the rows of PP 46/2011
        index = places[target.plan_id] = places.get(target.plan_id, -1) + 1
        part = next(place for place, plan in enumerate(plans) if plan.pk == target.plan_id)
        key = f"activities.{index}" if len(plans) == 1 else f"plans.{part}.activities.{index}"
        activity: shapes.Activity = {
            "no": str(number),
            "name": target.name,
            "target": target_of(target),
            "realisation": _realisation(target, rows.get(target.pk), draft.quality.get(number)),
            "sum": lines[f"{key}.sum"]["printed"],
            "value": lines[f"{key}.value"]["printed"],
        }
        if len(plans) > 1 and index == 0:
            mean = lines[f"plans.{part}.mean"]["printed"]
            activity["part"] = f"SKP {plans[part].part_label} (rata-rata {mean})"
        found.append(activity)
    return found


def _academic(line: dict[str, Any]) -> shapes.Activity:
    """Tugas belajar: the grade in the place of the kegiatan (PP 46/2011 Pasal 28)."""
    grade, highest = (number["value"] for number in line["numbers"])
    return {
        "no": "1",
        "name": "Prestasi akademik selama tugas belajar (PP 46/2011 Pasal 28): IPK",
        "target": {"quality": highest},
        "realisation": {"quality": grade},
        "sum": line["printed"],
        "value": line["printed"],
    }


def _realisation(target: Activity, row: FormLine | None, quality: Decimal | None) -> shapes.Figures:
    if row is None:
        return {}
    return {
        "credit": words.figure(row.credit),
        "quantity": f"{words.figure(row.quantity)} {target.quantity_unit}" if row.quantity is not None else "",
        "quality": words.figure(quality),
        "time": f"{words.figure(row.time)} {target.time_unit}" if row.time is not None else "",
        "cost": words.figure(row.cost),
    }


def _extras(given: list[dict[str, str]], line: dict[str, Any] | None) -> list[dict[str, str]]:
    """Tasks with their letters; the points are given once, for all together, on the last row."""
    points = line["printed"] if line else ""
    last = len(given) - 1
    return [
        {
            "name": item["name"],
            "letter": item.get("letter", ""),
            "level": item.get("level", ""),
            "points": points if index == last else "",
        }
        for index, item in enumerate(given)
    ]


def _rated(value: dict[str, Any]) -> shapes.Rated:
    return {"value": value["printed"], "label": value["category_label"] or ""}


def _aspect(aspect: Behaviour, values: dict[str, dict[str, Any]]) -> shapes.Aspect:
    value = values[f"behaviour.{aspect.value}"]
    return {"label": str(aspect.label), "value": value["printed"], "category": value["category_label"] or ""}


def _where(key: str) -> str:
    """Lines of an activity say which one."""
    parts = key.split(".")
    if parts[0] == "plans":
        inner = _where(".".join(parts[2:]))
        return f"Bagian {int(parts[1]) + 1}, {inner.lower()}" if inner else f"Bagian {int(parts[1]) + 1}: "
    return f"Kegiatan {int(parts[1]) + 1}: " if parts[0] == "activities" else ""
