"""The whole run: an office, its people, the kills, and the proof; short inside the tests, long in bench/kills.py."""

import contextlib
import math
import random
import re
import shutil
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from tests.kills.browser import BUSY, DONE, FAILED, LOST, REFUSED, Browser, Ledger
from tests.kills.machine import Machine
from tests.kills.office import Cast, fill
from tests.kills.people import Person, Signers
from tests.kills.proof import problems
from tests.once import empty_database
from tests.postgres import takar_tables, temporary_postgres
from tests.races.databases import Postgres, Sqlite, default_database

from takar.jobs.enums import UNFINISHED
from takar.jobs.models import Job

PATIENCE = 180
# A machine that is far too busy: nothing was done, and whoever asked was told to send it again.
ANSWERED_503 = ("database is locked", "PoolTimeout: couldn't get a connection")


@dataclass
class Report:
    """What a run showed."""

    database: str
    seconds: float
    kills: Counter[str]
    ledger: Ledger
    wrong: list[str]

    def lines(self) -> list[str]:
        acts, attempts = self.ledger.acts, [attempt for act in self.ledger.acts for attempt in act.attempts]
        unknown = [act for act in acts if any(attempt.outcome == LOST for attempt in act.attempts)]
        kinds = Counter(act.kind for act in acts if act.outcome == DONE)
        waits = sorted(self.ledger.waits) or [0.0]
        killed = ", ".join(f"{count} {what}" for what, count in sorted(self.kills.items()))
        return [
            f"{self.database}: {sum(self.kills.values())} kill dalam {self.seconds:.0f} s ({killed})",
            f"  tindakan diakui {self.ledger.count(DONE)}, ditolak dengan kalimat {self.ledger.count(REFUSED)}, "
            f"kesalahan program {self.ledger.count(FAILED)}; pengiriman {len(attempts)}",
            f"  dijawab “sedang sibuk” (503) {sum(attempt.outcome == BUSY for attempt in attempts)}; "
            f"pekerjaan latar selesai, setiap butirnya sekali {self.ledger.jobs}",
            f"  tidak diketahui (sambungan putus) {len(unknown)}, di antaranya ternyata sudah dikerjakan "
            f"{sum(act.done_unseen for act in unknown)}",
            f"  menunggu sesudah putus: p50 {statistics.median(waits):.2f} s, p95 {waits[int(len(waits) * 0.95)]:.2f} s",
            "  " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())),
            f"  yang tidak terpenuhi: {len(self.wrong)}",
            *(f"    {line}" for line in self.wrong[:20]),
        ]


@dataclass(frozen=True)
class Wanted:
    """How many kills within how many minutes, of an office of which size; the seed repeats what is killed when."""

    kills: int
    seed: int
    size: int
    pause: float
    minutes: float = math.inf
    tell: Callable[[str], None] = lambda _text: None


def run(kind: str, folder: Path, wanted: Wanted) -> Report:
    """Make the office, let its people work while processes are killed, and prove what came of it."""
    data = folder / "data"
    data.mkdir(parents=True)
    with _database(kind, data) as url:
        cast, machine, ledger = fill(wanted.size), Machine(data, _free_port(), url), Ledger()
        connection.close()
        dice, stop = random.Random(wanted.seed), threading.Event()  # noqa: S311 -- to be repeated
        began = time.monotonic()
        machine.start()
        try:
            machine.wait_until_answering()
            people = _people(cast, machine, ledger, stop, dice)
            for person in people:
                person.start()
            _kill(machine, wanted, dice, ledger)
            seconds = time.monotonic() - began
            _settle(machine, people, stop)
        finally:
            stop.set()
            machine.stop()
        wrong = [*problems(ledger), *_verified(machine)]
        connection.close()
        return Report(kind, seconds, machine.kills, ledger, wrong)


@contextlib.contextmanager
def _database(kind: str, data: Path) -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        databases: Sqlite | Postgres = Sqlite(data)
        url = ""
        if kind == "postgresql":
            url = stack.enter_context(temporary_postgres(of=takar_tables))
            databases = Postgres(data, url)
            databases.run("CREATE DATABASE office TEMPLATE postgres")
            url = url.rpartition("/")[0] + "/office"
        else:
            shutil.copy(empty_database(), data)
        with default_database(databases.described(data), data):
            assert data == settings.DATA_DIR
            yield url


def _people(cast: Cast, machine: Machine, ledger: Ledger, stop: threading.Event, dice: random.Random) -> list[Person]:
    who = [*cast.desk, cast.kasubbag, *cast.assessors]
    parts = [(ledger, cast, stop, random.Random(dice.random())) for _ in who]  # noqa: S311 -- to be repeated
    people = [
        Person(employee, Browser(machine.port, f"10.0.0.{n}"), *part)
        for n, (employee, part) in enumerate(zip(who, parts, strict=True), start=1)
    ]
    return [*people, Signers(cast.kasubbag, Browser(machine.port, "10.0.1.1"), *parts[0])]


def _kill(machine: Machine, wanted: Wanted, dice: random.Random, ledger: Ledger) -> None:
    """At random moments, on average so many seconds apart, while people are being answered."""
    told, seen = 0, 0
    end = time.monotonic() + wanted.minutes * 60
    while sum(machine.kills.values()) < wanted.kills and time.monotonic() < end:
        time.sleep(dice.uniform(0, 2 * wanted.pause))
        until = time.monotonic() + PATIENCE
        while len(ledger.acts) <= seen and not ledger.errors and time.monotonic() < until:
            time.sleep(0.01)
        seen = len(ledger.acts)
        machine.kill_one(dice)
        done = sum(machine.kills.values())
        if done // 50 > told:
            told = done // 50
            wanted.tell(f"{done} kill, {seen} tindakan")


def _settle(machine: Machine, people: list[Person], stop: threading.Event) -> None:
    """No more kills: everybody gets the last answer, and the worker finishes what is queued."""
    machine.start()
    machine.wait_until_answering()
    stop.set()
    for person in people:
        person.thread.join(PATIENCE)
    until = time.monotonic() + PATIENCE
    while Job.objects.filter(state__in=UNFINISHED).exclude(actor=None).exists() and time.monotonic() < until:
        machine.start()
        time.sleep(0.2)


def _verified(machine: Machine) -> Iterator[str]:
    for words in (("verify", "--quiet"), ("recompute", "--check")):
        done = machine.takar(*words)
        if done.returncode:
            yield f"takar {' '.join(words)}: {done.stdout}{done.stderr}"
    for line in re.split(r"(?m)^(?=\d{4}-\d\d-\d\d )", machine.log.read_text("utf-8")):
        if "Traceback" in line and not any(text in line for text in ANSWERED_503):
            yield f"kesalahan dalam log: …{line[-3000:]}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
