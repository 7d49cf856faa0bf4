"""Offices that can be raced on: a prepared database with its files, copied for every test in no time.

The usual tests run inside one transaction that only their own thread sees; people who act at the same moment need a
database in which everything is committed, on both of the kinds that an office can choose.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from tests.once import DATABASE, empty_database, once
from tests.postgres import filling, takar_tables, temporary_postgres

FILES = "files"

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
}


@contextlib.contextmanager
def default_database(described: dict[str, Any], folder: Path) -> Iterator[None]:
    """Let this be the database of every thread, and the folder that of its files; afterwards all is as before."""
    before, connection, data_dir = connections.settings["default"], connections["default"], settings.DATA_DIR
    connections.settings["default"] = connections.configure_settings({"default": described})["default"]
    del connections["default"]
    settings.DATA_DIR = folder
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before, connection
        settings.DATA_DIR = data_dir


@dataclass
class Sqlite:
    """A file that the next test gets a copy of."""

    template: Path

    def described(self, folder: Path) -> dict[str, Any]:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / DATABASE, "OPTIONS": SQLITE_OPTIONS}

    @contextlib.contextmanager
    def copied(self, folder: Path) -> Iterator[None]:
        shutil.copytree(self.template, folder)
        with default_database(self.described(folder), folder):
            yield


@dataclass
class Postgres:
    """A database that the next test gets a copy of, on a server of our own."""

    template: Path
    url: str

    def described(self, _folder: Path, name: str = "office") -> dict[str, Any]:
        parts = urlsplit(self.url)
        place = {"USER": parts.username, "HOST": parts.hostname, "PORT": parts.port}
        return {"ENGINE": "django.db.backends.postgresql", "NAME": name, **place}

    @contextlib.contextmanager
    def copied(self, folder: Path) -> Iterator[None]:
        shutil.copytree(self.template, folder)
        self.run("CREATE DATABASE copy TEMPLATE office")
        try:
            with default_database(self.described(folder, "copy"), folder):
                yield
        finally:
            self.run("DROP DATABASE copy WITH (FORCE)")

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


Databases = Sqlite | Postgres


@contextlib.contextmanager
def prepared(kind: str, name: str, fill: Callable[[], None]) -> Iterator[Databases]:
    """The template of this kind, filled once for all who use the name."""
    if kind == "sqlite":
        yield Sqlite(once(f"{name}-sqlite", lambda folder: _fill_sqlite(folder, fill)))
        return

    def made() -> Path:
        return once(f"{name}-postgresql", lambda folder: _fill_postgres(folder, fill))

    with temporary_postgres(of=made) as url:
        yield Postgres(made() / FILES, url)


def _fill_sqlite(folder: Path, fill: Callable[[], None]) -> None:
    shutil.copy(empty_database(), folder)
    with default_database(Sqlite(folder).described(folder), folder):
        fill()


def _fill_postgres(folder: Path, fill: Callable[[], None]) -> None:
    files = folder / FILES
    files.mkdir()
    with filling(folder, takar_tables) as url:
        databases = Postgres(files, url)
        databases.run("CREATE DATABASE office TEMPLATE postgres")
        with default_database(databases.described(files), files):
            fill()
