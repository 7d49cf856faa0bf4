"""Reads on SOPs and their runs."""

import datetime as dt
import uuid
from functools import lru_cache

from django.db.models import Q, QuerySet, UUIDField
from django.db.models.functions import Coalesce

from takar.common.prepared import Prepared, Slot
from takar.organisation import queries as organisation
from takar.organisation.models import Agency, Employee
from takar.procedures.enums import StepState, VersionState
from takar.procedures.models import ProcedureVersion, Run, StepRun
from takar.rules.flow import Sop, parse_sop


def version_in_force(agency: Agency, key: str, on: dt.date) -> ProcedureVersion | None:
    """The approved version that came into force last on or before the day: on its effective date, or when approved."""
    since = Coalesce("effective_on", "approved_on")
    approved = ProcedureVersion.objects.filter(agency=agency, procedure__key=key, state=VersionState.APPROVED)
    found = approved.annotate(since=since).filter(since__lte=on).order_by("-since", "-version").first()
    if found is not None:
        found.agency = agency
    return found


def draft_of(agency_id: uuid.UUID, key: str) -> ProcedureVersion | None:
    """The revision that is being written, if there is one."""
    drafts = ProcedureVersion.objects.filter(agency_id=agency_id, procedure__key=key, state=VersionState.DRAFT)
    return drafts.select_related("agency", "procedure").first()


def approved_versions(agency_id: uuid.UUID) -> QuerySet[ProcedureVersion]:
    """Every version that runs may be tied to."""
    return ProcedureVersion.objects.filter(agency_id=agency_id, state=VersionState.APPROVED).order_by("pk")


def sop_of(version: ProcedureVersion) -> Sop:
    """The SOP of a version; an approved one cannot change, so it is read once per process."""
    return _approved(version.pk) if version.state == VersionState.APPROVED else parse_sop(version.content)


@lru_cache(maxsize=32)
def _approved(version_id: uuid.UUID) -> Sop:
    return parse_sop(ProcedureVersion.objects.values_list("content", flat=True).get(pk=version_id))


def history(run: Run) -> QuerySet[StepRun]:
    """Every visit to a step, in order, with the people."""
    return StepRun.objects.filter(run=run).select_related("assignee", "closed_by").order_by("seq")


def open_step(run: Run) -> StepRun | None:
    """The step at which the run stands; None when it is closed."""
    return StepRun.objects.filter(run=run, state=StepState.OPEN).select_related("assignee").first()


def outputs_of(run: Run) -> dict[str, object]:
    """What the steps have made so far, by output key; a return takes back what came from its target on."""
    made: dict[int, dict[str, object]] = {}
    for step, output, returned_to in _CLOSED(run=run.pk):
        if returned_to is None:
            made[step] = output or {}
        else:
            made = {number: kept for number, kept in made.items() if number < returned_to}
    return {key: value for outputs in made.values() for key, value in outputs.items()}


_CLOSED: Prepared[tuple[int, dict[str, object] | None, int | None]] = Prepared(
    lambda: (
        StepRun.objects.filter(run=Slot("run", UUIDField()))
        .exclude(state=StepState.OPEN)
        .order_by("seq")
        .values_list("step", "output", "returned_to")
    )
)


def tasks_of(employee: Employee, on: dt.date) -> QuerySet[StepRun]:
    """The open steps that this person may close on the day: the person's own, and those of the offices held."""
    roles = organisation.roles_of(employee, on)
    office = Q(agency_id=employee.agency_id, actor__in=roles, assignee__isnull=True)
    return (
        StepRun.objects.filter(Q(assignee=employee) | office, state=StepState.OPEN)
        .select_related("run")
        .order_by("opened_at", "pk")
    )
