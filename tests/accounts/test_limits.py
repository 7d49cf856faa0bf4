"""Limits that hold over all processes: what one counted the others know, at little cost, and never in a read's way."""

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office import NOW

from takar.accounts import limits
from takar.accounts.actions import ATTEMPTS_KEPT, forget_attempts, throttle
from takar.accounts.limits import Window
from takar.accounts.models import Attempts
from takar.common import clock
from takar.organisation.models import Agency

KEY = "coba:10.0.0.1"
ADDRESS = "10.0.0.1"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Seconds since noon, of both clocks."""
    passed = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: 1000 + passed[0])
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(seconds=passed[0]))
    limits.forget()
    yield passed
    limits.forget()


class Process:
    """A process of the program: its own counts in memory, the same database."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int = 40) -> None:
        self.window, self.patch = Window("coba", most=most, seconds=60), monkeypatch

    def ask(self, times: int, address: str = ADDRESS) -> int:
        """How many of them were allowed; told to the others afterwards if it is time."""
        allowed = [self.window.allows(address) for _ in range(times)]
        if limits.is_due():
            self.tell()
        return sum(allowed)

    def tell(self) -> None:
        self.patch.setattr(limits, "WINDOWS", (self.window,))
        limits.tell_others()


def kept() -> tuple[int, dt.datetime]:
    row = Attempts.objects.get(key=KEY)
    return row.count, row.since


def test_two_processes_hold_one_limit(db: None, now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Process(monkeypatch), Process(monkeypatch)
    assert (one.ask(30), other.ask(1)) == (30, 1)
    assert kept() == (30, NOW)  # a twentieth at once; a single question waits two seconds
    now[0] = 2
    assert (other.ask(1), kept()[0]) == (1, 32)
    assert (other.ask(20), one.ask(20)) == (8, 10)  # what one does not know of yet, no more
    assert (one.ask(1), other.ask(1), other.window.is_full(ADDRESS)) == (0, 1 - 1, True)
    assert other.ask(1, "10.0.0.2") == 1
    now[0] = 61
    assert (one.ask(5), other.ask(5), kept()) == (5, 5, (10, NOW + dt.timedelta(seconds=60)))


def test_statement_is_paid_every_two_seconds_by_all_together(
    db: None, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Process(monkeypatch, most=2000)
    with CaptureQueriesContext(connection) as found:
        for number in range(100):
            now[0] = number / 10
            process.ask(1, f"10.0.0.{number % 5}")
    told = [row for row in found.captured_queries if "accounts_attempts" in row["sql"]]
    assert len(told) == 4
    assert sum(Attempts.objects.values_list("count", flat=True)) == 84


def test_database_that_is_away_leaves_each_process_its_own_limit(
    db: None, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, asked = Process(monkeypatch), []

    def away(_told: Any) -> None:
        asked.append(now[0])
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(limits, "_exchange", away)
        for second in range(13):
            now[0] = second
            process.ask(3)
    assert asked == [0, 10]
    assert (process.ask(9), Attempts.objects.count()) == (1, 0)
    now[0] = 20
    process.tell()
    assert kept() == (40, NOW)


def test_clock_that_was_wrong_locks_nobody_out(db: None, now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    Attempts.objects.create(key=KEY, count=39, since=NOW + dt.timedelta(days=1))
    process = Process(monkeypatch)
    assert (process.ask(3), Attempts.objects.count()) == (3, 0)
    assert (process.ask(2), kept()) == (2, (5, NOW))  # what could not be told is told now
    Attempts.objects.filter(key=KEY).update(since=NOW + dt.timedelta(minutes=1))  # a machine whose clock is a bit ahead
    assert (process.ask(3), kept()) == (3, (8, NOW + dt.timedelta(minutes=1)))
    Attempts.objects.create(key="kode", count=6, since=NOW + dt.timedelta(days=1))
    throttle(key="kode")
    assert Attempts.objects.get(key="kode").count == 1


def test_one_thread_tells_and_the_rest_pass(db: None, now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process(monkeypatch)
    with limits._TELLING.lock:
        thread = threading.Thread(target=process.ask, args=(10,))
        thread.start()
        thread.join()
    assert Attempts.objects.count() == 0
    process.ask(1)
    assert kept()[0] == 11


def test_many_addresses_are_told_in_portions_and_forgotten_after_a_day(
    db: None, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Process(monkeypatch)
    for number in range(limits.MOST_ROWS + 50):
        process.window.allows(f"10.0.{number // 256}.{number % 256}")
    process.tell()
    assert Attempts.objects.count() == limits.MOST_ROWS
    now[0] = 2
    process.ask(1, "x" * 500)
    assert Attempts.objects.count() == limits.MOST_ROWS + 51
    assert forget_attempts() == 0
    now[0] = ATTEMPTS_KEPT.total_seconds() + 1
    assert (forget_attempts(), Attempts.objects.count()) == (limits.MOST_ROWS + 51, 0)


def test_counts_are_told_after_the_answer_of_a_page_that_writes_nothing(
    db: None, now: list[float], settings: Any
) -> None:
    settings.LIMITS_SHARED = True
    Agency.objects.create(name="Dinas Contoh", short_name="Dinas", region="Kota", place="Kota")
    check, door = reverse("check_key", args=["AAAAAAAAAAAA"]), "/api/v1/me"
    wrong = {"Authorization": "Bearer takar_" + "x" * 43}
    Client().get(check)
    assert Client().get(door, headers=wrong).status_code == 401
    assert Attempts.objects.count() == 0
    now[0] = 3
    assert [Client().get(check).status_code, Client().get(door, headers=wrong).status_code] == [404, 401]
    assert dict(Attempts.objects.values_list("key", "count").order_by("key")) == {
        "api-alamat:127.0.0.1": 1,
        "api-salah:127.0.0.1": 1,
        "periksa-kode:127.0.0.1": 2,
    }
