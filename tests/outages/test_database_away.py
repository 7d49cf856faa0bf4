"""PostgreSQL stops and comes back under a running office: a clear page, nothing lost, well again by itself."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import close_old_connections, connections
from tests.office import NOW, Office, make_office
from tests.postgres import Server, takar_tables, temporary_server
from tests.races.databases import default_database
from tests.web.browsing import words
from tests.web.test_step import FIGURES, address

from config.databases import postgresql
from takar.common import clock
from takar.common.outages import AWAY
from takar.jobs import work, worker
from takar.jobs.actions import enqueue
from takar.jobs.enums import JobState
from takar.jobs.models import Job
from takar.jobs.registry import JobKind

SOON = 60
# Tried at growing intervals without end, it would be found only 15 seconds after it went away.
AWAY_SECONDS, FOUND_SECONDS = 8.5, 3


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with temporary_server(of=takar_tables) as found:
        yield found


@pytest.fixture
def office(  # noqa: PLR0917 -- fixtures
    server: Server,
    tmp_path: Path,
    own_folder: None,
    at_noon: None,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: Any,
) -> Iterator[Office]:
    """On the same pool of connections as a real office."""
    monkeypatch.setattr("config.databases.POOL_SECONDS", 2)
    described = {**postgresql(server.url), "CONN_MAX_AGE": 0}
    with django_db_blocker.unblock(), default_database(described, tmp_path):
        try:
            yield make_office()
        finally:
            connections["default"].close()
            connections["default"].close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone


def patiently(ask: Callable[[], Any]) -> int:
    """The status once the pool has found the database again."""
    until = time.monotonic() + SOON
    while (status := int(ask().status_code)) == 503 and time.monotonic() < until:
        time.sleep(0.1)
    return status


def test_office_waits_for_its_database_and_goes_on(
    office: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.05)
    made = threading.Event()
    monkeypatch.setitem(work.KINDS, "coba", JobKind("coba", "Coba", lambda _work: made.set()))
    client, stop = office.client("staf"), threading.Event()

    def ask(sent: dict[str, str] | None = None) -> Any:
        """As a server does it: each request begins and ends with a look at its connection."""
        close_old_connections()
        answer = client.get(where) if sent is None else client.post(where, sent)
        close_old_connections()
        return answer

    where = address(office.case())
    client.raise_request_exception = False
    working = threading.Thread(target=worker.work_until, args=(stop,), daemon=True)
    assert ask().status_code == 200
    data = {"tindakan": "selesai", "kiriman": "kunci-satu", **FIGURES}
    server.stop()
    stopped = time.monotonic()
    try:
        working.start()
        read, sent = ask(), ask(data)
        while time.monotonic() - stopped < AWAY_SECONDS:
            assert ask().status_code == 503
    finally:
        server.start()
    assert (read.status_code, sent.status_code, sent.headers["Retry-After"]) == (503, 503, "10")
    assert AWAY.message in words(read)
    assert AWAY.message in words(sent)
    typed = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', sent.content.decode()))
    assert {name: typed[name] for name in data} == data
    back = time.monotonic()
    assert patiently(lambda: ask(typed)) == 302
    assert time.monotonic() - back < FOUND_SECONDS
    assert ask(typed).status_code == 302
    assert office.case().step == 2
    job = enqueue(actor=office.staf, kind="coba")
    assert made.wait(SOON)
    stop.set()
    working.join(SOON)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
