"""What if: the passage of many cases through an SOP, played with a seeded random generator and as many people as there are.

A discrete-event simulation in office minutes: nobody works outside the hours, so the night costs nothing and a date is
looked up only at the end. People of one pool take the case that has waited longest. Who is away begins no new case. The
same scenario gives the same outcome, on any machine.
"""

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import simpy

from takar.rules.worktime import OfficeHours

AWAY, WORK = 0, 1
LONGEST_DAYS = 1500
FULL = 100


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step: who does it, in how many minutes, after how many minutes in which it lies although somebody is free.

    `pool` names an office; a step of a relation has none and belongs to the person of each case. Of a hundred visits
    `returns` are sent back to `back_to`.
    """

    number: int
    minutes: int
    pool: str = ""
    relation: str = ""
    delay: int = 0
    returns: int = 0
    back_to: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """One case: in how many office minutes after the beginning it arrives, and who its persons are."""

    arrival: int = 0
    persons: Mapping[str, str] = field(default_factory=dict)
    minutes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Absence:
    """One person of a pool (or the person of a relation) is away from one office minute to another."""

    pool: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that decides the outcome.

    `share` percent of the day is spent on this work. `spread` percent is how far a single visit may take less than its
    time, or twice as far more; 0 takes every time as it stands.
    """

    steps: tuple[StepTime, ...]
    loads: tuple[Load, ...]
    pools: Mapping[str, int]
    absences: tuple[Absence, ...] = ()
    share: int = FULL
    spread: int = 0
    seed: int = 1
    runs: int = 1


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """Of one step over all runs: longest queue, mean wait in office minutes, and how often it was visited in a run."""

    number: int
    longest_queue: int
    mean_wait: int
    visits: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """When all was done, in office minutes from the beginning.

    `ends` has the last case's end in each run, `finishes` each case's end in the first run; both earliest first.
    """

    ends: tuple[int, ...]
    finishes: tuple[int, ...]
    steps: tuple[StepOutcome, ...]

    def percentile(self, percent: int) -> int:
        """The end that so many percent of the runs do not pass (nearest rank)."""
        rank = max(-(-percent * len(self.ends) // 100), 1)
        return self.ends[rank - 1]

    def within(self, minutes: int) -> Fraction:
        """The part of the runs that are done in so many office minutes."""
        return Fraction(sum(end <= minutes for end in self.ends), len(self.ends))


def simulate(scenario: Scenario) -> Outcome:
    """Play the scenario as often as it says; every run has a seed of its own, drawn from the scenario's."""
    seeds = random.Random(scenario.seed)  # noqa: S311 -- to be repeated, not to be secret
    runs = [_Run(scenario, seeds.getrandbits(32)).play() for _ in range(scenario.runs)]
    finishes = tuple(sorted(runs[0].finishes))
    return Outcome(tuple(sorted(max(run.finishes, default=0) for run in runs)), finishes, tuple(_steps(scenario, runs)))


def _steps(scenario: Scenario, runs: "list[_Run]") -> Iterator[StepOutcome]:
    for step in scenario.steps:
        waits = [wait for run in runs for wait in run.waits[step.number]]
        longest = max(run.longest[step.number] for run in runs)
        mean = round(Fraction(sum(waits), len(waits))) if waits else 0
        yield StepOutcome(step.number, longest, mean, round(Fraction(len(waits), len(runs))))


class _Run:
    """One passage of all cases."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.random, self.env = scenario, random.Random(seed), simpy.Environment()  # noqa: S311 -- likewise
        self.people: dict[str, simpy.PriorityResource] = {}
        self.waiting = {step.number: 0 for step in scenario.steps}
        self.longest = dict(self.waiting)
        self.waits: dict[int, list[int]] = {step.number: [] for step in scenario.steps}
        self.finishes: list[int] = []

    def play(self) -> "_Run":
        for absence in self.scenario.absences:
            self.env.process(self._away(absence))
        for load in self.scenario.loads:
            self.env.process(self._case(load))
        self.env.run()
        return self

    def _person(self, name: str) -> simpy.PriorityResource:
        """A pool with its people, or one person of a relation."""
        if name not in self.people:
            self.people[name] = simpy.PriorityResource(self.env, max(self.scenario.pools.get(name, 1), 1))
        return self.people[name]

    def _away(self, absence: Absence) -> Generator[Any, Any, None]:
        yield self.env.timeout(absence.start)
        with self._person(absence.pool).request(priority=AWAY) as gone:
            yield gone
            yield self.env.timeout(max(absence.end - int(self.env.now), 0))

    def _case(self, load: Load) -> Generator[Any, Any, None]:
        steps, place = self.scenario.steps, 0
        yield self.env.timeout(load.arrival)
        while place < len(steps):
            step = steps[place]
            yield from self._visit(load, step)
            place = place + 1 if not self._returned(step) else self._place(step.back_to)
        self.finishes.append(int(self.env.now))

    def _visit(self, load: Load, step: StepTime) -> Generator[Any, Any, None]:
        arrived = int(self.env.now)
        self.waiting[step.number] += 1
        self.longest[step.number] = max(self.longest[step.number], self.waiting[step.number])
        yield self.env.timeout(step.delay)
        with self._person(step.pool or load.persons.get(step.relation, step.relation)).request(priority=WORK) as turn:
            yield turn
            self.waiting[step.number] -= 1
            self.waits[step.number].append(int(self.env.now) - arrived)
            yield self.env.timeout(self._minutes(load.minutes.get(step.number, step.minutes)))

    def _minutes(self, usual: int) -> int:
        """Rarely much more, never less than the spread allows: most visits take their time, some a good deal longer."""
        usual = -(-usual * FULL // self.scenario.share)
        if not self.scenario.spread:
            return usual
        low = usual * (FULL - self.scenario.spread) // FULL
        high = usual * (FULL + 2 * self.scenario.spread) // FULL
        return max(round(self.random.triangular(low, high, usual)), 1)

    def _returned(self, step: StepTime) -> bool:
        return bool(step.returns and step.back_to) and self.random.randrange(FULL) < step.returns

    def _place(self, number: int) -> int:
        return next(place for place, step in enumerate(self.scenario.steps) if step.number == number)


class Days:
    """Office minutes from the beginning of a day, as dates and back."""

    def __init__(self, start: dt.date, hours: OfficeHours) -> None:
        self.start = start
        self.days: list[dt.date] = []
        self.until: list[int] = []
        total, day = 0, start
        for _ in range(LONGEST_DAYS):
            if worked := hours.hours_on(day):
                total += worked.minutes
                self.days.append(day)
                self.until.append(total)
            day += dt.timedelta(days=1)

    def date_of(self, minutes: int) -> dt.date:
        """The working day on which so many office minutes have passed; the last known one for more."""
        return self.days[min(bisect_left(self.until, minutes), len(self.days) - 1)]

    def number(self, day: dt.date) -> int:
        """Which working day of the list a day is, or the one before it where nobody works on it."""
        return max(bisect_right(self.days, day) - 1, 0)

    def minutes_before(self, day: dt.date) -> int:
        """Office minutes from the beginning to the opening of a day."""
        place = bisect_left(self.days, day)
        return self.until[place - 1] if place else 0

    def minutes_through(self, day: dt.date) -> int:
        """Office minutes from the beginning to the closing of a day."""
        return self.minutes_before(day + dt.timedelta(days=1))
