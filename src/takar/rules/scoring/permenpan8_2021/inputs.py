"""What the appraisal under PermenPANRB 8/2021 takes: results with indicators, behaviour, the half year before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from takar.rules.scoring.parameters import load
from takar.rules.scoring.reading import Reader
from takar.rules.scoring.types import Problem

PARAMETERS = load("permenpan8-2021")
HIGHEST = 120


@dataclass(frozen=True, slots=True)
class Indicator:
    """One IKI: target as a range (both edges equal for a single figure).

    `special`: the smaller the better; `maximum`: more than the target cannot be had.
    """

    name: str
    low: Decimal
    high: Decimal
    realisation: Decimal
    special: bool
    maximum: bool


@dataclass(frozen=True, slots=True)
class PlannedResult:
    """One rencana kinerja; an indicator that is not complete yet is None.

    `initiative` marks the inisiatif strategis of a leader; `scope_weight` is the bobot lingkup penugasan of a tambahan.
    """

    name: str
    additional: bool
    initiative: bool
    scope_weight: Decimal | None
    indicators: tuple[Indicator | None, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Half a year of one employee; what is incomplete is None."""

    leader: bool
    results: tuple[PlannedResult, ...]
    behaviour: Mapping[str, Decimal] | None
    peers: Mapping[str, Decimal] | None
    peers_asked: bool
    new_idea: bool
    first_half: Decimal | None


def read(
    data: Mapping[str, Any], method_id: str, governed: tuple[dt.date, dt.date | None]
) -> tuple[Inputs, tuple[Problem, ...]]:
    """Read the input as far as it can be read, and every problem with its path."""
    reader = Reader(data)
    reader.choice("method", [method_id], optional=True)
    reader.period(governed)
    leadership = reader.flag("leadership", default=False)
    inputs = Inputs(
        leader=reader.choice("position", ["pimpinan", "ja_jf"]) == "pimpinan",
        results=tuple(_result(item) for item in reader.items("results", least=1)),
        behaviour=_behaviour(reader.child("behaviour"), leadership=leadership),
        peers=_behaviour(reader.child("peers"), leadership=leadership) if reader.given("peers") is not None else None,
        peers_asked=reader.given("peers") is not None,
        new_idea=reader.flag("new_idea", default=False),
        first_half=reader.number("first_half", optional=True),
    )
    reader.close()
    return inputs, tuple(reader.problems)


def _result(reader: Reader) -> PlannedResult:
    additional = reader.choice("kind", ["utama", "tambahan"]) == "tambahan"
    result = PlannedResult(
        name=reader.text("name"),
        additional=additional,
        initiative=reader.flag("initiative", default=False),
        scope_weight=reader.number("scope_weight", high=100, optional=not additional),
        indicators=tuple(_indicator(item) for item in reader.items("indicators", least=1)),
    )
    reader.close()
    return result


def _indicator(reader: Reader) -> Indicator | None:
    known_problems = len(reader.problems)
    name, target = reader.text("name"), reader.child("target")
    low, high = target.number("min", positive=True), target.number("max", positive=True, optional=True)
    target.close()
    if low is not None and high is not None and high < low:
        target.refuse("max", "Batas atas target lebih kecil daripada batas bawahnya; perbaiki.")
    realisation = reader.number("realisation")
    special = reader.choice("condition", ["normal", "khusus"], optional=True) == "khusus"
    maximum = reader.flag("maximum", default=False)
    reader.close()
    if low is None or realisation is None or len(reader.problems) > known_problems:
        return None
    return Indicator(name, low, low if high is None else high, realisation, special, maximum)


def _behaviour(reader: Reader, *, leadership: bool) -> Mapping[str, Decimal] | None:
    """Read four or five aspects (PP 30/2019 Pasal 25), each at most 120; None until all are there."""
    scores: dict[str, Decimal | None] = {}
    for row in PARAMETERS.rows("behaviour"):
        if leadership or not row.get("leaders_only"):
            scores[row["key"]] = reader.number(row["key"], high=HIGHEST)
        elif reader.given(row["key"]) is not None:
            reader.refuse(
                row["key"], "Kepemimpinan hanya dinilai bagi jabatan dalam PP 30/2019 Pasal 25 ayat (2); kosongkan."
            )
    reader.close()
    complete = {key: score for key, score in scores.items() if score is not None}
    return complete if len(complete) == len(scores) else None
