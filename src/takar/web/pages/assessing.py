"""Step 4 by the regulation of the case: what is assessed differs, the page around it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from takar.appraisal.enums import Regulation
from takar.casework import actions
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.organisation.models import Employee
from takar.web.pages import assess, evaluate
from takar.web.pages.types import Typed
from takar.web.timing import timing_of


@dataclass(frozen=True, slots=True)
class Assessing:
    """`part` is what is filled in, `bar` the outcome so far."""

    part: str
    bar: str
    context: Callable[[Case, Typed | None], dict[str, Any]]
    read: Callable[[Case, Typed], StepData]
    live: Callable[[Case, Typed], Any]


ASSESSING: dict[str, Assessing] = {
    Regulation.PP46.value: Assessing(
        "web/parts/assessment.html", "web/steps/working.html", assess.context, assess.read, assess.live_working
    ),
    Regulation.PERMENPAN6.value: Assessing(
        "web/parts/evaluation.html", "web/steps/predicate.html", evaluate.context, evaluate.read, evaluate.live_working
    ),
}


def context(case: Case, typed: Typed | None) -> dict[str, Any]:
    kind = ASSESSING[case.appraisal.method]
    return {"part": kind.part, "bar": kind.bar, **kind.context(case, typed)}


def live(case: Case, typed: Typed) -> dict[str, Any]:
    """The outcome of what is on the screen now; nothing is written."""
    kind = ASSESSING[case.appraisal.method]
    return {"bar": kind.bar, "working": kind.live(case, typed)}


def read(case: Case, typed: Typed) -> StepData:
    return ASSESSING[case.appraisal.method].read(case, typed)


def save(actor: Employee, case: Case, typed: Typed) -> Case:
    draft = read(case, typed).assessment
    assert draft is not None  # noqa: S101 -- read() always gives one
    timing = timing_of(typed, case.task_id)
    return actions.save_assessment(actor=actor, step_run_id=case.task_id, draft=draft, timing=timing)
