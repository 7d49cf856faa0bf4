"""Angka kredit of a jabatan fungsional from predikat (PermenPANRB 1/2023, Peraturan BKN 3/2023), from 1 January 2023.

Months ÷ 12 × coefficient of the jenjang per year × percentage of the predikat; periodic evaluations and annual ones are
added up, but never both for the same months. Neither regulation was read itself: all figures are parameters.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from takar.rules.scoring.method import Method
from takar.rules.scoring.parameters import load
from takar.rules.scoring.reading import Reader
from takar.rules.scoring.types import Problem, Result
from takar.rules.scoring.working import Numbers, Working

PARAMETERS = load("credit")
PLACES = 3
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One predikat and the months it covers: every calendar month that the period touches counts.

    `level` is the jenjang held then, where it was another than today's.
    """

    start: dt.date
    end: dt.date
    predicate: str
    level: str | None = None

    @property
    def months(self) -> int:
        """Calendar months from the first to the last, both included."""
        return (self.end.year - self.start.year) * MONTHS_A_YEAR + self.end.month - self.start.month + 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """The jenjang, what was earned before, and the evaluations since; an incomplete evaluation is None."""

    level: str | None
    previous: Decimal
    evaluations: tuple[Evaluation | None, ...]


def credit_of(level: str, predicate: str, months: int) -> Fraction:
    """Angka kredit of one evaluation: months ÷ 12 × coefficient × percent; KeyError for an unknown level or predikat."""
    percent = Fraction(_row("predicates", "category", predicate)["percent"], 100)
    return Fraction(months, MONTHS_A_YEAR) * Fraction(_row("levels", "key", level)["coefficient"]) * percent


class Credit(Method[Inputs]):
    """Not an appraisal: it follows one. Reached by its id, never chosen by a period."""

    id = "credit"
    title = "Angka kredit dari predikat kinerja"
    basis = "PermenPANRB 1/2023 dan Peraturan BKN 3/2023"
    valid_from = dt.date(2023, 1, 1)
    valid_until: dt.date | None = None

    def read(self, data: Mapping[str, Any]) -> tuple[Inputs, tuple[Problem, ...]]:
        """Read jenjang, earlier credit and evaluations; two evaluations must not cover the same month."""
        reader = Reader(data)
        reader.choice("method", [self.id], optional=True)
        governed = (self.valid_from, self.valid_until)
        inputs = Inputs(
            level=reader.choice("level", [row["key"] for row in PARAMETERS.rows("levels")]),
            previous=reader.number("previous", optional=True) or Decimal(),
            evaluations=tuple(_evaluation(item, governed) for item in reader.items("evaluations", least=1)),
        )
        _refuse_overlap(reader, inputs.evaluations)
        reader.close()
        return inputs, tuple(reader.problems)

    def score(self, inputs: Inputs) -> Result:
        """Credit per evaluation, the sum with what was there before, and what is missing for rank and level."""
        working = Working(PARAMETERS)
        if inputs.level is not None:
            _accumulate(working, inputs, inputs.level)
        return working.result(self.id, self.title)


def _evaluation(reader: Reader, governed: tuple[dt.date, dt.date | None]) -> Evaluation | None:
    start, end = reader.period(governed)
    predicate = reader.choice("predicate", [row["category"] for row in PARAMETERS.rows("predicates")])
    level = reader.choice("level", [row["key"] for row in PARAMETERS.rows("levels")], optional=True)
    reader.close()
    return Evaluation(start, end, predicate, level) if start and end and predicate and start <= end else None


def _refuse_overlap(reader: Reader, evaluations: Sequence[Evaluation | None]) -> None:
    dated = sorted((each.start, each.end, index) for index, each in enumerate(evaluations) if each is not None)
    for (_, end, _), (start, _, index) in pairwise(dated):
        if (start.year, start.month) <= (end.year, end.month):
            message = "Bulannya sudah dihitung dalam evaluasi lain; hapus yang periodik bila sudah ada yang tahunan."
            reader.refuse(f"evaluations.{index}.period", message)


def _accumulate(working: Working, inputs: Inputs, level: str) -> None:
    earned = [
        _earned(working, f"evaluations.{index}", each.level or level, each)
        for index, each in enumerate(inputs.evaluations)
        if each is not None
    ]
    if len(earned) < len(inputs.evaluations):
        return
    if any(each is not None and each.level not in {None, level} for each in inputs.evaluations):
        working.tell("total", "level_changed")
    numbers: Numbers = {"sebelumnya": inputs.previous, "jumlah periode": sum(earned, Fraction())}
    total = _line(working, "total", "total", numbers, Fraction(inputs.previous) + sum(earned, Fraction()))
    _needs(working, level, total)


def _earned(working: Working, key: str, level: str, evaluation: Evaluation) -> Fraction:
    row = _row("predicates", "category", evaluation.predicate)
    numbers: Numbers = {
        "bulan": evaluation.months,
        "koefisien": _row("levels", "key", level)["coefficient"],
        "persentase": row["percent"],
    }
    note = f"{evaluation.start:%d-%m-%Y} s.d. {evaluation.end:%d-%m-%Y}: {row['label']}"
    return _line(working, key, "evaluation", numbers, credit_of(level, evaluation.predicate, evaluation.months), note)


def _needs(working: Working, level: str, total: Fraction) -> None:
    row = _row("levels", "key", level)
    for name in ("rank", "level"):
        if name in row:
            numbers: Numbers = {"kebutuhan": row[name], "angka kredit kumulatif": total}
            note = row.get("next", "") if name == "level" else ""
            _line(working, f"need.{name}", f"need_{name}", numbers, max(row[name] - total, Fraction()), note)
        else:
            working.tell(f"need.{name}", f"need_{name}", "top", label=row["label"])
    if level in PARAMETERS.tables["doubtful"]["levels"]:
        working.tell("need", "doubtful", label=row["label"])


def _line(working: Working, key: str, rule: str, numbers: Numbers, exact: Fraction, note: str = "") -> Fraction:  # noqa: PLR0917
    working.value(key, exact, places=PLACES)
    return working.rule(key, rule, numbers, exact, note=note, places=PLACES)


def _row(table: str, field: str, value: str) -> Mapping[str, Any]:
    rows = {str(row[field]): row for row in PARAMETERS.rows(table)}
    return rows[value]


CREDIT = Credit()
