"""Errors that a person reads: each message is a whole Indonesian sentence that says what happened and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it is (field, or row and column) and what to do about it."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class DomainError(Exception):
    """An act that cannot be done; nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):  # noqa: N818 -- the name says what the person is told
    """The act is not this person's, or not at this moment."""


class AlreadyDone(DomainError):  # noqa: N818 -- the name says what the person is told
    """Somebody else was first; the message says who and when."""


class NoRoom(DomainError):  # noqa: N818 -- the name says what the person is told
    """It cannot be kept: the storage is full, or cannot be written to."""


class InvalidInput(DomainError):  # noqa: N818 -- the name says what the person is told
    """What was given cannot be accepted; every problem is listed."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
