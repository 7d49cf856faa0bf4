"""Who evaluates, when the assessor is late, away or moved, or the employee moved, acts or is away (pp. 89–92)."""

import datetime as dt
from dataclasses import dataclass

from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS


@dataclass(frozen=True, slots=True)
class Situation:
    """What happened in the period; `window` are the first and last day on which the evaluation is carried out.

    The regulation's example takes 25 September to lie in the window of the third quarter and 25 August not to; it does
    not define the window, so the office sets it.
    """

    cycle: str
    window: tuple[dt.date, dt.date]
    assessor_late: bool = False
    assessor_absent: bool = False
    employee_acting: bool = False
    employee_moved: bool = False
    assessor_moved_on: dt.date | None = None
    employee_away: bool = False


@dataclass(frozen=True, slots=True)
class Assessor:
    """The role that evaluates, whether that is final (no objection), why, and the article."""

    role: str
    label: str
    final: bool
    note: str
    basis: str


def who_assesses(situation: Situation) -> Assessor:
    """The first rule that applies: late, absent, acting, employee moved, assessor moved, away, as usual."""
    row = next(each for each in PARAMETERS.rows("assessor") if each["key"] == _case(situation))
    basis = f"{PARAMETERS.basis('assessor')} {row['article']}"
    return Assessor(row["role"], row["label"], row["final"], row["note"], basis)


def _case(situation: Situation) -> str:
    start, end = situation.window
    moved_on = situation.assessor_moved_on
    annual = situation.cycle == "tahunan"
    cases = {
        "late": situation.assessor_late,
        "absent": situation.assessor_absent,
        "acting": situation.employee_acting,
        "employee_moved_annual": situation.employee_moved and annual,
        "employee_moved_periodic": situation.employee_moved,
        "assessor_moved_inside": moved_on is not None and start <= moved_on <= end,
        "assessor_moved_outside": moved_on is not None,
        "away": situation.employee_away,
        "usual": True,
    }
    return next(case for case, applies in cases.items() if applies)
