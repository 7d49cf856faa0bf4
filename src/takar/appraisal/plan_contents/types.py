"""What the content of a plan must offer, whichever regulation it is made under."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from takar.appraisal.models import Plan
from takar.common.errors import Problem


@dataclass(frozen=True, slots=True)
class Content:
    """How the content of a plan is read, refused in words, written, and told to the audit.

    `write` makes the rows of many plans say exactly what is given, in few statements.
    """

    prefetch: tuple[str, ...]
    read: Callable[[Plan], Any]
    problems: Callable[[str, Any], list[Problem]]
    write: Callable[[Sequence[tuple[Plan, Any]]], None]
    plain: Callable[[Any], dict[str, object]]
