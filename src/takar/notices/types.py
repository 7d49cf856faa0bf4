"""What is to be said to whom."""

from dataclasses import dataclass
from uuid import UUID

from takar.notices.enums import NoticeKind, Place
from takar.organisation.models import Employee


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is still to reach somebody. `key` makes it the same message when it is said again."""

    person: Employee
    key: str
    kind: NoticeKind
    text: str
    place: Place
    case_key: UUID | None = None
    step: int | None = None
