"""The year's agreed targets (SKP) as a spreadsheet: one row for each activity of each employee."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from takar.exchange.cells import choice, decimal, integer, nip_digits, text
from takar.exchange.checks import unique_together
from takar.exchange.names import same_name
from takar.exchange.tables import (
    CellProblem,
    Column,
    Finding,
    Row,
    Table,
    TableSource,
    read_table,
)
from takar.exchange.workbook import read_workbook
from takar.exchange.writing import Cell, Output, write_instructions, write_table
from takar.rules.nip import format_nip

__all__ = [
    "Person",
    "TargetFile",
    "TargetRow",
    "read_targets",
    "same_name",
    "target_problem",
    "targets_template",
    "write_targets",
]

MONTHS = 12
TIME_UNITS = ("bulan", "minggu", "hari")

STEPS = (
    "Isi lembar “Target”, satu baris untuk setiap kegiatan tugas jabatan; NIP, Nama, Tahun dan No sudah tersedia.",
    "Baris yang hanya berisi NIP, Nama, Tahun dan No dianggap kosong dan tidak dibaca; tambah baris bila kurang.",
    "Angka boleh memakai koma atau titik desimal. Biaya dikosongkan bila kegiatan tidak dibiayai anggaran.",
    "Jangan memakai rumus. Jangan mengubah judul kolom; urutannya boleh diubah.",
    "Simpan sebagai .xlsx, lalu unggah. Mengunggah berkas yang sama dua kali tidak mengubah apa pun.",
)


@dataclass(frozen=True, slots=True)
class Person:
    nip: str
    name: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One activity with its targets; without cost no budget supports it. `number` is the row, `no` the activity's."""

    number: int
    nip: str
    name: str
    year: int
    no: int
    activity: str
    quantity: Decimal
    quantity_unit: str
    quality: Decimal
    time: Decimal
    time_unit: str
    cost: Decimal | None = None
    credit: Decimal | None = None
    source: TableSource = field(default=TableSource(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class TargetFile:
    rows: tuple[TargetRow, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]


def _months_fit_year(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        time, unit = row.values["time"], row.values["time_unit"]
        if time is not None and unit == "bulan" and time > MONTHS:
            yield Finding(row.number, "time", f"Lebih dari {MONTHS} bulan dalam satu tahun; betulkan angkanya.")


TARGETS = Table(
    name="target SKP",
    sheet_title="Target",
    columns=(
        Column("nip", "NIP", nip_digits, prefilled=True, width=24, help="18 angka, boleh berspasi; format sel Teks."),
        Column(
            "name", "Nama", text(250), required=False, default="", prefilled=True, aliases=("Nama Pegawai",), width=34,
            help="Dicocokkan dengan NIP agar target tidak salah orang.",
        ),
        Column(
            "year", "Tahun", integer(least=2010, most=2100), prefilled=True, width=8, form="integer",
            help="Tahun SKP, misalnya 2025.",
        ),
        Column(
            "no", "No", integer(least=1, most=999), prefilled=True, aliases=("Nomor",), width=6, form="integer",
            help="Nomor urut kegiatan pegawai itu: 1, 2, 3, …",
        ),
        Column(
            "activity", "Kegiatan Tugas Jabatan", text(500), aliases=("Kegiatan", "Uraian Kegiatan"), width=56,
            help="Uraian kegiatan seperti dalam SKP yang disepakati.",
        ),
        Column(
            "credit", "Angka Kredit", decimal(), required=False, aliases=("AK",), width=12, form="number",
            help="Hanya untuk JFT; selain itu kosongkan.",
        ),
        Column(
            "quantity", "Kuantitas", decimal(above=0), aliases=("Target Kuantitas", "Kuant/Output"), width=12,
            form="number", help="Target output, lebih dari 0.",
        ),
        Column(
            "quantity_unit", "Satuan Kuantitas", text(40), aliases=("Satuan", "Satuan Output"), width=16,
            help="Misalnya dokumen, laporan, kegiatan, berkas.",
        ),
        Column(
            "quality", "Kualitas", decimal(above=0, most=100), aliases=("Target Kualitas", "Kual/Mutu"), width=10,
            form="number", help="Target mutu, paling besar 100.",
        ),
        Column(
            "time", "Waktu", decimal(above=0), aliases=("Target Waktu",), width=8, form="number",
            help="Target waktu, lebih dari 0; paling banyak 12 bila satuannya bulan.",
        ),
        Column(
            "time_unit", "Satuan Waktu", choice({unit: unit for unit in TIME_UNITS}, known="bulan, minggu, atau hari"),
            required=False, default="bulan", prefilled=True, options=TIME_UNITS, width=12,
            help="bulan, minggu, atau hari; kosong berarti bulan.",
        ),
        Column(
            "cost", "Biaya (Rp)", decimal(places=2), required=False, aliases=("Biaya", "Target Biaya"), width=18,
            form="money", help="Kosongkan atau isi 0 bila kegiatan tidak dibiayai anggaran.",
        ),
    ),
    checks=(
        unique_together(
            ("no", "nip", "year"), "no", "Nomor {value} untuk pegawai dan tahun ini juga ada di baris {others}; ubah nomornya."
        ),
        unique_together(
            ("activity", "nip", "year"), "activity",
            "Kegiatan yang sama untuk pegawai dan tahun ini juga ada di baris {others}; hapus atau bedakan uraiannya.",
        ),
        _months_fit_year,
    ),
)  # fmt: skip


def read_targets(data: bytes, *, name: str) -> TargetFile:
    """Read the activities; rows of the template that nobody filled in are passed over."""
    found = read_table(read_workbook(data, name=name), TARGETS)
    rows = tuple(_target_row(row, found.source) for row in found.good_rows)
    return TargetFile(rows, found.problems, found.ignored)


def target_problem(row: TargetRow, column: str, message: str) -> CellProblem:
    """What somebody else found about a cell of the row."""
    return row.source.problem(row.number, column, message)


def targets_template(people: Sequence[Person], year: int, *, lines: int = 6) -> bytes:
    """A form for the year with so many numbered lines for each person."""
    output = Output()
    write_instructions(output, f"Target SKP Tahun {year}", STEPS, (TARGETS,))
    write_table(output, TARGETS, (_blank_line(person, year, no) for person in people for no in range(1, lines + 1)))
    return output.finish()


def write_targets(rows: Sequence[TargetRow]) -> bytes:
    """The targets in the layout that `read_targets` reads."""
    output = Output()
    write_table(output, TARGETS, (_target_cells(row) for row in rows))
    return output.finish()


def _blank_line(person: Person, year: int, no: int) -> Mapping[str, Cell]:
    return {"nip": format_nip(person.nip), "name": person.name, "year": year, "no": no, "time_unit": "bulan"}


def _target_row(row: Row, source: TableSource) -> TargetRow:
    values = {**row.values, "cost": row.values["cost"] or None}
    return TargetRow(number=row.number, source=source, **values)


def _target_cells(row: TargetRow) -> Mapping[str, Cell]:
    cells = {column.key: getattr(row, column.key) for column in TARGETS.columns}
    return {**cells, "nip": format_nip(row.nip)}
