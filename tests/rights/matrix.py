"""The matrix of rights, asked of the program: every act of its tables, in every state, for everybody of the cast.

The acts come from the register of policies (`takar.common.rights`) and from the tables that they read: the steps of the SOP,
the acts after the approval, the moves of a plan, the acts by which an archive gets smaller.
"""

import datetime as dt
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.office import NOW, PASSWORD, TODAY, Office, assessment
from tests.rights.cast import CAST
from tests.web.browsing import undone

from takar.appraisal.enums import PlanMoveKind, PlanState
from takar.appraisal.models import Plan
from takar.archive.models import Reduction, ReductionAct
from takar.casework.actions import return_case
from takar.casework.acts import record_act
from takar.casework.aftermath import PERMENPAN6, hindrance
from takar.casework.models import Case
from takar.casework.queries import visible_cases
from takar.casework.steps import document_of
from takar.casework.terms import state_of
from takar.common import clock
from takar.common.rights import RIGHTS, Over
from takar.documents.models import Document
from takar.jobs.actions import enqueue
from takar.jobs.enums import JobState
from takar.organisation.models import Employee
from takar.privacy.export import KIND
from takar.procedures.queries import sop_of
from takar.rules.reductions import DESTROY_LONG, TABLES, ReductionKind

People = frozenset[str]
SOURCE = Path(__file__).resolve().parents[2] / "src"


def declaring() -> list[Path]:
    """The modules that put a policy into the register; a program that runs knows those it has imported."""
    return [path for path in sorted(SOURCE.rglob("*.py")) if "\n@right(" in path.read_text()]


for _module in declaring():
    importlib.import_module(".".join(_module.relative_to(SOURCE).with_suffix("").parts))


@dataclass(frozen=True, slots=True)
class Row:
    """One act in one state, and who may."""

    over: Over
    act: str
    state: str
    people: People


def everything(office: Office) -> list[Row]:
    """Every row, those of a case last: they walk it through its whole life."""
    remember(office)
    return [*office_rows(office), *person_rows(office), *plan_rows(office), *reduction_rows(office), *job_rows(office),
            *case_rows(office)]  # fmt: skip


def remember(office: Office) -> None:
    for name in CAST:
        office.people[name].known_roles, office.people[name].known_mandates = {}, {}


def who(office: Office, key: str, *asked: object) -> People:
    """Everybody of the cast whom the policy lets; what each holds today is looked up once a state, as for a page."""
    right = RIGHTS[key]
    return frozenset(name for name in CAST if right.allows(office.people[name], *asked))


def office_rows(office: Office) -> Iterator[Row]:
    for key, right in sorted(RIGHTS.items()):
        if right.over is Over.OFFICE:
            yield Row(right.over, key, "", who(office, key, office.agency))


def person_rows(office: Office) -> Iterator[Row]:
    for key, right in sorted(RIGHTS.items()):
        if right.over is Over.PERSON:
            about = office.atasan if key == "plan.matrix" else office.pegawai
            yield Row(right.over, key, "", who(office, key, about))


def plan_rows(office: Office) -> Iterator[Row]:
    """Each move in each state of the plan; in the states that its rule does not name it is nobody's."""
    plan = Plan.objects.select_related("agency", "employee", "superior").get(pk=office.case().appraisal.plan_id)
    for kind in PlanMoveKind:
        for state in PlanState:
            plan.state = state
            yield Row(Over.PLAN, f"plan.move:{kind}", state.value, who(office, "plan.move", plan, kind))
    yield Row(Over.PLAN, "progress.record", "", who(office, "progress.record", plan))


def reduction_rows(office: Office) -> Iterator[Row]:
    """Each act of a list, when all that it follows is done, by somebody who does not stand in the table."""
    for kind, years, acts in (
        *((kind, 2, acts) for kind, acts in TABLES.items()),
        (ReductionKind.DESTROY, 12, DESTROY_LONG),
    ):
        made = Reduction.objects.create(
            agency=office.agency, kind=kind, number=f"{kind}/{years}", years=years, started_at=NOW,
            started_by=office.people["rekan"],
        )  # fmt: skip
        for act in acts:
            people = who(office, "reduction.act", made, act)
            yield Row(Over.REDUCTION, f"reduction.act:{kind}{'-10' if years > 2 else ''}:{act.key}", "", people)
            ReductionAct.objects.create(
                reduction=made, kind=act.key, on=TODAY, by=office.people["rekan"], acting_as="x", recorded_at=NOW
            )


def job_rows(office: Office) -> Iterator[Row]:
    with undone():
        job = enqueue(actor=office.kasubbag, kind=KIND)
        job.state, job.ended_at = JobState.FAILED, NOW
        job.save(update_fields=["state", "ended_at"])
        yield Row(Over.JOB, "job.retry", "", who(office, "job.retry", job))


def case_rows(office: Office) -> Iterator[Row]:
    for state in walk(office):
        yield from rows_of_case(office, state)


def rows_of_case(office: Office, state: str) -> Iterator[Row]:
    """What may be done with the case as it stands."""
    case = fresh(office)
    remember(office)
    yield Row(Over.CASE, "case.see", state, frozenset(name for name in CAST if sees(office.people[name], case)))
    yield Row(Over.CASE, "case.read_texts", state, who(office, "case.read_texts", case))
    yield Row(Over.CASE, "case.reassign", state, who(office, "case.reassign", case))
    step_now = sop_of(case.run.version).flow.step(case.step) if case.open_step else None
    if step_now is not None:
        may = who(office, "step.act", case, case.open_step)
        yield Row(Over.STEP, f"step.act:{step_now.number}", state, may)
        for back in step_now.returns_to:
            yield Row(Over.STEP, f"step.return:{step_now.number}-{back}", state, may)
    facts = state_of(case)
    for kind in facts.regime.kinds:
        late = bool(kind.within) and f"{kind.within}_overdue" in facts.facts
        open_now = not hindrance(kind, facts.facts)
        people = who(office, "case.act", case, kind) if open_now else frozenset()
        yield Row(Over.CASE, f"case.act:{kind.key}", state, people - {"pegawai"} if late else people)
    if state == "setuju":
        for kind in PERMENPAN6.kinds:
            yield Row(Over.CASE, f"case.act6:{kind.key}", "", who(office, "case.act", case, kind))
    if case.appraisal.approved_at is not None:
        document = Document.objects.select_related("agency").get(pk=document_of(case).pk)
        yield Row(Over.DOCUMENT, "document.withdraw", state, who(office, "document.withdraw", document))


def sees(person: Employee, case: Case) -> bool:
    return visible_cases(person).filter(pk=case.pk).exists()


def fresh(office: Office) -> Case:
    related = ("agency", "period", "run__version", "open_step__run__version", "appraisal", "employee", "assessor",
               "assessor_superior")  # fmt: skip
    return Case.objects.select_related(*related).get(pk=office.case().pk)


STATES = {
    "1": "langkah 1 terbuka",
    "2": "langkah 2 terbuka",
    "1 kembali": "dikembalikan ke langkah 1",
    "3": "langkah 3 terbuka",
    "4": "langkah 4 terbuka",
    "3 kembali": "dikembalikan ke langkah 3",
    "4 lewat": "tenggat penilaian lewat",
    "4 alih": "penilaian diambil alih",
    "setuju": "disetujui (langkah 5 terbuka)",
    "keberatan": "keberatan diajukan",
    "penjelasan": "keberatan, penjelasan lengkap",
    "diputus": "keberatan diputus, nilai diubah",
    "5 lewat": "tenggat tanda tangan lewat",
    "6": "ditandatangani (langkah 6 terbuka)",
    "disampaikan": "disampaikan kepada atasan penilai",
    "disahkan": "disahkan",
    "7": "digandakan (langkah 7 terbuka)",
    "selesai": "diarsipkan",
}


def walk(office: Office) -> Iterator[str]:
    """Bring the case of "pegawai" through its life and stop at each state; side ways are taken back."""
    yield "1"
    office.at_step(2)
    yield "2"
    with undone():
        back(office, "kasubbag", 1)
        yield "1 kembali"
    office.at_step(3)
    yield "3"
    office.at_step(4)
    yield "4"
    with undone():
        back(office, "atasan", 3)
        yield "3 kembali"
    with undone(), later(40):
        yield "4 lewat"
        do(office, "atasan2", "take_over")
        yield "4 alih"
    yield from walk_on(office)


def walk_on(office: Office) -> Iterator[str]:
    """From the approval to the archive."""
    office.at_step(5)
    yield "setuju"
    with undone():
        do(office, "pegawai", "object")
        yield "keberatan"
        do(office, "atasan", "respond")
        do(office, "atasan2", "hear_employee")
        yield "penjelasan"
        better = replace(assessment(office.case()), quality={1: Decimal(96), 2: Decimal(85)})
        do(office, "atasan2", "change", draft=better)
        yield "diputus"
    with later(30):
        yield "5 lewat"
    office.at_step(6)
    yield "6"
    do(office, "atasan", "forward")
    yield "disampaikan"
    do(office, "atasan2", "ratify")
    yield "disahkan"
    office.at_step(7)
    yield "7"
    office.at_step(8)
    yield "selesai"


def back(office: Office, person: str, to_step: int) -> None:
    task = office.case().task_id
    return_case(actor=office.people[person], step_run_id=task, to_step=to_step, reason="Perbaiki.")


def do(office: Office, person: str, kind: str, **more: Any) -> None:
    given = {"text": f"Isi {kind}.", "password": PASSWORD, **more}
    record_act(actor=office.people[person], case_id=office.case().pk, kind=kind, **given)


@contextmanager
def later(days: int) -> Iterator[None]:
    before: Callable[[], dt.datetime] = clock.now
    clock.now = lambda: NOW + dt.timedelta(days=days)
    try:
        yield
    finally:
        clock.now = before
