"""Read an XLSX from anywhere: values by sheet and cell, or one sentence that says what is wrong and how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import CalamineError

from takar.exchange import container, package, scan
from takar.exchange.container import Container
from takar.exchange.package import Package, PackageSheet, Value, open_package, values

MAX_BYTES = container.MAX_BYTES
MAX_ROWS = scan.MAX_ROWS
MAX_COLUMNS = scan.MAX_COLUMNS
MAX_SHEETS = package.MAX_SHEETS

_TRAPS = {
    "doctype": (
        "memuat deklarasi XML (DTD) yang tidak pernah ditulis oleh Excel",
        "Salin datanya ke buku kerja baru, simpan sebagai .xlsx, lalu unggah hasilnya.",
    ),
    "text": (
        "memuat teks yang jauh terlalu panjang",
        "Pendekkan isi selnya (paling panjang 32.767 huruf), simpan, lalu unggah kembali.",
    ),
    "rows": (
        "memuat lebih dari 20.000 baris dalam satu lembar",
        "Hapus baris yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali.",
    ),
    "columns": (
        "memuat lebih dari 256 kolom dalam satu lembar",
        "Hapus isi di sebelah kanan tabel, simpan, lalu unggah kembali.",
    ),
    "cells": (
        "memuat terlalu banyak sel",
        "Hapus lembar dan isi yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali.",
    ),
    "sheets": (
        "memuat lebih dari 1.000 lembar",
        "Bagi menjadi beberapa berkas, lalu unggah kembali.",
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0][0]` is A1, a blank cell is "", and positions in `formulas` and `errors` count from 1."""

    name: str
    rows: Sequence[Sequence[Value]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets by name, in their order."""

    name: str
    sheets: Mapping[str, Sheet]


def read_workbook(data: bytes, *, name: str) -> Workbook:
    """The values of all sheets. Raises InvalidInput for whatever is no honest XLSX within the limits.

    Formulas come with the value that the office program stored last; whoever reads a cell must look at `formulas`.
    """
    source = Container(data, name)
    try:
        return Workbook(name=container.shown_name(name), sheets=_sheets(open_package(source)))
    except scan.Trap as trap:
        if str(trap) in _TRAPS:
            container.refuse(name, *_TRAPS[str(trap)])
        container.refuse_broken(name)
    except (expat.ExpatError, CalamineError, ValueError, LookupError, OverflowError):
        container.refuse_broken(name)


def _sheets(opened: Package) -> dict[str, Sheet]:
    if opened.styles:
        scan.scan_styles(opened.styles)
    lengths = scan.shared_lengths(opened.shared) if opened.shared else []
    found = [scan.scan_sheet(sheet.xml, lengths) for sheet in opened.sheets]
    if sum(scanned.last_row * scanned.last_column for scanned in found) > scan.MAX_CELLS:
        raise scan.Trap("cells")
    rows = values(opened)
    return {
        sheet.name: _sheet(sheet, scanned, grid)
        for sheet, scanned, grid in zip(opened.sheets, found, rows, strict=True)
    }


def _sheet(sheet: PackageSheet, scanned: scan.SheetScan, rows: Sequence[Sequence[Value]]) -> Sheet:
    return Sheet(sheet.name, rows, frozenset(scanned.formulas), scanned.errors, sheet.hidden)
