"""The formulir kinerja on a screen: rows of cells, filled from what is kept or from what somebody has just typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from takar.appraisal.enums import CreativityLevel, ExtraKind, Figure
from takar.appraisal.figures import column_problem
from takar.appraisal.models import Activity, Form
from takar.appraisal.types import ExtraData, FormData, LineData
from takar.common.errors import InvalidInput, Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal

SPARE_LINES = 2
SPARE_EXTRAS = {ExtraKind.ADDITIONAL: 3, ExtraKind.CREATIVITY: 1}
LONGEST_NAME, LONGEST_NOTE, LONGEST_LETTER = 500, 1000, 120

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: its name, what stands in it, and what is wrong with that."""

    name: str
    label: str
    text: str
    error: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    name: str
    target: Activity | None
    figures: tuple[Cell, ...]
    note: Cell
    title: Cell | None = None


@dataclass(frozen=True, slots=True)
class ExtraRow:
    kind: str
    name: Cell
    letter: Cell
    level: Cell | None


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[Row, ...]
    additional: tuple[ExtraRow, ...]
    creativity: tuple[ExtraRow, ...]
    levels: tuple[tuple[str, str], ...] = tuple(CreativityLevel.choices)


def grid_of(
    form: Form, data: FormData, typed: Typed | None = None, reference: FormData | None = None, *, spare: bool = True
) -> Grid:
    """The grid as kept, overlaid by what was typed; `reference` are the accepted figures that stand beside."""
    targets = {row.number: row for row in form.appraisal.plan.activities.all()} if form.appraisal.plan else {}
    lines = [*data.lines, *[LineData(None)] * (SPARE_LINES if spare else 0)]
    rows = tuple(
        _row(number, line, targets.get(line.activity or 0), typed, _at(reference, number))
        for number, line in enumerate(lines, start=1)
    )
    extras = {kind: [extra for extra in data.extras if extra.kind == kind] for kind in ExtraKind}
    blank = {kind: [ExtraData(kind, "")] * (SPARE_EXTRAS[kind] if spare else 0) for kind in ExtraKind}
    filled = {
        kind: tuple(_extra(kind, i, extra, typed) for i, extra in enumerate([*extras[kind], *blank[kind]], start=1))
        for kind in ExtraKind
    }
    return Grid(rows, filled[ExtraKind.ADDITIONAL], filled[ExtraKind.CREATIVITY])


def read_grid(data: FormData, typed: Typed) -> FormData:
    """What was typed as figures; every cell that is not one is a problem, and then nothing is taken over."""
    problems: list[Problem] = []
    lines = [*data.lines, *[LineData(None)] * SPARE_LINES]
    read = tuple(_read_line(number, line, typed, problems) for number, line in enumerate(lines, start=1))
    extras = []
    for kind in ExtraKind:
        kept = [*(extra for extra in data.extras if extra.kind == kind), *[ExtraData(kind, "")] * SPARE_EXTRAS[kind]]
        given = [_read_extra(kind, number, extra, typed, problems) for number, extra in enumerate(kept, start=1)]
        extras += [extra for extra in given if extra.name]
    if problems:
        raise InvalidInput("Ada isian yang perlu dibetulkan; yang sudah diketik tetap ada di bawah.", problems)
    return FormData(tuple(line for line in read if line.activity is not None or line.name), tuple(extras))


def figure_problem(text: str, column: str = "") -> str:
    """Why this text is no figure, or none that its column can hold; empty when it is one, or nothing."""
    try:
        value = parse_decimal(text) if text.strip() else Decimal(0)
    except ValueError as error:
        return str(error)
    if column:
        return column_problem(column, value)
    return "Tidak boleh kurang dari nol." if value < 0 else ""


def _row(number: int, line: LineData, target: Activity | None, typed: Typed | None, reference: LineData | None) -> Row:
    cells = tuple(
        _cell(
            f"line-{number}-{name}",
            Figure(name).label,
            figure(getattr(line, name)),
            typed,
            column=name,
            reference=figure(getattr(reference, name)) if reference else "",
        )
        for name in Figure.values
    )
    title = None if target else _cell(f"line-{number}-name", "Uraian", line.name, typed)
    return Row(number, line.name, target, cells, _cell(f"line-{number}-note", "Keterangan", line.note, typed), title)


def _extra(kind: ExtraKind, number: int, extra: ExtraData, typed: Typed | None) -> ExtraRow:
    key = f"extra-{kind.value}-{number}"
    level = _cell(f"{key}-level", "Tingkat", extra.level, typed) if kind is ExtraKind.CREATIVITY else None
    return ExtraRow(
        kind,
        _cell(f"{key}-name", "Uraian", extra.name, typed),
        _cell(f"{key}-letter", "Nomor surat", extra.letter, typed),
        level,
    )


def _cell(name: str, label: str, kept: str, typed: Typed | None, *, column: str = "", reference: str = "") -> Cell:
    text = kept if typed is None else typed.get(name, kept)
    error = figure_problem(text, column) if column and typed is not None else ""
    return Cell(name, label, text, error, reference)


def _at(data: FormData | None, number: int) -> LineData | None:
    return data.lines[number - 1] if data and number <= len(data.lines) else None


def _read_line(number: int, line: LineData, typed: Typed, problems: list[Problem]) -> LineData:
    """The line as sent; a cell that was not sent stays as it is kept."""
    figures = {}
    for name in Figure.values:
        text = typed.get(f"line-{number}-{name}", figure(getattr(line, name)))
        if problem := figure_problem(text, name):
            problems.append(Problem(f"Baris {number}, {Figure(name).label}", f"“{text}”: {problem}"))
        figures[name] = parse_decimal(text) if text.strip() and not problem else None
    title = line.name if line.activity is not None else _text(typed, f"line-{number}-name", line.name)
    note = _text(typed, f"line-{number}-note", line.note)
    if len(title) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        problems.append(
            Problem(f"Baris {number}", f"Uraian paling panjang {LONGEST_NAME} huruf, keterangan {LONGEST_NOTE}.")
        )
    if line.activity is None and not title and (note or any(value is not None for value in figures.values())):
        problems.append(
            Problem(f"Baris {number}", "Ada angka tanpa uraian; tuliskan kegiatannya, atau kosongkan angkanya.")
        )
    return LineData(line.activity, title, note=note, **figures)


def _read_extra(kind: ExtraKind, number: int, kept: ExtraData, typed: Typed, problems: list[Problem]) -> ExtraData:
    key = f"extra-{kind.value}-{number}"
    name, level, letter = (_text(typed, f"{key}-{part}", getattr(kept, part)) for part in ("name", "level", "letter"))
    extra, where = ExtraData(kind, name, level, letter), f"{kind.label} {number}"
    if letter and not name:
        problems.append(Problem(where, "Ada nomor surat tanpa uraian; tuliskan uraiannya, atau kosongkan nomornya."))
    if len(extra.name) > LONGEST_NAME or len(extra.letter) > LONGEST_LETTER:
        problems.append(Problem(where, f"Uraian paling panjang {LONGEST_NAME} huruf, nomor surat {LONGEST_LETTER}."))
    if extra.level and extra.level not in CreativityLevel.values:
        problems.append(Problem(where, "Pilih tingkat dari daftar."))
    if kind is ExtraKind.CREATIVITY and extra.name and not extra.level:
        problems.append(Problem(where, "Pilih tingkat manfaatnya: unit, organisasi, atau negara."))
    if kind is ExtraKind.ADDITIONAL:
        return ExtraData(kind, extra.name, "", extra.letter)
    return extra


def _text(typed: Typed, name: str, kept: str) -> str:
    return typed.get(name, kept).strip()
