"""The formulir kinerja on a screen: rows of cells, filled from what is kept or from what somebody has just typed."""

from dataclasses import dataclass
from typing import Any

from takar.appraisal.enums import CreativityLevel, ExtraKind
from takar.appraisal.form_checks import FIGURES, LONGEST_LETTER, LONGEST_NAME, LONGEST_NOTE, SAID
from takar.appraisal.models import Form
from takar.appraisal.regimes import items_of
from takar.appraisal.types import ExtraData, FormData, LineData, StudyData
from takar.common.errors import InvalidInput, Problem
from takar.common.words import figure
from takar.rules.numbers import parse_decimal
from takar.web.cells import Cell, Typed, figure_problem
from takar.web.layouts import LAYOUTS, Layout
from takar.web.study_cells import read_study, study_cells, study_words

SPARE_LINES = 2
SPARE_EXTRAS = {ExtraKind.ADDITIONAL: 3, ExtraKind.CREATIVITY: 1}


@dataclass(frozen=True, slots=True)
class Row:
    """One line beside its target; `group` is the heading above the first line of a hasil kerja."""

    number: int
    name: str
    planned: bool
    cells: tuple[Cell, ...]
    note: Cell
    targets: tuple[str, ...] = ()
    place: str = ""
    group: str = ""
    title: Cell | None = None


@dataclass(frozen=True, slots=True)
class ExtraRow:
    kind: str
    name: Cell
    letter: Cell
    level: Cell | None


@dataclass(frozen=True, slots=True)
class Grid:
    layout: Layout
    rows: tuple[Row, ...]
    additional: tuple[ExtraRow, ...]
    creativity: tuple[ExtraRow, ...]
    study: tuple[Cell, ...] = ()
    study_words: tuple[tuple[str, str], ...] = ()
    levels: tuple[tuple[str, str], ...] = tuple(CreativityLevel.choices)
    has_extras: bool = False


def grid_of(
    form: Form, data: FormData, typed: Typed | None = None, reference: FormData | None = None, *, spare: bool = True
) -> Grid:
    """The grid as kept, overlaid by what was typed; `reference` are the accepted figures that stand beside."""
    layout = LAYOUTS[form.appraisal.method]
    targets = {item.number: item.row for item in items_of(form.appraisal)}
    lines = [*data.lines, *[LineData(None)] * (SPARE_LINES if spare and targets else 0)]
    rows: list[Row] = []
    last = ""
    for number, line in enumerate(lines, start=1):
        target = targets.get(line.item or 0)
        group = layout.group(target) if target else ""
        heading = group if group != last else ""
        beside = _at(reference, number)
        rows.append(_row(number, line, target, layout, typed=typed, reference=beside, group=heading))
        last = group
    extras = _extra_rows(data, typed, layout, spare=spare)
    return Grid(
        layout, tuple(rows), *extras, **{"has_extras": layout.has_extras} | _study(data, typed, reference, layout)
    )


def _study(data: FormData, typed: Typed | None, reference: FormData | None, layout: Layout) -> dict[str, Any]:
    if data.study is None:
        return {}
    beside = (reference.study or StudyData()) if reference else None
    return {
        "study": study_cells(data.study, typed, beside, asked=layout.study),
        "study_words": tuple(study_words(data.study, layout.study)),
        "has_extras": False,
    }


def _extra_rows(
    data: FormData, typed: Typed | None, layout: Layout, *, spare: bool
) -> tuple[tuple[ExtraRow, ...], tuple[ExtraRow, ...]]:
    extras = {kind: [extra for extra in data.extras if extra.kind == kind] for kind in ExtraKind}
    has_spare = spare and layout.has_extras and data.study is None
    blank = {kind: [ExtraData(kind, "")] * (SPARE_EXTRAS[kind] if has_spare else 0) for kind in ExtraKind}
    filled = {
        kind: tuple(_extra(kind, i, extra, typed) for i, extra in enumerate([*extras[kind], *blank[kind]], start=1))
        for kind in ExtraKind
    }
    return filled[ExtraKind.ADDITIONAL], filled[ExtraKind.CREATIVITY]


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
    study = read_study(data.study, typed, problems) if data.study is not None else None
    if problems:
        raise InvalidInput("Ada isian yang perlu dibetulkan; yang sudah diketik tetap ada di bawah.", problems)
    return FormData(tuple(line for line in read if line.item is not None or line.name), tuple(extras), study)


def _row(
    number: int,
    line: LineData,
    target: Any,
    layout: Layout,
    *,
    typed: Typed | None,
    reference: LineData | None,
    group: str,
) -> Row:
    cells = tuple(
        _cell(
            f"line-{number}-{name}",
            str(SAID[name]),
            shown(line, name),
            typed,
            column=name,
            reference=shown(reference, name) if reference else "",
        )
        for name, _heading in layout.columns
    )
    note = _cell(f"line-{number}-note", "Keterangan", line.note, typed)
    if target is None:
        title = _cell(f"line-{number}-name", "Uraian", line.name, typed)
        return Row(number, line.name, planned=False, cells=cells, note=note, title=title)
    return Row(number, line.name, True, cells, note, layout.targets(target), layout.place(target), group)


def shown(line: LineData, name: str) -> str:
    """What a line says under this name, as text."""
    value = getattr(line, name)
    return value if isinstance(value, str) else figure(value)


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
    is_words = bool(column) and column not in FIGURES
    if is_words:
        error = _too_long(text) if typed is not None else ""
    else:
        error = figure_problem(text, column) if column and typed is not None else ""
    return Cell(name, label, text, error, reference, is_words=is_words)


def _too_long(text: str) -> str:
    return f"Paling panjang {LONGEST_NOTE} huruf." if len(text.strip()) > LONGEST_NOTE else ""


def _at(data: FormData | None, number: int) -> LineData | None:
    return data.lines[number - 1] if data and number <= len(data.lines) else None


def _read_line(number: int, line: LineData, typed: Typed, problems: list[Problem]) -> LineData:
    """The line as sent; a cell that was not sent stays as it is kept."""
    said: dict[str, Any] = {}
    for name, label in SAID.items():
        text = typed.get(f"line-{number}-{name}", shown(line, name))
        is_figure = name in FIGURES
        if problem := figure_problem(text, name) if is_figure else _too_long(text):
            problems.append(Problem(f"Baris {number}, {label}", f"“{text[:60]}”: {problem}"))
        said[name] = (parse_decimal(text) if text.strip() and not problem else None) if is_figure else text.strip()
    title = line.name if line.item is not None else _text(typed, f"line-{number}-name", line.name)
    note = _text(typed, f"line-{number}-note", line.note)
    if len(title) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        problems.append(
            Problem(f"Baris {number}", f"Uraian paling panjang {LONGEST_NAME} huruf, keterangan {LONGEST_NOTE}.")
        )
    if line.item is None and not title and (note or any(value not in (None, "") for value in said.values())):
        problems.append(
            Problem(f"Baris {number}", "Ada angka tanpa uraian; tuliskan kegiatannya, atau kosongkan angkanya.")
        )
    return LineData(line.item, title, note=note, **said)


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
