"""A plan under PP 46/2011 as it is typed: one row for each kegiatan tugas jabatan."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from takar.appraisal.figures import column_problem
from takar.appraisal.types import ActivityData
from takar.common.errors import Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal
from takar.web.http import identifiers
from takar.web.plan_forms.types import MOST_ROWS, PlanForm, Tree, Typed, count, place

REQUIRED = {"quantity": "Kuantitas", "quality": "Kualitas", "time": "Waktu"}
OPTIONAL = {"cost": "Biaya", "credit": "Angka kredit"}
TEXTS = {"name": ("Kegiatan", 500), "quantity_unit": ("Satuan kuantitas", 40), "time_unit": ("Satuan waktu", 20)}
FIELDS = (*TEXTS, *REQUIRED, *OPTIONAL, "key")
BLANK = {**dict.fromkeys(FIELDS, ""), "quality": "100", "time": "12", "time_unit": "bulan"}
# What a row has by itself; a row with nothing else typed is an empty one.
USUAL = ("quality", "time", "time_unit", "key")
FIRST_ROWS = 3


def _blank() -> Tree:
    return {"rows": [dict(BLANK) for _ in range(FIRST_ROWS)]}


def _tree(activities: Sequence[ActivityData]) -> Tree:
    rows = [{name: _text(getattr(row, name)) for name in FIELDS} for row in activities]
    return {"rows": rows} if rows else _blank()


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return figure(value)
    return "" if value is None else str(value)


def _read(typed: Typed) -> Tree:
    rows = count(typed.get("rows", ""), MOST_ROWS)
    return {
        "rows": [{name: typed.get(f"{name}-{number}", "").strip() for name in FIELDS} for number in range(1, rows + 1)]
    }


def _change(tree: Tree, button: str) -> Tree | None:
    word, _, number = button.partition(":")
    rows = list(tree["rows"])
    if word == "tambah" and len(rows) < MOST_ROWS:
        return {"rows": [*rows, dict(BLANK)]}
    if word == "hapus" and (index := place(number, of=len(rows))) is not None:
        return {"rows": [*rows[:index], *rows[index + 1 :]]}
    return None


def _data(tree: Tree) -> tuple[list[ActivityData], list[Problem]]:
    problems: list[Problem] = []
    activities: list[ActivityData] = []
    for number, row in enumerate(tree["rows"], start=1):
        if not any(text for name, text in row.items() if name not in USUAL):
            continue
        texts = {name: _checked(row, number, name, problems) for name in TEXTS}
        figures = {name: _figure(row, number, name, problems) for name in (*REQUIRED, *OPTIONAL)}
        if not problems:
            key = next(iter(identifiers([row["key"]])), None)
            values: dict[str, Any] = {**texts, **figures}
            activities.append(ActivityData(number=len(activities) + 1, key=key, **values))
    return activities, problems


def _checked(row: dict[str, str], number: int, name: str, problems: list[Problem]) -> str:
    label, longest = TEXTS[name]
    if not 0 < len(row[name]) <= longest:
        problems.append(Problem(f"Baris {number}, {label}", f"Wajib diisi, paling panjang {longest} huruf."))
    return row[name]


def _figure(row: dict[str, str], number: int, name: str, problems: list[Problem]) -> Decimal | None:
    text, where = row[name], f"Baris {number}, {REQUIRED.get(name) or OPTIONAL[name]}"
    if not text:
        if name in REQUIRED:
            problems.append(Problem(where, "Wajib diisi."))
        return None
    try:
        value = parse_decimal(text)
    except ValueError as error:
        problems.append(Problem(where, f"“{text}”: {error}"))
        return None
    if problem := column_problem(name, value):
        problems.append(Problem(where, f"“{text}”: {problem}"))
    return value if value or name in REQUIRED else None


ACTIVITIES = PlanForm("web/skp/activities.html", "web/skp/shown_activities.html", _tree, _read, _change, _data)
