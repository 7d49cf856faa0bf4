"""What the law puts in the place of a step's owner: another official acts for who did not, or reopens what was done.

The SOP draws none of this. Whether it may happen is for the caller to know; here the run stays consistent: one open
step, who closed it and as what, and a reason for every step that is visited again.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from takar.common import clock
from takar.organisation.models import Employee
from takar.procedures.actions.passage import AssigneeOf, _close_run, _open, close_row
from takar.procedures.clocks import clock_of
from takar.procedures.enums import RunState, StepState
from takar.procedures.models import Run, StepRun
from takar.procedures.queries import sop_of


@transaction.atomic
def reassign_step(*, step_run: StepRun, assignee: Employee) -> StepRun:
    """Make the open step somebody else's task."""
    current = _open_step_of(step_run.run)
    current.assignee = assignee
    current.save(update_fields=["assignee"])
    return current


@transaction.atomic
def complete_in_place(
    *, actor: Employee, acting_as: str, run: Run, outputs: Mapping[str, object], assignee_of: AssigneeOf
) -> StepRun | None:
    """Close the open step for its owner, and open the next; None when that was the last."""
    current = _open_step_of(run)
    flow = sop_of(run.version).flow
    current.output = dict(outputs)
    at = _close(current, StepState.COMPLETED, actor, acting_as)
    following = flow.next(flow.step(current.step))
    if following is None:
        _close_run(current.run, at)
        return None
    return _open(current, flow, following, clock_of(run.agency_id), assignee_of=assignee_of, at=at)


@transaction.atomic
def go_back(
    *, actor: Employee, acting_as: str, run: Run, to_step: int, reason: str, assignee_of: AssigneeOf
) -> StepRun:
    """Visit an earlier step again, also in a run that is already closed."""
    flow = sop_of(run.version).flow
    last = StepRun.objects.select_for_update(of=("self",)).filter(run=run).order_by("-seq")[0]
    at = max(clock.now(), last.opened_at)
    if last.state == StepState.OPEN:
        last.returned_to, last.reason = to_step, reason
        _close(last, StepState.RETURNED, actor, acting_as)
    else:
        run.state, run.closed_at = RunState.ACTIVE, None
        run.save(update_fields=["state", "closed_at"])
    return _open(last, flow, flow.step(to_step), clock_of(run.agency_id), assignee_of=assignee_of, at=at)


def _open_step_of(run: Run) -> StepRun:
    return StepRun.objects.select_for_update(of=("self",)).get(run=run, state=StepState.OPEN)


def _close(current: StepRun, state: StepState, actor: Employee, acting_as: str) -> dt.datetime:
    """Never before it was opened: a clock that was set back must not stop the office."""
    at = max(clock.now(), current.opened_at)
    current.closed_as = acting_as
    close_row(current, state, actor, at)
    return at
