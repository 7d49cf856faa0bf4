"""Write workbooks that an office can fill in: the same bytes for the same content, and never a formula from a name."""

import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from takar.exchange.tables import Column, Table

Cell = str | int | Decimal | None

CREATED = dt.datetime(2025, 1, 1)  # noqa: DTZ001 -- a fixed mark without zone, so that equal content gives equal bytes
LINE_HEIGHT = 15
FOLIO = 14  # the number of F4 paper in the file format
_NO_GUESSING = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

GREY = "#E7E9EC"
BLUE = "#196BCD"
YELLOW = "#FFFBE6"
_STYLES: Mapping[str, Mapping[str, object]] = {
    "plain": {"font_name": "Arial", "font_size": 11, "valign": "vcenter"},
    "wrap": {"text_wrap": True},
    "border": {"border": 1, "border_color": "#9AA3AE"},
    "title": {"bold": True, "font_size": 14},
    "bold": {"bold": True},
    "head": {"bold": True, "align": "center", "bg_color": BLUE, "font_color": "#FFFFFF"},
    "input_head": {"bold": True, "align": "center", "bg_color": "#FFD966"},
    "grey": {"bg_color": GREY},
    "example": {"bg_color": GREY, "font_color": "#6B7280", "italic": True},
    "input": {"bg_color": YELLOW, "locked": False},
    "small": {"font_size": 9, "font_color": "#4B5563"},
    "text": {"num_format": "@", "align": "left", "indent": 1},
    "integer": {"num_format": "0", "align": "center"},
    "number": {"num_format": "General", "align": "center"},
    "money": {"num_format": "#,##0", "indent": 1, "align": "right"},
}


class Output:
    """A workbook in memory; styles are named and combined: `style("border", "input", "number")`."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._buffer, _NO_GUESSING)
        self.book.set_properties({"created": CREATED, "author": "Takar"})
        self._styles: dict[tuple[str, ...], Any] = {}

    def style(self, *names: str) -> Any:
        if names not in self._styles:
            merged = {key: value for name in ("plain", *names) for key, value in _STYLES[name].items()}
            self._styles[names] = self.book.add_format(merged)
        return self._styles[names]

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        sheet = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        return sheet

    def finish(self) -> bytes:
        self.book.close()
        return self._buffer.getvalue()


def put(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    """Write by kind; a number goes in as a number, everything else as text, nothing as a styled blank."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, float(value), style)


def write_table(
    output: Output, table: Table, rows: Iterable[Mapping[str, Cell]], *, example: Mapping[str, Cell] | None = None
) -> None:
    """One sheet with the table: titles, an example row if any, rows, drop-down lists, fixed header, print set-up."""
    columns = table.columns
    sheet = output.sheet(table.sheet_title, [column.width for column in columns])
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, output.style(column.form))
        put(sheet, 0, place, column.title, output.style("head", "wrap", "border"))
    shown = [example] if example else []
    for number, values in enumerate([*shown, *rows], 1):
        sheet.set_row(number, max(height_for(values.get(column.key), column.width) for column in columns))
        look = ("example",) if example and number == 1 else ()
        for place, column in enumerate(columns):
            put(sheet, number, place, values.get(column.key), output.style(column.form, "border", "wrap", *look))
    _validate(sheet, columns)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    print_setup(sheet, header_row=0)


def _validate(sheet: Any, columns: Sequence[Column]) -> None:
    """Drop-down lists warn and do not forbid: the import knows more spellings than the list shows."""
    for place, column in enumerate(columns):
        if column.options:
            sheet.data_validation(
                1,
                place,
                20_000 - 1,
                place,
                {
                    "validate": "list",
                    "source": list(column.options),
                    "error_type": "warning",
                    "error_title": column.title,
                    "error_message": "Sebaiknya pilih dari daftar.",
                },
            )


def write_instructions(output: Output, title: str, lines: Sequence[str], tables: Sequence[Table]) -> None:
    """The first sheet: what to do, and each column with its meaning."""
    sheet = output.sheet("Petunjuk", (30, 18, 100))
    put(sheet, 0, 0, title, output.style("title"))
    row = 2
    for number, line in enumerate(lines, 1):
        put(sheet, row, 0, f"{number}. {line}", output.style())
        row += 1
    for table in tables:
        row = _describe(output, sheet, table, row + 1)
    print_setup(sheet)


def _describe(output: Output, sheet: Any, table: Table, row: int) -> int:
    put(sheet, row, 0, f"Lembar {table.sheet_title}", output.style("bold"))
    rows = [("Kolom", "Wajib diisi", "Keterangan")]
    rows += [(column.title, _duty(column), column.help) for column in table.columns]
    for offset, cells in enumerate(rows, 1):
        look = ("head",) if offset == 1 else ()
        for place, cell in enumerate(cells):
            put(sheet, row + offset, place, cell, output.style("text", "border", "wrap", *look))
    return row + len(rows) + 1


def _duty(column: Column) -> str:
    if column.must_be_filled:
        return "ya"
    return "lihat keterangan" if column.required else "tidak"


def height_for(value: Cell, width: int) -> int:
    """Room for the value in a column so wide, with some air: not every office program finds the height by itself."""
    return LINE_HEIGHT * max(1, math.ceil(len(str(value or "")) * 1.1 / width)) + 6


def print_setup(sheet: Any, *, header_row: int | None = None) -> None:
    """F4 across, all columns on one page, page numbers, and the titles again on each page."""
    sheet.set_landscape()
    sheet.set_paper(FOLIO)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RHalaman &P dari &N")
    if header_row is not None:
        sheet.repeat_rows(header_row)
