"""The simulation against cases computed by hand, with times that do not vary."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takar.review.simulation import Absence, Days, Load, Outcome, Scenario, StepTime, simulate
from takar.rules.worktime import DayHours, OfficeHours

# Two clerks share steps 1 and 3, one head has step 2.
LINE = (StepTime(1, 60, "staf"), StepTime(2, 30, "kasubbag"), StepTime(3, 10, "staf"))
THREE = Scenario(LINE, (Load(), Load(), Load()), {"staf": 1, "kasubbag": 1})


def ends(scenario: Scenario) -> tuple[int, ...]:
    return simulate(scenario).finishes


def test_three_cases_one_clerk_one_head_by_hand() -> None:
    """Staf: A 0-60, B 60-120, C 120-180. Kasubbag: A 60-90, B 120-150, C 180-210.

    Then step 3 waits for the clerk, who takes whoever has waited longest: C came to step 1 at 0, A to step 3 at 90, so A's
    turn is 180-190, B's 190-200, C's 210-220.
    """
    outcome = simulate(THREE)
    assert outcome.finishes == (190, 200, 220)
    assert outcome.ends == (220,)
    assert [(step.number, step.longest_queue, step.mean_wait, step.visits) for step in outcome.steps] == [
        (1, 3, 60, 3),  # 0, 60 and 120 minutes; all three stand there at the beginning
        (2, 1, 0, 3),
        (3, 2, 43, 3),  # 90, 40 and 0 minutes
    ]


def test_one_more_clerk_by_hand() -> None:
    """Staf: A and B 0-60, C 60-120. Kasubbag: A 60-90, B 90-120, C 120-150. Step 3: A 90-100, B 120-130, C 150-160."""
    assert ends(replace(THREE, pools={"staf": 2, "kasubbag": 1})) == (100, 130, 160)


def test_the_head_away_by_hand() -> None:
    """Away from 70 to 300: what is begun at 60 is finished at 90, everything else waits until 300."""
    away = replace(THREE, absences=(Absence("kasubbag", 70, 300),))
    assert ends(away) == (190, 340, 370)


@pytest.mark.parametrize(
    ("changes", "finishes"),
    [
        ({"loads": ()}, ()),
        ({"loads": (Load(),)}, (100,)),
        ({"loads": (Load(500),)}, (600,)),
        ({"loads": (Load(minutes={2: 5}),)}, (75,)),
        ({"loads": (Load(),), "share": 50}, (200,)),
        ({"loads": (Load(),), "steps": (replace(LINE[0], delay=15), *LINE[1:])}, (115,)),
        ({"loads": (Load(),), "pools": {}}, (100,)),
    ],
)
def test_each_input_by_hand(changes: dict[str, object], finishes: tuple[int, ...]) -> None:
    assert ends(replace(THREE, **changes)) == finishes  # type: ignore[arg-type]


def test_persons_of_a_case_are_people_of_their_own() -> None:
    """Two cases with one superior wait for each other, a third with another superior does not."""
    step = (StepTime(4, 60, relation="atasan_langsung"),)
    loads = tuple(Load(persons={"atasan_langsung": name}) for name in ("Andi", "Andi", "Agus"))
    assert ends(Scenario(step, loads, {})) == (60, 60, 120)


def test_returns_visit_the_steps_again() -> None:
    back = (LINE[0], replace(LINE[1], returns=100, back_to=1), LINE[2])
    some = replace(THREE, steps=(LINE[0], replace(back[1], returns=50), LINE[2]), runs=20)
    outcome = simulate(some)
    visits = [step.visits for step in outcome.steps]
    assert (visits[0] == visits[1] > 3, visits[2]) == (True, 3)
    assert outcome.ends[-1] > 220


def test_the_same_seed_gives_the_same_outcome_and_another_one_another() -> None:
    varied = replace(THREE, spread=40, runs=10, seed=7)
    assert simulate(varied) == simulate(varied)
    assert simulate(varied).ends != simulate(replace(varied, seed=8)).ends


@given(st.integers(0, 6), st.integers(1, 4), st.integers(0, 60))
@settings(max_examples=30, deadline=None)
def test_more_people_never_make_a_single_kind_of_work_slower(cases: int, people: int, spread: int) -> None:
    one_step = Scenario(
        (StepTime(1, 60, "staf"),), tuple(Load() for _ in range(cases)), {"staf": people}, spread=spread
    )
    more = replace(one_step, pools={"staf": people + 1})
    assert simulate(more).ends[-1] <= simulate(one_step).ends[-1] or spread > 0
    assert len(simulate(one_step).finishes) == cases


def test_percentiles_are_runs_that_happened() -> None:
    outcome = Outcome((10, 20, 30, 40), (), ())
    assert [outcome.percentile(percent) for percent in (1, 25, 50, 75, 90, 100)] == [10, 10, 20, 30, 40, 40]
    assert [outcome.within(minutes) for minutes in (9, 10, 40)] == [Fraction(0), Fraction(1, 4), Fraction(1)]


def test_days_know_breaks_weekends_and_holidays() -> None:
    """Monday to Thursday 450 minutes, Friday 420; 1 January 2026 is a Thursday and a holiday."""
    usual = DayHours(dt.time(8), dt.time(16), dt.time(12), dt.time(12, 30))
    friday = DayHours(dt.time(8), dt.time(16), dt.time(11, 30), dt.time(12, 30))
    week = {0: usual, 1: usual, 2: usual, 3: usual, 4: friday}
    days = Days(dt.date(2026, 1, 1), OfficeHours(week, dt.UTC, holidays=frozenset({dt.date(2026, 1, 1)})))
    found = [days.date_of(minutes) for minutes in (0, 1, 420, 421, 870, 871)]
    assert found == [dt.date(2026, 1, day) for day in (2, 2, 2, 5, 5, 6)]
    assert [days.minutes_before(dt.date(2026, 1, day)) for day in (1, 2, 3, 5, 6)] == [0, 0, 420, 420, 870]
    assert [days.minutes_through(dt.date(2026, 1, day)) for day in (1, 2, 4, 5)] == [0, 420, 420, 870]
