"""What a flow must have so that the acts of an appraisal can be done in it: which kinds, in which order, by whom.

Regulation: PP 46/2011 Pasal 21 and PermenPANRB 6/2022 hlm. 114 put the assessment before the signature, and nobody
examines or assesses himself. The rest is what each act needs from the one before: a form is checked that was collected,
a document signed that was issued. An office is free in everything else: descriptions, times, papers, steps that
acknowledge, ways back.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from takar.rules.flow.graph import ActorKind, Flow, Step, StepKind
from takar.rules.flow.validation import Finding

ORDER = (
    StepKind.COLLECT,
    StepKind.CHECK,
    StepKind.ENTER,
    StepKind.ASSESS,
    StepKind.SIGN,
    StepKind.COPY,
    StepKind.ARCHIVE,
)
OPTIONAL = frozenset({StepKind.COPY})
ACTS = {
    StepKind.COLLECT: "mengumpulkan",
    StepKind.CHECK: "memeriksa",
    StepKind.ENTER: "menginput",
    StepKind.ASSESS: "menilai",
    StepKind.SIGN: "menandatangani",
    StepKind.COPY: "menggandakan",
    StepKind.ARCHIVE: "mengarsipkan",
    StepKind.ACKNOWLEDGE: "memaraf atau mengetahui",
}
ASSESSOR, SUBJECT = "atasan_langsung", "pegawai"
OFFICES = ("kasubbag", "staf", "sekretaris", "kepala")
RELATIONS = (ASSESSOR, SUBJECT)
BOUND = {StepKind.ASSESS: ASSESSOR, StepKind.SIGN: SUBJECT}
FINAL = frozenset({StepKind.ASSESS, StepKind.SIGN})


def unexecutable(flow: Flow) -> tuple[Finding, ...]:
    """Why the acts of an appraisal cannot be done in this flow; empty when they can."""
    return tuple(finding for check in CHECKS for finding in check(flow))


def _kinds(flow: Flow) -> Iterator[Finding]:
    kinds = [step.kind for step in flow.steps]
    for kind in ORDER:
        count = kinds.count(kind)
        if count == 0 and kind not in OPTIONAL:
            yield Finding("Langkah", f"Belum ada langkah untuk {ACTS[kind]}; tambahkan satu.")
        if count > 1:
            yield Finding("Langkah", f"Ada {count} langkah untuk {ACTS[kind]}; sisakan satu.")


def _order(flow: Flow) -> Iterator[Finding]:
    steps = [step for step in flow.steps if step.kind in ORDER]
    for before, after in pairwise(steps):
        if ORDER.index(after.kind) < ORDER.index(before.kind):
            said = f"Langkah untuk {ACTS[after.kind]} harus mendahului langkah untuk {ACTS[before.kind]}."
            yield Finding(f"Langkah {after.number}", f"{said} Pindahkan salah satunya.")


def _last(flow: Flow) -> Iterator[Finding]:
    if flow.steps and flow.steps[-1].kind is not StepKind.ARCHIVE:
        number = flow.steps[-1].number
        yield Finding(f"Langkah {number}", "Langkah terakhir harus mengarsipkan; pindahkan langkah ini ke atasnya.")


def _actors(flow: Flow) -> Iterator[Finding]:
    for actor in flow.actors:
        kind = ActorKind.OFFICE if actor.key in OFFICES else ActorKind.RELATION
        if actor.key not in (*OFFICES, *RELATIONS) or actor.kind is not kind:
            yield Finding(
                f"Pelaksana {actor.label}", "Pelaksana ini tidak dikenal program; pilih dari daftar pelaksana."
            )


def _bound(flow: Flow) -> Iterator[Finding]:
    for step in flow.steps:
        wanted = BOUND.get(step.kind, step.actor)
        if step.actor != wanted:
            who = "Atasan Langsung" if wanted == ASSESSOR else "pegawai yang dinilai"
            yield Finding(f"Langkah {step.number}", f"Yang {ACTS[step.kind]} harus {who}; ubah pelaksananya.")
        if step.kind is StepKind.CHECK and step.actor == SUBJECT:
            said = "Tidak seorang pun memeriksa formulirnya sendiri; pilih pelaksana lain."
            yield Finding(f"Langkah {step.number}", said)


def _returns(flow: Flow) -> Iterator[Finding]:
    """What was approved or signed cannot be undone by sending a form back; that is the objection's way."""
    for step in flow.steps:
        final = _last_final_before(flow, step)
        for target in step.returns_to:
            if final and target <= final.number:
                yield Finding(
                    f"Langkah {step.number}",
                    f"Sesudah langkah {final.number} ({ACTS[final.kind]}) hasilnya tetap, sehingga tidak dapat "
                    f"dikembalikan ke langkah {target}. Hapus pengembalian itu; jalannya ialah keberatan.",
                )


def _last_final_before(flow: Flow, step: Step) -> Step | None:
    return next((e for e in reversed(flow.steps) if e.number < step.number and e.kind in FINAL), None)


CHECKS: tuple[Callable[[Flow], Iterator[Finding]], ...] = (_kinds, _order, _last, _actors, _bound, _returns)
