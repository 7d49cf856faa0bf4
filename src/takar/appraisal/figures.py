"""What a figure's column can hold. Whoever writes a figure asks here first, so that the database never has to refuse."""

from collections.abc import Iterable
from decimal import Decimal

from takar.common.errors import Problem
from takar.common.words import figure
from takar.rules.numbers import format_decimal

# Digits in all and behind the comma, as the columns of plan and form have them.
FIGURE, MONEY = (15, 4), (15, 2)
LIMITS = {"quantity": FIGURE, "quality": FIGURE, "time": FIGURE, "cost": MONEY, "credit": FIGURE, "figure": FIGURE}


def column_problem(name: str, value: Decimal) -> str:
    """Why this figure cannot stand in its column, and what to do; empty when it can."""
    digits, places = LIMITS[name]
    most = Decimal(10) ** (digits - places)
    if value < 0:
        return "Tidak boleh kurang dari nol; periksa angkanya."
    if value >= most:
        return f"Paling besar {format_decimal(most - 1, 0)}; periksa apakah salah ketik."
    if value != value.quantize(Decimal(1).scaleb(-places)):
        return f"Paling banyak {places} angka di belakang koma; bulatkan angkanya."
    return ""


def column_problems(where: str, figures: Iterable[tuple[str, str, Decimal | None]]) -> list[Problem]:
    """The problems of several figures, each given as its name, its label and its value."""
    return [
        Problem(f"{where}, {label}", f"“{figure(value)}”: {problem}")
        for name, label, value in figures
        if value is not None and (problem := column_problem(name, value))
    ]
