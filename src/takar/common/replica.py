"""Reports read from a replica of the database, where the installation has one: heavy figures then slow nobody's work.

Only what is read inside `read_figures` goes there. Who may see it has been decided before, from the database itself.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from takar.common.reads import reading_only

Value = TypeVar("Value")
REPLICA = "replica"
REPLAYED = "SELECT pg_last_xact_replay_timestamp()"
LOG = logging.getLogger(__name__)
_reading: ContextVar[bool] = ContextVar("reading_from_the_replica", default=False)


@dataclass(frozen=True, slots=True)
class Figures(Generic[Value]):
    """What was read, and whether from the replica: then as of its last change, where it knows of one."""

    value: Value
    copied: bool = False
    as_of: dt.datetime | None = None


def reading() -> bool:
    """Whether what is read now comes from the replica."""
    return _reading.get()


class Router:
    """Where Django reads and writes: nothing is ever written to the replica, nor prepared there."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str | None:
        return REPLICA if reading() else None

    def db_for_write(self, _model: Any, **_hints: Any) -> str | None:
        return None if REPLICA not in connections else DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool | None:
        return True

    def allow_migrate(self, db: str, _app: str, **_hints: Any) -> bool | None:
        return False if db == REPLICA else None


def read_figures(read: Callable[[], Value]) -> Figures[Value]:
    """From the replica; from the database itself where there is none, where it is away, and where it gave up the query."""
    if REPLICA not in connections:
        return Figures(read())
    try:
        with _from_replica():
            return Figures(read(), copied=True, as_of=_as_of())
    except OperationalError:
        LOG.warning("Basis data salinan tidak dapat dipakai; angka dibaca dari basis data utama.", exc_info=True)
        connections[REPLICA].close()
        return Figures(read())


@contextmanager
def _from_replica() -> Iterator[None]:
    with reading_only(REPLICA):
        token = _reading.set(True)
        try:
            yield
        finally:
            _reading.reset(token)


def _as_of() -> dt.datetime | None:
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(REPLAYED)
        found: tuple[dt.datetime | None] = cursor.fetchone()
    return found[0]
