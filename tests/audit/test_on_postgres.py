"""What only a database with many writers can show, on a real PostgreSQL."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.audit.conftest import RINA
from tests.audit.tampering import lifted
from tests.postgres import as_default_database, temporary_postgres

from takar.audit.actions import make_checkpoint, record, record_many
from takar.audit.canonical import NO_PREVIOUS
from takar.audit.models import Checkpoint, Event
from takar.audit.queries import events_of, verify_chains, verify_checkpoints
from takar.audit.types import Draft

SOON = 10


@pytest.fixture(scope="module")
def postgres(django_db_blocker: Any) -> Iterator[None]:
    with temporary_postgres() as url, django_db_blocker.unblock(), as_default_database(url):
        for app in ("audit", "files"):
            call_command("migrate", app, verbosity=0)
        yield


@pytest.fixture(autouse=True)
def empty(postgres: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        with lifted(connection), connection.cursor() as cursor:
            cursor.execute("TRUNCATE audit_checkpoint, audit_leaf, audit_event, files_removal, files_storedfile")


def act(stream: str, **words: Any) -> Event:
    with transaction.atomic():
        return record(stream=stream, verb="step.completed", by=RINA, **words)


def in_thread(pool: ThreadPoolExecutor, work: Callable[[], object]) -> Any:
    def closing() -> object:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(closing)


@pytest.mark.parametrize("table", ["audit_event", "audit_leaf", "audit_checkpoint"])
@pytest.mark.parametrize("sql", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_database_refuses_to_change_what_was_written(table: str, sql: str) -> None:
    act("case:1")
    make_checkpoint()
    column = '"index"' if table == "audit_leaf" else "id"
    # The refusal may come from a table that hangs on this one: TRUNCATE asks them all.
    with pytest.raises(IntegrityError, match="hanya dapat ditambah"), transaction.atomic():
        connection.cursor().execute(sql.format(table, column))
    assert (Event.objects.count(), Checkpoint.objects.count()) == (1, 1)


def test_what_was_written_verifies() -> None:
    with transaction.atomic():
        record_many(Draft(stream=f"case:{n % 7}", verb="opened", by=RINA, after={"é": n, "a": None}) for n in range(50))
    made = make_checkpoint()
    act("case:1")
    assert make_checkpoint().previous == made
    assert list(verify_chains()) == []
    assert list(verify_checkpoints()) == []


def test_two_writers_of_one_stream_wait_for_each_other() -> None:
    recorded, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(stream="case:1", verb="slow", by=RINA)
            recorded.set()
            go_on.wait(SOON)

    with ThreadPoolExecutor(2) as pool:
        first = in_thread(pool, slow)
        assert recorded.wait(SOON)
        second = in_thread(pool, lambda: act("case:1"))
        time.sleep(0.3)
        assert not second.done()
        go_on.set()
        first.result(SOON)
        second.result(SOON)
    assert list(events_of("case:1").values_list("seq", "verb")) == [(1, "slow"), (2, "step.completed")]


def test_two_writers_of_two_streams_do_not_wait() -> None:
    recorded, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(stream="case:1", verb="slow", by=RINA)
            recorded.set()
            go_on.wait(SOON)

    with ThreadPoolExecutor(2) as pool:
        first = in_thread(pool, slow)
        assert recorded.wait(SOON)
        assert in_thread(pool, lambda: act("case:2")).result(SOON).previous == NO_PREVIOUS
        assert not first.done()
        go_on.set()
        first.result(SOON)


def test_many_writers_make_one_chain() -> None:
    with ThreadPoolExecutor(4) as pool:
        for work in [in_thread(pool, lambda: [act("case:1") for _ in range(10)]) for _ in range(4)]:
            work.result(SOON)
    assert list(events_of("case:1").values_list("seq", flat=True)) == list(range(1, 41))
    assert list(verify_chains()) == []


def test_two_makers_of_checkpoints_make_one_line() -> None:
    for number in range(20):
        act(f"case:{number}")
    with ThreadPoolExecutor(4) as pool:
        made = [work.result(SOON) for work in [in_thread(pool, make_checkpoint) for _ in range(4)]]
    assert [checkpoint.size for checkpoint in made if checkpoint] == [20]
    assert list(verify_checkpoints()) == []


def test_event_that_commits_late_gets_a_later_leaf(data_dir: Path) -> None:
    recorded, go_on = threading.Event(), threading.Event()

    def slow() -> Event:
        with transaction.atomic():
            event = record(stream="case:1", verb="slow", by=RINA)
            recorded.set()
            go_on.wait(SOON)
        return event

    with ThreadPoolExecutor(1) as pool:
        late = in_thread(pool, slow)
        assert recorded.wait(SOON)
        early = act("case:2")
        first = make_checkpoint()
        go_on.set()
        event = late.result(SOON)
    second = make_checkpoint()
    assert event.pk < early.pk
    assert (first.size, second.size, event.leaf.index) == (1, 2, 1)
    assert list(verify_checkpoints()) == []


def test_ten_thousand_new_streams_fit_into_one_transaction() -> None:
    with transaction.atomic():
        written = record_many(Draft(stream=f"case:{n}", verb="opened", by=RINA) for n in range(10_000))
    assert (written, Event.objects.filter(seq=1).count()) == (10_000, 10_000)
