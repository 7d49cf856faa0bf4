"""The queue: the only module that knows django-tasks and its database backend, which Django 6 brings itself."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult, get_date_max

from takar.common import clock

QUEUE = BACKEND = "default"


@task()
def run_job(job_id: str) -> None:
    """What stands in the queue: only the job's identifier."""
    from takar.jobs.work import run  # noqa: PLC0415 -- which itself queues again what failed

    run(UUID(job_id))


def put(job_id: UUID, *, after: dt.datetime | None = None) -> UUID:
    """Queue a job, in the transaction at hand."""
    return UUID(run_job.using(run_after=after).enqueue(str(job_id)).id)


def run_next(worker_id: str) -> bool:
    """Take one task from the queue and do it; False when none is ready."""
    if not DBTaskResult.objects.ready().exists():
        return False
    QueueWorker(
        queue_names=[QUEUE],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
        excluded_queue_names=[],
    ).run()
    return True


def running_since(moment: dt.datetime) -> list[UUID]:
    """Tasks that somebody took before the moment and has not ended."""
    found = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=moment)
    return list(found.order_by("started_at", "pk").values_list("pk", flat=True))


def hasten(moment: dt.datetime) -> None:
    """Have what rests until after the moment done now: it was put off before the clock was set back."""
    resting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__gt=moment)
    resting.exclude(run_after=get_date_max()).update(run_after=clock.now())  # that day stands for no rest at all


def drop(task_ids: Collection[UUID]) -> None:
    """Close tasks that nobody works on any more: the library would leave them running for ever."""
    left = DBTaskResult.objects.filter(pk__in=task_ids, status__in=[TaskResultStatus.RUNNING, TaskResultStatus.READY])
    left.update(status=TaskResultStatus.FAILED, finished_at=clock.now())


@transaction.atomic
def prune(before: dt.datetime) -> int:
    """Forget ended tasks; the job keeps what people want to know."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0]
