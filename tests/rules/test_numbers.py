from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import cases

from takar.rules.numbers import format_decimal, parse_decimal, read_number, round_half_up


@pytest.mark.parametrize("case", cases("cases/numbers.toml"))
def test_parse_decimal_reads_or_refuses(case: dict[str, Any]) -> None:
    if "value" in case:
        assert str(parse_decimal(case["text"])) == case["value"]
        return
    with pytest.raises(ValueError, match=case["reason"]):
        parse_decimal(case["text"])


def test_parse_decimal_shortens_what_it_quotes() -> None:
    with pytest.raises(ValueError) as error:
        parse_decimal("x" * 1000)
    assert len(str(error.value)) < 120


@pytest.mark.parametrize(
    ("value", "read"), [("9,12", "9.12"), (12, "12"), (Decimal("9.12"), "9.12"), (Decimal(5), "5")]
)
def test_read_number_takes_text_whole_numbers_and_decimals(value: object, read: str) -> None:
    assert str(read_number(value)) == read


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (9.12, "float"),
        (True, "bukan angka pasti"),
        ([], "bukan angka pasti"),
        (Decimal("NaN"), "bukan angka"),
        (Decimal("Infinity"), "bukan angka"),
        (Decimal("1E+3"), "berpangkat"),
        (10**18, "18 digit"),
    ],
)
def test_read_number_refuses_what_is_not_exact(value: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_number(value)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.005", 2, "0.01"),
        ("0.0049", 2, "0.00"),
        ("90.995", 2, "91.00"),
        ("90.994999", 2, "90.99"),
        ("2.5", 0, "3"),
        ("-0.005", 2, "-0.01"),
        ("-0.004", 2, "0.00"),
    ],
)
def test_round_half_up_goes_away_from_zero_at_the_half(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Fraction(value), places)) == rounded
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_round_half_up_ignores_the_decimal_context() -> None:
    with localcontext(prec=3):
        assert str(round_half_up(Fraction(10**40 + 1), 2)) == f"{10**40 + 1}.00"


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("1250000.5"), 2, "1.250.000,50"),
        (Decimal("1250000.5"), None, "1.250.000,5"),
        (Decimal(1250), None, "1.250"),
        (Fraction(2, 3), 2, "0,67"),
        (12, 2, "12,00"),
        (Decimal("-1234.5"), 1, "-1.234,5"),
        (Decimal("85.5"), 0, "86"),
    ],
)
def test_format_decimal_prints_indonesian_notation(
    value: Decimal | Fraction | int, places: int | None, printed: str
) -> None:
    assert format_decimal(value, places) == printed


def test_format_decimal_needs_places_for_a_fraction() -> None:
    with pytest.raises(TypeError):
        format_decimal(Fraction(1, 3), None)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_printed_is_read_again_as_the_same_figure(value: Decimal) -> None:
    assert parse_decimal(format_decimal(value, None)) == value


@given(st.fractions(), st.integers(min_value=0, max_value=6))
def test_rounding_is_never_off_by_more_than_half_a_unit(value: Fraction, places: int) -> None:
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)
