"""The formulir kinerja of the SOP's first step: written out prefilled with targets, read back with what was achieved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from takar.appraisal.types import StudyData
from takar.common.errors import InvalidInput, Problem
from takar.exchange.cells import clean, nip_digits, shown
from takar.exchange.formats.form_tables import (
    ACTIVITIES,
    ADDITIONAL,
    CODE_LABEL,
    CREATIVITY,
    LEVELS,
    NIP_LABEL,
    is_added,
)
from takar.exchange.formats.form_types import (
    AdditionalTask,
    Creativity,
    FilledForm,
    FormLine,
    FormSheet,
    FormTarget,
    IndicatorLine,
)
from takar.exchange.formats.form_writer import write_forms
from takar.exchange.formats.indicator_tables import INDICATORS, STUDY
from takar.exchange.package import Value
from takar.exchange.scan import column_letter
from takar.exchange.tables import CellProblem, Row, Table, read_rows, same_words
from takar.exchange.workbook import Sheet, read_workbook

__all__ = [
    "LEVELS",
    "AdditionalTask",
    "Creativity",
    "FilledForm",
    "FormLine",
    "FormSheet",
    "FormTarget",
    "IndicatorLine",
    "form_problem",
    "read_forms",
    "write_forms",
]

IDENTITY_ROWS = 20
STUDY_KEYS = tuple(column.key for column in STUDY.columns if column.key != "number")
SECTIONS = (ACTIVITIES, ADDITIONAL, CREATIVITY)
SECTIONS6 = (INDICATORS, STUDY)


def read_forms(data: bytes, *, name: str) -> tuple[FilledForm, ...]:
    """Every form in the workbook, one a sheet; raises InvalidInput when there is none."""
    workbook = read_workbook(data, name=name)
    forms = [_read_form(sheet) for sheet in workbook.sheets.values() if not sheet.hidden and _is_form(sheet)]
    if not forms:
        message = (
            f"Berkas “{workbook.name}” tidak memuat formulir kinerja. Unduh formulir kosong dari Takar, isi sel yang "
            "berwarna kuning, lalu unggah kembali."
        )
        raise InvalidInput(message, [Problem("", message)])
    return tuple(_with_twins(forms))


def form_problem(form: FilledForm, line: FormLine, column: str, message: str) -> CellProblem:
    """What somebody else found about a cell of the line."""
    return form.source.problem(line.row, column, message)


def _is_form(sheet: Sheet) -> bool:
    found = _sections(sheet)
    return _labelled(sheet, CODE_LABEL) is not None or any(table.name in found for table in (ACTIVITIES, *SECTIONS6))


def _read_form(sheet: Sheet) -> FilledForm:
    ranges = _sections(sheet)
    code, nip, identity = _identity(sheet)
    if any(table.name in ranges for table in SECTIONS6):
        return _read_six(sheet, ranges, FilledForm(sheet.name, code, nip, problems=tuple(identity)))
    missing = [_missing(sheet, table) for table in SECTIONS if table.name not in ranges]
    if missing:
        return FilledForm(sheet.name, code, nip, problems=(*identity, *missing))
    activities, additional, creativity = (read_rows(sheet, table, *ranges[table.name]) for table in SECTIONS)
    return FilledForm(
        sheet=sheet.name,
        code=code,
        nip=nip,
        lines=tuple(_line(row) for row in activities.good_rows),
        additional_tasks=tuple(
            AdditionalTask(row.number, row.values["description"], row.values["letter"]) for row in additional.good_rows
        ),
        creativity=tuple(
            Creativity(row.number, row.values["description"], row.values["level"], row.values["letter"])
            for row in creativity.good_rows
        ),
        problems=(*identity, *activities.problems, *additional.problems, *creativity.problems),
        source=activities.source,
    )


def _read_six(sheet: Sheet, ranges: Mapping[str, tuple[int, int]], form: FilledForm) -> FilledForm:
    """A form under PermenPANRB 6/2022: indicators, the grade of a tugas belajar, or both."""
    if INDICATORS.name in ranges:
        found = read_rows(sheet, INDICATORS, *ranges[INDICATORS.name])
        lines = tuple(_said(row) for row in found.good_rows)
        form = replace(form, lines=lines, problems=(*form.problems, *found.problems), source=found.source)
    if STUDY.name in ranges:
        told = read_rows(sheet, STUDY, *ranges[STUDY.name])
        values = [{key: row.values[key] for key in STUDY_KEYS} for row in told.good_rows[:1]]
        study = StudyData(**values[0]) if values else None
        form = replace(form, study=study, problems=(*form.problems, *told.problems))
    return form


def _said(row: Row) -> FormLine:
    values = row.values
    planned = bool(values["target"])
    return FormLine(
        row=row.number,
        number=values["number"] if planned else None,
        name=values["name"],
        note=values["note"],
        realisation=values["realisation"],
        figure=values["figure"],
    )


def _sections(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Where each table stands: from under its heading to the next heading."""
    titles = {table.sheet_title: table.name for table in (*SECTIONS, *SECTIONS6)}
    starts = [
        (number, name)
        for number, cells in enumerate(sheet.rows)
        for title, name in titles.items()
        if cells and same_words(cells[0], title)
    ]
    ends = [start for start, _ in starts[1:]] + [len(sheet.rows)]
    return {name: (start + 1, end) for (start, name), end in zip(starts, ends, strict=False)}


def _missing(sheet: Sheet, table: Table) -> CellProblem:
    message = f"Judul “{table.sheet_title}” tidak ditemukan; unduh ulang formulirnya dan salin isinya ke formulir itu."
    return CellProblem(sheet.name, 0, "", "", message)


def _labelled(sheet: Sheet, label: str) -> tuple[int, int, Value] | None:
    """The first filled cell to the right of the label, with its row and column counted from 1."""
    for row, cells in enumerate(sheet.rows[:IDENTITY_ROWS], 1):
        for column, cell in enumerate(cells, 1):
            if same_words(cell, label):
                beside = ((place, value) for place, value in enumerate(cells[column:], column + 1) if value != "")
                place, value = next(beside, (column + 1, ""))
                return row, place, value
    return None


def _identity(sheet: Sheet) -> tuple[str, str, list[CellProblem]]:
    problems: list[CellProblem] = []
    row, column, value = _labelled(sheet, CODE_LABEL) or (0, 0, "")
    code = clean(str(value))
    if not code:
        message = "Kode formulir kosong; unduh ulang formulirnya dan salin realisasinya ke formulir itu."
        problems.append(CellProblem(sheet.name, row, column_letter(column), CODE_LABEL, message))
    row, column, value = _labelled(sheet, NIP_LABEL) or (0, 0, "")
    try:
        nip = nip_digits(value) if shown(value) else ""
    except ValueError as error:
        nip = ""
        problems.append(CellProblem(sheet.name, row, column_letter(column), NIP_LABEL, str(error)))
    return code, nip, problems


def _line(row: Row) -> FormLine:
    values = row.values
    return FormLine(
        row=row.number,
        number=None if is_added(row) else values["number"],
        name=values["name"],
        target=None if is_added(row) else _target(row),
        quantity=values["quantity"],
        time=values["time"],
        cost=values["cost"],
        credit=values["credit"],
        note=values["note"],
    )


def _target(row: Row) -> FormTarget:
    values = row.values
    return FormTarget(
        quantity=values["target_quantity"],
        quantity_unit=values["quantity_unit"],
        quality=values["target_quality"],
        time=values["target_time"],
        time_unit=values["time_unit"],
        cost=values["target_cost"],
        credit=values["target_credit"],
    )


def _with_twins(forms: Sequence[FilledForm]) -> Iterator[FilledForm]:
    """Two sheets with one code cannot both be right."""
    counts = Counter(form.code for form in forms if form.code)
    for form in forms:
        if counts[form.code] > 1:
            message = f"Kode formulir {form.code} ada di lebih dari satu lembar; hapus lembar yang berlebih."
            yield replace(form, problems=(CellProblem(form.sheet, 0, "", "", message), *form.problems))
        else:
            yield form
