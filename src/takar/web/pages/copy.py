"""Step 6: for whom the copies are and when they were handed over."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from takar.casework.models import Case
from takar.casework.steps import StepData, document_of, usual_copies
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.documents.copies import MOST_COPIES, CopyData
from takar.documents.enums import CopyForm
from takar.documents.models import Document
from takar.web.pages.types import Typed

ROWS = 6


@dataclass(frozen=True, slots=True)
class CopyRow:
    number: int
    recipient: str
    form: str
    handed_over_on: str
    ground: str = ""


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    document = document_of(case)
    rows = _usual(case, document) if typed is None else [_typed(typed, i) for i in range(1, _rows(typed) + 1)]
    rows += [
        CopyRow(i, "", CopyForm.PAPER, clock.today().isoformat())
        for i in range(len(rows) + 1, max(ROWS, len(rows) + 2) + 1)
    ]
    return {"document": document, "rows": rows, "copy_forms": CopyForm.choices, "copies": document.copies.all()}


def read(case: Case, typed: Typed) -> StepData:  # noqa: ARG001 -- the same for every case
    rows = [row for i in range(1, _rows(typed) + 1) if (row := _typed(typed, i)).recipient.strip()]
    problems = []
    copies = []
    for row in rows:
        try:
            on = dt.date.fromisoformat(row.handed_over_on) if row.handed_over_on.strip() else None
            copies.append(CopyData(row.recipient, CopyForm(row.form).value, on, row.ground))
        except ValueError:
            text = f"“{row.handed_over_on}” bukan tanggal, atau bentuknya bukan dari daftar."
            problems.append(Problem(f"Salinan {row.number}", text))
    if problems:
        raise InvalidInput("Penggandaan belum dicatat.", problems)
    return StepData(copies=tuple(copies))


def _usual(case: Case, document: Document) -> list[CopyRow]:
    return [
        CopyRow(i, copy.recipient, copy.form, _day(copy.handed_over_on), copy.ground)
        for i, copy in enumerate(usual_copies(case, document), start=1)
    ]


def _typed(typed: Typed, number: int) -> CopyRow:
    return CopyRow(
        number,
        typed.get(f"copy-{number}-for", ""),
        typed.get(f"copy-{number}-form", CopyForm.PAPER),
        typed.get(f"copy-{number}-on", ""),
        typed.get(f"copy-{number}-ground", ""),
    )


def _rows(typed: Typed) -> int:
    """As many as were sent: an office's own list may be longer than the page's usual number of rows."""
    numbers = (name.split("-")[1] for name in typed if name.startswith("copy-"))
    return min(max([ROWS, *(int(n) for n in numbers if n.isascii() and n.isdigit())]), MOST_COPIES)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
