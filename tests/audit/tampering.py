"""What somebody with access to the database itself can do: the triggers out of the way."""

import contextlib
from collections.abc import Callable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations


@contextlib.contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside the block the database refuses nothing; the same triggers stand again afterwards."""
    down, up = _statements(connection)
    with connection.cursor() as cursor:
        for statement in down:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in up:
            cursor.execute(statement)


def flush_lifted() -> None:
    """Let transactional tests empty all tables at their end, which the triggers would refuse; call once per session."""
    flush: Callable[..., None] = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with lifted(self.connection):
            flush(self, sql_list)

    if flush.__name__ != "execute_sql_flush_lifted":
        execute_sql_flush.__name__ = "execute_sql_flush_lifted"
        BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]


def _statements(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = replica"], ["SET session_replication_role = DEFAULT"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]
