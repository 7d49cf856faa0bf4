"""Who may change an SOP, and whose step a step is."""

from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation import policies as organisation
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.queries import roles_of
from takar.procedures.enums import VersionState
from takar.procedures.models import ProcedureVersion, StepRun
from takar.procedures.queries import sop_of

DRAFTERS = (Role.KASUBBAG, Role.ADMIN)
APPROVERS = (Role.KEPALA, Role.ADMIN)
OVERSEERS = (Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA, Role.ADMIN)


@right("sop.draft", "Membuat atau mengubah rancangan SOP", Over.OFFICE)
def check_can_install(actor: Employee, agency: Agency) -> Role:
    """Draft or revise an SOP; gives the office as which the person does it."""
    return _office(actor, agency, DRAFTERS, "Rancangan SOP hanya dapat dibuat atau diubah")


def can_install(actor: Employee, agency: Agency) -> bool:
    return _holds_one_of(actor, agency, DRAFTERS) is not None


@right("sop.approve", "Mencatat pengesahan SOP", Over.OFFICE)
def check_can_approve(actor: Employee, agency: Agency) -> Role:
    """Record that an SOP was approved; gives the office as which the person does it."""
    return _office(actor, agency, APPROVERS, "Pengesahan SOP hanya dapat dicatat")


def can_approve(actor: Employee, agency: Agency) -> bool:
    return _holds_one_of(actor, agency, APPROVERS) is not None


@right("sop.times", "Membuat rancangan waktu baku dari hasil pengukuran", Over.OFFICE)
def check_can_revise_times(actor: Employee, agency: Agency) -> Role:
    """Make a draft of what was measured: whoever drafts SOPs, and whoever approves them."""
    offices = (Role.KEPALA, *DRAFTERS)
    return _office(actor, agency, offices, "Rancangan waktu baku hanya dapat dibuat")


@right("sop.read_draft", "Membaca rancangan SOP", Over.OFFICE)
def check_can_read_workshop(actor: Employee, agency: Agency) -> Role:
    """See the draft of a revision before it is approved; gives the office as which the person does it."""
    return _office(actor, agency, OVERSEERS, "Rancangan SOP hanya dapat dibaca")


def can_read_workshop(actor: Employee, agency: Agency) -> bool:
    return _holds_one_of(actor, agency, OVERSEERS) is not None


def check_can_start(actor: Employee, version: ProcedureVersion) -> None:
    """Runs belong to the agency of the SOP; which of its people may open them is the caller's to say."""
    if not can_start(actor, version):
        raise NotAllowed(f"{version} adalah SOP instansi lain. Pakailah SOP instansi Anda sendiri.")


def can_start(actor: Employee, version: ProcedureVersion) -> bool:
    return actor.agency_id == version.agency_id


def check_can_act(actor: Employee, acting_as: str, step_run: StepRun, in_stead: str = "") -> None:
    """A relation's step belongs to the person named in it, an office's step to whoever holds the office today.

    Who acts `in_stead` of them, as "Plt." or otherwise, the case has found: here it only stays within the agency.
    """
    if not can_act(actor, acting_as, step_run, in_stead):
        owner = sop_of(step_run.run.version).flow.actor(step_run.actor).label
        name = f" ({step_run.assignee.full_name})" if step_run.assignee else ""
        raise NotAllowed(
            f"Langkah {step_run.step} adalah tugas {owner}{name}, bukan tugas Anda; tidak ada yang berubah. "
            "Sampaikan kepada pelaksananya, atau masuklah dengan akun yang sesuai."
        )


def can_act(actor: Employee, acting_as: str, step_run: StepRun, in_stead: str = "") -> bool:
    if acting_as != step_run.actor:
        return False
    if in_stead:
        return step_run.agency_id == actor.agency_id
    if step_run.assignee_id is not None:
        return step_run.assignee_id == actor.pk
    return step_run.agency_id == actor.agency_id and organisation.has_role(actor, acting_as)


def _office(actor: Employee, agency: Agency, offices: tuple[Role, ...], act: str) -> Role:
    office = _holds_one_of(actor, agency, offices)
    if office is None:
        allowed = " atau ".join(allowed.label for allowed in offices)
        raise NotAllowed(f"{act} oleh {allowed}. Sampaikan perubahan yang diperlukan kepada mereka.")
    return office


def _holds_one_of(actor: Employee, agency: Agency, offices: tuple[Role, ...]) -> Role | None:
    held = roles_of(actor, clock.today()) if actor.agency_id == agency.pk else _founding(actor, agency)
    return next((office for office in offices if office in held), None)


def _founding(actor: Employee, agency: Agency) -> frozenset[str]:
    """Whoever adds an office gives it its first SOP; from then on it is the new office's own."""
    begun = ProcedureVersion.objects.filter(procedure__agency=agency, state=VersionState.APPROVED).exists()
    return frozenset() if begun or not organisation.keeps_installation(actor) else frozenset({Role.ADMIN})
