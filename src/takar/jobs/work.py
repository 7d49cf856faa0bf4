"""Doing a job: taking it up, holding it, item by item, and what happens when it fails or its worker dies.

An item is one transaction: first the job's row is looked at (is it still ours?), then the item is done, then its line is
written. A worker that died leaves whole items only; one that merely slept too long finds the job in other hands and its
item is undone. So every item has its effect once.
"""

import datetime as dt
import logging
import secrets
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, cast
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import F

from takar.audit.context import using
from takar.common import clock
from takar.common.errors import DomainError
from takar.files.actions import store
from takar.files.types import Content
from takar.jobs import tasks
from takar.jobs.enums import JobState
from takar.jobs.models import Job, JobLine
from takar.jobs.registry import KINDS, JobKind
from takar.organisation.models import Employee

LOG = logging.getLogger(__name__)
LEASE = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
HEARTBEAT_SECONDS = settings.JOB_LEASE_SECONDS / 4
FIRST_PAUSE = dt.timedelta(seconds=30)
STOP = threading.Event()
"""Set when the process is to end: work stops between two items and is queued again."""


class LostLease(Exception):  # noqa: N818 -- no error of anybody's: somebody else has taken the job up, or it was cancelled
    """The job is no longer ours; what was begun is undone."""


class Interrupted(Exception):  # noqa: N818 -- likewise: the program is being stopped
    """The job goes back to the queue, its finished items stay finished."""


@dataclass
class Item:
    """What is being said about the item at hand."""

    label: str
    message: str = "Selesai."


@dataclass
class Work:
    """A job in the hands of the function that does it."""

    job: Job
    kept: tuple[Content, str, str] | None = field(default=None, repr=False)
    message: str = ""
    spools: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def params(self) -> dict[str, Any]:
        return dict(self.job.params)

    @property
    def actor(self) -> Employee:
        """In whose name it is done; work of the schedule has nobody's."""
        if self.job.actor is None:
            raise DomainError("Pekerjaan ini harus dimulai oleh seorang pegawai.")
        return self.job.actor

    def progress(self, done: int, total: int | None = None) -> None:
        """How far it is, for work that has no items; it also prolongs the lease."""
        changes = {"done": done} | ({} if total is None else {"total": total})
        self._hold(**changes)

    def remaining(self, keys: Iterable[str]) -> list[str]:
        """The items that have no line yet; the total is set to all of them."""
        wanted = list(dict.fromkeys(keys))
        made = set(self.job.lines.values_list("key", flat=True))
        self._hold(total=len(wanted), done=len(made & set(wanted)))
        return [key for key in wanted if key not in made]

    @contextmanager
    def item(self, key: str, label: str = "") -> Iterator[Item]:
        """One item, once: a refusal in words becomes its line, any other error ends the attempt."""
        if STOP.is_set():
            raise Interrupted
        told = Item(label or key)
        try:
            with transaction.atomic():
                self._hold(done=F("done") + 1)
                yield told
                JobLine.objects.create(job=self.job, key=key, label=told.label[:300], done=True, message=told.message)
        except DomainError as error:
            problems = [str(problem) for problem in getattr(error, "problems", ()) if problem.message != error.message]
            message = " ".join((error.message, *problems))
            with transaction.atomic():
                self._hold(done=F("done") + 1)
                JobLine.objects.create(job=self.job, key=key, label=told.label[:300], done=False, message=message)

    def spool(self) -> IO[bytes]:
        """A file without a name for what would fill the memory; it is gone when the work ends or its process does."""
        return cast(IO[bytes], self.spools.enter_context(tempfile.TemporaryFile()))

    def keep(self, content: Content, *, name: str, media_type: str) -> None:
        """The file that comes of it, for download once the job is done; what is large comes as an open file."""
        self.kept = content, name, media_type

    def _hold(self, **changes: object) -> None:
        """Change the row, if it is still ours."""
        mine = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, token=self.job.token)
        if not mine.update(lease_until=clock.now() + LEASE, **changes):
            raise LostLease


def run(job_id: UUID) -> None:
    """Do a job that the queue named; nothing where somebody else has it or it is over."""
    job = _take(job_id)
    if job is None:
        return
    work = Work(job)
    try:
        with using(channel="system"), _heartbeat(job), work.spools:
            _do(work)
    except LostLease:
        LOG.info("Pekerjaan %s tidak lagi dipegang proses ini.", job.pk)


def _do(work: Work) -> None:
    kind = KINDS.get(work.job.kind)
    try:
        _known(kind, work.job).run(work)
        _finish(work)
    except LostLease:
        raise
    except Interrupted:
        _queue_again(work.job, clock.now(), "Dilanjutkan sesudah program dijalankan kembali.", counted=False)
    except DomainError as error:
        _end(work.job, JobState.FAILED, error.message)
    except Exception as error:  # whatever it is, the job must not stay in our hands
        LOG.exception("Pekerjaan %s (%s) gagal pada percobaan ke-%s.", work.job.kind, work.job.pk, work.job.attempts)
        _try_again(work.job, kind.attempts if kind else 1, type(error).__name__)


def _known(kind: JobKind | None, job: Job) -> JobKind:
    if kind is None:
        raise DomainError(f"Pekerjaan “{job.kind}” tidak dikenal versi program ini, sehingga tidak dikerjakan.")
    return kind


@transaction.atomic
def _take(job_id: UUID) -> Job | None:
    Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    job = Job.objects.select_related("actor__agency", "actor__user", "agency").filter(pk=job_id).first()
    now = clock.now()
    if job is None or job.state not in {JobState.QUEUED, JobState.RUNNING}:
        return None
    if job.state == JobState.RUNNING and job.lease_until is not None and now < job.lease_until <= now + 2 * LEASE:
        return None
    died = job.state == JobState.RUNNING
    job.state, job.token, job.lease_until = JobState.RUNNING, secrets.token_hex(16), now + LEASE
    job.deaths += died
    job.count_anew()
    job.attempts += 1
    job.begun_at, job.message = job.begun_at or now, ""
    job.save(update_fields=["state", "token", "lease_until", "attempts", "deaths", "made", "begun_at", "message"])
    return job


@transaction.atomic
def _finish(work: Work) -> None:
    work._hold()  # noqa: SLF001 -- what comes of it is written only by whoever holds it
    changes: dict[str, object] = {}
    if work.kept is not None:
        content, name, media_type = work.kept
        changes = {"file": store(content, name=name, media_type=media_type), "file_name": name[-200:]}
    failed = work.job.lines.filter(done=False).count()
    message = work.message or (f"{failed} butir tidak dapat dikerjakan; sebabnya di bawah ini." if failed else "")
    _end(work.job, JobState.DONE, message, **changes)


def _try_again(job: Job, attempts: int, what: str) -> None:
    failed = job.attempts - job.deaths
    if failed >= attempts:
        _end(
            job,
            JobState.FAILED,
            f"Pekerjaan ini gagal sesudah {failed} kali dicoba karena kesalahan program ({what}). Butir yang sudah "
            "selesai tetap selesai. Tekan “Coba lagi”; bila tetap gagal, sampaikan kepada pengelola sistem.",
        )
        return
    pause = FIRST_PAUSE * 2 ** (failed - 1)
    _queue_again(job, clock.now() + pause, f"Percobaan ke-{failed} gagal ({what}); sebentar lagi dicoba lagi.")


@transaction.atomic
def _queue_again(job: Job, at: dt.datetime, message: str, *, counted: bool = True) -> None:
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)
    attempts = job.attempts if counted else job.attempts - 1
    if mine.update(state=JobState.QUEUED, token="", lease_until=None, message=message, attempts=attempts):
        Job.objects.filter(pk=job.pk).update(task=tasks.put(job.pk, after=at if at > clock.now() else None))


def _end(job: Job, state: JobState, message: str, **changes: object) -> None:
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)
    if not mine.update(state=state, message=message, token="", lease_until=None, ended_at=clock.now(), **changes):
        raise LostLease


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Prolong the lease from beside, for a single step that takes longer than it lasts."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(HEARTBEAT_SECONDS):
            try:
                mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)
                mine.update(lease_until=clock.now() + LEASE)
            except DatabaseError:
                LOG.info("Pekerjaan %s: perpanjangan berikutnya akan dicoba.", job.pk)
            finally:
                connections.close_all()

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
