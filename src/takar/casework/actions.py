"""Writes on cases: every act of the SOP goes through here, from a page, a script or a bulk list."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from takar.appraisal import evaluation, evidence
from takar.appraisal.enums import Source
from takar.appraisal.following import take_newest
from takar.appraisal.regimes import Item, items_of, regime_of
from takar.appraisal.types import AnyDraft, FormData
from takar.audit.actions import record
from takar.casework import policies, steps
from takar.casework.dues import keep_terms
from takar.casework.models import Case
from takar.casework.movement import assignee_of, follow
from takar.casework.working import AT_ONCE, Timing, Work, kind_of, mandate_told, working
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.documents.actions import confirm_signer
from takar.documents.signing.pen import with_pen
from takar.files.models import StoredFile
from takar.organisation.models import Employee
from takar.procedures import actions as procedures
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind

__all__ = ["BulkLine", "advance_case", "advance_many", "return_case"]


@dataclass(frozen=True, slots=True)
class BulkLine:
    """How one case of a bulk act went."""

    code: str
    name: str
    done: bool
    message: str


def advance_case(
    *,
    actor: Employee,
    step_run_id: UUID,
    data: steps.StepData,
    password: str | None = None,
    code: str = "",
    timing: Timing = AT_ONCE,
) -> Case:
    """Do the open step and hand the case on; a binding act asks for the password (and second factor) first."""
    if kind_of(step_run_id) in steps.SIGNING:
        confirm_signer(actor=actor, password=password or "", code=code)
    return do_step(actor, step_run_id, data, timing)


def advance_many(
    *,
    actor: Employee,
    step_run_ids: Sequence[UUID],
    data: steps.StepData,
    password: str | None = None,
    code: str = "",
    finished: dt.datetime | None = None,
) -> list[BulkLine]:
    """The same act on many cases, each in a transaction of its own, with a line for each.

    `finished`: when all of it was over on paper. How long each took is then not known, only that it was in time.
    """
    timing = Timing(paper=(finished, finished)) if finished else AT_ONCE
    if any(kind_of(pk) in steps.SIGNING for pk in step_run_ids):
        confirm_signer(actor=actor, password=password or "", code=code)
    return [line_of(pk, lambda pk=pk: do_step(actor, pk, data, timing)) for pk in step_run_ids]  # type: ignore[misc]


def return_many(*, actor: Employee, step_run_ids: Sequence[UUID], to_step: int, reason: str) -> list[BulkLine]:
    """Send many cases back for the same reason."""
    return [
        line_of(pk, lambda pk=pk: return_case(actor=actor, step_run_id=pk, to_step=to_step, reason=reason))  # type: ignore[misc]
        for pk in step_run_ids
    ]


def return_case(*, actor: Employee, step_run_id: UUID, to_step: int, reason: str, timing: Timing = AT_ONCE) -> Case:
    """Send the case back to the step that can mend it, with the reason."""
    with working(actor, step_run_id, shown=timing.shown, seen=timing.seen) as work:
        case = work.case
        following = procedures.return_step(
            actor=actor,
            acting_as=work.step_run.actor,
            in_stead=work.capacity.in_stead,
            step_run=work.step_run,
            to_step=to_step,
            reason=reason,
            assignee_of=assignee_of(case),
        )
        steps.reopen(case, sop_of(case.run.version).flow, to_step)
        take_newest(case.appraisal, by=actor.by(work.role))
        follow(case, following, returned=True)
        keep_terms([case])
        record(
            stream=case.stream,
            verb="step.returned",
            by=actor.by(work.role),
            subject=f"case:{case.pk}",
            before={"step": work.step.number},
            after={"step": to_step, **mandate_told(work.capacity)},
            reason=reason.strip(),
        )
    return case


def save_form(
    *,
    actor: Employee,
    step_run_id: UUID,
    data: FormData,
    source: Source = Source.SCREEN,
    file: StoredFile | None = None,
    timing: Timing = AT_ONCE,
) -> Case:
    """Keep what was filled in at step 1 or 3 without handing the case on."""
    with working(actor, step_run_id, StepKind.COLLECT, StepKind.ENTER, shown=timing.shown, seen=timing.seen) as work:
        if work.step.kind is StepKind.COLLECT:
            steps.save_collected(actor, work.role, work.case, data, source=source, file=file)
        else:
            steps.save_entered(actor, work.role, work.case, data)
    return work.case


def save_assessment(*, actor: Employee, step_run_id: UUID, draft: AnyDraft, timing: Timing = AT_ONCE) -> Case:
    """Keep what the assessor filled in so far."""
    with working(actor, step_run_id, StepKind.ASSESS, shown=timing.shown, seen=timing.seen) as work:
        evaluation.save_draft(actor=actor, acting_as=work.role, appraisal=work.case.appraisal, draft=draft)
    return work.case


def add_evidence(*, actor: Employee, step_run_id: UUID, item: int | None, files: Sequence[tuple[str, bytes]]) -> Case:
    """Attach files to a line of the form at step 1, all or none; without a line they belong to the form as a whole."""
    with working(actor, step_run_id, StepKind.COLLECT) as work:
        target = None if item is None else _item(work.case, item)
        for name, content in files:
            evidence.add_evidence(
                actor=actor,
                acting_as=work.role,
                appraisal=work.case.appraisal,
                item=target,
                name=name,
                content=content,
            )
    return work.case


def _item(case: Case, number: int) -> Item:
    found = next((item for item in items_of(case.appraisal) if item.number == number), None)
    if found is None:
        name = regime_of(case.appraisal).item_name
        raise InvalidInput(
            "Bukti dukung belum dilampirkan.",
            [Problem(name, f"{name} itu tidak ada dalam SKP; pilih dari daftar, lalu lampirkan lagi.")],
        )
    return found


def remove_evidence(*, actor: Employee, step_run_id: UUID, evidence_id: UUID) -> Case:
    with working(actor, step_run_id, StepKind.COLLECT) as work:
        evidence.remove_evidence(
            actor=actor, acting_as=work.role, appraisal=work.case.appraisal, evidence_id=evidence_id
        )
    return work.case


def do_step(actor: Employee, step_run_id: UUID, data: steps.StepData, timing: Timing = AT_ONCE) -> Case:
    """The step itself, by somebody whose password was asked for where it binds; a pen of its own for every case.

    A signature that another machine makes is made between two tries.
    """
    own = replace(data, pen=data.pen.fresh())
    return with_pen(own.pen, lambda: _advance(actor, step_run_id, own, timing))


def _advance(actor: Employee, step_run_id: UUID, data: steps.StepData, timing: Timing) -> Case:
    with working(actor, step_run_id, shown=timing.shown, seen=timing.seen) as work:
        case = work.case
        if timing.paper and work.step.kind in steps.SIGNING:
            raise InvalidInput("Langkah ini ditandatangani di dalam program, sehingga tidak ada waktu di atas kertas.")
        outcome = steps.HANDLERS[work.step.kind](actor, work.role, case, data)
        following = procedures.complete_step(
            actor=actor,
            acting_as=work.step_run.actor,
            in_stead=work.capacity.in_stead,
            step_run=work.step_run,
            outputs={work.step.output.key: outcome},
            assignee_of=assignee_of(case),
            paper=timing.paper,
        )
        follow(case, following, returned=False)
        keep_terms([case])
        record(
            stream=case.stream,
            verb="step.completed",
            by=actor.by(work.role),
            subject=f"case:{case.pk}",
            before={"step": work.step.number},
            after={
                "step": case.step,
                "output": work.step.output.label,
                **outcome,
                **timing.told,
                **_own_case(actor, work),
                **mandate_told(work.capacity),
            },
        )
    return case


def _own_case(actor: Employee, work: Work) -> dict[str, Any]:
    """Somebody at the personnel desk who works on the own case is named in the record."""
    if actor.pk == work.case.employee_id and work.step_run.actor != policies.SUBJECT:
        return {"own_case": True}
    return {}


def line_of(case: Case | UUID, act: Callable[[], Case]) -> BulkLine:
    """One case of a bulk act, or the case of this visit to a step: done, or refused in words."""
    try:
        done = act()
    except DomainError as error:
        problems = [str(p) for p in getattr(error, "problems", ()) if p.message != error.message]
        return BulkLine(*_named(case), done=False, message=" ".join((error.message, *problems)))
    return BulkLine(done.code, done.name, done=True, message="Selesai.")


def _named(case: Case | UUID) -> tuple[str, str]:
    if isinstance(case, Case):
        return case.code, case.name
    return Case.objects.filter(run__steps=case).values_list("code", "name").first() or ("-", "-")
