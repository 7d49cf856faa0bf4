"""Figures as people and files write them: read exactly, rounded once, printed in Indonesian notation.

No regulation prescribes the notation; these are the office's habits (decimal comma, points between thousands). The
rounding "half up to two decimals" is the practice of BKN's own reconciliation (SAPK); PP 46/2011 itself is silent.
"""

import re
from decimal import Decimal
from fractions import Fraction

MAX_DIGITS = 18

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"\d+([.,]\d+)?")


def parse_decimal(text: str) -> Decimal:
    """Read a figure in Indonesian or plain notation: "9,12", "9.12", "1.250.000,50", "1250000".

    A single point with exactly three digits behind it ("1.250") is ambiguous and is read as thousands (1250), because
    that is how an office writes it; "0.125" and "1250.500" cannot be thousands and are decimals. A program that means
    1,25 must therefore write "1,250" (or send a JSON number). Raises ValueError with an Indonesian reason for letters,
    NaN, Infinity, exponents, misplaced separators and more than 18 digits.
    """
    stripped = text.strip().replace("\N{MINUS SIGN}", "-")
    sign, digits = ("-", stripped[1:]) if stripped.startswith("-") else ("", stripped)
    if not digits.isascii() or not (_THOUSANDS.fullmatch(digits) or _PLAIN.fullmatch(digits)):
        shown = text if len(text) <= MAX_DIGITS * 2 else text[: MAX_DIGITS * 2] + "…"
        raise ValueError(f"“{shown}” tidak terbaca sebagai angka; tulislah misalnya 12, 12,5, atau 1.250.000.")
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    return checked(Decimal(sign + digits.replace(",", ".")))


def checked(value: Decimal) -> Decimal:
    """Return a Decimal that is an ordinary figure; refuse NaN, Infinity, exponents and more than 18 digits."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("NaN dan tak hingga bukan angka; isilah dengan bilangan biasa.")  # noqa: TRY004 -- wrong value
    if exponent > 0:
        raise ValueError("Angka berpangkat (misalnya 1e3) tidak diterima; tulislah semua angkanya, misalnya 1000.")
    if max(len(value.as_tuple().digits), -exponent) > MAX_DIGITS:
        raise ValueError(f"Angka lebih dari {MAX_DIGITS} digit tidak diterima; periksa apakah salah ketik.")
    return value or abs(value)


def read_number(value: object) -> Decimal:
    """Read a figure that came as text, whole number or Decimal; a Python float is refused because it is not exact."""
    if isinstance(value, str):
        return parse_decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        kind = "bilangan pecahan biner (float)" if isinstance(value, float) else "isian"
        message = f"Yang diterima {kind}, bukan angka pasti; kirimlah teks seperti “9,12” atau bilangan bulat."
        raise ValueError(message)  # noqa: TRY004 -- one kind of error for everything a person can get wrong
    return checked(Decimal(value))


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round to a number of decimals, halves away from zero; exact at any size (no decimal context is involved)."""
    exact = Fraction(value)
    units = int(abs(exact) * 10**places + Fraction(1, 2))
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((int(exact < 0 and units > 0), digits, -places))


def format_decimal(value: Decimal | Fraction | int, places: int | None = 2) -> str:
    """Print in Indonesian notation ("1.250.000,50"); `places=None` keeps every digit and does not take a Fraction."""
    if places is not None:
        exact = round_half_up(value, places)
    elif isinstance(value, Fraction):
        raise TypeError("a fraction needs a number of places")
    else:
        exact = Decimal(value)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))
