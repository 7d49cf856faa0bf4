"""Who may do what with a case: relations of the snapshot and offices held today."""

from uuid import UUID

from takar.casework.capacity import (
    ASSESSOR,
    SUBJECT,
    Capacity,
    acting_as,
    capacity_of,
    former_holder_refusal,
    refusal,
)
from takar.casework.models import Case
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.procedures.models import StepRun

__all__ = [
    "ASSESSOR",
    "OVERSEERS",
    "SUBJECT",
    "acting_as",
    "can_act",
    "can_open_period",
    "check_can_act",
    "check_can_open_period",
    "tell_former_holder",
]

# Offices that see every case of their agency; the Sekretaris and the Kepala act on none by this alone.
OVERSEERS = frozenset({Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA})


@right("step.act", "Mengerjakan langkah yang terbuka", Over.STEP)
def check_can_act(actor: Employee, case: Case, step_run: StepRun) -> Capacity:
    """Gives as what the person acts."""
    capacity = capacity_of(actor, case, step_run)
    if capacity is None:
        raise NotAllowed(refusal(actor, case, step_run))
    return capacity


def tell_former_holder(person: Employee, step_run_id: UUID) -> None:
    """Somebody whose mandate ended in mid-step is told so; of any other step the person learns nothing here."""
    related = ("run__version", "run__case__agency", "run__case__assessor_superior", "assignee")
    step_run = StepRun.objects.select_related(*related).filter(pk=step_run_id).first()
    if step_run is not None and (told := former_holder_refusal(person, step_run.run.case, step_run)):
        raise NotAllowed(told)


def can_act(actor: Employee, case: Case, step_run: StepRun) -> bool:
    return capacity_of(actor, case, step_run) is not None


@right("period.open", "Membuka periode penilaian", Over.OFFICE)
def check_can_open_period(actor: Employee, agency: Agency) -> None:
    if not roles_here(actor, agency) & {Role.KASUBBAG, Role.ADMIN}:
        raise NotAllowed("Periode penilaian hanya dapat dibuka oleh Kasubbag Umum dan Kepegawaian atau Administrator.")


def can_open_period(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_open_period(actor, agency)
    except NotAllowed:
        return False
    return True
