"""How a case follows its run: whose a step is, and the open step repeated in the case's own columns."""

from collections.abc import Callable

from takar.casework.capacity import ASSESSOR, SUBJECT
from takar.casework.models import Case
from takar.casework.terms import assessor_of
from takar.common import clock
from takar.notices.actions import settle
from takar.organisation.models import Employee
from takar.procedures.models import StepRun


def assignee_of(case: Case) -> Callable[[str], Employee | None]:
    """Who is the actor of a relation for this case: the employee, and whoever assesses by now."""
    people: dict[str, Callable[[], Employee | None]] = {
        SUBJECT: lambda: case.employee,
        ASSESSOR: lambda: assessor_of(case),
    }
    return lambda actor: people[actor]() if actor in people else None


def follow(case: Case, step_run: StepRun | None, *, returned: bool = False) -> None:
    """Be where the run is now; without an open step the case is closed. What was told of the step before is settled."""
    settle(case_key=case.pk, step=case.step)
    case.open_step, case.returned = step_run, returned
    case.since = step_run.opened_at if step_run else clock.now()
    case.step = step_run.step if step_run else 0
    case.actor = step_run.actor if step_run else ""
    case.assignee = step_run.assignee if step_run else None
    case.due_at, case.risk_at = (step_run.due_at, step_run.risk_at) if step_run else (None, None)
    case.save(update_fields=["open_step", "since", "returned", "step", "actor", "assignee", "due_at", "risk_at"])
