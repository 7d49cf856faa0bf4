"""Who may change the office's own data."""

import datetime as dt

from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation import queries
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee


def has_role(employee: Employee, role: str, on: dt.date | None = None) -> bool:
    return role in queries.roles_of(employee, on or clock.today())


@right(
    "office.manage",
    "Mengubah data kantor: pegawai, peran, kalender, jam kerja, lambang, kode aktivasi, distribusi, JRA",
    Over.OFFICE,
)
def check_can_manage_office(actor: Employee, agency: Agency) -> None:
    """Staff list, role holders and activation codes: the administrator and the Kasubbag of the same agency."""
    if not roles_here(actor, agency) & {Role.ADMIN, Role.KASUBBAG}:
        raise NotAllowed(
            "Data kantor hanya dapat diubah oleh Administrator atau Kasubbag Umum dan Kepegawaian. "
            "Sampaikan perubahan yang diperlukan kepada mereka."
        )


def can_manage_office(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_manage_office(actor, agency)
    except NotAllowed:
        return False
    return True


@right("mandate.keep", "Mencatat atau mencabut mandat Plt./Plh.", Over.OFFICE)
def check_can_keep_mandates(actor: Employee, agency: Agency) -> Role:
    """Record and revoke mandates; gives the office as which the person does it."""
    held = roles_here(actor, agency)
    office = next((role for role in (Role.KEPALA, Role.KASUBBAG, Role.ADMIN) if role in held), None)
    if office is None:
        raise NotAllowed(
            "Mandat Plt./Plh. hanya dapat dicatat atau dicabut oleh Kepala, Kasubbag Umum dan Kepegawaian, atau "
            "Administrator. Sampaikan surat perintahnya kepada mereka."
        )
    return office


@right("office.add", "Menambah kantor pada pemasangan ini", Over.OFFICE)
def check_can_add_office(actor: Employee, agency: Agency) -> None:
    """Whoever looks after the installation: the administrator of its first office."""
    if not (keeps_installation(actor) and actor.agency_id == agency.pk):
        raise NotAllowed(
            "Kantor hanya dapat ditambahkan oleh Administrator kantor pertama pada pemasangan ini. Sampaikan kepadanya."
        )


def can_add_office(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_add_office(actor, agency)
    except NotAllowed:
        return False
    return True


def keeps_installation(actor: Employee) -> bool:
    return Role.ADMIN in roles_here(actor, actor.agency) and queries.first_agency_id() == actor.agency_id


def roles_here(employee: Employee, agency: Agency) -> frozenset[str]:
    """The offices that the person holds today in this very agency; none in any other."""
    return queries.roles_of(employee, clock.today()) if employee.agency_id == agency.pk else frozenset()


TRAIL_READERS = frozenset({Role.KASUBBAG, Role.SEKRETARIS, Role.KEPALA, Role.ADMIN})


def can_read_trail(reader: Employee) -> bool:
    """Who may look at the checkpoints of the audit trail: whoever holds an office that answers for the office."""
    return bool(roles_here(reader, reader.agency) & TRAIL_READERS)
