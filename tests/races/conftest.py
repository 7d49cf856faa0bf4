"""An office with a case at every step, committed, on SQLite and on PostgreSQL."""

import contextlib
import datetime as dt
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.office import NOW, OUTSIDER, PEOPLE, Office, make_office
from tests.races.databases import Databases, prepared

from takar.casework.models import Period
from takar.common import clock
from takar.organisation.models import Employee

# Whose case waits at which step; everybody else's is at step 1.
AT = {1: "pegawai", 2: "rekan", 3: "staf", 4: "atasan_lain", 5: "staf2", 6: "sekretaris", 7: "atasan"}
EVERYTHING = os.environ.get("TAKAR_RACES") == "semua"
TICKS = itertools.count(1)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Databases]:
    with contextlib.ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
            patch.setattr(clock, "now", tick)  # while it is filled: every later test has its own time
            found = stack.enter_context(prepared(request.param, "office", _fill))
        yield found


@pytest.fixture(params=[2, 20] if EVERYTHING else [20])
def many(request: pytest.FixtureRequest) -> int:
    """How many rivals; the long form (`bench/races.py`) tries two as well, and every act on PostgreSQL too."""
    return int(request.param)


@pytest.fixture
def office(
    databases: Databases, own_folder: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[Office]:
    """A copy of its own for each test; nothing wraps it, so what a thread commits every other sees."""
    folder = tmp_path / "office"
    monkeypatch.setattr(clock, "now", tick)
    with django_db_blocker.unblock(), databases.copied(folder):
        yield loaded()


def tick() -> dt.datetime:
    """A clock that never shows the same moment twice, so that two columns agree only if one was copied to the other."""
    return NOW + dt.timedelta(microseconds=next(TICKS))


def _fill() -> None:
    office = make_office()
    for step, name in AT.items():
        office.at_step(step, of=name)


def loaded() -> Office:
    nips = {row[0]: name for name, row in PEOPLE.items()} | {OUTSIDER[0]: "outsider"}
    people = {nips[str(p.nip)]: p for p in Employee.objects.select_related("user", "agency").filter(nip__in=nips)}
    period = Period.objects.select_related("agency").get()
    return Office(period.agency, period, people)
