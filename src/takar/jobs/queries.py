"""Reads on background work."""

from django.db.models import Q, QuerySet

from takar.jobs.models import Job, Schedule
from takar.organisation.enums import Role
from takar.organisation.models import Employee
from takar.organisation.policies import roles_here


def visible_jobs(reader: Employee) -> QuerySet[Job]:
    """What the reader asked for, newest first."""
    return Job.objects.filter(actor=reader).select_related("actor").order_by("-created_at", "-pk")


def looks_after_program(reader: Employee) -> bool:
    return Role.ADMIN in roles_here(reader, reader.agency)


def troubled_jobs() -> QuerySet[Job]:
    """Work of the schedule that failed, for whoever looks after the program."""
    return Job.objects.filter(Q(actor=None), state="failed").order_by("-created_at", "-pk")


def schedule() -> QuerySet[Schedule]:
    return Schedule.objects.order_by("kind")
