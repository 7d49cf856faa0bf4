"""What changed from one version of an SOP to the next, in sentences for people.

Regulation: the revision of an SOP (Permendagri 52/2011, PermenPANRB 35/2012) is approved by somebody who must see what it
changes. Steps are the same step while their output keeps its key, wherever they stand.
"""

import datetime as dt
from collections.abc import Iterator

from takar.rules.flow.execution import ACTS
from takar.rules.flow.graph import Flow, Step
from takar.rules.flow.sop import Sop

IDENTITY = (
    ("number", "Nomor SOP"),
    ("name", "Nama SOP"),
    ("agency", "Instansi"),
    ("region", "Daerah"),
    ("seat", "Kedudukan"),
    ("created_on", "Tanggal Pembuatan"),
    ("revised_on", "Tanggal Revisi"),
    ("approved_on", "Tanggal Pengesahan"),
    ("effective_on", "Tanggal Efektif"),
    ("approved_by", "Disahkan oleh"),
)
LISTS = (
    ("legal_basis", "Dasar Hukum"),
    ("qualifications", "Kualifikasi Pelaksana"),
    ("related_procedures", "Keterkaitan"),
    ("equipment", "Peralatan / Perlengkapan"),
    ("warnings", "Peringatan"),
    ("records", "Pencatatan dan Pendataan"),
)


def differences(before: Sop, after: Sop) -> tuple[str, ...]:
    """Each change as a sentence: identity, lists, columns, steps; empty when nothing changed."""
    return (
        *_identity(before, after),
        *_lists(before, after),
        *_actors(before.flow, after.flow),
        *_steps(before.flow, after.flow),
    )


def _identity(before: Sop, after: Sop) -> Iterator[str]:
    for name, label in IDENTITY:
        old, new = getattr(before.identity, name), getattr(after.identity, name)
        if old != new:
            yield f"{label}: dari “{_shown(old)}” menjadi “{_shown(new)}”."


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:%d-%m-%Y}" if isinstance(value, dt.date) else str(value)


def _lists(before: Sop, after: Sop) -> Iterator[str]:
    for name, label in LISTS:
        old, new = getattr(before, name), getattr(after, name)
        yield from (f"{label}: dihapus “{item}”." for item in old if item not in new)
        yield from (f"{label}: ditambah “{item}”." for item in new if item not in old)
        if old != new and sorted(old) == sorted(new):
            yield f"{label}: urutannya diubah."


def _actors(before: Flow, after: Flow) -> Iterator[str]:
    old, new = [a.label for a in before.actors], [a.label for a in after.actors]
    yield from (f"Pelaksana: kolom {label} dihapus." for label in old if label not in new)
    yield from (f"Pelaksana: kolom {label} ditambah." for label in new if label not in old)


def _steps(before: Flow, after: Flow) -> Iterator[str]:
    old = {step.output.key: step for step in before.steps}
    new = {step.output.key: step for step in after.steps}
    kept = [key for key in old if key in new]
    moved = kept != [key for key in new if key in old]
    for key, step in old.items():
        if key not in new:
            yield f"Langkah {step.number} ({step.description}) dihapus."
    for key, step in new.items():
        if key not in old:
            yield (
                f"Langkah {step.number} ditambah: {step.description}, oleh {after.owner(step).label}, "
                f"waktu baku {step.standard_minutes} menit."
            )
        else:
            yield from _step(before, old[key], after, step, moved=moved)


def _step(before: Flow, old: Step, after: Flow, new: Step, *, moved: bool) -> Iterator[str]:
    where = f"Langkah {new.number}"
    if moved and old.number != new.number:
        yield f"{where}: sebelumnya langkah {old.number}."
    pairs = (
        ("uraian", old.description, new.description),
        ("pelaksana", before.owner(old).label, after.owner(new).label),
        ("perbuatan", ACTS[old.kind], ACTS[new.kind]),
        ("waktu baku", f"{old.standard_minutes} menit", f"{new.standard_minutes} menit"),
        ("kelengkapan", _papers(old), _papers(new)),
        ("output", old.output.label, new.output.label),
        ("pengembalian", _targets(before, old), _targets(after, new)),
        ("keterangan", old.remark or "-", new.remark or "-"),
    )
    for label, was, now in pairs:
        if was != now:
            yield f"{where}: {label} dari “{was}” menjadi “{now}”."


def _papers(step: Step) -> str:
    return "; ".join(wanted.label for wanted in step.inputs) or "-"


def _targets(flow: Flow, step: Step) -> str:
    """By description, because a number may now mean another step."""
    return "; ".join(target.description for target in flow.may_return_to(step)) or "-"
