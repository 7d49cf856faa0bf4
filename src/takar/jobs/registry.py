"""Which kinds of background work there are: the rooms above register theirs when the program starts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from takar.jobs.work import Work


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many minutes, or daily at a time of the office's clock."""

    every_minutes: int | None = None
    daily_at: dt.time | None = None


@dataclass(frozen=True, slots=True)
class JobKind:
    """`run` does the work; after an error of the program it is tried again until `attempts` are used up."""

    key: str
    label: str
    run: "Callable[[Work], object]"
    attempts: int = 3
    rhythm: Rhythm | None = None


KINDS: dict[str, JobKind] = {}


def register(
    key: str, label: str, run: "Callable[[Work], object]", *, attempts: int = 3, rhythm: Rhythm | None = None
) -> None:
    """Make a kind of work known; called from `AppConfig.ready` of the room that does it."""
    KINDS[key] = JobKind(key, label, run, attempts, rhythm)


def label_of(key: str) -> str:
    return KINDS[key].label if key in KINDS else key
