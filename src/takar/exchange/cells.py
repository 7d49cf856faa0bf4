"""What may stand in a cell: each parser turns one filled cell into a value, or raises ValueError with the cure.

The sentences complete "Lembar …, baris …, kolom …:", so they name neither place nor title.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from takar.exchange.package import Value
from takar.rules.nip import parse_nip
from takar.rules.numbers import format_decimal, parse_decimal

Parse = Callable[[Value], object]
T = TypeVar("T")

EXACT = 10**15  # a spreadsheet keeps 15 digits of a number and turns the rest into zeros
SHOWN = 40
_INVISIBLE = {ord(character): None for character in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}
_EXPONENT = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
_NIP_AS_NUMBER = (
    "NIP tersimpan sebagai angka sehingga angka terakhirnya hilang; ubah format kolom menjadi Teks (Text), "
    "lalu ketik ulang NIP-nya."
)


def clean(text: str) -> str:
    """The text as people mean it: one space between words, no line breaks, nothing invisible."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(plain.split())


def shown(value: Value) -> str:
    """The cell's content for a sentence, in the notation of the office."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return format_decimal(number(value), None) if abs(value) < EXACT else f"{value:.5E}"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d-%m-%Y}"
    text = clean(str(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def number(value: float) -> Decimal:
    """The number that the spreadsheet shows: 15 significant digits, as it was typed."""
    if abs(value) >= EXACT:
        raise ValueError("Angkanya lebih dari 15 digit sehingga tidak lagi tepat; periksa apakah salah ketik.")
    exact = Decimal(f"{value:.15g}")
    return Decimal(f"{exact:f}") if exact else Decimal(0)


def text(most: int) -> Callable[[Value], str]:
    """Words on one line, at most so many characters; a plain number is taken as its digits."""

    def parse(value: Value) -> str:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            reason = f"Berisi {shown(value)}, bukan teks; ubah format sel menjadi Teks, lalu ketik ulang isinya."
            raise ValueError(reason)  # noqa: TRY004 -- one kind of error for everything a person can get wrong
        words = clean(value) if isinstance(value, str) else f"{number(value):f}"
        if len(words) > most:
            raise ValueError(f"Terlalu panjang: {len(words)} huruf, paling banyak {most}; pendekkan isinya.")
        if not words.isprintable():
            raise ValueError("Memuat huruf yang tidak dapat dicetak; ketik ulang isinya.")
        return words

    return parse


def nip_digits(value: Value) -> str:
    """18 digits by the weaker rule of a PPPK; the stricter one needs the kind of employee beside it."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= EXACT:
        raise ValueError(_NIP_AS_NUMBER)
    if isinstance(value, str) and _EXPONENT.fullmatch(value.strip()):
        raise ValueError(_NIP_AS_NUMBER)
    words = clean(value).lstrip("'") if isinstance(value, str) else shown(value).replace(".", "")
    return parse_nip(words, pppk=True).digits


def decimal(
    *, least: int = 0, most: int | None = None, above: int | None = None, places: int = 4, digits: int = 15
) -> Callable[[Value], Decimal]:
    """An exact number within its bounds; `least` is allowed itself, `above` is not."""
    ceiling = 10 ** (digits - places) - 1 if most is None else most

    def parse(value: Value) -> Decimal:
        amount = _amount(value)
        if above is not None and amount <= above:
            raise ValueError(f"Berisi {shown(value)}, padahal harus lebih dari {above}; betulkan angkanya.")
        if amount < least:
            raise ValueError(f"Berisi {shown(value)}, padahal tidak boleh kurang dari {least}; betulkan angkanya.")
        if amount > ceiling:
            limit = format_decimal(ceiling, None)
            raise ValueError(f"Berisi {shown(value)}, padahal paling besar {limit}; betulkan angkanya.")
        if amount != amount.quantize(Decimal(1).scaleb(-places)):
            raise ValueError(
                f"Berisi {shown(value)}; paling banyak {places} angka di belakang koma, bulatkan angkanya."
            )
        return amount

    return parse


def _amount(value: Value) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        reason = f"Berisi {shown(value)}, bukan angka; ubah format sel menjadi Angka, lalu ketik ulang."
        raise ValueError(reason)  # noqa: TRY004 -- one kind of error for everything a person can get wrong
    return parse_decimal(clean(value).removeprefix("Rp").strip()) if isinstance(value, str) else number(value)


def integer(*, least: int = 0, most: int | None = None) -> Callable[[Value], int]:
    bounded = decimal(least=least, most=most, places=0)

    def parse(value: Value) -> int:
        if _amount(value) % 1:
            raise ValueError(f"Berisi {shown(value)}, padahal harus bilangan bulat; betulkan angkanya.")
        return int(bounded(value))

    return parse


def choice(words: Mapping[str, T], *, known: str) -> Callable[[Value], T]:
    """One of several words, by any of its spellings; `known` lists them for the person who wrote another."""
    by_key = {_key(word): meaning for word, meaning in words.items()}

    def parse(value: Value) -> T:
        meaning = by_key.get(_key(value if isinstance(value, str) else shown(value)))
        if meaning is None:
            raise ValueError(f"Berisi “{shown(value)}”, yang tidak dikenal; isilah dengan {known}.")
        return meaning

    return parse


def _key(word: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", word.casefold())
