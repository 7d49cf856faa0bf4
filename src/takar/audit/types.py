"""The values that go into the audit trail and come out of its examination."""

from dataclasses import dataclass
from enum import StrEnum

from takar.common.errors import Problem


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and as what office: words, not keys, because the trail outlives the rows that it speaks of."""

    id: str
    name: str
    role: str

    @classmethod
    def system(cls) -> "By":
        """The program itself: a scheduled checkpoint, a command of the operator."""
        return cls(id="", name="Takar", role="sistem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event that is still to get its place in a chain."""

    stream: str
    verb: str
    by: By
    subject: str = ""
    before: object = None
    after: object = None
    reason: str = ""


class Kind(StrEnum):
    """What kind of thing does not hold."""

    GAP = "gap"
    ALTERED = "altered"
    BROKEN = "broken"
    CUT_OFF = "cut-off"
    REWRITTEN = "rewritten"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Problem):
    """One thing that does not hold, where, and what that means."""

    kind: Kind
