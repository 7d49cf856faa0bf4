"""A clock that is set back an hour or runs a day ahead: nothing is lost, nothing waits for the old time."""

import datetime as dt
from typing import Any

import pytest
from tests.office import NOW, Office
from tests.web.browsing import location
from tests.web.test_step import FIGURES, address

from takar.audit.actions import make_checkpoint
from takar.audit.models import Checkpoint, Event
from takar.audit.queries import verify_chains
from takar.common import clock
from takar.jobs import work
from takar.jobs.actions import enqueue, keep_schedule, take_up_lost
from takar.jobs.enums import JobState
from takar.jobs.models import Job, Schedule
from takar.jobs.registry import JobKind, Rhythm
from takar.jobs.work import LEASE
from takar.procedures.models import StepRun

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def jump(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + by)


@pytest.mark.parametrize("by", [-HOUR, -8 * HOUR, HOUR / 2])
def test_people_go_on_after_the_clock_was_set(
    office: Office, monkeypatch: pytest.MonkeyPatch, by: dt.timedelta
) -> None:
    client = office.client("staf")
    assert client.get("/").status_code == 200
    jump(monkeypatch, by)
    answer = client.post(address(office.case()), {"tindakan": "selesai", "kiriman": "satu", **FIGURES})
    assert (answer.status_code, office.case().step) == (302, 2)
    first, second = StepRun.objects.filter(run=office.case().run).order_by("seq")
    assert first.closed_at is not None
    assert first.opened_at <= first.closed_at <= second.opened_at
    assert list(verify_chains()) == []
    seqs = list(Event.objects.filter(stream=office.case().stream).order_by("pk").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_day_ahead_ends_the_session_and_loses_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.client("staf")
    client.post(address(office.case()), {"tindakan": "simpan", **FIGURES})
    jump(monkeypatch, DAY)
    assert location(client.get("/tugas/")).startswith("/masuk/")
    jump(monkeypatch, dt.timedelta(0))
    office.clients.clear()
    page = office.client("staf").get(address(office.case())).content.decode()
    assert 'value="12"' in page


def test_checkpoints_follow_each_other_whatever_the_clock_says(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    make_checkpoint()
    jump(monkeypatch, -HOUR)
    office.do_step()
    make_checkpoint()
    sizes = list(Checkpoint.objects.order_by("pk").values_list("size", flat=True))
    assert sizes == sorted(set(sizes))
    assert len(sizes) == 2


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(
        "takar.jobs.actions.KINDS",
        {"coba": JobKind("coba", "Coba", lambda _work: None, rhythm=Rhythm(every_minutes=5))},
    )
    monkeypatch.setitem(work.KINDS, "coba", JobKind("coba", "Coba", lambda _work: None))


@pytest.mark.usefixtures("kind")
def test_work_of_a_killed_worker_does_not_wait_for_the_old_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue(actor=office.staf, kind="coba")
    assert work._take(job.pk) is not None
    assert (take_up_lost(), Job.objects.get(pk=job.pk).state) == (0, JobState.RUNNING)
    jump(monkeypatch, -HOUR)
    assert (take_up_lost(), Job.objects.get(pk=job.pk).state) == (1, JobState.QUEUED)


@pytest.mark.usefixtures("kind")
def test_a_lease_that_runs_is_left_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue(actor=office.staf, kind="coba")
    work._take(job.pk)
    jump(monkeypatch, -LEASE / 2)
    assert take_up_lost() == 0
    jump(monkeypatch, LEASE / 2)
    assert take_up_lost() == 0


@pytest.mark.usefixtures("kind")
def test_the_schedule_does_not_sleep_until_a_day_that_was_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    jump(monkeypatch, DAY)
    keep_schedule()
    jump(monkeypatch, dt.timedelta(0))
    keep_schedule()
    assert Schedule.objects.get(kind="coba").next_at == NOW + dt.timedelta(minutes=5)
    jump(monkeypatch, dt.timedelta(minutes=6))
    assert keep_schedule() == 1
