"""What a method answers: values, the lines of their working, notices, or the problems of the input.

Every figure stays an exact Fraction until it is printed; `Result.as_dict()` turns all of it into text for storing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One thing wrong with an input: the path of the field ("activities.0.target.time") and an Indonesian reason."""

    path: str
    message: str


class InputError(ValueError):
    """The input cannot be scored; `problems` names every field and reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{path}: {message}" for path, message in self.problems))


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the working: formula in words, the numbers put in, the outcome exact and as printed, the article.

    `exact` is None where the outcome is a rating and not a figure.
    """

    key: str
    label: str
    formula: str
    numbers: tuple[tuple[str, str], ...]
    exact: Fraction | None
    printed: str
    basis: str
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "key": self.key,
            "label": self.label,
            "formula": self.formula,
            "numbers": [{"name": name, "value": value} for name, value in self.numbers],
            "exact": _ratio(self.exact),
            "printed": self.printed,
            "basis": self.basis,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about a line or value: the rule is named, nothing is changed silently."""

    key: str
    message: str
    basis: str

    def as_dict(self) -> dict[str, str]:
        """Return plain JSON values."""
        return {"key": self.key, "message": self.message, "basis": self.basis}


@dataclass(frozen=True, slots=True)
class Value:
    """An outcome; `exact` and `rounded` are None where the method answers with a rating only."""

    exact: Fraction | None
    rounded: Decimal | None
    printed: str
    category: str | None = None
    category_label: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Return plain JSON values."""
        return {
            "exact": _ratio(self.exact),
            "rounded": None if self.rounded is None else str(self.rounded),
            "printed": self.printed,
            "category": self.category,
            "category_label": self.category_label,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one appraisal under one method and one version of its parameters ("pp46-2011@1")."""

    method: str
    method_title: str
    parameters: str
    values: Mapping[str, Value]
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values, every figure as text: what is stored, printed and answered."""
        return {
            "method": self.method,
            "method_title": self.method_title,
            "parameters": self.parameters,
            "values": {key: value.as_dict() for key, value in self.values.items()},
            "lines": [line.as_dict() for line in self.lines],
            "notices": [notice.as_dict() for notice in self.notices],
        }


def _ratio(exact: Fraction | None) -> str | None:
    return None if exact is None else f"{exact.numerator}/{exact.denominator}"
