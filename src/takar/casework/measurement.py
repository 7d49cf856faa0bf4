"""What the dokumen pengukuran kinerja says: the case's people, the entered figures and the stored result, in words."""

from decimal import Decimal
from typing import Any

from takar.appraisal.enums import Behaviour
from takar.appraisal.evaluation import aspects, entered_form
from takar.appraisal.models import Activity, FormLine
from takar.appraisal.regimes import items_of, regime_of
from takar.appraisal.types import DraftAssessment
from takar.casework.capacity import Capacity
from takar.casework.models import Case
from takar.common import clock, words
from takar.documents.enums import SignedAs
from takar.documents.forms import shapes
from takar.documents.models import Document
from takar.organisation.models import Employee

EMPTY = "-"


def measurement_data(case: Case, *, assessor: shapes.Person | None = None) -> dict[str, Any]:
    """The content of the document of the result in force, without number and signatures.

    `assessor` is who assessed in the stead of the one in the snapshot.
    """
    appraisal = case.appraisal
    kept = appraisal.in_force
    result: dict[str, Any] = kept.result or {}
    values = result["values"]
    lines = {line["key"]: line for line in result["lines"]}
    draft, inputs = regime_of(appraisal).draft(kept.draft), kept.inputs or {}
    return {
        "agency": {"name": case.agency.name, "region": case.agency.region, "place": case.agency.place},
        "period": words.period(appraisal.start, appraisal.end),
        "date": f"{case.agency.place}, {words.date(clock.today())}",
        "created": clock.now().replace(microsecond=0).isoformat(),
        **{key: _person(case.snapshot[key]) for key in ("employee", "assessor", "superior")},
        **({"assessor": assessor} if assessor else {}),
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
        "working": [_working(line) for line in result["lines"]],
    }


def _person(card: dict[str, str] | None) -> shapes.Person | None:
    if card is None:
        return None
    return {
        "name": card["name"],
        "nip": words.nip(card["nip"]),
        "rank": card["rank"] or EMPTY,
        "post": card["post"] or EMPTY,
        "unit": card["unit"] or EMPTY,
    }


def replacing_data(case: Case, replaced: Document, reasons: str) -> dict[str, Any]:
    """The content of the document that takes the place of another: which one, why, and who decided."""
    note = {"number": replaced.number, "date": words.date(clock.office_date(replaced.issued_at)), "reason": reasons}
    content = measurement_data(case, assessor=replaced.data["assessor"])
    return {**content, "decider": SignedAs.SUPERIOR.value, "replaces": note}


def acting_card(actor: Employee, case: Case, capacity: Capacity) -> shapes.Person | None:
    """The person who assesses in another's stead as the document names him or her; None in one's own right."""
    if not capacity.in_stead:
        return None
    mandate = capacity.mandate
    replaced = case.snapshot["assessor" if mandate and mandate.principal_id == case.assessor_id else "superior"]
    return {
        "name": actor.full_name,
        "nip": words.nip(actor.nip),
        "rank": actor.rank or EMPTY,
        "post": (capacity.title if mandate else replaced["post"]) or EMPTY,
        "unit": replaced["unit"] or EMPTY,
        "role": capacity.title,
    }


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
            "target": _target(target),
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


def _target(target: Activity) -> shapes.Figures:
    return {
        "credit": words.figure(target.credit),
        "quantity": f"{words.figure(target.quantity)} {target.quantity_unit}",
        "quality": words.figure(target.quality),
        "time": f"{words.figure(target.time)} {target.time_unit}",
        "cost": words.figure(target.cost),
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


def _working(line: dict[str, Any]) -> shapes.WorkingLine:
    numbers = "; ".join(f"{number['name']} = {number['value']}" for number in line["numbers"])
    return {
        "label": _where(line["key"]) + line["label"],
        "formula": line["formula"],
        "numbers": numbers,
        "value": line["printed"],
        "basis": line["basis"],
    }


def _where(key: str) -> str:
    """Lines of an activity say which one."""
    parts = key.split(".")
    if parts[0] == "plans":
        inner = _where(".".join(parts[2:]))
        return f"Bagian {int(parts[1]) + 1}, {inner.lower()}" if inner else f"Bagian {int(parts[1]) + 1}: "
    return f"Kegiatan {int(parts[1]) + 1}: " if parts[0] == "activities" else ""
