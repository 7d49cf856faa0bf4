"""Writes on background work: ask for it, call it off, and keep the queue and the schedule going."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import AlreadyDone, NotAllowed
from takar.jobs import tasks
from takar.jobs.enums import UNFINISHED, JobState
from takar.jobs.models import Job, Schedule
from takar.jobs.policies import check_can_retry
from takar.jobs.queries import jobs_in_care, open_wish, visible_jobs
from takar.jobs.registry import KINDS, JobKind, label_of
from takar.jobs.work import LEASE
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee

# Nobody holds a job longer than this: a lease beyond it was given before the clock was set back.
FARTHEST = 2 * LEASE
# A process that is killed says nothing about its job, unless it happens each time and however long one waits between:
# the first time the job goes on at once, then after pauses that double. With the lease of two minutes that is 50 minutes.
# An hour must have passed as well, however short the lease: processes that are killed for a while cost nobody a job.
MOST_DEATHS, LEAST_TRIED = 10, dt.timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = LEASE / 4, 5 * LEASE
# Jobs of the schedule are of no interest later; what people asked for is kept for a quarter.
KEPT_OF_SCHEDULE, KEPT_OF_PEOPLE = dt.timedelta(days=2), dt.timedelta(days=92)
GOES_ON = "Proses yang mengerjakannya terhenti; dilanjutkan oleh proses lain."
WAITING = (
    "Proses yang mengerjakannya sudah {} kali terhenti sebelum satu butir pun selesai; dicoba lagi dengan sendirinya pada {}."
    " Tidak ada yang perlu dilakukan."
)
GIVEN_UP = (
    "Proses yang mengerjakannya {} kali terhenti sebelum satu butir pun selesai, sehingga tidak lagi dicoba dengan sendirinya."
    " Butir yang sudah selesai tetap selesai. Tekan “Coba lagi”; bila tetap terhenti, sampaikan kepada pengelola sistem."
)


@transaction.atomic
def enqueue(
    *, actor: Employee | None, kind: str, params: Mapping[str, Any] | None = None, agency: Agency | None = None
) -> Job:
    """Have a registered kind of work done in the background. The same wish while it is open gives the job at hand."""
    wanted, place = dict(params or {}), agency or (actor.agency if actor else None)
    if kind not in KINDS:
        raise NotAllowed(f"Pekerjaan “{kind}” tidak dikenal.")
    if same := open_wish(kind, actor, place, wanted):
        return same
    job = Job.objects.create(agency=place, kind=kind, actor=actor, params=wanted, created_at=clock.now())
    job.task = tasks.put(job.pk)
    job.save(update_fields=["task"])
    if actor is not None:
        after = {"kind": kind, "params": wanted}
        record(stream=f"job:{job.pk}", verb="job.asked", by=actor.by("pegawai"), subject=label_of(kind), after=after)
    return job


@transaction.atomic
def cancel(*, actor: Employee, job_id: UUID) -> Job:
    """Call a job off; what it has done stays done."""
    found = visible_jobs(actor).filter(pk=job_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotAllowed("Pekerjaan itu tidak ditemukan. Buka kembali daftar Pekerjaan.")
    job = Job.objects.select_for_update(of=("self",)).get(pk=found)
    if job.actor_id != actor.pk:
        raise NotAllowed("Pekerjaan ini dimulai orang lain atau oleh jadwal, sehingga tidak dapat Anda batalkan.")
    if not job.unfinished:
        raise AlreadyDone("Pekerjaan ini sudah berakhir; tidak ada yang berubah.")
    if job.state == JobState.QUEUED and job.task is not None:
        tasks.drop([job.task])
    job.state, job.ended_at, job.token, job.lease_until = JobState.CANCELLED, clock.now(), "", None
    job.message = "Dibatalkan; butir yang sudah selesai tetap selesai."
    job.save(update_fields=["state", "ended_at", "token", "lease_until", "message"])
    record(stream=f"job:{job.pk}", verb="job.cancelled", by=actor.by("pegawai"), subject=label_of(job.kind))
    return job


def take_up_lost() -> int:
    """Queue again what a worker that is gone had in hand; give up what has been tried too often."""
    now = clock.now()
    tasks.hasten(now + LONGEST_WAIT)
    stale = tasks.running_since(now - LEASE)
    over = Q(lease_until__lt=now) | Q(lease_until__gt=now + FARTHEST)
    lost = Job.objects.filter(over, state=JobState.RUNNING)
    unborn = Job.objects.filter(state=JobState.QUEUED, task__in=stale)
    found = [*lost.values_list("pk", flat=True), *unborn.values_list("pk", flat=True)]
    for pk in found:
        _take_up(pk)
    held = Job.objects.filter(task__in=stale, state__in=UNFINISHED).values_list("task", flat=True)
    tasks.drop(set(stale) - set(held))
    return len(found)


@transaction.atomic
def _take_up(job_id: UUID) -> None:
    job, now = Job.objects.select_for_update(of=("self",)).get(pk=job_id), clock.now()
    if job.state == JobState.RUNNING and job.lease_until is not None and now <= job.lease_until <= now + FARTHEST:
        return
    if not job.unfinished:
        return
    if job.task is not None:
        tasks.drop([job.task])
    died = job.state == JobState.RUNNING
    job.deaths += died
    job.count_anew()
    job.token, job.lease_until = "", None
    if job.deaths >= MOST_DEATHS and now - (job.begun_at or now) >= LEAST_TRIED:
        job.state, job.ended_at, job.message = JobState.FAILED, now, GIVEN_UP.format(job.deaths)
    else:
        wait = wait_after(job.deaths if died else 0)
        job.state, job.task = JobState.QUEUED, tasks.put(job.pk, after=now + wait if wait else None)
        job.message = WAITING.format(job.deaths, words.moment(now + wait)) if wait else GOES_ON
    job.save(
        update_fields=["token", "lease_until", "state", "ended_at", "message", "task", "attempts", "deaths", "made"]
    )


def wait_after(deaths: int) -> dt.timedelta:
    """How long a job rests whose process has died so often without finishing an item."""
    return min(FIRST_WAIT * 2 ** (deaths - 2), LONGEST_WAIT) if deaths > 1 else dt.timedelta()


@transaction.atomic
def retry(*, actor: Employee, job_id: UUID) -> Job:
    """Have a job that was given up tried again from where it stopped, by whoever asked for it or looks after it."""
    found = jobs_in_care(actor).filter(pk=job_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotAllowed("Pekerjaan itu tidak ditemukan. Buka kembali daftar Pekerjaan.")
    job = Job.objects.select_for_update(of=("self",)).get(pk=found)
    check_can_retry(actor, job)
    before = {"message": job.message}
    job.attempts, job.deaths, job.made, job.begun_at, job.ended_at = 0, 0, job.lines.count(), None, None
    job.state, job.task, job.message = JobState.QUEUED, tasks.put(job.pk), "Menunggu giliran untuk dicoba lagi."
    job.save(update_fields=["attempts", "deaths", "made", "begun_at", "ended_at", "message", "state", "task"])
    by = actor.by("pegawai" if job.actor_id else Role.ADMIN)
    record(stream=f"job:{job.pk}", verb="job.retried", by=by, subject=label_of(job.kind), before=before)
    return job


def keep_schedule() -> int:
    """Queue whatever the schedule says is due; of several workers one gets each turn."""
    rows = {row.kind: row for row in Schedule.objects.all()}
    return sum(_turn(kind, rows.get(kind.key)) for kind in list(KINDS.values()) if kind.rhythm is not None)


@transaction.atomic
def _turn(kind: JobKind, row: Schedule | None) -> bool:
    now = clock.now()
    if row is None:
        assert kind.rhythm is not None  # noqa: S101 -- the caller asks for no others
        first = {"every_minutes": kind.rhythm.every_minutes, "daily_at": kind.rhythm.daily_at}
        row, _ = Schedule.objects.get_or_create(kind=kind.key, defaults={**first, "next_at": now})
    mine = Schedule.objects.filter(kind=row.kind, next_at=row.next_at)
    if row.next_at > (latest := next_time(row, now)):  # the clock was set back since
        mine.update(next_at=latest)
    if row.next_at > now:
        return False
    if not mine.update(next_at=next_time(row, now), last_at=now):
        return False
    enqueue(actor=None, kind=kind.key)
    return True


def next_time(row: Schedule, now: dt.datetime) -> dt.datetime:
    """When it is due after now."""
    if row.daily_at is None:
        return now + dt.timedelta(minutes=row.every_minutes or 1)
    today = dt.datetime.combine(clock.office_date(now), row.daily_at, tzinfo=clock.office_zone())
    later = dt.datetime.combine(clock.office_date(now) + dt.timedelta(days=1), row.daily_at, tzinfo=clock.office_zone())
    return today if today > now else later


def prune_jobs() -> int:
    """Forget what nobody will look at any more; the audit trail keeps who asked for what."""
    now = clock.now()
    old = Job.objects.filter(actor=None, ended_at__lt=now - KEPT_OF_SCHEDULE)
    older = Job.objects.filter(ended_at__lt=now - KEPT_OF_PEOPLE)
    gone = sum(rows.delete()[1].get("jobs.Job", 0) for rows in (old, older))
    tasks.prune(now - KEPT_OF_SCHEDULE)
    return gone
