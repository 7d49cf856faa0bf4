"""Reading alone: while it lasts the database itself refuses every write. And reading much, a portion at a time.

Nothing of it stays on a connection of PostgreSQL: the program also works behind a pooler that gives every transaction
another connection (pgbouncer).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
PORTION = 500
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# SQLite: a switch of the connection. PostgreSQL: the transaction begins READ ONLY.
QUERY_ONLY = "PRAGMA query_only = 1", "PRAGMA query_only = 0"


@contextmanager
def reading_only(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """The block may read; on PostgreSQL it is one transaction, in which a cursor can go through any number of rows."""
    connection: Any = connections[using]
    if connection.vendor == "sqlite":
        with _switched(connection):
            yield
    elif connection.in_atomic_block:  # it keeps the mode with which it began
        yield
    else:
        connection.ensure_connection()
        driver = connection.connection
        driver.read_only = True
        try:
            with transaction.atomic(using=using):
                yield
        finally:
            _writable(connection, driver)


def in_portions(rows: QuerySet[Row], *by: str, size: int = PORTION) -> Iterator[list[Row]]:
    """All rows in the order of one or two columns, unique together: a statement a portion, no cursor, no transaction."""
    last: Row | None = None
    while True:
        found = list((rows if last is None else rows.filter(_after(by, last))).order_by(*by)[:size])
        if found:
            yield found
        if len(found) < size:
            return
        last = found[-1]


def _after(by: tuple[str, ...], row: Model) -> Q:
    first, *others = by
    value = getattr(row, first)
    if not others:
        return Q(**{f"{first}__gt": value})
    # The first half is what an index can look for.
    return Q(**{f"{first}__gte": value}) & (Q(**{f"{first}__gt": value}) | _after(tuple(others), row))


@contextmanager
def _switched(connection: Any) -> Iterator[None]:
    on, off = QUERY_ONLY
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        try:
            with connection.cursor() as cursor:
                cursor.execute(off)
        except DatabaseError:  # given up: the next request opens one that can write
            connection.close()


def _writable(connection: Any, driver: Any) -> None:
    """As it was before; a connection of which that cannot be said is given up."""
    try:
        driver.read_only = None
    except connection.Database.Error:  # of the driver, which an office on SQLite does not even load
        connection.close()
