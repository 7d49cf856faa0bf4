"""Reads on background work."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from takar.jobs.enums import UNFINISHED
from takar.jobs.models import Job, Schedule
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import keeps_installation


def visible_jobs(reader: Employee) -> QuerySet[Job]:
    """What the reader asked for, newest first."""
    return Job.objects.filter(actor=reader).select_related("actor").order_by("-created_at", "-pk")


def jobs_in_care(reader: Employee) -> QuerySet[Job]:
    """One's own; for whoever looks after the program also those of its schedule."""
    mine = Q(actor=reader)
    return Job.objects.filter(mine | Q(actor=None) if looks_after_program(reader) else mine)


def open_wish(kind: str, actor: Employee | None, agency: Agency | None, params: Mapping[str, Any]) -> Job | None:
    """The same wish of the same person that is not done yet."""
    open_ones = Job.objects.filter(kind=kind, state__in=UNFINISHED, actor=actor, agency=agency)
    return next((job for job in open_ones.order_by("-created_at", "-pk") if job.params == params), None)


def looks_after_program(reader: Employee) -> bool:
    """Whoever keeps the installation; the Administrator of a further office does not."""
    return keeps_installation(reader)


def troubled_jobs() -> QuerySet[Job]:
    """Work of the schedule that failed, for whoever looks after the program."""
    return Job.objects.filter(Q(actor=None), state="failed").order_by("-created_at", "-pk")


def schedule() -> QuerySet[Schedule]:
    return Schedule.objects.order_by("kind")
