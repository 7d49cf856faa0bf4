"""Who may do what after the approval: the parties themselves, and the Kasubbag for what was done on paper."""

from takar.casework import policies
from takar.casework.aftermath import ASSESSOR, DESK, PARTIES, SUBJECT, SUPERIOR, Kind
from takar.casework.models import Case
from takar.casework.terms import parties_of
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.models import Employee


def parties(actor: Employee, case: Case) -> frozenset[str]:
    """Every party that the person is for this case today: by name, by mandate, or at the personnel desk."""
    acting = policies.acting_as(actor, case) & {SUBJECT, ASSESSOR, DESK}
    return frozenset(acting) | frozenset(parties_of(actor, case))


@right("case.act", "Tindakan sesudah penilaian", Over.CASE)
def check_can_record(actor: Employee, case: Case, kind: Kind) -> str:
    """As which party the person may do the act; the Kasubbag means: it was done on paper."""
    if kind.party != SUBJECT and actor.pk == case.employee_id:
        raise NotAllowed("Seseorang tidak dapat bertindak atas penilaiannya sendiri. Tidak ada yang berubah.")
    mine = parties(actor, case)
    if kind.party in mine:
        return kind.party
    if kind.paper and DESK in mine and actor.pk != case.employee_id:
        return DESK
    raise NotAllowed(
        f"“{kind.label}” adalah tindakan {PARTIES[kind.party]}, bukan tindakan Anda; tidak ada yang berubah."
    )


def can_record(actor: Employee, case: Case, kind: Kind) -> bool:
    try:
        check_can_record(actor, case, kind)
    except NotAllowed:
        return False
    return True


@right("case.read_texts", "Membaca isi keberatan dan jawabannya", Over.CASE)
def can_read_texts(reader: Employee, case: Case) -> bool:
    """What was written in an objection and the answers to it is for the parties and the Kasubbag."""
    return bool(parties(reader, case) & {SUBJECT, ASSESSOR, SUPERIOR, DESK})
