from dataclasses import replace
from typing import Any

import pytest
from tests.rules.test_flow import shipped

from takar.rules.conformance import CODES, FAR_OVER, NOTES, Deviation, Visit, replay

FLOW = shipped().flow


def visit(step: int, **changes: Any) -> Visit:
    """The step, done as the SOP has it."""
    known = FLOW.step(step)
    outputs = frozenset() if "returned_to" in changes or changes.get("open") else frozenset({known.output.key})
    base = Visit(
        step, known.actor, known.actor, outputs=outputs, work_minutes=30, standard_minutes=known.standard_minutes
    )
    return replace(base, **changes)


def back(step: int, to: int, **changes: Any) -> Visit:
    return visit(step, returned_to=to, **changes)


def opened(step: int) -> Visit:
    return visit(step, open=True, closed_as="", work_minutes=None)


ALL = [visit(number) for number in range(1, 8)]

CASES: dict[str, tuple[list[Visit], bool, list[str]]] = {
    "as the SOP has it": (ALL, True, []),
    "not begun": ([opened(1)], False, []),
    "under way": ([*ALL[:3], opened(4)], False, []),
    "returned as drawn": ([*ALL[:3], back(4, 1), *ALL], True, []),
    "returned twice": ([visit(1), back(2, 1), visit(1), back(2, 1), opened(1)], False, []),
    "under way and sent on": ([*ALL[:4]], False, []),
    "closed early": (ALL[:6], True, ["unfinished 0/7"]),
    "the check was skipped": ([ALL[0], *ALL[2:]], True, ["skipped 2/3", "missing-input 2/3"]),
    "two steps were skipped": ([ALL[0], *ALL[3:]], True, ["skipped 2/4", "skipped 2/4", "missing-input 2/4"]),
    "the wrong way round": (
        [*ALL[:2], visit(4), visit(3), *ALL[4:]],
        True,
        ["skipped 3/4", "missing-input 3/4", "wrong-order 4/3", "skipped 5/5"],
    ),
    "returned to where the SOP does not lead": (
        [*ALL[:5], back(6, 4), *ALL[3:]],
        True,
        ["return-not-drawn 6/6"],
    ),
    "returned by the law to nowhere in the SOP": ([*ALL[:3], back(4, 9), opened(5)], False, ["return-not-drawn 4/4"]),
    "opened again after its end": ([*ALL, *ALL[5:]], True, ["reopened 8/6"]),
    "opened for somebody else": ([visit(1, actor="kasubbag"), *ALL[1:]], True, ["wrong-actor 1/1"]),
    "closed as somebody else": ([visit(1, closed_as="kasubbag"), *ALL[1:]], True, ["wrong-actor 1/1"]),
    "closed in another's stead": ([visit(1, closed_as="staf (Plt.)"), *ALL[1:]], True, ["in-stead 1/1"]),
    "without its output": (
        [visit(1, outputs=frozenset()), *ALL[1:]],
        True,
        ["missing-output 1/1", "missing-input 2/2"],
    ),
    "a step of another SOP": ([visit(1), replace(visit(2), step=12), *ALL[1:]], True, ["unknown-step 2/12"]),
    "at the limit of time": ([visit(1, work_minutes=FAR_OVER * 120), *ALL[1:]], True, []),
    "beyond it": ([visit(1, work_minutes=FAR_OVER * 120 + 1), *ALL[1:]], True, ["far-over-standard 1/1"]),
    "time unknown": ([visit(1, work_minutes=None), *ALL[1:]], True, []),
}


def told(found: tuple[Deviation, ...]) -> list[str]:
    return [f"{deviation.code} {deviation.visit}/{deviation.step}" for deviation in found]


@pytest.mark.parametrize("name", CASES)
def test_replay_names_what_deviates(name: str) -> None:
    visits, closed, expected = CASES[name]
    assert told(replay(FLOW, visits, closed=closed)) == expected


def test_every_kind_of_deviation_has_a_case_and_a_sentence() -> None:
    found = [item for visits, closed, _ in CASES.values() for item in replay(FLOW, visits, closed=closed)]
    assert {item.code for item in found} == set(CODES)
    assert all(item.sentence.endswith(".") for item in found)
    assert set(CODES) >= NOTES


def test_sentences_name_step_and_person() -> None:
    (found,) = replay(FLOW, [visit(2, closed_as="staf")], closed=False)[1:2]
    assert found.sentence == "Langkah 2 ditutup sebagai “staf”; menurut SOP oleh Kasubbag Umum dan Kepegawaian."
