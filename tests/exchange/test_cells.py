import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takar.exchange.cells import choice, clean, decimal, integer, nip_digits, number, shown, text
from takar.exchange.package import Value

LOST = (
    "NIP tersimpan sebagai angka sehingga angka terakhirnya hilang; ubah format kolom menjadi Teks (Text), "
    "lalu ketik ulang NIP-nya."
)
VALUES = st.one_of(
    st.text(max_size=50), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
)  # fmt: skip
PARSERS: list[Callable[[Value], object]] = [
    text(20), nip_digits, decimal(), decimal(above=0, most=100), integer(least=1), choice({"Aktif": 1}, known="Aktif"),
]  # fmt: skip


def reason(parse: Callable[[Value], object], value: Value) -> str:
    with pytest.raises(ValueError) as caught:
        parse(value)
    return str(caught.value)


def test_clean_leaves_one_line_without_invisible_characters() -> None:
    assert clean("  Nama\u00a0\n Orang\u200b\ufeff ") == "Nama Orang"


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (9.12, "9.12"),
        (0.1 + 0.2, "0.3"),
        (100.0, "100"),
        (0.0, "0"),
        (-0.0, "0"),
        (123456789012345.0, "123456789012345"),
        (1e-6, "0.000001"),
    ],
)
def test_number_is_what_the_spreadsheet_shows(value: float, exact: str) -> None:
    assert str(number(value)) == exact


def test_number_beyond_fifteen_digits_is_refused() -> None:
    message = "Angkanya lebih dari 15 digit sehingga tidak lagi tepat; periksa apakah salah ketik."
    assert reason(number, 1e15) == message


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_number_gives_back_every_decimal_that_was_typed(typed: Decimal) -> None:
    assert number(float(typed)) == typed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1.234,5"),
        (True, "TRUE"),
        (dt.date(2025, 12, 9), "09-12-2025"),
        ("x" * 50, "x" * 40 + "…"),
        (1e17, "1.00000E+17"),
    ],
)
def test_shown_speaks_the_office_notation(value: Value, words: str) -> None:
    assert shown(value) == words


def test_text_takes_words_and_plain_numbers() -> None:
    assert [text(20)(value) for value in ("  Nama  Orang ", 12.0, 0.5)] == ["Nama Orang", "12", "0.5"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("abcdef", "Terlalu panjang: 6 huruf, paling banyak 5; pendekkan isinya."),
        (dt.date(2025, 1, 2), "Berisi 02-01-2025, bukan teks; ubah format sel menjadi Teks, lalu ketik ulang isinya."),
        (True, "Berisi TRUE, bukan teks; ubah format sel menjadi Teks, lalu ketik ulang isinya."),
        ("a\x07b", "Memuat huruf yang tidak dapat dicetak; ketik ulang isinya."),
    ],
)
def test_text_refuses_what_is_no_text(value: Value, message: str) -> None:
    assert reason(text(5), value) == message


@pytest.mark.parametrize(
    "value", ["198001012006041001", "19800101 200604 1 001", "'19800101.200604.1.001", "\u00a019800101 2006041001"]
)
def test_nip_is_read_with_spaces_and_points(value: str) -> None:
    assert nip_digits(value) == "198001012006041001"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.97102e17, LOST),
        ("1.97102E+17", LOST),
        ("1,97102E+17", LOST),
        ("19800101200604100", "NIP harus 18 angka, yang ditemukan 17 angka; periksa angka yang kurang."),
        ("1980010120060410011", "NIP harus 18 angka, yang ditemukan 19 angka; periksa angka yang berlebih."),
        (12345.0, "NIP harus 18 angka, yang ditemukan 5 angka; periksa angka yang kurang."),
        ("19800101200604100A", "NIP hanya boleh berisi angka (spasi dan titik boleh); hapus huruf atau tanda lain."),
    ],
)
def test_nip_says_what_is_wrong(value: Value, message: str) -> None:
    assert reason(nip_digits, value) == message


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("9,12", "9.12"),
        ("9.12", "9.12"),
        (9.12, "9.12"),
        ("Rp 1.250.000,50", "1250000.50"),
        ("1.250", "1250"),
        ("0", "0"),
    ],
)
def test_decimal_takes_comma_and_point(value: Value, exact: str) -> None:
    assert str(decimal()(value)) == exact


@pytest.mark.parametrize(
    ("parse", "value", "message"),
    [
        (decimal(), "abc", "“abc” tidak terbaca sebagai angka; tulislah misalnya 12, 12,5, atau 1.250.000."),
        (decimal(), "-5", "Berisi -5, padahal tidak boleh kurang dari 0; betulkan angkanya."),
        (decimal(), -5.0, "Berisi -5, padahal tidak boleh kurang dari 0; betulkan angkanya."),
        (decimal(above=0), 0.0, "Berisi 0, padahal harus lebih dari 0; betulkan angkanya."),
        (decimal(most=100), 100.5, "Berisi 100,5, padahal paling besar 100; betulkan angkanya."),
        (decimal(), 1.00001, "Berisi 1,00001; paling banyak 4 angka di belakang koma, bulatkan angkanya."),
        (decimal(places=2), "1,005", "Berisi 1,005; paling banyak 2 angka di belakang koma, bulatkan angkanya."),
        (decimal(), 1e12, "Berisi 1.000.000.000.000, padahal paling besar 99.999.999.999; betulkan angkanya."),
        (decimal(), 1e16, "Angkanya lebih dari 15 digit sehingga tidak lagi tepat; periksa apakah salah ketik."),
        (
            decimal(),
            dt.date(2025, 12, 9),
            "Berisi 09-12-2025, bukan angka; ubah format sel menjadi Angka, lalu ketik ulang.",
        ),
        (decimal(), True, "Berisi TRUE, bukan angka; ubah format sel menjadi Angka, lalu ketik ulang."),
        (integer(), 2.5, "Berisi 2,5, padahal harus bilangan bulat; betulkan angkanya."),
        (integer(least=1), 0.0, "Berisi 0, padahal tidak boleh kurang dari 1; betulkan angkanya."),
        (integer(most=9), "10", "Berisi 10, padahal paling besar 9; betulkan angkanya."),
        (choice({"Aktif": 1}, known="Aktif"), "Mati", "Berisi “Mati”, yang tidak dikenal; isilah dengan Aktif."),
    ],
)
def test_number_or_choice_out_of_bounds_says_why(parse: Callable[[Value], object], value: Value, message: str) -> None:
    assert reason(parse, value) == message


@pytest.mark.parametrize("value", ["tugas belajar", " Tugas  Belajar ", "TUGAS-BELAJAR"])
def test_choice_does_not_mind_case_and_spaces(value: str) -> None:
    assert choice({"Tugas Belajar": "tubel"}, known="Tugas Belajar")(value) == "tubel"


@pytest.mark.parametrize("parse", PARSERS)
@given(value=VALUES)
def test_any_value_is_parsed_or_refused_in_words(parse: Callable[[Value], object], value: Value) -> None:
    try:
        assert parse(value) is not None
    except ValueError as error:
        assert str(error).endswith(".")
