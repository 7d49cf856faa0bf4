"""What is wrong with a flow, as findings: a flow without findings can be executed and drawn.

Regulation: the flowchart of PermenPANRB 35/2012 and Permendagri 52/2011 starts and ends in a capsule and branches only in
a diamond. That every input has a maker, and that a return goes backwards, is what execution needs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from takar.rules.flow.graph import EXTERNAL, Flow, Input, InputKind, Step, Symbol

MAX_MINUTES = 99_999
"""More than two hundred working days for one step is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where it stands, and an Indonesian sentence that says what and how to mend it."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def validate(flow: Flow) -> tuple[Finding, ...]:
    """Everything wrong with a flow, in the order of the checks; empty when it can be executed."""
    return tuple(finding for check in CHECKS for finding in check(flow))


def _step(step: Step) -> str:
    return f"Langkah {step.number}"


def _numbers(flow: Flow) -> Iterator[Finding]:
    wanted = list(range(1, len(flow.steps) + 1))
    found = [step.number for step in flow.steps]
    if found != wanted:
        listed = ", ".join(map(str, found))
        yield Finding("Langkah", f"Nomor langkah harus berurutan 1 sampai {len(found)}, tetapi tertulis {listed}.")


def _ends(flow: Flow) -> Iterator[Finding]:
    symbols = [step.symbol for step in flow.steps]
    if symbols[:1] != [Symbol.START]:
        yield Finding("Langkah", "Langkah pertama harus bersimbol mulai (start).")
    if symbols[-1:] != [Symbol.END]:
        yield Finding("Langkah", "Langkah terakhir harus bersimbol selesai (end).")
    for step in flow.steps[1:-1]:
        if step.symbol in (Symbol.START, Symbol.END):
            yield Finding(_step(step), "Simbol mulai atau selesai hanya untuk langkah pertama atau terakhir.")


def _unique(flow: Flow) -> Iterator[Finding]:
    yield from _repeated("Pelaksana", (actor.key for actor in flow.actors))
    yield from _repeated("Output", (step.output.key for step in flow.steps))


def _repeated(where: str, keys: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield Finding(where, f"Kunci “{key}” dipakai lebih dari sekali; beri setiap {where.lower()} kunci sendiri.")
        seen.add(key)


def _reserved(flow: Flow) -> Iterator[Finding]:
    for step in flow.steps:
        if step.output.key == EXTERNAL:
            yield Finding(
                _step(step), f"Kunci output “{EXTERNAL}” sudah berarti “dari luar prosedur”; pakai kunci lain."
            )


def _actors(flow: Flow) -> Iterator[Finding]:
    known = {actor.key for actor in flow.actors}
    for step in flow.steps:
        if step.actor not in known:
            yield Finding(_step(step), f"Pelaksana “{step.actor}” tidak ada dalam daftar pelaksana.")


def _times(flow: Flow) -> Iterator[Finding]:
    for step in flow.steps:
        if not 0 < step.standard_minutes <= MAX_MINUTES:
            said = f"Waktu baku harus 1 sampai {MAX_MINUTES} menit, tetapi tertulis {step.standard_minutes}."
            yield Finding(_step(step), said)


def _returns(flow: Flow) -> Iterator[Finding]:
    for step in flow.steps:
        if (step.symbol is Symbol.DECISION) != bool(step.returns_to):
            yield Finding(_step(step), "Simbol belah ketupat (decision) dan tujuan pengembalian harus ada bersama.")
        for target in step.returns_to:
            if not 1 <= target < step.number:
                yield Finding(_step(step), f"Pengembalian ke langkah {target} tidak menuju langkah sebelumnya.")


def _inputs(flow: Flow) -> Iterator[Finding]:
    made: set[str] = {EXTERNAL}
    for step in flow.steps:
        for wanted in step.inputs:
            if message := _input_problem(wanted, made):
                yield Finding(_step(step), message)
        made.add(step.output.key)


def _input_problem(wanted: Input, made: set[str]) -> str:
    if wanted.kind is InputKind.EQUIPMENT:
        return f"Peralatan “{wanted.label}” tidak boleh mempunyai asal (source)." if wanted.source else ""
    if wanted.source is None:
        return f"Kelengkapan “{wanted.label}” harus menyebut asalnya (source)."
    if wanted.source not in made:
        return f"Kelengkapan “{wanted.label}” berasal dari “{wanted.source}”, yang tidak dihasilkan langkah sebelumnya."
    return ""


CHECKS: tuple[Callable[[Flow], Iterator[Finding]], ...] = (
    _numbers,
    _ends,
    _unique,
    _reserved,
    _actors,
    _times,
    _returns,
    _inputs,
)
