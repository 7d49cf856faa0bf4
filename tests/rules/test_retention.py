"""The life of an archived document: each row a boundary."""

import datetime as dt
from typing import Any

import pytest

from takar.rules.reductions import ReductionKind, acts_of, open_acts
from takar.rules.retention import Fate, Life, Proposal, Schedule, life_of, proposal_on

CLOSED, RETIRED = dt.date(2026, 1, 12), dt.date(2030, 5, 31)
SHORT = Schedule(1, 1, Fate.DESTROY)
LIVES: list[tuple[Schedule | None, dt.date, dt.date | None, Life]] = [
    (None, CLOSED, RETIRED, Life(None, None, None)),
    (SHORT, CLOSED, None, Life(None, None, Fate.DESTROY)),
    (SHORT, CLOSED, RETIRED, Life(RETIRED, dt.date(2031, 5, 31), Fate.DESTROY)),
    (SHORT, CLOSED, dt.date(2026, 2, 1), Life(dt.date(2027, 1, 12), dt.date(2028, 1, 12), Fate.DESTROY)),
    (
        Schedule(2, 10, Fate.PERMANENT, until_retirement=False),
        CLOSED,
        None,
        Life(dt.date(2028, 1, 12), dt.date(2038, 1, 12), Fate.PERMANENT),
    ),
    (
        Schedule(1, 0, Fate.REVIEW, until_retirement=False),
        dt.date(2024, 2, 29),
        None,
        Life(dt.date(2025, 2, 28), dt.date(2025, 2, 28), Fate.REVIEW),
    ),
]


@pytest.mark.parametrize(("schedule", "closed", "ended", "life"), LIVES)
def test_life_counts_from_closing_and_not_before_the_service_ended(
    schedule: Schedule | None, closed: dt.date, ended: dt.date | None, life: Life
) -> None:
    assert life_of(schedule, closed, ended) == life


LIFE = Life(dt.date(2030, 5, 31), dt.date(2031, 5, 31), Fate.DESTROY)
DAYS: list[tuple[dt.date, dict[str, bool], Proposal | None]] = [
    (dt.date(2030, 5, 31), {"inactive": False, "held": False}, None),
    (dt.date(2030, 6, 1), {"inactive": False, "held": False}, Proposal.MOVE),
    (dt.date(2030, 6, 1), {"inactive": False, "held": True}, Proposal.MOVE),
    (dt.date(2031, 5, 31), {"inactive": True, "held": False}, None),
    (dt.date(2031, 6, 1), {"inactive": True, "held": False}, Proposal.DESTROY),
    (dt.date(2031, 6, 1), {"inactive": True, "held": True}, None),
    (dt.date(2099, 1, 1), {"inactive": False, "held": False}, Proposal.MOVE),
]


@pytest.mark.parametrize(("day", "how", "proposal"), DAYS)
def test_proposal_comes_the_day_after_and_never_under_a_hold(
    day: dt.date, how: dict[str, Any], proposal: Proposal | None
) -> None:
    assert proposal_on(LIFE, day, **how) == proposal


def test_nothing_is_proposed_where_no_end_is_known() -> None:
    unknown = Life(None, None, Fate.DESTROY)
    assert [proposal_on(unknown, dt.date(2999, 1, 1), inactive=i, held=False) for i in (False, True)] == [None, None]


def test_each_fate_has_its_proposal() -> None:
    ends = {fate: Life(CLOSED, CLOSED, fate) for fate in Fate}
    found = {fate.value: proposal_on(life, RETIRED, inactive=True, held=False) for fate, life in ends.items()}
    assert found == {"musnah": "musnah", "permanen": "serah", "nilai_kembali": "nilai_kembali"}


ORDER = {
    ReductionKind.MOVE: ["list", "sign_unit", "sign_records"],
    ReductionKind.DESTROY: ["committee", "list", "appraise", "approve", "decide", "carry_out", "report"],
    ReductionKind.HAND_OVER: ["committee", "list", "appraise", "notify", "approve", "decide", "carry_out"],
}


@pytest.mark.parametrize("kind", ReductionKind)
def test_acts_follow_each_other(kind: ReductionKind) -> None:
    acts, done = acts_of(kind, 2), list[str]()
    while left := open_acts(acts, done):
        assert [act.key for act in left] == [ORDER[kind][len(done)]]
        done.append(left[0].key)
    assert done == ORDER[kind]


@pytest.mark.parametrize(
    ("years", "decided_by", "approval"), [(9, ("kepala",), "bupati"), (10, ("kepala", "kasubbag"), "ANRI")]
)
def test_ten_years_ask_for_other_approvals(years: int, decided_by: tuple[str, ...], approval: str) -> None:
    acts = {act.key: act for act in acts_of(ReductionKind.DESTROY, years)}
    assert (acts["decide"].who, approval in acts["approve"].label) == (decided_by, True)
