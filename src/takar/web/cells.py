"""One input on a screen, and whether what stands in it is a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from takar.appraisal.figures import column_problem
from takar.rules.numbers import parse_decimal

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: its name, what stands in it, what is wrong with that, what stands beside; words or a figure."""

    name: str
    label: str
    text: str
    error: str = ""
    reference: str = ""
    options: tuple[tuple[str, str], ...] = ()
    is_words: bool = False


def figure_problem(text: str, column: str = "") -> str:
    """Why this text is no figure, or none that its column can hold; empty when it is one, or nothing."""
    try:
        value = parse_decimal(text) if text.strip() else Decimal(0)
    except ValueError as error:
        return str(error)
    if column:
        return column_problem(column, value)
    return "Tidak boleh kurang dari nol." if value < 0 else ""
