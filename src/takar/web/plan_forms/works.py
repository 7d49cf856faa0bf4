"""A plan under PermenPANRB 6/2022 as it is typed: hasil kerja with indicators, expectations, the three appendices."""

from decimal import Decimal
from typing import Any

from takar.appraisal.enums import AppendixKind, Approach, Direction, Value, WorkKind
from takar.appraisal.figures import column_problem
from takar.appraisal.types import IndicatorData, WorkData, WorkPlanData
from takar.common.errors import Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal
from takar.web.http import identifiers
from takar.web.plan_forms.types import MOST_INDICATORS, MOST_ROWS, PlanForm, Tree, Typed, count, place

WORK_TEXTS = ("kind", "name", "superior", "superior_name", "assigned_by", "perspective", "key")
INDICATOR_TEXTS = ("name", "target", "aspect", "minimum", "maximum", "unit", "direction", "key")
BLANK_INDICATOR = dict.fromkeys(INDICATOR_TEXTS, "") | {"direction": Direction.RISING.value}
FIGURES = {"minimum": "Target paling rendah", "maximum": "Target paling tinggi"}
# What a row has by itself; a row with nothing else typed is an empty one.
USUAL = ("kind", "direction", "key", "indicators")


def _blank_work(kind: WorkKind) -> Tree:
    return dict.fromkeys(WORK_TEXTS, "") | {"kind": kind.value, "indicators": [dict(BLANK_INDICATOR)]}


def _blank() -> Tree:
    return {
        "approach": Approach.QUANTITATIVE.value,
        "works": [_blank_work(WorkKind.MAIN), _blank_work(WorkKind.MAIN)],
        "expectations": dict.fromkeys(Value.values, ""),
        "appendices": dict.fromkeys(AppendixKind.values, ""),
    }


def _tree(data: WorkPlanData) -> Tree:
    if not data.works:
        return _blank()
    return {
        "approach": data.approach,
        "works": [
            {
                **{name: _text(getattr(work, name, "")) for name in WORK_TEXTS},
                "superior": _text(work.superior_key),
                "indicators": [
                    {name: _text(getattr(row, name)) for name in INDICATOR_TEXTS} for row in work.indicators
                ],
            }
            for work in data.works
        ],
        "expectations": {value: data.expectations.get(value, "") for value in Value.values},
        "appendices": {kind: "\n".join(data.appendices.get(kind, ())) for kind in AppendixKind.values},
    }


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return figure(value)
    return "" if value is None else str(value)


def _read(typed: Typed) -> Tree:
    works = count(typed.get("works", ""), MOST_ROWS)
    return {
        "approach": typed.get("approach", Approach.QUANTITATIVE.value),
        "works": [_read_work(typed, f"w{number}") for number in range(1, works + 1)],
        "expectations": {value: typed.get(f"e-{value}", "").strip() for value in Value.values},
        "appendices": {kind: typed.get(f"a-{kind}", "").strip() for kind in AppendixKind.values},
    }


def _read_work(typed: Typed, prefix: str) -> Tree:
    indicators = count(typed.get(f"{prefix}-indicators", ""), MOST_INDICATORS)
    return {
        **{name: typed.get(f"{prefix}-{name}", "").strip() for name in WORK_TEXTS},
        "indicators": [
            {name: typed.get(f"{prefix}-i{number}-{name}", "").strip() for name in INDICATOR_TEXTS}
            for number in range(1, indicators + 1)
        ],
    }


def _change(tree: Tree, button: str) -> Tree | None:
    word, _, where = button.partition(":")
    works = list(tree["works"])
    if word in ADDED and len(works) < MOST_ROWS:
        works.append(_blank_work(ADDED[word]))
        return {**tree, "works": works}
    number, _, row = where.partition(".")
    index = place(number, of=len(works))
    if index is None:
        return None
    rows = list(works[index]["indicators"])
    if word == "hapus":
        del works[index]
        return {**tree, "works": works}
    if word == "tambah-indikator" and len(rows) < MOST_INDICATORS:
        rows.append(dict(BLANK_INDICATOR))
    elif word == "hapus-indikator" and (at := place(row, of=len(rows))) is not None:
        del rows[at]
    else:
        return None
    works[index] = {**works[index], "indicators": rows}
    return {**tree, "works": works}


ADDED = {"tambah-utama": WorkKind.MAIN, "tambah-tambahan": WorkKind.ADDITIONAL}


def _data(tree: Tree) -> tuple[WorkPlanData, list[Problem]]:
    """The texts as values; what the regulation asks beyond that is the content's own to say."""
    problems: list[Problem] = []
    works: list[WorkData] = []
    for row in tree["works"]:
        if not _filled(row) and not any(map(_filled, row["indicators"])):
            continue
        number = len(works) + 1
        works.append(
            WorkData(
                number=number,
                name=row["name"],
                kind=row["kind"],
                indicators=tuple(
                    _indicator(typed, f"Hasil kerja {number}, indikator {place}", problems)
                    for place, typed in enumerate(filter(_filled, row["indicators"]), start=1)
                ),
                assigned_by=row["assigned_by"],
                perspective=row["perspective"],
                superior_name=row["superior_name"],
                superior_key=next(iter(identifiers([row["superior"]])), None),
                key=next(iter(identifiers([row["key"]])), None),
            )
        )
    data = WorkPlanData(
        works=tuple(works),
        approach=tree["approach"],
        expectations={value: text for value, text in tree["expectations"].items() if text},
        appendices={kind: lines for kind, text in tree["appendices"].items() if (lines := _lines(text))},
    )
    return data, problems


def _filled(row: Tree) -> bool:
    return any(text for name, text in row.items() if name not in USUAL)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _indicator(row: Tree, where: str, problems: list[Problem]) -> IndicatorData:
    figures = {name: _figure(row[name], f"{where}, {label}", problems) for name, label in FIGURES.items()}
    key = next(iter(identifiers([row["key"]])), None)
    direction = row["direction"] if any(value is not None for value in figures.values()) else ""
    return IndicatorData(
        name=row["name"],
        target=row["target"],
        aspect=row["aspect"],
        minimum=figures["minimum"],
        maximum=figures["maximum"],
        unit=row["unit"],
        direction=direction,
        key=key,
    )


def _figure(text: str, where: str, problems: list[Problem]) -> Decimal | None:
    if not text:
        return None
    try:
        value = parse_decimal(text)
    except ValueError as error:
        problems.append(Problem(where, f"“{text}”: {error}"))
        return None
    if problem := column_problem("figure", value):
        problems.append(Problem(where, f"“{text}”: {problem}"))
    return value


WORKS = PlanForm("web/skp/works.html", "web/skp/shown_works.html", _tree, _read, _change, _data)
