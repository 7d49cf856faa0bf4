"""Read an evaluation under PermenPANRB 6/2022 from plain data, with every problem by field."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from takar.rules.scoring.permenpan6_2022.inputs import (
    PARAMETERS,
    Decision,
    Indicator,
    Inputs,
    Organisation,
    Study,
    Work,
)
from takar.rules.scoring.permenpan6_2022.organisation import figure_in_use
from takar.rules.scoring.reading import Reader
from takar.rules.scoring.types import Problem

MONTHS = {"bulanan": 1, "triwulanan": 3, "tahunan": 12}
BEHAVIOUR_LEVELS = ("penjaga", "konsisten", "belum")
FEEDBACK = ("positif", "campuran", "negatif")
ABROAD = "luar_negeri"
HIGHEST_GPA = 4


def read(
    data: Mapping[str, Any], method_id: str, governed: tuple[dt.date, dt.date | None]
) -> tuple[Inputs, tuple[Problem, ...]]:
    """Read the input as far as it can be read, and every problem with its path."""
    reader = Reader(data)
    reader.choice("method", [method_id], optional=True)
    start, end = reader.period(governed)
    cycle = _cycle(reader, start, end)
    known_problems = len(reader.problems)
    organisation = _organisation(reader.child("organisation"))
    organisation_read = len(reader.problems) == known_problems
    study = _study(reader.child("study")) if reader.given("study") is not None else None
    inputs = Inputs(
        cycle=cycle,
        start=start,
        end=end,
        organisation=organisation,
        works=tuple(_work(item) for item in reader.items("results", least=0 if study else 1)),
        behaviours=_behaviours(reader),
        study=study,
        decision=_decision(reader.child("decision"), dropped_out=bool(study and study.dropped_out)),
    )
    if organisation_read and cycle and end and figure_in_use(inputs)[0] is None:
        reader.refuse(*_missing_figure(inputs))
    reader.close()
    return inputs, tuple(reader.problems)


def _cycle(reader: Reader, start: dt.date | None, end: dt.date | None) -> str | None:
    cycle = reader.choice("cycle", MONTHS)
    if cycle and start and end:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months > MONTHS[cycle] or end.year != start.year:
            reader.refuse("period.end", f"Periode lebih panjang daripada evaluasi {cycle}; perbaiki tanggalnya.")
    return cycle


def _missing_figure(inputs: Inputs) -> tuple[str, str]:
    if inputs.cycle == "tahunan":
        return "organisation.previous", (
            "Capaian organisasi tahun ini belum ada atau terbit sesudah Januari; isilah capaian tahun sebelumnya."
        )
    return "organisation.achievement", "Belum diisi; tetapkan dahulu capaian kinerja organisasi periode ini."


def _organisation(reader: Reader) -> Organisation:
    levels = [row["category"] for row in PARAMETERS.rows("organisation")]
    organisation = Organisation(
        achievement=reader.choice("achievement", levels, optional=True),
        issued_on=None if reader.given("issued_on") is None else reader.date("issued_on"),
        previous=reader.choice("previous", levels, optional=True),
    )
    reader.close()
    return organisation


def _work(reader: Reader) -> Work:
    work = Work(
        name=reader.text("name"),
        main=reader.choice("kind", ["utama", "tambahan"]) != "tambahan",
        given_rating=_rating(reader, "rating", optional=True),
        feedback=reader.choice("feedback", FEEDBACK, optional=True),
        indicators=tuple(found for item in reader.items("indicators") if (found := _indicator(item))),
    )
    reader.close()
    return work


def _indicator(reader: Reader) -> Indicator | None:
    """An indicator without figures (a target in words) is no problem: it only cannot help the suggestion."""
    reader.text("name", optional=True)
    target = reader.child("target") if reader.given("target") is not None else Reader({})
    target.text("unit", optional=True)
    target.text("text", optional=True)
    low, high = target.number("min", optional=True), target.number("max", optional=True)
    falling = target.choice("direction", ["naik", "turun"], optional=True) == "turun"
    realisation = reader.number("realisation", optional=True)
    target.close()
    reader.close()
    edges = [edge for edge in (low, high) if edge is not None]
    if len(edges) > 1 and edges[1] < edges[0]:
        target.refuse("max", "Batas atas target lebih kecil daripada batas bawahnya; perbaiki.")
    if not edges or realisation is None:
        return None
    return Indicator(edges[0], edges[-1], realisation, falling)


def _behaviours(reader: Reader) -> dict[str, str]:
    if reader.given("behaviours") is None:
        return {}
    part = reader.child("behaviours")
    levels = {
        row["key"]: part.choice(row["key"], BEHAVIOUR_LEVELS, optional=True) for row in PARAMETERS.rows("behaviours")
    }
    part.close()
    return {key: level for key, level in levels.items() if level is not None}


def _study(reader: Reader) -> Study:
    levels = {row["level"] for row in PARAMETERS.rows("study")}
    dropped_out = reader.flag("dropped_out", default=False)
    institution = reader.choice("institution", ["A", "B", "C", ABROAD], optional=dropped_out) or ""
    at_home = institution not in {"", ABROAD}
    study = Study(
        gpa=_gpa(reader, optional=dropped_out),
        level=reader.choice("level", sorted(levels), optional=dropped_out) or "",
        institution=institution,
        programme=reader.choice("programme", ["A", "B", "C"], optional=not at_home) or "",
        dropped_out=dropped_out,
    )
    reader.close()
    return study


def _gpa(reader: Reader, *, optional: bool) -> Decimal | None:
    return reader.number("gpa", high=HIGHEST_GPA, optional=optional)


def _decision(reader: Reader, *, dropped_out: bool) -> Decision:
    """Both ratings are the assessor's own; after a broken-off study the predikat itself, Kurang or Sangat Kurang."""
    decision = Decision(
        result=_rating(reader, "result", optional=dropped_out),
        result_reason=reader.text("result_reason", optional=True),
        behaviour=_rating(reader, "behaviour"),
        behaviour_reason=reader.text("behaviour_reason", optional=True),
        predicate=_predicate(reader, dropped_out=dropped_out),
    )
    reader.close()
    return decision


def _predicate(reader: Reader, *, dropped_out: bool) -> str | None:
    if dropped_out:
        return reader.choice("predicate", [row["category"] for row in PARAMETERS.rows("dropped_out")])
    if reader.given("predicate") is not None:
        reader.refuse(
            "predicate", "Predikat mengikuti kuadran; kosongkan, kecuali bagi tugas belajar yang tidak lulus."
        )
    return None


def _rating(reader: Reader, key: str, *, optional: bool = False) -> str | None:
    return reader.choice(key, [row["category"] for row in PARAMETERS.rows("ratings")], optional=optional)
