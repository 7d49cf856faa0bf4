"""People who act at the same moment, each in a thread and on a connection of their own."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from takar.common.errors import DomainError

Act = Callable[[], Any]
SOON, PATIENCE = 30, 3


@dataclass
class Outcome:
    """What came back to those who succeeded, and what the others were told."""

    done: list[Any] = field(default_factory=list)
    refused: list[DomainError] = field(default_factory=list)

    @property
    def sentences(self) -> set[str]:
        return {error.message for error in self.refused}


def race(acts: Sequence[Act]) -> Outcome:
    """All at once; only the program's own refusals may come back, any other error fails the test."""
    start = threading.Barrier(len(acts))

    def run(act: Act) -> Any:
        connection.ensure_connection()
        start.wait(SOON)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return _outcome([_submit(pool, lambda act=act: run(act)) for act in acts])


def overtake(first: Act, second: Act) -> Outcome:
    """The second begins while the first has acted and not yet committed, and must wait for it."""
    acted, seen = threading.Event(), threading.Event()

    def slow() -> Any:
        with transaction.atomic():
            try:
                result = first()
            finally:
                acted.set()
            seen.wait(SOON)
        return result

    with ThreadPoolExecutor(2) as pool:
        one = _submit(pool, slow)
        acted.wait(SOON)
        other = _submit(pool, second)
        _until_waiting(other)
        seen.set()
        return _outcome([one, other])


def beside(first: Act, second: Act) -> Any:
    """What the second achieves while the first has acted and not yet committed: it must not have to wait."""
    acted, done = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            first()
            acted.set()
            done.wait(SOON)

    with ThreadPoolExecutor(2) as pool:
        one = _submit(pool, slow)
        acted.wait(SOON)
        try:
            return _submit(pool, second).result(PATIENCE)
        finally:
            done.set()
            one.result(SOON)


def _submit(pool: ThreadPoolExecutor, act: Act) -> Future[Any]:
    def closing() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return pool.submit(closing)


def _until_waiting(other: Future[Any]) -> None:
    """PostgreSQL tells who waits for a lock; on SQLite the second has not even begun its transaction."""
    deadline = time.monotonic() + SOON
    while not other.done() and time.monotonic() < deadline:
        time.sleep(0.02)
        if connection.vendor == "sqlite":
            time.sleep(0.2)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return


def _outcome(futures: Sequence[Future[Any]]) -> Outcome:
    outcome = Outcome()
    for future in futures:
        try:
            outcome.done.append(future.result(SOON))
        except DomainError as error:
            outcome.refused.append(error)
    return outcome
