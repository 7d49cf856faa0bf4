"""What a process remembers of the database under a key that changes together with it."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from takar.common import replica

Value = TypeVar("Value")
MOST = 256


class Remembered(Generic[Value]):
    """Reads once a process and key, and keeps the newest `MOST`.

    A transaction may have changed it itself and yet be undone, a replica may not have the change yet: what is read
    there is never kept.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Value] = {}

    def __call__(self, key: Hashable, read: Callable[[], Value]) -> Value:
        if (found := self._kept.get(key)) is not None:
            return found
        found = read()
        if not (connection.in_atomic_block or replica.reading()):
            self._kept[key] = found
            for oldest in list(self._kept)[:-MOST]:
                self._kept.pop(oldest, None)
        return found
