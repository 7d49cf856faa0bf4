"""A run goes from step to step: exactly one is open, its owner completes it or sends the work back.

The case that a run belongs to writes the audit event, in the same transaction.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import UUIDField

from takar.common import clock, words
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.common.prepared import Prepared, Slot
from takar.organisation.models import Employee
from takar.procedures import policies
from takar.procedures.clocks import Clock, clock_of, measure, set_due
from takar.procedures.enums import RunState, StepState, VersionState
from takar.procedures.models import ProcedureVersion, Run, StepPause, StepRun
from takar.procedures.queries import outputs_of, sop_of
from takar.rules.flow import ActorKind, Flow, Step, missing_inputs

AssigneeOf = Callable[[str], Employee | None]
"""Who is the actor with this key (`atasan_langsung`, `pegawai`) for the case at hand; asked for relations only."""

Span = tuple[dt.datetime, dt.datetime]

CLOSING = [
    *("state", "closed_at", "closed_by", "closed_as", "output", "returned_to", "reason", "started_at", "finished_at"),
    *("waited_minutes", "worked_minutes", "elapsed_minutes"),
]
CLOSED_VERBS = {StepState.COMPLETED: "diselesaikan", StepState.RETURNED: "dikembalikan"}


def start_run(
    *, actor: Employee, version: ProcedureVersion, assignee_of: AssigneeOf, at: dt.datetime | None = None
) -> Run:
    """One run with its first step open."""
    return start_runs(actor=actor, version=version, assignees=[assignee_of], at=at)[0]


@transaction.atomic
def start_runs(
    *, actor: Employee, version: ProcedureVersion, assignees: Sequence[AssigneeOf], at: dt.datetime | None = None
) -> list[Run]:
    """As many runs as there are `assignees`, in their order, written in bulk."""
    policies.check_can_start(actor, version)
    if version.state != VersionState.APPROVED:
        raise DomainError(f"{version} belum disahkan, sehingga belum dapat dijalankan. Sahkan SOP itu dahulu.")
    flow, at, office = sop_of(version).flow, at or clock.now(), clock_of(version.agency_id)
    runs = [Run(agency_id=version.agency_id, version=version, opened_at=at) for _ in assignees]
    opened = [
        _opening(run, flow, flow.first, office, seq=1, assignee_of=assignee_of, at=at)
        for run, assignee_of in zip(runs, assignees, strict=True)
    ]
    Run.objects.bulk_create(runs)
    StepRun.objects.bulk_create(opened)
    return runs


@transaction.atomic
def begin_step(
    *, actor: Employee, acting_as: str, step_run: StepRun, in_stead: str = "", at: dt.datetime | None = None
) -> StepRun:
    """Note when the work on a step began, only the first time counts; whoever works on it no longer rests.

    `at` is when the person first had it in view: never before it arrived, never later than now.
    """
    current, now = _take(actor, acting_as, step_run, in_stead), clock.now()
    if current.started_at is None:
        current.started_at = max(min(at or now, now), current.opened_at)
        current.save(update_fields=["started_at"])
    _end_rest(current, actor, now)
    return current


@transaction.atomic
def pause_step(*, actor: Employee, acting_as: str, step_run: StepRun, in_stead: str = "") -> StepRun:
    """Let the work on a step rest until it is taken up again."""
    current, now = _take(actor, acting_as, step_run, in_stead), clock.now()
    if current.started_at is None:
        raise DomainError("Langkah ini belum mulai dikerjakan, sehingga tidak ada yang dijeda. Tekan Mulai dahulu.")
    if current.paused_at is not None:
        raise AlreadyDone(f"Langkah ini sudah dijeda sejak {words.moment(current.paused_at)}; tidak ada yang berubah.")
    current.paused_at = max(now, current.started_at)
    current.save(update_fields=["paused_at"])
    return current


def _end_rest(current: StepRun, actor: Employee, now: dt.datetime) -> None:
    if current.paused_at is None:
        return
    start = current.paused_at
    StepPause.objects.create(step_run=current, start=start, end=max(now, start), by=actor)
    current.paused_at = None
    current.save(update_fields=["paused_at"])


@transaction.atomic
def complete_step(
    *,
    actor: Employee,
    acting_as: str,
    step_run: StepRun,
    outputs: Mapping[str, object],
    assignee_of: AssigneeOf,
    in_stead: str = "",
    at: dt.datetime | None = None,
    paper: Span | None = None,
) -> StepRun | None:
    """Close a step with what it made and open the next for its owner; None when that was the last: the run is closed.

    `outputs` holds the step's own output under its key, whatever JSON value the caller knows it by; `paper`, from when
    to when the work was truly done, where that was not in the program.
    """
    current = _take(actor, acting_as, step_run, in_stead)
    flow, at = sop_of(current.run.version).flow, _closing_time(current, at)
    _note_paper(current, paper, at)
    step = flow.step(current.step)
    _check_inputs(step, outputs_of(current.run))
    _check_outputs(step, outputs)
    current.output = dict(outputs)
    office = _close(current, StepState.COMPLETED, actor, in_stead, at)
    following = flow.next(step)
    if following is None:
        _close_run(current.run, at)
        return None
    return _open(current, flow, following, office, assignee_of=assignee_of, at=at)


@transaction.atomic
def return_step(
    *,
    actor: Employee,
    acting_as: str,
    step_run: StepRun,
    to_step: int,
    reason: str,
    assignee_of: AssigneeOf,
    in_stead: str = "",
    at: dt.datetime | None = None,
) -> StepRun:
    """Close a check that failed and open the earlier step that can mend it; what came after that must be made again."""
    current = _take(actor, acting_as, step_run, in_stead)
    flow, at = sop_of(current.run.version).flow, _closing_time(current, at)
    target = _target(flow, flow.step(current.step), to_step)
    current.returned_to, current.reason = to_step, _reason(reason)
    office = _close(current, StepState.RETURNED, actor, in_stead, at)
    return _open(current, flow, target, office, assignee_of=assignee_of, at=at)


def _note_paper(current: StepRun, paper: Span | None, now: dt.datetime) -> None:
    """The true moments of work on paper; it happened after the case arrived and before it was recorded."""
    if paper is None:
        return
    start, end = paper
    problems = []
    if start < current.opened_at:
        problems.append(Problem("Dikerjakan dari", f"Berkas baru tiba pada {words.moment(current.opened_at)}."))
    if end < start:
        problems.append(Problem("Dikerjakan sampai", "Selesainya mendahului mulainya; periksa kedua waktunya."))
    if end > now:
        problems.append(Problem("Dikerjakan sampai", f"Waktu itu belum lewat; sekarang {words.moment(now)}."))
    if problems:
        raise InvalidInput("Langkah belum diselesaikan karena waktu di atas kertas tidak mungkin.", problems)
    current.started_at, current.finished_at = start, end


def _take(actor: Employee, acting_as: str, step_run: StepRun, in_stead: str) -> StepRun:
    """The row, locked: of two people at once the second waits here and is told who was first.

    What the lock waited for is not to be joined: PostgreSQL reads joined rows as they were before the wait.
    """
    current = _TAKEN(step_run=step_run.pk)[0]
    policies.check_can_act(actor, acting_as, current, in_stead)
    if current.state != StepState.OPEN:
        raise AlreadyDone(_already_done(current))
    return current


_TAKEN: Prepared[StepRun] = Prepared(
    lambda: (
        StepRun.objects.select_for_update(of=("self",))
        .select_related("run__version", "assignee")
        .defer("run__version__content")
        .filter(pk=Slot("step_run", UUIDField()))
    )
)


def _already_done(closed: StepRun) -> str:
    description = sop_of(closed.run.version).flow.step(closed.step).description
    who, when = closed.closed_by, closed.closed_at
    return (
        f"Langkah {closed.step} ({description}) sudah {CLOSED_VERBS[StepState(closed.state)]}"
        f" oleh {who.full_name if who else ''} pada {words.moment(when) if when else ''}; tidak ada yang berubah."
    )


def _check_inputs(step: Step, made: Mapping[str, object]) -> None:
    missing = missing_inputs(step, made)
    if missing:
        listed = ", ".join(wanted.label for wanted in missing)
        problems = [Problem(wanted.label, "Kelengkapan ini belum ada.") for wanted in missing]
        raise InvalidInput(
            f"Langkah {step.number} belum dapat diselesaikan karena kelengkapannya belum ada: {listed}."
            " Selesaikan langkah yang menghasilkannya dahulu.",
            problems,
        )


def _check_outputs(step: Step, outputs: Mapping[str, object]) -> None:
    if set(outputs) != {step.output.key} or outputs[step.output.key] is None:
        raise InvalidInput(
            f"Langkah {step.number} belum dapat diselesaikan karena outputnya, {step.output.label}, belum ada."
            " Lengkapi dahulu, lalu selesaikan langkah ini.",
            [Problem(step.output.label, "Output ini belum ada.")],
        )


def _target(flow: Flow, step: Step, to_step: int) -> Step:
    allowed = {target.number: target for target in flow.may_return_to(step)}
    if to_step in allowed:
        return allowed[to_step]
    choices = " atau ".join(f"langkah {number}" for number in allowed)
    cure = f"hanya dapat dikembalikan ke {choices}" if allowed else "tidak dapat dikembalikan ke langkah lain"
    message = f"Menurut SOP, langkah {step.number} {cure}; tidak ada yang berubah."
    raise InvalidInput(message, [Problem("Dikembalikan ke", message)])


def _reason(reason: str) -> str:
    text = reason.strip()
    if not text:
        message = "Alasan pengembalian belum diisi. Tulislah apa yang harus diperbaiki, lalu kembalikan lagi."
        raise InvalidInput(message, [Problem("Alasan", message)])
    return text


def _closing_time(current: StepRun, at: dt.datetime | None) -> dt.datetime:
    """Now, but never before the step was opened: a clock that was set back must not stop the office."""
    return max(at or clock.now(), current.opened_at)


def _close(current: StepRun, state: StepState, actor: Employee, in_stead: str, at: dt.datetime) -> Clock:
    current.closed_as = f"{current.actor} ({in_stead})" if in_stead else current.actor
    return close_row(current, state, actor, at)


def close_row(current: StepRun, state: StepState, actor: Employee, at: dt.datetime) -> Clock:
    """Close the row and measure it, the last write before the database freezes it; gives what it was timed with."""
    office = clock_of(current.agency_id)
    _end_rest(current, actor, at)
    current.state, current.closed_at, current.closed_by = state, at, actor
    measure(current, office, _RESTS(step_run=current.pk))
    current.save(update_fields=CLOSING)
    return office


_RESTS: Prepared[Span] = Prepared(
    lambda: (
        StepPause.objects.filter(step_run=Slot("step_run", UUIDField()))
        .order_by("start", "pk")
        .values_list("start", "end")
    )
)


def _close_run(run: Run, at: dt.datetime) -> None:
    run.state, run.closed_at = RunState.CLOSED, at
    run.save(update_fields=["state", "closed_at"])


def _open(
    previous: StepRun, flow: Flow, step: Step, office: Clock, *, assignee_of: AssigneeOf, at: dt.datetime
) -> StepRun:
    opened = _opening(previous.run, flow, step, office, seq=previous.seq + 1, assignee_of=assignee_of, at=at)
    opened.save(force_insert=True)
    return opened


def _opening(
    run: Run, flow: Flow, step: Step, office: Clock, *, seq: int, assignee_of: AssigneeOf, at: dt.datetime
) -> StepRun:
    owner = flow.owner(step)
    assignee = assignee_of(owner.key) if owner.kind is ActorKind.RELATION else None
    if assignee is None and owner.kind is ActorKind.RELATION:
        raise InvalidInput(
            f"Langkah {step.number} belum dapat dibuka karena {owner.label} untuk berkas ini belum ditetapkan."
            " Lengkapi data penempatan pegawai, lalu ulangi.",
            [Problem(owner.label, "Belum ditetapkan.")],
        )
    opened = StepRun(
        agency_id=run.agency_id,
        run=run,
        step=step.number,
        seq=seq,
        actor=owner.key,
        assignee=assignee,
        opened_at=at,
        standard_minutes=step.standard_minutes,
    )
    set_due(opened, office)
    return opened
