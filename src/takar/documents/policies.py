"""Who keeps the register of copies and the list of whom a document goes to."""

from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import MandatedAct, Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import mandated_roles_of

COPY_KEEPERS = (Role.STAF, Role.KASUBBAG)


@right("copies.keep", "Mencatat salinan dan penyerahannya", Over.OFFICE)
def check_can_keep_copies(actor: Employee, agency: Agency) -> Role:
    """The personnel desk of the same office, by mandate too; gives the office as which it is done."""
    held = set(roles_here(actor, agency))
    if actor.agency_id == agency.pk:
        held |= mandated_roles_of(actor, clock.today(), MandatedAct.COPY)
    role = next((role for role in COPY_KEEPERS if role in held), None)
    if role is None:
        raise NotAllowed("Register salinan dikerjakan oleh Staf atau Kasubbag Umum dan Kepegawaian kantor itu.")
    return role


def can_keep_copies(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_keep_copies(actor, agency)
    except NotAllowed:
        return False
    return True
