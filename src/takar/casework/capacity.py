"""As what somebody does a step: in the own right, in another's stead by mandate, or above an assessor who may not decide.

Regulation: PermenPANRB 6/2022 hlm. 89 (a Plt. or Plh. may assess; the assessor's superior takes over where the assessor
cannot; a Plt. is appraised by the head to whom he or she reports as such), PP 46/2011 Pasal 22 (the assessor's superior
sets what the assessor did not sign). Nobody decides on himself: neither by mandate, nor as assessor by any right.
"""

from dataclasses import dataclass

from takar.casework.models import Case
from takar.common import clock, words
from takar.organisation.models import Employee, Mandate
from takar.organisation.policies import roles_here
from takar.organisation.queries import mandates_near, mandates_on
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.rules.flow import Step, StepKind

ASSESSOR, SUBJECT = "atasan_langsung", "pegawai"
DECIDING = frozenset({StepKind.CHECK, StepKind.ASSESS})
SUPERIOR_TITLE = "selaku Atasan Pejabat Penilai"


@dataclass(frozen=True, slots=True)
class Capacity:
    """`actor` is the SOP's; the other two say in whose stead, short for the record and long for the print."""

    actor: str
    in_stead: str = ""
    title: str = ""
    mandate: Mandate | None = None

    @property
    def role(self) -> str:
        """As it stands in the record: "atasan_langsung", or "atasan_langsung (Plt.)"."""
        return f"{self.actor} ({self.in_stead})" if self.in_stead else self.actor


def acting_as(employee: Employee, case: Case) -> frozenset[str]:
    """Every actor of the SOP that the person is for this case today in the own right."""
    relations = {ASSESSOR: case.assessor_id, SUBJECT: case.employee_id}
    related = {actor for actor, pk in relations.items() if pk == employee.pk}
    return roles_here(employee, case.agency) | related


def capacity_of(person: Employee, case: Case, step_run: StepRun) -> Capacity | None:
    """As what this person may do the step today; None: not at all."""
    kind = step_of(case, step_run).kind
    own_case = person.pk == case.employee_id
    if _taken_over(case, step_run) and person.pk in {step_run.assignee_id, case.assessor_id}:
        return _as_superior(step_run) if person.pk == step_run.assignee_id else None
    if step_run.actor in acting_as(person, case) and not (own_case and kind is StepKind.ASSESS):
        return Capacity(step_run.actor)
    if person.agency_id != case.agency_id or (own_case and kind in DECIDING):
        return None
    near = [mandate for mandate in mandates_near(person, clock.today()) if stands_for(mandate, step_run, kind)]
    held = next((mandate for mandate in near if mandate.holder_id == person.pk), None)
    if held is not None:
        return Capacity(step_run.actor, held.prefix, held.title, held)
    if case.assessor_superior_id == person.pk and any(_bars_assessor(mandate, case, step_run) for mandate in near):
        return _as_superior(step_run)
    return None


def _as_superior(step_run: StepRun) -> Capacity:
    return Capacity(step_run.actor, "atasan pejabat penilai", SUPERIOR_TITLE)


def _taken_over(case: Case, step_run: StepRun) -> bool:
    """Whether the assessor's superior has taken the assessment over because its term passed (PP 46/2011 Pasal 22)."""
    return step_run.actor == ASSESSOR and step_run.assignee_id not in {None, case.assessor_id}


def stands_for(mandate: Mandate, step_run: StepRun, kind: StepKind) -> bool:
    """Whether the mandate reaches the step by its office or person, and by its kind of act."""
    return kind.value in mandate.acts and _reaches(mandate, step_run)


def stand_ins(reader: Employee, case: Case, step_run: StepRun) -> list[str]:
    """Who may do the step today in another's stead, in words for everybody who sees the case."""
    kind, today = step_of(case, step_run).kind, clock.today()
    at_home = case.agency_id == reader.agency_id
    mandates = mandates_near(reader, today) if at_home else mandates_on(case.agency_id, today)
    found = [mandate for mandate in mandates if stands_for(mandate, step_run, kind)]
    barred = [mandate for mandate in found if kind in DECIDING and mandate.holder_id == case.employee_id]
    told = [
        f"{mandate.title}, {mandate.holder.full_name} (sampai {words.date(mandate.end)})"
        for mandate in found
        if mandate not in barred
    ]
    if case.assessor_superior and any(_bars_assessor(mandate, case, step_run) for mandate in barred):
        told.append(f"{case.assessor_superior.full_name} {SUPERIOR_TITLE}, karena pemegang mandat tidak menilai diri")
    return told


def refusal(person: Employee, case: Case, step_run: StepRun) -> str:
    """Why the step is not this person's, and what to do."""
    kind = step_of(case, step_run).kind
    if person.pk == case.employee_id and kind in DECIDING:
        return _own_case_refusal(case)
    return _mandate_refusal(person, case, step_run) or "Langkah ini bukan tugas Anda, sehingga tidak ada yang berubah."


def former_holder_refusal(person: Employee, case: Case, step_run: StepRun) -> str:
    """What somebody is told whose mandate for this step is over; empty for everybody else."""
    over = [mandate for mandate in _ever_held(person, case) if mandate.last_day < clock.today()]
    return next((_over(mandate) for mandate in over if _reaches(mandate, step_run)), "")


def step_of(case: Case, step_run: StepRun) -> Step:
    return sop_of(case.run.version).flow.step(step_run.step)


def _reaches(mandate: Mandate, step_run: StepRun) -> bool:
    """By the office held, or as the assessor whose place it is; nobody is the appraised employee for another."""
    if step_run.actor == ASSESSOR:
        return mandate.principal_id is not None and mandate.principal_id == step_run.assignee_id
    return step_run.actor in (mandate.roles or {mandate.role})


def _bars_assessor(mandate: Mandate, case: Case, step_run: StepRun) -> bool:
    """Whether the assessor's place is held by the very person who is assessed."""
    return step_run.actor == ASSESSOR and mandate.holder_id == case.employee_id


def _own_case_refusal(case: Case) -> str:
    superior = case.assessor_superior
    name = f", {superior.full_name}," if superior else ""
    return (
        "Ini berkas Anda sendiri, dan tidak seorang pun memeriksa atau menilai dirinya sendiri, juga tidak sebagai "
        f"Plt. atau Plh.; tidak ada yang berubah. Naikkan penilaian kepada atasan pejabat penilai{name} dan "
        "pemeriksaan kepada pejabat definitif; bila keduanya berhalangan, mintalah Kepala, Kasubbag, atau "
        "Administrator mencabut mandat Anda dan memberikannya kepada orang lain."
    )


def _mandate_refusal(person: Employee, case: Case, step_run: StepRun) -> str:
    """Of a mandate that reaches the step's office or person, but not today or not this act."""
    today, step = clock.today(), step_of(case, step_run)
    for mandate in _ever_held(person, case):
        if not _reaches(mandate, step_run):
            continue
        if mandate.last_day < today:
            return _over(mandate)
        if mandate.start > today:
            return (
                f"Mandat Anda sebagai {mandate.title} baru mulai pada {words.date(mandate.start)}, sehingga tidak ada "
                "yang berubah. Kerjakan langkah ini mulai hari itu, atau serahkan kepada pejabat yang digantikan."
            )
        return (
            f"Mandat Anda sebagai {mandate.title} tidak meliputi langkah {step.number} ({step.description}), sehingga "
            "tidak ada yang berubah. Mintalah mandat yang meliputinya kepada Kepala, Kasubbag, atau Administrator."
        )
    return ""


def _over(mandate: Mandate) -> str:
    how = f"dicabut pada {words.date(mandate.ended_on)}" if mandate.ended_on else f"berakhir {words.date(mandate.end)}"
    return (
        f"Mandat Anda sebagai {mandate.title} sudah {how}, sehingga langkah ini bukan lagi tugas Anda dan tidak ada "
        "yang berubah. Serahkan kepada pejabat definitif atau pemegang mandat sesudah Anda."
    )


def _ever_held(person: Employee, case: Case) -> list[Mandate]:
    """All mandates of the person in the case's agency: those that hold today, those to come, those that are over."""
    held, today = Mandate.objects.filter(holder=person, agency_id=case.agency_id).order_by("-end", "pk"), clock.today()
    return sorted(held, key=lambda mandate: (mandate.last_day < today, mandate.start > today))
