"""Tables inside sheets: columns found by their titles, rows turned into values, everything wrong said cell by cell."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from takar.common.errors import Problem
from takar.exchange.cells import Parse, clean
from takar.exchange.package import Value
from takar.exchange.scan import column_letter
from takar.exchange.workbook import Sheet, Workbook

HEADER_ROWS = 15  # a letterhead may stand above the table
EXAMPLE = "contoh"
_DASHES = frozenset("-–—")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell; row 0 is the whole sheet, without title and letter it is the whole row."""

    sheet: str
    row: int
    column_letter: str
    column_title: str
    message: str

    @property
    def where(self) -> str:
        parts = [f"Lembar {self.sheet}"] if self.sheet else []
        parts += [f"baris {self.row}"] if self.row else []
        title = f"{self.column_letter} ({self.column_title})" if self.column_letter else self.column_title
        parts += [f"kolom {title}"] if title else []
        return ", ".join(parts)

    def as_problem(self) -> Problem:
        return Problem(self.where, self.message)

    def __str__(self) -> str:
        return str(self.as_problem())


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column key, None where the cell could not be read; `number` is its number in the sheet."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the whole table has against one cell."""

    row: int
    key: str
    message: str


Check = Callable[[Sequence[Row]], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its title or one of its other names.

    A `required` column must be there; its cells must be filled unless they `may_be_blank`. `default` stands for an
    empty cell. A row in which only `prefilled` columns are filled is a blank row of the template. The last three are
    for writing: width in characters, kind of number format, and the words of a drop-down list.
    """

    key: str
    title: str
    parse: Parse
    required: bool = True
    may_be_blank: bool = False
    aliases: tuple[str, ...] = ()
    help: str = ""
    default: object = None
    prefilled: bool = False
    width: int = 16
    form: str = "text"
    options: tuple[str, ...] = ()

    @property
    def must_be_filled(self) -> bool:
        return self.required and not self.may_be_blank


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    sheet_title: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table stood, so that what is found later can still be said by row and column."""

    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def problem(self, row: int, key: str, message: str) -> CellProblem:
        return CellProblem(self.sheet, row, self.letters.get(key, ""), self.titles.get(key, ""), message)


@dataclass(frozen=True, slots=True)
class TableData:
    """All rows that are not blank, what is wrong with them, and the titles of columns that nothing reads."""

    rows: tuple[Row, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...] = ()
    source: TableSource = TableSource()

    @property
    def good_rows(self) -> tuple[Row, ...]:
        bad = {problem.row for problem in self.problems}
        return tuple(row for row in self.rows if row.number not in bad)


@dataclass(frozen=True, slots=True)
class Header:
    """The row of titles: where each known column stands (counted from 0) and which titles are unknown."""

    row: int
    places: Mapping[str, int]
    unknown: tuple[str, ...]


def read_table(workbook: Workbook, table: Table) -> TableData:
    """Read the table from the sheet of its title, or from the only sheet that shows its header."""
    sheet = find_sheet(workbook, table)
    if sheet is None:
        return TableData((), (_no_table("", table),))
    return read_rows(sheet, table, 0, len(sheet.rows))


def find_titled(workbook: Workbook, table: Table) -> Sheet | None:
    """The sheet with the table's title."""
    titled = (sheet for name, sheet in workbook.sheets.items() if same_words(name, table.sheet_title))
    return next(titled, None)


def find_sheet(workbook: Workbook, table: Table) -> Sheet | None:
    """The sheet with the table's title, else the first visible one where at least two of its columns are found."""
    headed = (
        sheet
        for sheet in workbook.sheets.values()
        if not sheet.hidden and len(find_header(sheet, table, 0, len(sheet.rows)).places) > 1
    )
    return find_titled(workbook, table) or next(headed, None)


def find_header(sheet: Sheet, table: Table, first: int, last: int) -> Header:
    """The row with most known titles among the first ones of the range."""
    names = {_key(name): column.key for column in table.columns for name in (column.title, *column.aliases)}
    rows = range(first, min(last, first + HEADER_ROWS))
    headers = [_header(number, sheet.rows[number], names) for number in rows]
    return max(headers, key=lambda header: len(header.places), default=Header(first, {}, ()))


def read_rows(sheet: Sheet, table: Table, first: int, last: int) -> TableData:
    """Read the table that stands between two rows of the sheet (counted from 0, the last one excluded)."""
    header = find_header(sheet, table, first, last)
    if not header.places:
        return TableData((), (_no_table(sheet.name, table),))
    missing = [column for column in table.columns if column.required and column.key not in header.places]
    if missing:
        return TableData((), tuple(_missing(sheet, header, column) for column in missing), header.unknown)
    reader = _Reader(sheet, table, header)
    rows = tuple(reader.row(number) for number in range(header.row + 1, last) if reader.is_filled(number))
    found = [*reader.found, *(finding for check in table.checks for finding in check(rows))]
    problems = {reader.source.problem(finding.row, finding.key, finding.message): None for finding in found}
    return TableData(rows, tuple(sorted(problems, key=_position)), header.unknown, reader.source)


def same_words(cell: object, title: str) -> bool:
    """Whether a cell bears the title; case, spaces and punctuation do not count."""
    return _key(cell) == _key(title)


def _key(text: object) -> str:
    return _NOT_WORD.sub("", clean(str(text)).casefold())


def _position(problem: CellProblem) -> tuple[int, int, str]:
    return problem.row, len(problem.column_letter), problem.column_letter


def _header(number: int, cells: Sequence[Value], names: Mapping[str, str]) -> Header:
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(cells):
        key = names.get(_key(cell))
        if key and key not in places:
            places[key] = place
        elif _key(cell):
            unknown.append(clean(str(cell)))
    return Header(number, places, tuple(unknown))


def _no_table(sheet: str, table: Table) -> CellProblem:
    titles = ", ".join(column.title for column in table.columns if column.required)
    message = (
        f"Tabel {table.name} tidak ditemukan; beri nama lembarnya “{table.sheet_title}” dan tulis judul kolom "
        f"dalam satu baris, paling bawah baris ke-{HEADER_ROWS}: {titles}."
    )
    return CellProblem(sheet, 0, "", "", message)


def _missing(sheet: Sheet, header: Header, column: Column) -> CellProblem:
    message = f"Kolom “{column.title}” tidak ditemukan; tambahkan kolom dengan judul itu pada baris judul."
    return CellProblem(sheet.name, header.row + 1, "", "", message)


class _Reader:
    """Reads the rows under one header and gathers what is wrong with single cells."""

    def __init__(self, sheet: Sheet, table: Table, header: Header) -> None:
        self.found: list[Finding] = []
        self.source = TableSource(
            sheet.name,
            {key: column_letter(place + 1) for key, place in header.places.items()},
            {column.key: column.title for column in table.columns},
        )
        self._sheet = sheet
        self._header = header
        self._columns = [(column, header.places.get(column.key)) for column in table.columns]
        self._telling = [place for column, place in self._columns if place is not None and not column.prefilled]

    def is_filled(self, number: int) -> bool:
        """Whether the row is one of data: not blank, not the template's example, not a row that numbers the columns."""
        cells = self._sheet.rows[number]
        filled = [place for place in self._telling if not _is_blank(cells[place]) or self._is_marked(number, place)]
        if not filled:
            return False
        if any(clean(str(cell)).casefold().startswith(EXAMPLE) for cell in cells[:2]):
            return False
        return number > self._header.row + 1 or not _numbers_columns(cells)

    def _is_marked(self, number: int, place: int) -> bool:
        spot = (number + 1, place + 1)
        return spot in self._sheet.formulas or spot in self._sheet.errors

    def row(self, number: int) -> Row:
        return Row(number + 1, {column.key: self._value(number, column, place) for column, place in self._columns})

    def _value(self, number: int, column: Column, place: int | None) -> object:
        if place is None:
            return column.default
        try:
            return self._parsed(number, column, place)
        except ValueError as error:
            self.found.append(Finding(number + 1, column.key, str(error)))
            return None

    def _parsed(self, number: int, column: Column, place: int) -> object:
        spot = (number + 1, place + 1)
        name = f"{column_letter(spot[1])}{spot[0]}"
        if spot in self._sheet.errors:
            raise ValueError(f"Sel {name} berisi galat {self._sheet.errors[spot]}; isi dengan nilai yang benar.")
        if spot in self._sheet.formulas:
            raise ValueError(f"Sel {name} berisi rumus; salin lalu tempel sebagai nilai (Paste Special → Values).")
        cell = self._sheet.rows[number][place]
        if _is_blank(cell) or (not column.must_be_filled and cell in _DASHES):
            if column.must_be_filled:
                raise ValueError("Belum diisi; kolom ini wajib diisi.")
            return column.default
        return column.parse(cell)


def _is_blank(cell: Value) -> bool:
    return isinstance(cell, str) and not clean(cell)


def _numbers_columns(cells: Sequence[Value]) -> bool:
    """A row like 1, 2, 3, … or (1), (2), … under the titles, as official tables have it."""
    filled = [clean(str(cell)).strip("()").removesuffix(".0") for cell in cells if not _is_blank(cell)]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]  # noqa: PLR2004
