"""Step 6: for whom the copies are and when they were handed over."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from takar.casework.models import Case
from takar.casework.steps import StepData, document_of, usual_copies
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.actions import CopyData
from takar.documents.enums import CopyForm
from takar.web.pages.types import Typed

ROWS = 5


@dataclass(frozen=True, slots=True)
class CopyRow:
    number: int
    recipient: str
    form: str
    handed_over_on: str


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    document = document_of(case)
    rows = _usual(case) if typed is None else [_typed(typed, i) for i in range(1, ROWS + 1)]
    rows += [CopyRow(i, "", CopyForm.PAPER, clock.today().isoformat()) for i in range(len(rows) + 1, ROWS + 1)]
    return {"document": document, "rows": rows, "copy_forms": CopyForm.choices, "copies": document.copies.all()}


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the same for every case
    rows = [row for i in range(1, ROWS + 1) if (row := _typed(typed, i)).recipient.strip()]
    problems = []
    copies = []
    for row in rows:
        try:
            copies.append(CopyData(row.recipient, CopyForm(row.form).value, dt.date.fromisoformat(row.handed_over_on)))
        except ValueError:
            text = f"“{row.handed_over_on}” bukan tanggal, atau bentuknya bukan dari daftar."
            problems.append(Problem(f"Salinan {row.number}", text))
    if problems:
        raise InvalidInput("Penggandaan belum dicatat.", problems)
    return StepData(copies=tuple(copies))


def _usual(case: Case) -> list[CopyRow]:
    return [
        CopyRow(i, copy.recipient, copy.form, copy.handed_over_on.isoformat())
        for i, copy in enumerate(usual_copies(case), start=1)
    ]


def _typed(typed: Typed, number: int) -> CopyRow:
    return CopyRow(
        number,
        typed.get(f"copy-{number}-for", ""),
        typed.get(f"copy-{number}-form", CopyForm.PAPER),
        typed.get(f"copy-{number}-on", ""),
    )
