from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.sheets import xlsx

from takar.exchange.formats.targets import (
    Person,
    TargetFile,
    TargetRow,
    read_targets,
    target_problem,
    targets_template,
    write_targets,
)
from takar.exchange.workbook import read_workbook

ROW = TargetRow(
    number=2,
    nip="198503142010011008",
    name="Nama Orang, S.E.",
    year=2025,
    no=1,
    activity="Menyusun laporan",
    quantity=Decimal(12),
    quantity_unit="laporan",
    quality=Decimal(100),
    time=Decimal("9.12"),
    time_unit="bulan",
    cost=Decimal("1250000.50"),
    credit=Decimal("0.75"),
)
PERSON = Person(ROW.nip, ROW.name)


def problems(*rows: TargetRow) -> list[str]:
    return [str(problem) for problem in read_targets(write_targets(rows), name="x.xlsx").problems]


def test_targets_come_back_as_they_were_written() -> None:
    rows = (ROW, replace(ROW, number=3, no=2, activity="Lain", cost=None, credit=None))
    assert read_targets(write_targets(rows), name="x.xlsx") == TargetFile(rows, (), ())


def test_template_holds_the_people_and_counts_as_empty() -> None:
    data = targets_template([PERSON], 2025, lines=3)
    assert read_targets(data, name="x.xlsx") == TargetFile((), (), ())
    cells = read_workbook(data, name="x.xlsx").sheets["Target"].rows[1:]
    assert [row[:4] for row in cells] == [["19850314 201001 1 008", PERSON.name, 2025.0, float(no)] for no in (1, 2, 3)]


def test_unit_of_time_is_months_and_cost_nought_is_no_cost() -> None:
    titles = ["NIP", "Tahun", "No", "Kegiatan", "Kuantitas", "Satuan", "Kualitas", "Waktu", "Biaya"]
    cells = [ROW.nip, 2025, 1, "Menyusun laporan", "12,5", "laporan", "100", 12, 0]
    found = read_targets(xlsx({"Sheet1": [titles, cells]}), name="x.xlsx")
    row = found.rows[0]
    assert (row.quantity, row.time_unit, row.cost, row.credit, row.name) == (Decimal("12.5"), "bulan", None, None, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quantity": Decimal(0)}, "kolom G (Kuantitas): Berisi 0, padahal harus lebih dari 0; betulkan angkanya."),
        ({"quantity": Decimal(-4)}, "kolom G (Kuantitas): Berisi -4, padahal harus lebih dari 0; betulkan angkanya."),
        ({"quality": Decimal(101)}, "kolom I (Kualitas): Berisi 101, padahal paling besar 100; betulkan angkanya."),
        ({"time": Decimal(13)}, "kolom J (Waktu): Lebih dari 12 bulan dalam satu tahun; betulkan angkanya."),
        ({"time_unit": "abad"}, "kolom K (Satuan Waktu): Berisi “abad”, yang tidak dikenal; isilah dengan bulan, minggu, atau hari."),
        ({"cost": Decimal(-1)}, "kolom L (Biaya (Rp)): Berisi -1, padahal tidak boleh kurang dari 0; betulkan angkanya."),
        ({"year": 1999}, "kolom C (Tahun): Berisi 1.999, padahal tidak boleh kurang dari 2010; betulkan angkanya."),
        ({"activity": ""}, "kolom E (Kegiatan Tugas Jabatan): Belum diisi; kolom ini wajib diisi."),
        ({"quantity_unit": "x" * 41}, "kolom H (Satuan Kuantitas): Terlalu panjang: 41 huruf, paling banyak 40; pendekkan isinya."),
    ],
)  # fmt: skip
def test_target_out_of_bounds_is_named(change: dict[str, Decimal | int | str], message: str) -> None:
    assert problems(replace(ROW, **change)) == [f"Lembar Target, baris 2, {message}"]  # type: ignore[arg-type]


def test_days_may_be_more_than_twelve() -> None:
    assert problems(replace(ROW, time=Decimal(240), time_unit="hari")) == []


def test_same_number_and_same_activity_name_each_other() -> None:
    assert problems(ROW, replace(ROW, number=3)) == [
        f"Lembar Target, baris {row}, kolom {column} juga ada di baris {other}; {cure}"
        for row, other in ((2, 3), (3, 2))
        for column, cure in (
            ("D (No): Nomor 1 untuk pegawai dan tahun ini", "ubah nomornya."),
            (
                "E (Kegiatan Tugas Jabatan): Kegiatan yang sama untuk pegawai dan tahun ini",
                "hapus atau bedakan uraiannya.",
            ),
        )
    ]


def test_finding_of_the_caller_is_put_at_its_cell() -> None:
    row = read_targets(write_targets([ROW]), name="x.xlsx").rows[0]
    assert str(target_problem(row, "nip", "Tidak ada.")) == "Lembar Target, baris 2, kolom A (NIP): Tidak ada."


figures = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)


@settings(max_examples=30, deadline=None)
@given(
    quantity=figures,
    time=figures,
    cost=st.decimals(min_value=Decimal("0.01"), max_value=10**12, places=2),
    credit=figures,
)
def test_figures_survive_the_spreadsheet_exactly(
    quantity: Decimal, time: Decimal, cost: Decimal, credit: Decimal
) -> None:
    row = replace(ROW, quantity=quantity, time=time, time_unit="hari", cost=cost, credit=credit)
    assert read_targets(write_targets([row]), name="x.xlsx").rows == (row,)
