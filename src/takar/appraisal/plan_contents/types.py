"""What the content of a plan must offer, whichever regulation it is made under."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from takar.appraisal.models import Plan
from takar.common.errors import Problem
from takar.common.ids import uuid7


@dataclass(frozen=True, slots=True)
class Content:
    """How the content of a plan is read, refused in words, written, and told to the audit.

    `write` makes the rows of many plans say exactly what is given, in few statements. A row keeps the key that it is
    given if the plan has it already; `trusted` content, which comes from another version of the same plan, brings its
    keys along. `inherit` gives new content the keys of the rows of older content that have the same name, else the same place.
    """

    prefetch: tuple[str, ...]
    read: Callable[[Plan], Any]
    problems: Callable[[str, Any], list[Problem]]
    write: "Write"
    plain: Callable[[Any], dict[str, object]]
    inherit: Callable[[Any, Any], Any]


class Write(Protocol):
    def __call__(self, contents: Sequence[tuple[Plan, Any]], *, trusted: bool = False) -> None: ...


def key_of(given: UUID | None, known: Collection[UUID], *, trusted: bool) -> UUID:
    """The row's key if it is the plan's own; otherwise a new one, for a key may come from a form."""
    return given if given is not None and (trusted or given in known) else uuid7()


class Named(Protocol):
    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


def paired(rows: Sequence[Row], before: Sequence[Row]) -> list[tuple[Row, Row | None]]:
    """Each row with the older one of the same name; one that was renamed with the one that stood in its place."""
    older = {row.name: row for row in before}
    new = {row.name for row in rows}
    found = []
    for place, row in enumerate(rows):
        in_place = before[place] if place < len(before) and before[place].name not in new else None
        found.append((row, older.pop(row.name, None) or in_place))
    return found
