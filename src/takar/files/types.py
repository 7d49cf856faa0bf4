"""What the examination of the stored files can find."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Protocol

from takar.common.errors import Problem

BLOCK = 1024 * 1024
Content = bytes | IO[bytes]
"""What is to be kept: in memory, or a file that can be read again from its beginning."""


def digest_of(content: Content) -> str:
    """Its SHA-256, read block by block."""
    found, file = hashlib.sha256(), opened(content)
    while block := file.read(BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def size_of(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.seek(0, io.SEEK_END)


def opened(content: Content) -> IO[bytes]:
    """As a file that stands at its beginning."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    file.seek(0)
    return file


class Store(Protocol):
    """Where contents lie, each once under its SHA-256: written whole or not at all, never overwritten.

    `put` answers a refusal in words (DomainError); reading raises OSError, FileNotFoundError where nothing is there.
    `remove` is for a destruction that the law has been carried out for, and for nothing else.
    """

    def place(self, sha256: str) -> str: ...

    def put(self, content: Content) -> str: ...

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
