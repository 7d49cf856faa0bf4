"""Whether what was done keeps to the SOP: the recorded visits of one run, replayed against its flow.

Regulation: the monitoring of an SOP (Permendagri 52/2011, PermenPANRB 35/2012) asks whether it is carried out as it stands.
A deviation is no accusation: what the law puts in an owner's place (an objection, a missed term) deviates from the SOP
too, and is named. Units: minutes of office time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from takar.rules.flow import Flow, Step, missing_inputs

FAR_OVER = 3
"""A step that took more than so many times its standard time is looked at; the factor is the program's own."""

CODES = {
    "skipped": "Langkah dilompati",
    "wrong-order": "Langkah tidak menurut urutan",
    "wrong-actor": "Bukan pelaksana menurut SOP",
    "missing-output": "Output tidak tercatat",
    "missing-input": "Kelengkapan belum ada waktu langkah diselesaikan",
    "return-not-drawn": "Dikembalikan ke langkah yang tidak digambar SOP",
    "reopened": "Dibuka lagi sesudah selesai",
    "unfinished": "Ditutup sebelum langkah terakhir",
    "unknown-step": "Langkah yang tidak ada dalam SOP",
    "far-over-standard": f"Lebih dari {FAR_OVER} kali waktu baku",
    "in-stead": "Dikerjakan atas nama orang lain (Plt., Plh., atau menurut ketentuan)",
}
NOTES = frozenset({"in-stead"})
"""What is told but does not count against a case."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One recorded visit to a step; `work_minutes` is None while it is not known, `open` while nobody has closed it."""

    step: int
    actor: str
    closed_as: str = ""
    open: bool = False
    returned_to: int | None = None
    outputs: frozenset[str] = frozenset()
    work_minutes: int | None = None
    standard_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which a visit differs from the SOP; `visit` counts from 1, 0 is the run as a whole."""

    code: str
    visit: int
    step: int
    sentence: str


@dataclass(slots=True)
class _Replay:
    flow: Flow
    expected: Step | None
    made: dict[str, int] = field(default_factory=dict)


def replay(flow: Flow, visits: Sequence[Visit], *, closed: bool) -> tuple[Deviation, ...]:
    """Every deviation of a run in the order in which it happened; `closed` says that the run has ended."""
    state, found = _Replay(flow, flow.first), list[Deviation]()
    numbers = {step.number for step in flow.steps}
    for place, visit in enumerate(visits, start=1):
        if visit.step not in numbers:
            sentence = f"Langkah {visit.step} tidak ada dalam versi SOP berkas ini."
            found.append(Deviation("unknown-step", place, visit.step, sentence))
            continue
        step = flow.step(visit.step)
        found += [Deviation(code, place, step.number, said) for code, said in _of_visit(state, step, visit)]
        _go_on(state, step, visit)
    if closed and state.expected is not None:
        said = f"Berkas ditutup sebelum langkah {state.expected.number} ({state.expected.description})."
        found.append(Deviation("unfinished", 0, state.expected.number, said))
    return tuple(found)


def _of_visit(state: _Replay, step: Step, visit: Visit) -> Iterator[tuple[str, str]]:
    yield from _order(state, step)
    if visit.actor != step.actor:
        owner = state.flow.owner(step).label
        yield "wrong-actor", f"Langkah {step.number} dibuka untuk “{visit.actor}”; menurut SOP pelaksananya {owner}."
    if visit.open:
        return
    yield from _closer(state, step, visit)
    yield from _results(state, step, visit)


def _order(state: _Replay, step: Step) -> Iterator[tuple[str, str]]:
    expected = state.expected
    if expected is None:
        yield "reopened", f"Sesudah langkah terakhir, langkah {step.number} dikunjungi lagi."
    elif step.number > expected.number:
        for missed in state.flow.steps:
            if expected.number <= missed.number < step.number:
                yield "skipped", f"Langkah {missed.number} ({missed.description}) tidak dikunjungi."
    elif step.number < expected.number:
        yield "wrong-order", f"Langkah {step.number} dikunjungi waktu gilirannya langkah {expected.number}."


def _closer(state: _Replay, step: Step, visit: Visit) -> Iterator[tuple[str, str]]:
    done_as, _, in_stead = visit.closed_as.partition(" (")
    if done_as != step.actor:
        owner = state.flow.owner(step).label
        yield "wrong-actor", f"Langkah {step.number} ditutup sebagai “{visit.closed_as}”; menurut SOP oleh {owner}."
    elif in_stead:
        yield "in-stead", f"Langkah {step.number} ditutup atas nama pelaksananya ({in_stead.rstrip(')')})."


def _results(state: _Replay, step: Step, visit: Visit) -> Iterator[tuple[str, str]]:
    if visit.returned_to is not None:
        if visit.returned_to not in step.returns_to:
            yield "return-not-drawn", f"Langkah {step.number} dikembalikan ke langkah {visit.returned_to}."
    else:
        if step.output.key not in visit.outputs:
            yield "missing-output", f"Langkah {step.number} selesai tanpa mencatat outputnya, {step.output.label}."
        for wanted in missing_inputs(step, state.made):
            yield "missing-input", f"Langkah {step.number} selesai padahal “{wanted.label}” belum ada."
    work, standard = visit.work_minutes, visit.standard_minutes
    if work is not None and work > FAR_OVER * standard:
        yield "far-over-standard", f"Langkah {step.number} dikerjakan {work} menit; waktu bakunya {standard} menit."


def _go_on(state: _Replay, step: Step, visit: Visit) -> None:
    """What comes next, and what has been made so far."""
    numbers = {known.number for known in state.flow.steps}
    if visit.open:
        state.expected = step
    elif visit.returned_to in numbers and visit.returned_to is not None:
        back = visit.returned_to
        state.expected = state.flow.step(back)
        state.made = {key: number for key, number in state.made.items() if number < back}
    else:
        state.expected = state.flow.next(step)
        state.made |= dict.fromkeys(visit.outputs, step.number)
