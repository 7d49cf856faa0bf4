"""Write the formulir kinerja: grey and locked what was agreed, yellow and open what is to be filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from takar.appraisal.types import ActivityData, StudyData
from takar.exchange.formats.form_tables import (
    ACTIVITIES,
    ADDITIONAL,
    CODE_LABEL,
    CREATIVITY,
    LEVELS,
    NIP_LABEL,
    RESULT_KEYS,
)
from takar.exchange.formats.form_types import FilledForm, FormLine, FormSheet
from takar.exchange.formats.indicator_tables import INDICATORS, INSTITUTIONS, STUDY, STUDY_LEVELS
from takar.exchange.formats.indicator_tables import RESULT_KEYS as RESULTS6
from takar.exchange.tables import Column, Table
from takar.exchange.writing import Cell, Output, height_for, print_setup, put
from takar.rules.nip import format_nip

ADDED_LINES, ADDITIONAL_LINES, CREATIVITY_LINES = 3, 7, 3
IDENTITY_ROW = 3
SPANS = {"number": 1, "description": 1, "level": 3, "letter": 5}  # sheet columns that a cell of the lower tables takes
MAX_SHEET_NAME = 31
HINT = (
    "Isi hanya sel kuning. Sel abu-abu adalah target yang telah ditetapkan dan tidak boleh diubah. "
    "Kosongkan yang belum ada realisasinya; tulis 0 bila memang tidak terlaksana."
)
MONTHS = 12


def write_forms(forms: Sequence[FormSheet], *, filled: Sequence[FilledForm] = ()) -> bytes:
    """One sheet for each form; what was already filled in comes from the filled form with the same code."""
    output = Output()
    known = {form.code: form for form in filled}
    for number, form in enumerate(forms, 1):
        columns = INDICATORS.columns if form.is_of_indicators else ACTIVITIES.columns
        sheet = output.sheet(_sheet_name(number, form.name, len(forms)), [column.width for column in columns])
        writer = _IndicatorWriter if form.is_of_indicators else _FormWriter
        writer(output, sheet, form, known.get(form.code) or FilledForm("", form.code, form.nip)).write()
    return output.finish()


def _sheet_name(number: int, name: str, total: int) -> str:
    words = re.sub(r"[\[\]:*?/\\']", " ", name)
    prefix = f"{number:0{len(str(total))}d} " if total > 1 else ""
    return f"{prefix}{' '.join(words.split()) or 'Formulir'}"[:MAX_SHEET_NAME].strip()


class _FormWriter:
    """Writes one sheet from top to bottom; `_row` is the next free row."""

    def __init__(self, output: Output, sheet: Any, form: FormSheet, filled: FilledForm) -> None:
        self._output = output
        self._sheet = sheet
        self._form = form
        self._filled = filled
        self._row = 0

    def write(self) -> None:
        self._identity()
        header = self._activities()
        tasks: list[Mapping[str, Cell]] = [
            {"description": task.description, "letter": task.letter} for task in self._filled.additional_tasks
        ]
        self._lower_table(ADDITIONAL, tasks, ADDITIONAL_LINES)
        ideas: list[Mapping[str, Cell]] = [
            {"description": idea.description, "level": str(idea.level.label), "letter": idea.letter}
            for idea in self._filled.creativity
        ]
        self._lower_table(CREATIVITY, ideas, CREATIVITY_LINES)
        print_setup(self._sheet, header_row=header)
        self._sheet.freeze_panes(0, 2)
        self._sheet.protect("", {"format_columns": True, "format_rows": True})

    def _identity(self) -> None:
        form, style = self._form, self._output.style
        put(self._sheet, 0, 0, "FORMULIR KINERJA", style("title"))
        put(self._sheet, 1, 0, HINT, style())
        labels = {
            "Nama": form.name,
            NIP_LABEL: format_nip(form.nip),
            "Jabatan": form.post,
            "Unit": form.unit,
            "Periode": form.period,
            CODE_LABEL: form.code,
        }
        for row, (label, value) in enumerate(labels.items(), IDENTITY_ROW):
            put(self._sheet, row, 1, label, style("bold"))
            put(self._sheet, row, 2, value, style("text"))
        self._row = IDENTITY_ROW + len(labels) + 1

    def _activities(self) -> int:
        """The main table; returns the row of its titles."""
        self._heading(ACTIVITIES)
        header = self._row
        for place, column in enumerate(ACTIVITIES.columns):
            look = "input_head" if column.key in RESULT_KEYS else "head"
            put(self._sheet, header, place, column.title, self._output.style(look, "wrap", "border"))
        self._sheet.set_row(header, 48)
        self._row += 1
        done = {line.number: line for line in self._filled.lines if line.number is not None}
        for activity in self._form.activities:
            self._activity(_target_cells(activity) | _result_cells(done.get(activity.number)), activity)
        added = [line for line in self._filled.lines if line.number is None]
        for number in range(len(added) + ADDED_LINES):
            line = added[number] if number < len(added) else None
            self._activity({"name": line.name if line else None} | _result_cells(line), None)
        self._row += 1
        return header

    def _activity(self, cells: Mapping[str, Cell], activity: ActivityData | None) -> None:
        for place, column in enumerate(ACTIVITIES.columns):
            is_open = column.key in RESULT_KEYS or (activity is None and column.key == "name")
            style = self._output.style(column.form, "border", "wrap", "input" if is_open else "grey")
            put(self._sheet, self._row, place, cells.get(column.key), style)
            if is_open and column.form != "text":
                self._limit(place, column, activity)
        height = max(height_for(cells.get(column.key), column.width) for column in ACTIVITIES.columns)
        self._sheet.set_row(self._row, height)
        self._row += 1

    def _limit(self, place: int, column: Column, activity: ActivityData | None) -> None:
        """Warn of letters, of less than nothing and of more months than a year has, and let the person decide."""
        by_month = column.key == "time" and activity is not None and activity.time_unit == "bulan"
        bounds = (
            {"criteria": "between", "minimum": 0, "maximum": MONTHS} if by_month else {"criteria": ">=", "value": 0}
        )
        limit = f"0 sampai {MONTHS}" if by_month else "0 atau lebih"
        self._sheet.data_validation(
            self._row,
            place,
            self._row,
            place,
            {
                "validate": "decimal",
                **bounds,
                "error_type": "warning",
                "error_title": column.title,
                "error_message": f"Seharusnya angka {limit}. Periksa juga koma dan titik desimalnya.",
            },
        )

    def _lower_table(self, table: Table, rows: Sequence[Mapping[str, Cell]], blank: int) -> None:
        self._heading(table)
        titles = {column.key: column.title for column in table.columns}
        self._spanned(table, titles, ("input_head", "wrap", "border"), is_title=True)
        for number in range(1, max(len(rows), blank) + 1):
            values = rows[number - 1] if number <= len(rows) else {}
            self._spanned(table, {"number": number, **values}, ("border", "wrap"))
        self._row += 1

    def _spanned(
        self, table: Table, cells: Mapping[str, Cell], look: tuple[str, ...], *, is_title: bool = False
    ) -> None:
        place = 0
        for column in table.columns:
            colour = "grey" if column.key == "number" else "input"
            style = self._output.style(*look) if is_title else self._output.style(column.form, *look, colour)
            last = place + SPANS[column.key] - 1
            if last > place:
                self._sheet.merge_range(self._row, place, self._row, last, "", style)
            put(self._sheet, self._row, place, cells.get(column.key), style)
            if column.options and not is_title:
                self._sheet.data_validation(
                    self._row, place, self._row, place, {"validate": "list", "source": list(LEVELS)}
                )
            place = last + 1
        self._sheet.set_row(self._row, height_for(cells.get("description"), ACTIVITIES.columns[1].width))
        self._row += 1

    def _heading(self, table: Table) -> None:
        put(self._sheet, self._row, 0, table.sheet_title, self._output.style("bold"))
        self._row += 1


class _IndicatorWriter(_FormWriter):
    """The same head over a line for each indicator, and the grade of a tugas belajar."""

    def write(self) -> None:
        self._identity()
        header = self._row + 1
        if self._form.indicators:
            self._indicators()
        if self._form.study:
            self._study()
        print_setup(self._sheet, header_row=header)
        self._sheet.freeze_panes(0, 2)
        self._sheet.protect("", {"format_columns": True, "format_rows": True})

    def _indicators(self) -> None:
        self._titles(INDICATORS, RESULTS6)
        done = {line.number: line for line in self._filled.lines if line.number is not None}
        for row in self._form.indicators:
            cells: dict[str, Cell] = {"number": row.number, "work": row.work, "name": row.name, "target": row.target}
            self._line(INDICATORS, cells | _said(done.get(row.number)), RESULTS6)
        for _ in range(ADDED_LINES):
            self._line(INDICATORS, {}, ("name", *RESULTS6))
        self._row += 1

    def _study(self) -> None:
        keys = tuple(column.key for column in STUDY.columns if column.key != "number")
        self._titles(STUDY, keys)
        self._line(STUDY, {"number": 1, **_graded(self._filled.study)}, keys)

    def _titles(self, table: Table, open_keys: tuple[str, ...]) -> None:
        self._heading(table)
        for place, column in enumerate(table.columns):
            look = "input_head" if column.key in open_keys else "head"
            put(self._sheet, self._row, place, column.title, self._output.style(look, "wrap", "border"))
        self._sheet.set_row(self._row, 32)
        self._row += 1

    def _line(self, table: Table, cells: Mapping[str, Cell], open_keys: tuple[str, ...]) -> None:
        for place, column in enumerate(table.columns):
            colour = "input" if column.key in open_keys else "grey"
            style = self._output.style(column.form, "border", "wrap", colour)
            put(self._sheet, self._row, place, cells.get(column.key), style)
            if column.options:
                choices = {"validate": "list", "source": list(column.options)}
                self._sheet.data_validation(self._row, place, self._row, place, choices)
        self._sheet.set_row(self._row, max(height_for(cells.get(column.key), column.width) for column in table.columns))
        self._row += 1


def _graded(study: StudyData | None) -> dict[str, Cell]:
    """What is known of a tugas belajar, in the words of the drop-down lists."""
    if study is None:
        return {}
    level, place = ({value: word for word, value in words.items()} for words in (STUDY_LEVELS, INSTITUTIONS))
    return {
        "gpa": study.gpa,
        "level": level.get(study.level),
        "institution": place.get(study.institution),
        "programme": study.programme,
        "dropped_out": "ya" if study.dropped_out else "tidak",
    }


def _said(line: FormLine | None) -> dict[str, Cell]:
    return {key: getattr(line, key) for key in RESULTS6} if line else {}


def _target_cells(activity: ActivityData) -> dict[str, Cell]:
    return {
        "number": activity.number,
        "name": activity.name,
        "target_credit": activity.credit,
        "target_quantity": activity.quantity,
        "quantity_unit": activity.quantity_unit,
        "target_quality": activity.quality,
        "target_time": activity.time,
        "time_unit": activity.time_unit,
        "target_cost": activity.cost,
    }


def _result_cells(line: FormLine | None) -> dict[str, Cell]:
    return {key: getattr(line, key) for key in RESULT_KEYS} if line else {}
