"""A plan as it is typed: texts in nested rows, which may be incomplete, and the way to the content and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from takar.common.errors import Problem

Tree = dict[str, Any]
Typed = Mapping[str, str]

# More rows than anybody plans; what lies beyond was not typed by hand.
MOST_ROWS = 60
MOST_INDICATORS = 20


@dataclass(frozen=True, slots=True)
class PlanForm:
    """`template` is the page to fill it in, `shown` the part that shows it. `change` adds or removes a row as the pressed button says; None when the button means something else."""

    template: str
    shown: str
    tree: Callable[[Any], Tree]
    read: Callable[[Typed], Tree]
    change: Callable[[Tree, str], Tree | None]
    data: Callable[[Tree], tuple[Any, list[Problem]]]


def count(text: str, most: int) -> int:
    """How many rows were sent."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0


def place(text: str, *, of: int) -> int | None:
    """The index of a row whose number, from 1, was named by a button; None when there is no such row."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len("1000") else 0
    return number - 1 if 1 <= number <= of else None
