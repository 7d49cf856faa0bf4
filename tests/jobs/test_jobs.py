"""Background work: done once in effect, whatever dies on the way."""

import datetime as dt
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult
from tests.jobs.conftest import Known
from tests.office import NOW, Office

from takar.audit.models import Event
from takar.common import clock, words
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed, Problem
from takar.jobs import tasks, work
from takar.jobs.actions import (
    GIVEN_UP,
    LEAST_TRIED,
    LONGEST_WAIT,
    MOST_DEATHS,
    cancel,
    enqueue,
    keep_schedule,
    prune_jobs,
    retry,
    take_up_lost,
    wait_after,
)
from takar.jobs.enums import JobState
from takar.jobs.models import Job, JobLine, Schedule
from takar.jobs.registry import Rhythm
from takar.jobs.work import LEASE, STOP, Work
from takar.jobs.worker import look_around, work_off, work_until

Done = list[str]


def later(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + by)


def each(done: Done) -> "object":
    """Work that does the items named in its parameters, one by one."""

    def run(doing: Work) -> None:
        for key in doing.remaining(doing.params["items"]):
            with doing.item(key, f"Butir {key}") as item:
                if key == "buruk":
                    raise InvalidInput("Tidak dapat.", [Problem("Nilai", "Kosong.")])
                done.append(key)
                item.message = f"Butir {key} beres."

    return run


def lines(job: Job) -> list[tuple[str, bool, str]]:
    return list(job.lines.order_by("id").values_list("key", "done", "message"))


def test_job_is_done_item_by_item_and_told_line_by_line(office: Office, known: Known) -> None:
    done = Done()
    known(each(done))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a", "buruk", "b"]})
    assert (job.state, job.agency, work_off()) == (JobState.QUEUED, office.agency, 1)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.attempts, job.token) == (JobState.DONE, 3, 3, 1, "")
    assert job.message == "1 butir tidak dapat dikerjakan; sebabnya di bawah ini."
    assert (done, lines(job)) == (
        ["a", "b"],
        [("a", True, "Butir a beres."), ("buruk", False, "Tidak dapat. Nilai: Kosong."), ("b", True, "Butir b beres.")],
    )
    assert Event.objects.filter(stream=f"job:{job.pk}").values_list("verb", "acting_as").get() == (
        "job.asked",
        "pegawai",
    )


def test_what_comes_of_it_is_kept_for_download(office: Office, known: Known) -> None:
    def run(doing: Work) -> None:
        doing.progress(1, 2)
        doing.keep(b"isi", name="rekap.txt", media_type="text/plain")
        doing.message = f"Untuk {doing.actor.name}."

    known(run)
    job = enqueue(actor=office.staf, kind="coba")
    work_off()
    job.refresh_from_db()
    assert job.file is not None
    assert (job.done, job.total, job.file_name, job.file.size, job.message) == (
        1,
        2,
        "rekap.txt",
        3,
        "Untuk Surya Putra.",
    )


def test_same_wish_while_it_is_open_is_the_same_job(office: Office, known: Known) -> None:
    known(lambda _work: None)
    first = enqueue(actor=office.staf, kind="coba", params={"n": 1})
    assert enqueue(actor=office.staf, kind="coba", params={"n": 1}) == first
    assert enqueue(actor=office.staf2, kind="coba", params={"n": 1}) != first
    assert enqueue(actor=office.staf, kind="coba", params={"n": 2}) != first
    work_off()
    assert enqueue(actor=office.staf, kind="coba", params={"n": 1}) != first


def test_unknown_kind_is_refused_and_one_that_went_missing_fails_in_words(office: Office, known: Known) -> None:
    with pytest.raises(NotAllowed, match="tidak dikenal"):
        enqueue(actor=office.staf, kind="coba")
    known(lambda _work: None, key="lama")
    job = enqueue(actor=office.staf, kind="lama")
    work.KINDS.clear()
    work_off()
    job.refresh_from_db()
    assert (job.state, job.message) == (
        JobState.FAILED,
        "Pekerjaan “lama” tidak dikenal versi program ini, sehingga tidak dikerjakan.",
    )


def test_refusal_ends_a_job_and_an_error_of_the_program_is_tried_again(
    office: Office, known: Known, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_work: Work) -> None:
        raise DomainError("Belum ada yang dicetak.")

    def fail(_work: Work) -> None:
        raise ZeroDivisionError

    known(refuse)
    known(fail, key="rusak", attempts=2)
    jobs = [enqueue(actor=office.staf, kind=kind) for kind in ("coba", "rusak")]
    work_off()
    found = [(job.state, job.attempts, job.message[:50]) for job in map(_fresh, jobs)]
    assert found == [
        (JobState.FAILED, 1, "Belum ada yang dicetak."),
        (JobState.FAILED, 2, "Pekerjaan ini gagal sesudah 2 kali dicoba karena k"),
    ]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def _fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def half(done: Done, job_id: UUID) -> None:
    """What a worker leaves that is killed after its first item."""
    mine = work._take(job_id)
    assert mine is not None
    task = DBTaskResult.objects.get(pk=mine.task)
    task.claim("mati")
    doing = Work(mine)
    key = doing.remaining(doing.params["items"])[0]
    with doing.item(key):
        done.append(key)


def test_killed_workers_job_is_taken_up_and_no_item_done_twice(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done()
    known(each(done))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a", "b", "c"]})
    half(done, job.pk)
    assert (take_up_lost(), work_off(), done) == (0, 0, ["a"])
    later(monkeypatch, LEASE + dt.timedelta(seconds=1))
    DBTaskResult.objects.update(started_at=NOW)
    assert (take_up_lost(), work_off(), done) == (1, 1, ["a", "b", "c"])
    assert [_fresh(job).state, _fresh(job).attempts, _fresh(job).done] == [JobState.DONE, 1, 3]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


def test_job_that_gets_on_is_taken_up_however_often_it_dies(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done()
    known(each(done), attempts=2)
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a", "b", "c", "d"]})
    for turn in (1, 2, 3):
        half(done, job.pk)
        later(monkeypatch, turn * 2 * LEASE)
        assert take_up_lost() == 1
    assert (work_off(), done, _fresh(job).state) == (1, ["a", "b", "c", "d"], JobState.DONE)


def test_worker_that_slept_too_long_has_no_effect_any_more(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(each(Done()))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a"]})
    sleeper = Work(work._take(job.pk))  # type: ignore[arg-type]
    later(monkeypatch, LEASE + dt.timedelta(seconds=1))
    other = work._take(job.pk)
    assert other is not None
    with pytest.raises(work.LostLease), sleeper.item("a"):
        raise AssertionError("The item must not begin.")
    with pytest.raises(work.LostLease):
        work._finish(sleeper)
    assert (JobLine.objects.count(), _fresh(job).token) == (0, other.token)


def killed(job: Job, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Its process dies so often before its first item, each time when nobody has heard of it for a lease."""
    for _ in range(times):
        assert work._take(job.pk) is not None
        later(monkeypatch, clock.now() - NOW + 2 * LEASE)
        assert take_up_lost() == 1


@pytest.mark.parametrize(
    ("deaths", "leases"), [(0, 0), (1, 0), (2, 0.25), (3, 0.5), (4, 1), (5, 2), (6, 4), (7, 5), (9, 5)]
)
def test_pauses_between_deaths_double_up_to_a_limit(deaths: int, leases: float) -> None:
    assert wait_after(deaths) == leases * LEASE


def test_job_whose_process_dies_waits_longer_each_time_and_then_goes_on(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done()
    known(each(done), attempts=1)
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a"]})
    killed(job, monkeypatch, 9)
    assert (_fresh(job).state, _fresh(job).deaths) == (JobState.QUEUED, 9)
    assert DBTaskResult.objects.get(pk=_fresh(job).task).run_after == clock.now() + LONGEST_WAIT
    assert _fresh(job).message == (
        "Proses yang mengerjakannya sudah 9 kali terhenti sebelum satu butir pun selesai; dicoba lagi dengan sendirinya"
        f" pada {words.moment(clock.now() + LONGEST_WAIT)}. Tidak ada yang perlu dilakukan."
    )
    assert (work_off(), done, _fresh(job).state) == (1, ["a"], JobState.DONE)


def test_job_that_dies_each_time_is_given_up_until_somebody_has_it_tried_again(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done()
    known(each(done))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a", "b"]})
    half(done, job.pk)
    later(monkeypatch, 2 * LEASE)
    assert take_up_lost() == 1
    killed(job, monkeypatch, MOST_DEATHS)
    assert (_fresh(job).state, _fresh(job).deaths) == (JobState.QUEUED, MOST_DEATHS)
    later(monkeypatch, LEAST_TRIED)
    killed(job, monkeypatch, 1)
    assert (_fresh(job).state, _fresh(job).message) == (JobState.FAILED, GIVEN_UP.format(11))
    assert (take_up_lost(), work_off()) == (0, 0)
    with pytest.raises(NotAllowed):
        retry(actor=office.staf2, job_id=job.pk)
    assert (retry(actor=office.staf, job_id=job.pk).state, work_off()) == (JobState.QUEUED, 1)
    assert (done, _fresh(job).state, _fresh(job).deaths) == (["a", "b"], JobState.DONE, 0)
    with pytest.raises(AlreadyDone, match="melainkan: Selesai"):
        retry(actor=office.staf, job_id=job.pk)
    verbs = Event.objects.filter(stream=f"job:{job.pk}").order_by("seq").values_list("verb", "acting_as", "actor_name")
    assert list(verbs) == [(f"job.{verb}", "pegawai", "Surya Putra") for verb in ("asked", "retried")]


def test_deaths_do_not_count_as_errors_of_the_program(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_work: Work) -> None:
        raise ZeroDivisionError

    known(fail, attempts=2)
    job = enqueue(actor=office.staf, kind="coba")
    killed(job, monkeypatch, 5)
    work.run(job.pk)
    assert (_fresh(job).state, _fresh(job).message[:17]) == (JobState.QUEUED, "Percobaan ke-1 ga")
    work.run(job.pk)
    assert (_fresh(job).state, _fresh(job).message[:39]) == (JobState.FAILED, "Pekerjaan ini gagal sesudah 2 kali dico")
    assert len(caplog.records) == 2


def test_work_of_the_schedule_is_tried_again_by_whoever_looks_after_the_program(office: Office, known: Known) -> None:
    known(each(Done()))
    job = enqueue(actor=None, kind="coba", params={"items": []})
    failed = {"state": JobState.FAILED, "ended_at": NOW, "message": "Gagal."}
    Job.objects.filter(pk=job.pk).update(**failed)
    with pytest.raises(NotAllowed, match="tidak ditemukan"):
        retry(actor=office.staf, job_id=job.pk)
    again = enqueue(actor=None, kind="coba", params={"items": []})
    with pytest.raises(AlreadyDone, match="sudah menunggu giliran"):
        retry(actor=office.kasubbag, job_id=job.pk)
    Job.objects.filter(pk=again.pk).update(**failed)
    assert retry(actor=office.kasubbag, job_id=job.pk).state == JobState.QUEUED
    assert Event.objects.get(stream=f"job:{job.pk}").acting_as == "admin"


def test_kind_that_went_missing_cannot_be_tried_again(office: Office, known: Known) -> None:
    known(each(Done()))
    job = enqueue(actor=office.staf, kind="coba")
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, ended_at=NOW)
    work.KINDS.clear()
    with pytest.raises(NotAllowed, match="tidak dikenal"):
        retry(actor=office.staf, job_id=job.pk)


def test_job_put_off_before_the_clock_was_set_back_is_done_now(office: Office, known: Known) -> None:
    known(each(Done()))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a"]})
    DBTaskResult.objects.update(run_after=NOW + dt.timedelta(days=365))
    assert (work_off(), take_up_lost(), work_off(), _fresh(job).state) == (0, 0, 1, JobState.DONE)


def test_task_taken_by_a_worker_that_died_before_its_job_began_is_put_again(
    office: Office, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Done()
    known(each(done))
    job = enqueue(actor=office.staf, kind="coba", params={"items": ["a"]})
    DBTaskResult.objects.get(pk=job.task).claim("mati")
    DBTaskResult.objects.update(started_at=NOW)
    later(monkeypatch, 2 * LEASE)
    assert (take_up_lost(), work_off(), done) == (1, 1, ["a"])


def test_program_that_stops_puts_the_job_back_with_its_finished_items(office: Office, known: Known) -> None:
    done = Done()

    def run(doing: Work) -> None:
        for key in doing.remaining(["a", "b"]):
            with doing.item(key):
                done.append(key)
            STOP.set()

    known(run)
    job = enqueue(actor=office.staf, kind="coba")
    tasks.run_next("satu")
    assert (done, _fresh(job).state, _fresh(job).attempts) == (["a"], JobState.QUEUED, 0)
    STOP.clear()
    tasks.run_next("dua")
    assert (done, _fresh(job).done) == (["a", "b"], 2)


def test_cancelled_job_stops_at_the_next_item(office: Office, known: Known) -> None:
    done = Done()

    def run(doing: Work) -> None:
        for key in doing.remaining(["a", "b"]):
            with doing.item(key):
                done.append(key)
            cancel(actor=office.staf, job_id=doing.job.pk)

    known(run)
    job = enqueue(actor=office.staf, kind="coba")
    work_off()
    assert (done, _fresh(job).state) == (["a"], JobState.CANCELLED)
    with pytest.raises(AlreadyDone):
        cancel(actor=office.staf, job_id=job.pk)
    with pytest.raises(NotAllowed):
        cancel(actor=office.staf2, job_id=job.pk)
    waiting = enqueue(actor=office.staf, kind="coba")
    cancel(actor=office.staf, job_id=waiting.pk)
    assert work_off() == 0


def test_schedule_gives_each_turn_to_one_worker(office: Office, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = list[dt.datetime]()
    known(lambda _work: turns.append(clock.now()), rhythm=Rhythm(every_minutes=5))
    assert [keep_schedule(), keep_schedule(), work_off()] == [1, 0, 1]
    later(monkeypatch, dt.timedelta(minutes=4))
    assert keep_schedule() == 0
    later(monkeypatch, dt.timedelta(minutes=5))
    row = Schedule.objects.get()
    assert [keep_schedule(), work_off()] == [1, 1]
    Schedule.objects.update(next_at=row.next_at)
    assert keep_schedule() == 1
    assert turns == [NOW, NOW + dt.timedelta(minutes=5)]


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-01-12T01:30+08:00", "2026-01-13T01:30+08:00"),
        ("2026-01-12T01:29+08:00", "2026-01-12T01:30+08:00"),
        ("2025-12-31T23:59+08:00", "2026-01-01T01:30+08:00"),
    ],
)
def test_daily_turn_goes_by_the_offices_clock(
    db: None, known: Known, monkeypatch: pytest.MonkeyPatch, now: str, following: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime.fromisoformat(now))
    known(lambda _work: None, rhythm=Rhythm(daily_at=dt.time(1, 30)))
    assert keep_schedule() == 1
    assert Schedule.objects.get().next_at == dt.datetime.fromisoformat(following)


def test_old_jobs_are_forgotten_with_their_tasks(office: Office, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    known(lambda _work: None)
    enqueue(actor=None, kind="coba")
    mine = enqueue(actor=office.staf, kind="coba")
    work_off()
    DBTaskResult.objects.update(finished_at=NOW)
    later(monkeypatch, dt.timedelta(days=3))
    assert (prune_jobs(), list(Job.objects.all()), DBTaskResult.objects.count()) == (1, [mine], 0)
    later(monkeypatch, dt.timedelta(days=93))
    assert (prune_jobs(), Job.objects.count()) == (1, 0)


def test_worker_goes_on_until_it_is_stopped(office: Office, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takar.jobs.worker.connections.close_all", lambda: None)

    def run(_work: Work) -> None:
        STOP.set()

    known(run, rhythm=Rhythm(every_minutes=1))
    look_around()
    work_until(STOP)
    assert Job.objects.get().state == JobState.DONE
