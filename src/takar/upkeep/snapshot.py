"""One unchanging view of the database while everybody else goes on working."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import connections, transaction

SNAPSHOT = "snapshot"


@contextmanager
def snapshot(using: str = "default") -> Iterator[str]:
    """The alias of a connection of its own that sees the database as it is at its first look, and writes nothing.

    SQLite gives that to a deferred transaction in WAL mode, PostgreSQL to one that is REPEATABLE READ; nobody waits for
    it on either.
    """
    described = deepcopy(connections.settings[using])
    with _connection(SNAPSHOT, _quiet(described)) as alias, transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            if connections[alias].vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1 FROM django_migrations")
        yield alias


@contextmanager
def other_database(described: dict[str, Any]) -> Iterator[str]:
    """A second database, by the alias "target"."""
    complete = connections.configure_settings({"default": described})["default"]
    with _connection("target", _quiet(complete)) as alias:
        yield alias


def _quiet(described: dict[str, Any]) -> dict[str, Any]:
    options = {name: value for name, value in described["OPTIONS"].items() if name != "pool"}
    if described["ENGINE"].endswith("sqlite3"):
        options["transaction_mode"] = "DEFERRED"
    return {**described, "OPTIONS": options, "CONN_MAX_AGE": 0}


@contextmanager
def _connection(alias: str, described: dict[str, Any]) -> Iterator[str]:
    connections.settings[alias] = described
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
