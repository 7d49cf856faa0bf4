"""What the examination of the stored files can find."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from takar.common.errors import Problem

BLOCK = 1024 * 1024


class Store(Protocol):
    """Where contents lie, each once under its SHA-256: written whole or not at all, never overwritten.

    `put` answers a refusal in words (DomainError); reading raises OSError, FileNotFoundError where nothing is there.
    `remove` is for a destruction that the law has been carried out for, and for nothing else.
    """

    def place(self, sha256: str) -> str: ...

    def put(self, content: bytes) -> str: ...

    def get(self, sha256: str) -> bytes: ...

    def size(self, sha256: str) -> int: ...

    def digest(self, sha256: str) -> str: ...

    def names(self) -> Iterator[str]: ...

    def check_removable(self, sha256: str) -> None: ...

    def remove(self, sha256: str) -> None: ...


class Kind(StrEnum):
    """What kind of thing does not hold; UNKNOWN is worth a look and harms nothing.

    REMAINS is a content that was destroyed by the books and lies in the store all the same.
    """

    MISSING = "missing"
    SIZE = "size"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    REMAINS = "remains"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Problem):
    """One stored file that is not as it was stored, or that nobody knows."""

    kind: Kind
