"""The simulation held against what was recorded: a past period, replayed with its own arrivals and working times."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from takar.casework.models import Case, Period
from takar.organisation.hours import hours_of
from takar.organisation.models import Employee
from takar.organisation.queries import holders_of
from takar.procedures.queries import sop_of
from takar.review.policies import check_can_oversee
from takar.review.simulation import Days, Load, Scenario, StepTime, simulate
from takar.review.times import measured, rank
from takar.review.visits import Passage, passages, work_minutes
from takar.review.whatif import POOLS, Question, step_time
from takar.rules.flow import ActorKind
from takar.rules.worktime import OfficeHours, minutes_between


@dataclass(frozen=True, slots=True)
class PastCheck:
    """The model held against a recorded period: how far the days on which cases ended differ, in working days."""

    cases: int
    simulated: dt.date
    recorded: dt.date
    median_difference: int


def check_against_past(*, reader: Employee, period: Period) -> PastCheck | None:
    """Replay a period with its recorded arrivals and working times; None while no case of it is closed."""
    check_can_oversee(reader, period.agency)
    hours = hours_of(period.agency)
    closed = [passage for passage in passages(period) if passage.closed and passage.steps]
    if not closed:
        return None
    recorded = sorted(hours.date_of(_end(passage)) for passage in closed)
    days = Days(hours.date_of(min(passage.steps[0].opened_at for passage in closed)), hours)
    people = {role.value: max(holders_of(period.agency_id, role, recorded[-1]).count(), 1) for role in POOLS}
    scenario = Scenario(_steps(period, hours, days.start), _loads(period, closed, hours, days.start), people)
    ends = [days.date_of(end) for end in simulate(scenario).finishes]
    differences = [abs(days.number(found) - days.number(was)) for found, was in zip(ends, recorded, strict=True)]
    return PastCheck(len(closed), ends[-1], recorded[-1], rank(differences, 50))


def _end(passage: Passage) -> dt.datetime:
    return max(row.closed_at for row in passage.steps if row.closed_at)


def _loads(period: Period, closed: list[Passage], hours: OfficeHours, start: dt.date) -> tuple[Load, ...]:
    """Each case with its arrival and all the time that was worked on each of its steps, returned visits included."""
    cases = Case.objects.filter(period=period).values_list("pk", "assessor_id", "employee_id")
    persons = {pk: {"atasan_langsung": str(assessor), "pegawai": str(employee)} for pk, assessor, employee in cases}
    opening, loads = dt.datetime.combine(start, dt.time(), tzinfo=hours.zone), list[Load]()
    for passage in closed:
        took: Counter[int] = Counter()
        for row in passage.steps:
            took[row.step] += work_minutes(row, hours) or 0
        loads.append(
            Load(minutes_between(opening, passage.steps[0].opened_at, hours), persons[passage.case], dict(took))
        )
    return tuple(loads)


def _steps(period: Period, hours: OfficeHours, start: dt.date) -> tuple[StepTime, ...]:
    """Nobody is returned to again: that work is in the times. Persons with other work to do let a case lie as recorded."""
    question, flow = Question(start, start, period, returns=0, spread=0, delay_hours=0), sop_of(period.version).flow
    waits = {step.number: step.wait_median for step in measured(period.version, hours, period)}
    return tuple(
        step_time(step, question, office=True)
        if flow.owner(step).kind is ActorKind.OFFICE
        else replace(step_time(step, question, office=False), delay=waits[step.number])
        for step in flow.steps
    )
