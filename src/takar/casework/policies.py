"""Who may do what with a case: relations of the snapshot and offices held today."""

from takar.casework.models import Case
from takar.common.errors import NotAllowed
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.procedures.models import StepRun

ASSESSOR, SUBJECT = "atasan_langsung", "pegawai"

# Offices that see every case of their agency; the Sekretaris and the Kepala act on none by this alone.
OVERSEERS = frozenset({Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA})


def acting_as(employee: Employee, case: Case) -> frozenset[str]:
    """Every actor of the SOP that the person is for this case today."""
    relations = {ASSESSOR: case.assessor_id, SUBJECT: case.employee_id}
    related = {actor for actor, pk in relations.items() if pk == employee.pk}
    return roles_here(employee, case.agency) | related


def check_can_act(actor: Employee, case: Case, step_run: StepRun) -> None:
    if step_run.actor not in acting_as(actor, case):
        raise NotAllowed("Langkah ini bukan tugas Anda, sehingga tidak ada yang berubah.")


def can_act(actor: Employee, case: Case, step_run: StepRun) -> bool:
    try:
        check_can_act(actor, case, step_run)
    except NotAllowed:
        return False
    return True


def check_can_open_period(actor: Employee, agency: Agency) -> None:
    if not roles_here(actor, agency) & {Role.KASUBBAG, Role.ADMIN}:
        raise NotAllowed("Periode penilaian hanya dapat dibuka oleh Kasubbag Umum dan Kepegawaian atau Administrator.")


def can_open_period(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_open_period(actor, agency)
    except NotAllowed:
        return False
    return True
