"""Who keeps the archive, and who reads it."""

from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import MandatedAct, Role
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import mandated_roles_of

KEEPERS = (Role.KASUBBAG, Role.STAF)
READERS = frozenset({Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA})


@right("archive.keep", "Mengerjakan arsip: box, pinjam, opname, usul penyusutan", Over.OFFICE)
def check_can_keep_archive(actor: Employee, agency: Agency) -> Role:
    """Boxes, loans and checks are the personnel desk's; gives the office as which the person does it."""
    held = offices_of(actor, agency)
    role = next((role for role in KEEPERS if role in held), None)
    if role is None:
        raise NotAllowed("Arsip dikerjakan oleh Kasubbag Umum dan Kepegawaian atau Staf kantor itu.")
    return role


def can_keep_archive(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_keep_archive(actor, agency)
    except NotAllowed:
        return False
    return True


@right("archive.decide", "Memutus masa simpan: penahanan, akhir masa kerja, paket arsip", Over.OFFICE)
def check_is_kasubbag(actor: Employee, agency: Agency) -> Role:
    """What decides how long documents stay is the Kasubbag's."""
    if Role.KASUBBAG not in offices_of(actor, agency):
        raise NotAllowed("Ini dikerjakan oleh Kasubbag Umum dan Kepegawaian kantor itu.")
    return Role.KASUBBAG


def is_kasubbag(person: Employee) -> bool:
    return Role.KASUBBAG in offices_of(person, person.agency)


def reads_archive(reader: Employee) -> bool:
    """Whether the person sees the whole office's archive."""
    return bool(offices_of(reader, reader.agency) & READERS)


def offices_of(person: Employee, agency: Agency) -> frozenset[str]:
    """The offices held here today, in the own right or by a mandate that covers archiving."""
    held = roles_here(person, agency)
    if person.agency_id == agency.pk:
        held |= mandated_roles_of(person, clock.today(), MandatedAct.ARCHIVE)
    return frozenset(held)
