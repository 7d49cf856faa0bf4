"""A case under work: locked, its open step taken by somebody who may, since when, and whether it rests."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import UUIDField

from takar.audit.actions import record
from takar.audit.queries import events_of
from takar.casework import policies
from takar.casework.capacity import Capacity
from takar.casework.models import Case
from takar.common import words
from takar.common.errors import AlreadyDone, NotAllowed
from takar.common.prepared import Prepared, Slot
from takar.organisation.hours import know_hours
from takar.organisation.models import Employee
from takar.organisation.queries import roles_remembered
from takar.procedures import actions as procedures
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.rules.flow import Step, StepKind


@dataclass(frozen=True, slots=True)
class Timing:
    """Since when the person had the step in view, and from when to when it was done on paper, if that was so.

    `seen` is the number of the case's last event when another system read it; None asks for nothing.
    """

    shown: dt.datetime | None = None
    paper: tuple[dt.datetime, dt.datetime] | None = None
    seen: int | None = None

    @property
    def told(self) -> dict[str, str]:
        """How the record tells of work on paper."""
        return {"on_paper": " s.d. ".join(words.moment(moment) for moment in self.paper)} if self.paper else {}


AT_ONCE = Timing()


@dataclass(frozen=True, slots=True)
class Work:
    """A locked case with its open step, and as what the person acts."""

    case: Case
    step_run: StepRun
    step: Step
    capacity: Capacity

    @property
    def rested(self) -> bool:
        """Whether the work rested when it was taken up."""
        return self.step_run.paused_at is not None

    @property
    def role(self) -> str:
        return self.capacity.role


def begin_work(*, actor: Employee, step_run_id: UUID, seen: int | None = None) -> Case:
    """Say that the work on a step begins, or goes on after a rest."""
    with working(actor, step_run_id, seen=seen) as work:
        _record_timing(actor, work, "step.resumed" if work.rested else "step.begun")
    return work.case


def pause_work(*, actor: Employee, step_run_id: UUID, seen: int | None = None) -> Case:
    """Let the work rest; any act on the step takes it up again."""
    with working(actor, step_run_id, begins=False, seen=seen) as work:
        procedures.pause_step(
            actor=actor, acting_as=work.step_run.actor, in_stead=work.capacity.in_stead, step_run=work.step_run
        )
        _record_timing(actor, work, "step.paused")
    return work.case


def _record_timing(actor: Employee, work: Work, verb: str) -> None:
    after = {"step": work.step.number, **mandate_told(work.capacity)}
    record(stream=work.case.stream, verb=verb, by=actor.by(work.role), subject=f"case:{work.case.pk}", after=after)


@contextmanager
def working(
    actor: Employee,
    step_run_id: UUID,
    *kinds: StepKind,
    shown: dt.datetime | None = None,
    begins: bool = True,
    seen: int | None = None,
) -> Iterator[Work]:
    """Lock the case of an open step that is this person's to do, for the length of one transaction.

    The work began, unless something else says so, when the person had the step `shown`; it no longer rests.
    """
    know_hours(actor.agency)
    with transaction.atomic(), roles_remembered(actor):
        case = _locked_case(step_run_id)
        step_run = _STEP(step_run=step_run_id)[0]
        capacity = policies.check_can_act(actor, case, step_run)
        check_unchanged(case, seen)
        step = sop_of(case.run.version).flow.step(step_run.step)
        if begins:
            procedures.begin_step(
                actor=actor, acting_as=step_run.actor, in_stead=capacity.in_stead, step_run=step_run, at=shown
            )
        if kinds and step.kind not in kinds:
            raise NotAllowed("Langkah yang sedang berjalan tidak mengenal tindakan ini; muat ulang halamannya.")
        yield Work(case, step_run, step, capacity)


def version_of(case: Case) -> int:
    """How many events the case has had: what has the same number is the same."""
    return events_of(case.stream).order_by("-seq").values_list("seq", flat=True).first() or 0


def check_unchanged(case: Case, seen: int | None) -> None:
    """Refuse an act on a case that has changed since it was read; the case must be locked."""
    if seen is not None and seen != (now := version_of(case)):
        raise AlreadyDone(
            f"Berkas {case.code} sudah berubah sejak Anda membacanya (versi {seen}, sekarang {now}), sehingga tidak ada yang "
            "dikerjakan. Baca kembali berkasnya, lalu ulangi."
        )


def _locked_case(step_run_id: UUID) -> Case:
    """Lock first, then read: rows joined to a locked one would be as they were before the wait."""
    for pk in _LOCKED(step=step_run_id):
        return _WHOLE(case=pk)[0]
    raise NotAllowed("Tugas itu tidak ditemukan. Buka kembali daftar Tugas Saya.")


_LOCKED: Prepared[UUID] = Prepared(
    lambda: (
        Case.objects.select_for_update(of=("self",))
        .filter(run__steps=Slot("step", UUIDField()))
        .values_list("pk", flat=True)
    )
)
_WHOLE: Prepared[Case] = Prepared(
    lambda: Case.objects.select_related(
        "agency", "period", "run__version", "appraisal__plan", "appraisal__employee", "employee", "assessor"
    ).filter(pk=Slot("case", UUIDField()))
)


def kind_of(step_run_id: UUID) -> StepKind | None:
    """The kind of an open step; for a closed one no password is asked, because the act will say who was first."""
    for found in _OPEN(step_run=step_run_id):
        return sop_of(found.run.version).flow.step(found.step).kind
    return None


_STEP: Prepared[StepRun] = Prepared(
    lambda: StepRun.objects.select_related("closed_by", "assignee").filter(pk=Slot("step_run", UUIDField()))
)
_OPEN: Prepared[StepRun] = Prepared(
    lambda: (
        StepRun.objects.select_related("run__version")
        .defer("run__version__content")
        .filter(pk=Slot("step_run", UUIDField()), state=StepState.OPEN)
    )
)


def mandate_told(capacity: Capacity) -> dict[str, Any]:
    """Under which mandate, or by what other right, somebody acted in another's stead."""
    if not capacity.in_stead:
        return {}
    return {"title": capacity.title, "mandate": str(capacity.mandate.pk) if capacity.mandate else None}
