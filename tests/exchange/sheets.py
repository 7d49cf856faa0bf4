"""Small XLSX files for tests, whole and broken."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

Change = Callable[[bytes], bytes]


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], *, formulas: Mapping[str, str] | None = None) -> bytes:
    """A workbook of plain cells; None is a blank, and `formulas` go into the first sheet by cell name."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(number, place, cell)
    for cell, formula in (formulas or {}).items():
        book.worksheets()[0].write_formula(cell, formula, value=4)
    book.close()
    return buffer.getvalue()


def changed(data: bytes, parts: Mapping[str, Change] | None = None, added: Mapping[str, bytes] | None = None) -> bytes:
    """The same archive with some parts rewritten and others added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for path in old.namelist():
            content = old.read(path)
            new.writestr(path, (parts or {}).get(path, bytes)(content))
        for path, content in (added or {}).items():
            new.writestr(path, content)
    return buffer.getvalue()


def replacing(old: bytes, new: bytes) -> Change:
    """A change of the first place where `old` stands; it must stand somewhere."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change
