"""Who looks after the SOP in use."""

from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import mandated_roles_of

OVERSEERS = (Role.KEPALA, Role.SEKRETARIS, Role.KASUBBAG)


@right("sop.oversee", "Mengawasi pelaksanaan SOP: kesesuaian, laporan, formulir, simulasi", Over.OFFICE)
def check_can_oversee(actor: Employee, agency: Agency) -> Role:
    """See how the SOP is carried out, and fill in its forms; gives the office as which the person does it."""
    office = _office(actor, agency)
    if office is None:
        raise NotAllowed(
            "Pengawasan pelaksanaan SOP hanya untuk Kepala, Sekretaris, dan Kasubbag Umum dan Kepegawaian. "
            "Sampaikan pertanyaan Anda kepada mereka."
        )
    return office


def can_oversee(actor: Employee, agency: Agency) -> bool:
    return _office(actor, agency) is not None


def _office(actor: Employee, agency: Agency) -> Role | None:
    if actor.agency_id != agency.pk:
        return None
    held = roles_here(actor, agency) | mandated_roles_of(actor, clock.today())
    return next((office for office in OVERSEERS if office in held), None)
