"""A step that is late: its actor is reminded, the office above is told, and once it is done both are at rest."""

import datetime as dt
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Newcomer
from tests.stories.people import PHONE, Person
from tests.stories.program import Program, StoryClock, running, takar

SULASTRI, NIP = "Sulastri, S.H.", "198405062009022007"
ASSESSOR = "197204192000031003"  # Yusuf Maulana, her direct superior
TOLD = f"langkah 5, berkas {SULASTRI}"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
TEN_O_CLOCK = dt.time(2, tzinfo=dt.UTC)  # in Balangan
LONGEST_HOLIDAY = 14


@pytest.fixture
def clock(tmp_path: Path) -> StoryClock:
    return StoryClock(tmp_path)


@pytest.fixture
def office(demo_data: Path, tmp_path: Path, clock: StoryClock) -> Iterator[Program]:
    """The demonstration with a clock that can be moved; its schedule runs only when the story says so."""
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    with running("serve", "--no-worker", data=folder, clock=clock) as program:
        yield program


def test_a_late_step_is_reminded_escalated_and_done(office: Program, clock: StoryClock, newcomers: Newcomer) -> None:
    case, due, near = open_step(office)
    sulastri, yusuf = newcomers(office.address, PHONE), newcomers(office.address)

    wait_for("dekat", case, [near + MINUTE, due - MINUTE], office, clock)
    comes_back(sulastri, NIP)
    sulastri.reads("1hampir jatuh tempo", "0terlambat")
    reads_notice(sulastri, f"Hampir jatuh tempo: {TOLD}")

    wait_for("jatuh", case, [due + MINUTE, *days_after(due)], office, clock)
    comes_back(sulastri, NIP)
    sulastri.reads("0hampir jatuh tempo", "1terlambat")
    reads_notice(sulastri, f"Jatuh tempo: {TOLD}")

    wait_for("naik-1", case, days_after(due), office, clock)
    comes_back(yusuf, ASSESSOR)
    reads_notice(yusuf, f"Terlambat dan dinaikkan kepada Anda: {TOLD}")

    comes_back(sulastri, NIP)
    sulastri.open_task(5, SULASTRI)
    sulastri.sign("Tanda tangani")
    sulastri.reads(f"Langkah selesai; berkas {SULASTRI} diteruskan.")
    sulastri.page.goto("/")
    sulastri.reads("0tugas menunggu", "0terlambat")
    for person in (sulastri, yusuf):
        person.page.goto("/pemberitahuan/")
        person.reads(TOLD)
        expect(person.main.locator("li.unread", has_text=TOLD)).to_have_count(0)


def reads_notice(person: Person, text: str) -> None:
    person.page.get_by_role("link", name="Pemberitahuan").click()
    expect(person.main.locator("li.unread", has_text=re.compile(re.escape(text)))).to_have_count(1)


def comes_back(person: Person, nip: str) -> None:
    """To Beranda; after a while the session is over."""
    person.page.goto("/")
    if "/masuk/" in person.page.url:
        person.sign_in(nip)


def wait_for(stage: str, case: str, moments: list[dt.datetime], office: Program, clock: StoryClock) -> None:
    """Let the schedule run at these moments, one after the other, until people were told: the office may be closed."""
    for moment in moments:
        clock.go_to(moment)
        takar("worker", "--once", data=office.data, clock=clock)
        asked = "SELECT count(*) FROM casework_reminder WHERE case_id = ? AND rule = '' AND stage = ?"
        if rows(office, asked, case, stage) == [(1,)]:
            return
    raise AssertionError(f"nobody was told at the stage {stage}")


def days_after(due: dt.datetime) -> list[dt.datetime]:
    return [dt.datetime.combine(due.date() + number * DAY, TEN_O_CLOCK) for number in range(1, LONGEST_HOLIDAY)]


def open_step(office: Program) -> tuple[str, dt.datetime, dt.datetime]:
    """The case, and the moments at which its step is late and nearly so."""
    asked = "SELECT id, due_at, risk_at FROM casework_case WHERE name = ? AND step = 5"
    ((case, due, near),) = rows(office, asked, SULASTRI)
    return case, *(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (due, near))


def rows(office: Program, asked: str, *values: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(office.data / "takar.sqlite3")) as database:
        return database.execute(asked, values).fetchall()
