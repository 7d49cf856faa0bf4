"""Gather the working of a result while it is computed: each line keeps the exact value and how it is printed."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from takar.rules.numbers import format_decimal, round_half_up
from takar.rules.scoring.parameters import Parameters
from takar.rules.scoring.types import Line, Notice, Result, Value

PLACES = 2
_SHOWN_PLACES = 6

Numbers = Mapping[str, Decimal | Fraction | int | str]


def shown(value: Decimal | Fraction | int | str) -> str:
    """Print a number that goes into a formula: all its digits, or six decimals where they do not end."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Fraction):
        return format_decimal(value, None)
    return format_decimal(value, _SHOWN_PLACES).rstrip("0").rstrip(",")


class Working:
    """Lines, values and notices of one result, in the order in which they arise."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._lines: list[Line] = []
        self._values: dict[str, Value] = {}
        self._notices: list[Notice] = []

    def line(
        self,
        key: str,
        label: str,
        formula: str,
        numbers: Numbers,
        exact: Fraction,
        *,
        basis: str,
        note: str = "",
        places: int = PLACES,
    ) -> Fraction:
        """Write down one step and return its exact value, so that rounding happens only when printing."""
        put_in = tuple((name, shown(number)) for name, number in numbers.items())
        self._lines.append(Line(key, label, formula, put_in, exact, format_decimal(exact, places), basis, note))
        return exact

    def rule(
        self, key: str, rule: str, numbers: Numbers, exact: Fraction, *, note: str = "", places: int = PLACES
    ) -> Fraction:
        """Write down one step whose label, formula and article stand in a table of the parameters."""
        text = self._parameters.tables[rule]
        basis = text["basis"]
        return self.line(key, text["label"], text["formula"], numbers, exact, basis=basis, note=note, places=places)

    def rating(
        self, key: str, label: str, formula: str, numbers: Numbers, rating: str, *, basis: str, note: str = ""
    ) -> None:
        """Write down one step whose outcome is a word and not a figure."""
        put_in = tuple((name, shown(number)) for name, number in numbers.items())
        self._lines.append(Line(key, label, formula, put_in, None, rating, basis, note))

    def rated(self, key: str, category: str, label: str) -> None:
        """Record an outcome that is a word and not a figure."""
        self._values[key] = Value(None, None, label, category, label)

    def value(
        self, key: str, exact: Fraction, category: Mapping[str, str] | None = None, *, places: int = PLACES
    ) -> Value:
        """Record an outcome, rounded half up, with its category if it has one."""
        rounded, row = round_half_up(exact, places), category or {}
        value = Value(exact, rounded, format_decimal(rounded, places), row.get("category"), row.get("label"))
        self._values[key] = value
        return value

    def tell(self, key: str, rule: str, field: str = "message", **words: str) -> None:
        """Record a notice whose text and article stand in a table of the parameters."""
        self.notice(key, self._parameters.text(rule, field).format(**words), self._parameters.basis(rule))

    def notice(self, key: str, message: str, basis: str) -> None:
        """Record something that the reader must know about a line or value."""
        self._notices.append(Notice(key, message, basis))

    def result(self, method: str, title: str) -> Result:
        """Close the working."""
        return Result(
            method, title, self._parameters.reference, dict(self._values), tuple(self._lines), tuple(self._notices)
        )
