"""What a request that arrives again is given."""

import datetime as dt
from dataclasses import dataclass

from takar.common.errors import AlreadyDone, InvalidInput


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be given again: where it led, or what it said."""

    status: int
    location: str = ""
    media_type: str = ""
    body: str = ""
    at: dt.datetime | None = None


class Repeated(AlreadyDone):
    """It has been done, and its answer cannot be given again."""


class OtherContent(InvalidInput):
    """The key belongs to a request that said something else, done at that moment; this one was not done."""

    def __init__(self, message: str, at: dt.datetime) -> None:
        super().__init__(message)
        self.at = at
