"""How often one address or key may ask, over all processes and machines: for reads too, which write nothing.

Each process counts in memory and tells the others after an answer has gone out: one statement for all that it counted,
at most every `EVERY_SECONDS`, sooner only when a twentieth of a limit came together. So no request waits for it, and a
process lets through little more than it knows. While the database is away or busy each process holds the limits alone.
"""

import datetime as dt
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from django.db import DatabaseError, connection

from takar.accounts.models import Attempts
from takar.common import clock

EVERY_SECONDS, PAUSE_SECONDS = 2.0, 10.0
SHARE, MOST_ROWS, LONGEST_ADDRESS = 20, 200, 60
# The counts never wait for somebody who writes much.
PATIENCE = "PRAGMA busy_timeout = 50"
# A later time wins, so that machines whose clocks differ a little count into the same one.
TELL = """
INSERT INTO accounts_attempts (key, count, since) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
count = CASE WHEN accounts_attempts.since < excluded.since THEN excluded.count
ELSE accounts_attempts.count + excluded.count END,
since = CASE WHEN accounts_attempts.since < excluded.since THEN excluded.since ELSE accounts_attempts.since END
RETURNING key, count, since
"""


@dataclass
class _Asked:
    """One address: its questions to this process, and in the time at hand those told and not yet told to the others."""

    times: deque[float] = field(default_factory=deque)
    slot: int = -1
    told: int = 0
    untold: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one address."""

    window: "Window"
    address: str
    slot: int
    count: int

    @property
    def key(self) -> str:
        return f"{self.window.name}:{self.address}"

    @property
    def since(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.slot * self.window.seconds, dt.UTC)


class Window:
    """At most `most` in `seconds` for each address; the addresses seen longest ago are forgotten first.

    Here the seconds slide; what is shared is counted from one full time to the next.
    """

    def __init__(self, name: str, most: int, seconds: int, remembered: int = 10_000) -> None:
        self.name, self.most, self.seconds, self.remembered = name, most, seconds, remembered
        self._asked: OrderedDict[str, _Asked] = OrderedDict()
        self._untold: set[str] = set()
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Count one more, unless there were too many."""
        address = address[:LONGEST_ADDRESS]
        with self._lock:
            asked = self._of(address)
            self._asked.move_to_end(address)
            if self._is_full(asked):
                return False
            asked.times.append(time.monotonic())
            asked.untold += 1
            self._untold.add(address)
            _TELLING.note(hurry=asked.untold * SHARE >= self.most)
            return True

    def is_full(self, address: str) -> bool:
        """Whether there were too many, without counting."""
        with self._lock:
            return self._is_full(self._of(address[:LONGEST_ADDRESS]))

    def forget(self) -> None:
        with self._lock:
            self._asked.clear()
            self._untold.clear()

    def untold(self) -> list[_Told]:
        with self._lock:
            slot, rows = self._slot(), [(address, self._asked.get(address)) for address in sorted(self._untold)]
            self._untold.clear()
            return [
                _Told(self, address, row.slot, row.untold)
                for address, row in rows
                if row is not None and row.untold and row.slot >= slot
            ]

    def learn(self, told: _Told, count: int, since: dt.datetime) -> bool:
        """How often all asked; False for a time that is yet to come, left by a clock that was wrong."""
        slot = int(since.timestamp()) // self.seconds
        with self._lock:
            if slot > self._slot() + 1:
                return False
            asked = self._asked.get(told.address)
            if asked is not None and asked.slot == told.slot:
                asked.slot, asked.told, asked.untold = slot, count, asked.untold - told.count
            return True

    def keep(self, told: _Told) -> None:
        """It could not be told: once more the next time."""
        with self._lock:
            self._untold.add(told.address)

    def _is_full(self, asked: _Asked) -> bool:
        return max(len(asked.times), asked.told + asked.untold) >= self.most

    def _of(self, address: str) -> _Asked:
        now, slot, asked = time.monotonic(), self._slot(), self._asked.setdefault(address, _Asked())
        while len(self._asked) > self.remembered:
            gone, _ = self._asked.popitem(last=False)
            self._untold.discard(gone)
        while asked.times and now - asked.times[0] > self.seconds:
            asked.times.popleft()
        if not slot <= asked.slot <= slot + 1:  # the next time has begun, here or at a machine whose clock is ahead
            asked.slot, asked.told, asked.untold = slot, 0, 0
        return asked

    def _slot(self) -> int:
        return int(clock.now().timestamp()) // self.seconds


class _Telling:
    """When this process tells the others; one thread at a time does."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.due, self.not_before = float("inf"), 0.0

    def note(self, *, hurry: bool) -> None:
        self.due = 0.0 if hurry else min(self.due, time.monotonic() + EVERY_SECONDS)

    def is_due(self) -> bool:
        return time.monotonic() >= max(self.due, self.not_before)

    def forget(self) -> None:
        self.due, self.not_before = float("inf"), 0.0


_TELLING = _Telling()
# An office shares one address, and a key may be used on several machines.
EVERY_ADDRESS = Window("api-alamat", most=1200, seconds=60)
EVERY_TOKEN = Window("api-kunci", most=600, seconds=60)
WRONG_KEYS = Window("api-salah", most=30, seconds=300)
CHECKS = Window("periksa-kode", most=120, seconds=300)
WINDOWS = EVERY_ADDRESS, EVERY_TOKEN, WRONG_KEYS, CHECKS


def is_due() -> bool:
    """Whether there is something that the other processes should know by now."""
    return _TELLING.is_due()


def tell_others() -> None:
    """Add what this process counted to what all counted, and learn from it; for after an answer, outside of a read."""
    if not _TELLING.lock.acquire(blocking=False):
        return
    try:
        _TELLING.forget()
        told = {row.key: row for window in WINDOWS for row in window.untold()}
        for row in list(told.values())[MOST_ROWS:]:
            told.pop(row.key).window.keep(row)
            _TELLING.note(hurry=False)
        try:
            _exchange(told)
        except DatabaseError:
            for row in told.values():
                row.window.keep(row)
            _TELLING.note(hurry=False)
            _TELLING.not_before = time.monotonic() + PAUSE_SECONDS
    finally:
        _TELLING.lock.release()


def forget() -> None:
    """For tests: nobody asked yet."""
    _TELLING.forget()
    for window in WINDOWS:
        window.forget()


def _exchange(told: dict[str, _Told]) -> None:
    if not told:
        return
    # Always in one order, so that two processes never wait for each other.
    values = [value for key in sorted(told) for value in (key, told[key].count, told[key].since)]
    with _impatient(), connection.cursor() as cursor:
        cursor.execute(TELL.format(rows=", ".join(["(%s, %s, %s)"] * len(told))), values)
        found = cursor.fetchall()
    wrong = [key for key, count, since in found if not told[key].window.learn(told[key], count, _aware(since))]
    if wrong:
        Attempts.objects.filter(key__in=wrong).delete()


def _aware(since: dt.datetime | str) -> dt.datetime:
    """SQLite gives what stands in the file: UTC, as text."""
    moment = dt.datetime.fromisoformat(since) if isinstance(since, str) else since
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@contextmanager
def _impatient() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    seconds = float(connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
