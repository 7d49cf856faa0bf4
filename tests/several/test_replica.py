"""Reports from a real streaming replica: read there, never written there, and from the database itself when it is away."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DEFAULT_DB_ALIAS, InternalError, connections
from tests.postgres import as_default_database, takar_tables, temporary_postgres, temporary_replica

from takar.common.replica import REPLICA, Figures, read_figures
from takar.files.models import StoredFile

SOON = 20


@pytest.fixture(scope="module")
def replica(django_db_blocker: Any) -> Iterator[None]:
    with (
        temporary_postgres(of=takar_tables) as url,
        django_db_blocker.unblock(),
        as_default_database(url),
        temporary_replica(url) as copy,
        as_replica(copy),
    ):
        yield


@pytest.fixture(autouse=True)
def unblocked(replica: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


class as_replica:  # noqa: N801 -- reads as the function beside it does
    """Let this be what TAKAR_REPLICA_URL names."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        place = {"NAME": "postgres", "USER": parts.username, "HOST": parts.hostname, "PORT": parts.port}
        described = {"ENGINE": "django.db.backends.postgresql", **place}
        self.settings = connections.configure_settings({DEFAULT_DB_ALIAS: described})[DEFAULT_DB_ALIAS]

    def __enter__(self) -> None:
        connections.settings[REPLICA] = self.settings

    def __exit__(self, *_: object) -> None:
        connections[REPLICA].close()
        del connections[REPLICA], connections.settings[REPLICA]


def add(name: str) -> StoredFile:
    moment = "2026-01-12T09:30:00+08:00"
    return StoredFile.objects.create(sha256=name * 64, size=1, media_type="text/plain", name=name, created_at=moment)


def names() -> list[str]:
    return sorted(StoredFile.objects.values_list("name", flat=True))


def until_copied() -> Figures[list[str]]:
    until = time.monotonic() + SOON
    while (found := read_figures(names)).value != names():
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def test_figures_come_from_the_replica_and_say_how_old_they_are() -> None:
    add("a")
    found = until_copied()
    assert (found.value, found.copied) == (["a"], True)
    assert found.as_of is not None
    where = read_figures(lambda: StoredFile.objects.all().db)
    assert (where.value, StoredFile.objects.all().db) == (REPLICA, DEFAULT_DB_ALIAS)


def test_nothing_is_written_while_figures_are_read() -> None:
    """Not on the replica, which cannot; what is written meanwhile goes to the database, where the request sees it."""
    with pytest.raises(InternalError, match="read-only transaction"):
        read_figures(lambda: connections[REPLICA].cursor().execute("DELETE FROM django_migrations"))
    read = read_figures(lambda: list(StoredFile.objects.filter(name="a"))).value
    assert [row._state.db for row in read] == [REPLICA]
    made = read_figures(lambda: add("b")).value
    assert (made._state.db, "b" in names()) == (DEFAULT_DB_ALIAS, True)


def test_replica_that_is_away_is_done_without(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    connections[REPLICA].close()
    monkeypatch.setitem(connections[REPLICA].settings_dict, "PORT", 1)
    assert read_figures(names) == Figures(names())
    assert [record.message for record in caplog.records] == [
        "Basis data salinan tidak dapat dipakai; angka dibaca dari basis data utama."
    ]
