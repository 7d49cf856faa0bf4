from decimal import Decimal

import pytest
from tests.exchange.sheets import xlsx

from takar.common.errors import Problem
from takar.exchange.cells import decimal, text
from takar.exchange.checks import unique
from takar.exchange.tables import CellProblem, Column, Row, Table, TableData, read_table
from takar.exchange.workbook import read_workbook

TABLE = Table(
    name="barang",
    sheet_title="Barang",
    columns=(
        Column("code", "Kode", text(5), prefilled=True),
        Column("name", "Nama Barang", text(20), aliases=("Nama",)),
        Column("price", "Harga", decimal(), may_be_blank=True),
        Column("note", "Catatan", text(20), required=False, default=""),
    ),
    checks=(unique("code", "Kode {value} juga ada di baris {others}; ubah salah satunya."),),
)
HEADER = ["Kode", "Nama Barang", "Harga", "Catatan"]


def read(*rows: list[object], sheet: str = "Barang", formulas: dict[str, str] | None = None) -> TableData:
    return read_table(read_workbook(xlsx({sheet: rows}, formulas=formulas), name="x.xlsx"), TABLE)


def problems(data: TableData) -> list[str]:
    return [str(problem) for problem in data.problems]


def test_rows_are_read_by_title() -> None:
    data = read(HEADER, ["A", "Meja", 9.12, "baru"], ["B", "Kursi", "1.250,5"])
    assert problems(data) == []
    assert [(row.number, list(row.values.values())) for row in data.rows] == [
        (2, ["A", "Meja", Decimal("9.12"), "baru"]),
        (3, ["B", "Kursi", Decimal("1250.5"), ""]),
    ]


def test_letterhead_other_order_other_case_and_unknown_columns_do_no_harm() -> None:
    data = read(
        ["PEMERINTAH KABUPATEN"], [], ["", "HARGA", "Rak", "  nama\nbarang ", "KODE"], ["", 5, "R1", "Meja", "A"]
    )
    assert (data.rows, data.ignored) == (
        (Row(4, {"code": "A", "name": "Meja", "price": 5, "note": ""}),),
        ("Rak",),
    )


def test_aliases_find_a_column() -> None:
    assert read(["Kode", "Nama", "Harga"], ["A", "Meja", 5]).rows[0].values["name"] == "Meja"


def test_blank_rows_numbering_row_example_and_prefilled_rows_are_skipped() -> None:
    data = read(
        HEADER, ["(1)", "(2)", "(3)", "(4)"], ["Contoh: X", "Lemari", 1], [], ["A", " "], ["B"], ["C", "Meja", 1]
    )
    assert (problems(data), [row.number for row in data.rows]) == ([], [7])


def test_bad_cells_are_named_and_their_rows_left_out() -> None:
    data = read(HEADER, ["A", "Meja", "lima"], ["B", None, -1], ["C", "Kursi", 5])
    assert problems(data) == [
        "Lembar Barang, baris 2, kolom C (Harga): “lima” tidak terbaca sebagai angka; tulislah misalnya 12, 12,5, "
        "atau 1.250.000.",
        "Lembar Barang, baris 3, kolom B (Nama Barang): Belum diisi; kolom ini wajib diisi.",
        "Lembar Barang, baris 3, kolom C (Harga): Berisi -1, padahal tidak boleh kurang dari 0; betulkan angkanya.",
    ]
    assert [row.number for row in data.rows] == [2, 3, 4]
    assert [row.number for row in data.good_rows] == [4]


def test_formula_in_a_cell_that_is_read_is_a_problem_of_that_cell() -> None:
    data = read(HEADER, ["A", "Meja", None], ["B", "Kursi", 5, None, "x"], formulas={"C2": "=2+2", "E3": "=1+1"})
    assert problems(data) == [
        "Lembar Barang, baris 2, kolom C (Harga): "
        "Sel C2 berisi rumus; salin lalu tempel sebagai nilai (Paste Special → Values)."
    ]
    assert [row.number for row in data.good_rows] == [3]


def test_formula_without_stored_value_is_not_taken_for_a_blank_cell() -> None:
    data = read(HEADER, ["A"], formulas={"C2": "=2+2"})
    assert [problem.column_letter for problem in data.problems] == ["B", "C"]


def test_error_cell_is_named_with_its_error() -> None:
    workbook = read_workbook(xlsx({"Barang": [HEADER, ["A", "Meja", 1]]}), name="x.xlsx")
    sheet = workbook.sheets["Barang"]
    broken = type(sheet)(sheet.name, sheet.rows, frozenset({(2, 3)}), {(2, 3): "#REF!"})
    data = read_table(type(workbook)(workbook.name, {"Barang": broken}), TABLE)
    assert [problem.message for problem in data.problems] == ["Sel C2 berisi galat #REF!; isi dengan nilai yang benar."]


def test_dash_is_nothing_where_nothing_may_stand() -> None:
    data = read(HEADER, ["A", "Meja", "-", "–"])
    assert data.good_rows == (Row(2, {"code": "A", "name": "Meja", "price": None, "note": ""}),)


def test_missing_columns_are_named() -> None:
    data = read(["Kode", "Harga"], ["A", 5])
    assert (problems(data), data.rows) == (
        [
            "Lembar Barang, baris 1: Kolom “Nama Barang” tidak ditemukan; tambahkan kolom dengan judul itu pada baris judul."
        ],
        (),
    )


@pytest.mark.parametrize("sheet", ["Barang", "Lain"])
def test_sheet_without_the_table_says_what_is_looked_for(sheet: str) -> None:
    data = read(["tidak ada apa-apa"], sheet=sheet)
    where = "Lembar Barang: " if sheet == "Barang" else ""
    assert problems(data) == [
        f"{where}Tabel barang tidak ditemukan; beri nama lembarnya “Barang” dan tulis judul kolom dalam satu baris, "
        "paling bawah baris ke-15: Kode, Nama Barang, Harga."
    ]


def test_header_below_the_fifteenth_row_is_not_found() -> None:
    above = [["kop surat"]] * 14
    assert len(read(*above, HEADER, ["A", "Meja", 1]).rows) == 1
    assert len(read(*above, ["kop surat"], HEADER, ["A", "Meja", 1]).rows) == 0


def test_table_is_found_on_a_sheet_of_another_name() -> None:
    assert len(read(HEADER, ["A", "Meja", 1], sheet="Sheet1").rows) == 1


def test_duplicates_name_each_other() -> None:
    data = read(HEADER, ["A", "Meja", 1], ["B", "Kursi", 1], ["A", "Lemari", 1])
    assert problems(data) == [
        "Lembar Barang, baris 2, kolom A (Kode): Kode A juga ada di baris 4; ubah salah satunya.",
        "Lembar Barang, baris 4, kolom A (Kode): Kode A juga ada di baris 2; ubah salah satunya.",
    ]
    assert [row.number for row in data.good_rows] == [3]


def test_column_that_stands_twice_is_read_once_and_said() -> None:
    data = read(["Kode", "Nama", "Harga", "Harga"], ["A", "Meja", 1, 2])
    assert (data.rows[0].values["price"], data.ignored) == (1, ("Harga",))


@pytest.mark.parametrize(
    ("problem", "where"),
    [
        (CellProblem("Pegawai", 7, "D", "NIP", "x."), "Lembar Pegawai, baris 7, kolom D (NIP)"),
        (CellProblem("Pegawai", 7, "", "", "x."), "Lembar Pegawai, baris 7"),
        (CellProblem("Pegawai", 0, "", "", "x."), "Lembar Pegawai"),
        (CellProblem("", 0, "", "", "x."), ""),
    ],
)
def test_problem_says_where(problem: CellProblem, where: str) -> None:
    assert problem.as_problem() == Problem(where, "x.")
