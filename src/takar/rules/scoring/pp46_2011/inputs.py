"""What the appraisal under PP 46/2011 takes: activities with target and realisation, extras, behaviour."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from takar.rules.numbers import format_decimal
from takar.rules.scoring.parameters import load
from takar.rules.scoring.reading import Reader
from takar.rules.scoring.types import Problem

PARAMETERS = load("pp46-2011")
MAX_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """Target or realisation of one activity; cost and credit are None where the form leaves them empty."""

    quantity: Decimal
    quality: Decimal
    time: Decimal
    cost: Decimal | None = None
    credit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One kegiatan tugas jabatan; time and quantity are in the units of the target.

    After a revision within the year `target` is the revised one, `original` the one it replaced, `reason` why.
    """

    name: str
    target: Measure
    realisation: Measure
    original: Measure | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One SKP; an activity that is not complete yet is None."""

    label: str
    activities: tuple[Activity | None, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A tugas tambahan (level "") or a kreativitas with its level, and the letter that proves it ("" if none)."""

    name: str
    letter: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """Prestasi akademik of an employee on tugas belajar (Pasal 28): the grade and the highest grade of its scale."""

    grade: Decimal
    scale: Decimal


@dataclass(frozen=True, slots=True)
class Inputs:
    """One year of one employee: one plan, several after a mutasi, or a study instead; what is incomplete is None."""

    start: dt.date | None
    end: dt.date | None
    leadership: bool
    plans: tuple[Plan, ...]
    study: Study | None
    additional_tasks: tuple[Extra, ...]
    creativity: tuple[Extra, ...]
    behaviour: Mapping[str, Decimal] | None


def read(data: Mapping[str, Any], method_id: str) -> tuple[Inputs, tuple[Problem, ...]]:
    """Read the input as far as it can be read, and every problem with its path."""
    reader = Reader(data)
    reader.choice("method", [method_id], optional=True)
    start, end = reader.period()
    leadership = reader.flag("leadership", default=False)
    studying = reader.given("study") is not None
    inputs = Inputs(
        start=start,
        end=end,
        leadership=leadership,
        plans=() if studying else _plans(reader),
        study=_study(reader) if studying else None,
        additional_tasks=tuple(_extra(item) for item in reader.items("additional_tasks")),
        creativity=tuple(_creativity(item) for item in reader.items("creativity")),
        behaviour=_behaviour(reader.child("behaviour"), leadership=leadership),
    )
    reader.close()
    return inputs, tuple(reader.problems)


def _plans(reader: Reader) -> tuple[Plan, ...]:
    if reader.given("plans") is None:
        return (_plan(reader),)
    if reader.given("activities") is not None:
        reader.refuse("activities", "Isilah “activities” atau “plans”, tidak keduanya.")
    plans = []
    for item in reader.items("plans", least=2, most=12):
        plans.append(_plan(item, label=item.text("label", optional=True)))
        item.close()
    return tuple(plans)


def _plan(reader: Reader, label: str = "") -> Plan:
    return Plan(label, tuple(_activity(item) for item in reader.items("activities", least=1)))


def _study(reader: Reader) -> Study | None:
    """A student has no SKP (Pasal 30 ayat (2)), so nothing of one may stand beside the grade."""
    for key in ("activities", "plans", "additional_tasks", "creativity"):
        if reader.given(key):
            reader.refuse(key, "Pegawai tugas belajar tidak menyusun SKP (PP 46/2011 Pasal 30 ayat (2)); kosongkan.")
    study = reader.child("study")
    scale = study.number("scale", positive=True, optional=True) or Decimal(PARAMETERS.tables["study"]["scale"])
    grade = study.number("grade")
    study.close()
    if grade is not None and grade > scale:
        study.refuse("grade", f"Melebihi nilai tertinggi {format_decimal(scale, None)}; periksa nilai atau skalanya.")
        return None
    return None if grade is None else Study(grade, scale)


def _activity(reader: Reader) -> Activity | None:
    known_problems = len(reader.problems)
    name, target_reader, done_reader = reader.text("name"), reader.child("target"), reader.child("realisation")
    original = _target(target_reader)
    revised, reason = _revision(reader, original)
    target = revised or original
    realisation = _realisation(done_reader, with_cost=bool(target and target.cost))
    for part in (target_reader, done_reader, reader):
        part.close()
    if len(reader.problems) > known_problems or target is None or realisation is None:
        return None
    return Activity(name, target, realisation, original if revised else None, reason)


def _revision(reader: Reader, original: Measure | None) -> tuple[Measure | None, str]:
    """The target as revised within the year: what the revision leaves empty stays as it was."""
    if reader.given("revision") is None:
        return None, ""
    revision = reader.child("revision")
    reason = revision.text("reason")
    changes = {
        "quantity": revision.number("quantity", positive=True, optional=True),
        "quality": revision.number("quality", positive=True, high=MAX_PERCENT, optional=True),
        "time": revision.number("time", positive=True, optional=True),
        "cost": revision.number("cost", optional=True),
        "credit": revision.number("credit", optional=True),
    }
    revision.close()
    changed = {key: number for key, number in changes.items() if number is not None}
    return (replace(original, **changed) if original else None), reason


def _target(reader: Reader) -> Measure | None:
    for unit in ("quantity_unit", "time_unit"):
        reader.text(unit, optional=True)
    return _measure(
        reader.number("quantity", positive=True),
        reader.number("quality", positive=True, high=MAX_PERCENT),
        reader.number("time", positive=True),
        cost=reader.number("cost", optional=True),
        credit=reader.number("credit", optional=True),
    )


def _realisation(reader: Reader, *, with_cost: bool) -> Measure | None:
    quantity = reader.number("quantity")
    idle = quantity == 0
    quality = reader.number("quality", high=MAX_PERCENT, optional=idle)
    time = reader.number("time", optional=idle)
    cost = reader.number("cost", optional=idle or not with_cost)
    credit = reader.number("credit", optional=True)
    if idle:
        quality, time, cost = quality or Decimal(), time or Decimal(), cost or Decimal()
    return _measure(quantity, quality, time, cost=cost, credit=credit)


def _measure(
    quantity: Decimal | None,
    quality: Decimal | None,
    time: Decimal | None,
    *,
    cost: Decimal | None,
    credit: Decimal | None,
) -> Measure | None:
    if quantity is None or quality is None or time is None:
        return None
    return Measure(quantity, quality, time, cost, credit)


def _extra(reader: Reader) -> Extra:
    extra = Extra(reader.text("name"), reader.text("letter", optional=True))
    reader.close()
    return extra


def _creativity(reader: Reader) -> Extra:
    levels = [row["level"] for row in PARAMETERS.rows("creativity")]
    extra = Extra(reader.text("name"), reader.text("letter", optional=True), reader.choice("level", levels) or "")
    reader.close()
    return extra


def _behaviour(reader: Reader, *, leadership: bool) -> Mapping[str, Decimal] | None:
    """Read five or six aspects (Pasal 12), each at most 100 (Pasal 13 ayat (3)); None until all are there."""
    scores: dict[str, Decimal | None] = {}
    for row in PARAMETERS.rows("behaviour"):
        key = row["key"]
        if leadership or not row.get("structural_only"):
            scores[key] = reader.number(key, high=MAX_PERCENT)
        elif reader.given(key) is not None:
            reader.refuse(
                key, "Kepemimpinan hanya dinilai bagi jabatan struktural (PP 46/2011 Pasal 12 ayat (2)); kosongkan."
            )
    reader.close()
    complete = {key: score for key, score in scores.items() if score is not None}
    return complete if len(complete) == len(scores) else None
