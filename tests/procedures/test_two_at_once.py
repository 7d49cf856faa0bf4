"""Two people on the same step at the same moment, on a real PostgreSQL: SQLite lets only one write at a time anyway."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from tests.postgres import as_default_database, takar_tables, temporary_postgres

from takar.common.errors import AlreadyDone
from takar.procedures.queries import history


@pytest.fixture
def db(django_db_blocker: Any) -> Iterator[None]:
    """A migrated PostgreSQL instead of the usual test database, and no transaction around the test."""
    with temporary_postgres(of=takar_tables) as url, as_default_database(url), django_db_blocker.unblock():
        yield


def test_the_second_of_two_is_told_who_was_first(walker: Any, cast: Any) -> None:
    step, said = walker.at, []

    def second() -> None:
        try:
            walker.complete(step_run=step, actor=cast.staf2)
        except AlreadyDone as error:
            said.append(error.message)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        walker.complete(step_run=step, actor=cast.staf)
        other.start()
        _until_somebody_waits_for_a_lock()
    other.join(timeout=20)
    assert [message.partition(" pada ")[0] for message in said] == [
        "Langkah 1 (Mengumpulkan data kinerja atas target yang telah ditetapkan) sudah diselesaikan oleh Surya Staf"
    ]
    assert [(visit.step, visit.state) for visit in history(walker.run)] == [(1, "completed"), (2, "open")]


def _until_somebody_waits_for_a_lock() -> None:
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    pytest.fail("the second did not wait for the first")
