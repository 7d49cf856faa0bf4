"""What a check is and what it finds."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from takar.rules.flow import Sop


class Grade(StrEnum):
    """Against the source that the finding names, or something that an office should look at."""

    WRONG = "Salah"
    LOOK = "Perhatian"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a check holds; `why` only where the reason differs from place to place."""

    place: str
    sentence: str
    cure: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the table: what it is called, how much it weighs, its source, and how it is found."""

    code: str
    grade: Grade
    why: str
    find: Callable[[Sop, dt.date], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, in words: where, what, why (with the source), and what mends it."""

    code: str
    grade: Grade
    place: str
    sentence: str
    why: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence} Perbaikan: {self.cure} Dasar: {self.why} [{self.code}]"
