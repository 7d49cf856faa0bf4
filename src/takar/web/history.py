"""A case's events and steps in words, for the people concerned."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from takar.audit.models import Event
from takar.casework.aftermath import TOLD
from takar.casework.models import Case
from takar.common import words
from takar.organisation.enums import Role
from takar.procedures.clocks import is_late
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun
from takar.rules.flow import Flow, Step

WHAT = {
    "case.opened": "Berkas dibuka",
    "form.terkumpul.saved": "Formulir kinerja disimpan",
    "form.diinput.saved": "Hasil penginputan disimpan",
    "evidence.added": "Bukti dukung dilampirkan",
    "evidence.removed": "Bukti dukung dicabut",
    "assessment.saved": "Penilaian disimpan (belum disetujui)",
    "assessment.approved": "Penilaian disetujui",
    "assessment.changed": "Nilai diubah dengan keputusan atas keberatan",
    "assessor.changed": "Pejabat penilai diganti",
    "document.issued": "Dokumen diterbitkan",
    "document.signed": "Dokumen ditandatangani",
    "document.withdrawn": "Dokumen ditarik",
    "document.copied": "Penggandaan dicatat",
    "copy.recorded": "Salinan dicatat",
    "document.archived": "Dokumen diarsipkan",
    "step.begun": "Pengerjaan dimulai",
    "step.paused": "Pengerjaan dijeda",
    "step.resumed": "Pengerjaan dilanjutkan",
    "plan.replaced": "Target diganti dengan versi SKP yang lebih baru",
    "step.completed": "Langkah diselesaikan",
    "step.returned": "Berkas dikembalikan",
}
# Details that a reader of the history understands; everything else stays in the record itself.
DETAILS = {"title": "sebagai", "number": "nomor", "name": "berkas", "box": "box", "shelf": "rak", "note": "catatan"}
ROLES = {
    **dict(Role.choices),
    "pegawai": "Pegawai yang dinilai",
    "atasan_langsung": "Atasan langsung",
    "atasan_penilai": "Atasan pejabat penilai",
    "pengelola": "Pengelola",
}


@dataclass(frozen=True, slots=True)
class Told:
    at: dt.datetime
    what: str
    who: str
    reason: str
    details: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the SOP and how this case stands to it."""

    step: Step
    owner: str
    state: str
    words: str


def told(events: Iterable[Event]) -> list[Told]:
    """The latest first."""
    return [
        Told(
            event.at,
            _what(event),
            f"{event.actor_name} ({_role(event.acting_as)})",
            event.reason,
            _details(event),
        )
        for event in reversed(list(events))
    ]


def step_rows(flow: Flow, case: Case, runs: Iterable[StepRun]) -> list[StepRow]:
    """Each step with the newest thing that happened to it."""
    newest = {run.step: run for run in runs}
    return [_step_row(flow, step, case, newest.get(step.number)) for step in flow.steps]


def _role(acting_as: str) -> str:
    """The office in words: of "atasan_langsung (Plt.)" it is "Plt. Atasan langsung"."""
    actor, _, in_stead = acting_as.rstrip(")").partition(" (")
    label = ROLES.get(actor, actor)
    return f"{in_stead} {label}" if in_stead.endswith(".") else in_stead.capitalize() or label


def _step_row(flow: Flow, step: Step, case: Case, run: StepRun | None) -> StepRow:
    owner = flow.owner(step).label
    if run is not None and run.state == StepState.OPEN:
        return StepRow(step, owner, "open", _open_words(run))
    undone = run is None or (case.step and step.number > case.step)
    if undone or run is None or run.closed_at is None or run.closed_by is None:
        return StepRow(step, owner, "future", "belum")
    verb = "selesai" if run.state == StepState.COMPLETED else "dikembalikan"
    return StepRow(step, owner, "done", f"{verb} {words.moment(run.closed_at)} oleh {_closer(run)}{_measured(run)}")


def _measured(run: StepRun) -> str:
    """How long it took in office time; work that was begun and done in one press says nothing of its length."""
    if run.waited_minutes is None or run.worked_minutes is None:
        return ""
    told = [f"menunggu {words.minutes(run.waited_minutes)}"]
    if run.started_at != run.ended_at:
        told.append(f"dikerjakan {words.minutes(run.worked_minutes)} dari {words.minutes(run.standard_minutes)}")
    return f"; {', '.join(told)}{' (terlambat)' if is_late(run) else ''}"


def _closer(run: StepRun) -> str:
    """Who closed the step, and as what if that was in another's stead."""
    name = run.closed_by.full_name if run.closed_by else ""
    return f"{name} ({_role(run.closed_as)})" if run.closed_as != run.actor else name


def _open_words(run: StepRun) -> str:
    if run.started_at is None:
        return f"menunggu sejak {words.moment(run.opened_at)}"
    return f"dikerjakan sejak {words.moment(run.started_at)}"


def _what(event: Event) -> str:
    text = WHAT.get(event.verb, event.verb)
    before, after = (event.before or {}).get("step"), (event.after or {}).get("step")
    if event.verb == "act.recorded":
        return TOLD.get((event.after or {}).get("kind", ""), text)
    if event.verb == "step.completed":
        return f"Langkah {before} selesai"
    return f"Dikembalikan dari langkah {before} ke langkah {after}" if event.verb == "step.returned" else text


def _details(event: Event) -> str:
    after: dict[str, Any] = event.after if isinstance(event.after, dict) else {}
    shown = [f"{label} {after[key]}" for key, label in DETAILS.items() if after.get(key) not in {None, ""}]
    if event.verb in {"assessment.approved", "assessment.changed"}:
        value, category = after.get("final"), after["category"].replace("_", " ")
        shown = [f"predikat {category}" if value is None else f"nilai {words.figure(Decimal(value), 2)}, {category}"]
    if after.get("own_case"):
        shown.append("mengerjakan berkasnya sendiri")
    return ", ".join(shown)
