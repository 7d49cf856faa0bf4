"""Who may do what with a plan (SKP) in which state: one table, read by the pages, the acts and the tests.

Regulation: PP 46/2011 Pasal 5 ayat (3) and (4): the assessor agrees and sets the plan; what is not agreed is decided by
the assessor's superior, finally. PermenPANRB 6/2022 Pasal 14 and hlm. 65: set by the assessor; where that does not
happen, the dialogue goes on with the assessor's superior.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from takar.appraisal.enums import PlanMoveKind, PlanState
from takar.appraisal.models import Plan
from takar.common import clock
from takar.common.errors import NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import MandatedAct, Role
from takar.organisation.models import Assignment, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import principals_of, running

DESK_ROLES = frozenset({Role.STAF, Role.KASUBBAG})
READING_ROLES = DESK_ROLES | {Role.SEKRETARIS, Role.KEPALA}


class Relation(StrEnum):
    """What somebody is to a plan; the value is what the record names as "acting as"."""

    EMPLOYEE = "pegawai"
    SUPERIOR = "atasan_langsung"
    UPPER = "atasan_pejabat_penilai"
    DESK = "pengelola"


RELATION_LABELS = {
    Relation.EMPLOYEE: "pegawai yang bersangkutan",
    Relation.SUPERIOR: "atasan langsungnya",
    Relation.UPPER: "atasan pejabat penilai",
    Relation.DESK: "Staf atau Kasubbag Umum dan Kepegawaian",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One move: its button, from which states, whose it is, and where it leads; `asks` is what must be told."""

    label: str
    states: frozenset[PlanState]
    whose: frozenset[Relation]
    to: PlanState | None = None
    asks: str = ""


def _rule(label: str, states: str, whose: str, to: PlanState | None = None, asks: str = "") -> Rule:
    return Rule(
        label,
        frozenset(PlanState[name] for name in states.split()),
        frozenset(Relation[name] for name in whose.split()),
        to,
        asks,
    )


RULES: Mapping[PlanMoveKind, Rule] = {
    PlanMoveKind.EDIT: _rule("Ubah isi", "DRAFT", "EMPLOYEE DESK"),
    PlanMoveKind.CORRECT: _rule("Ubah isi", "HANDED_UP", "UPPER"),
    PlanMoveKind.SUBMIT: _rule("Ajukan", "DRAFT", "EMPLOYEE DESK", PlanState.SUBMITTED),
    PlanMoveKind.WITHDRAW: _rule("Tarik kembali", "SUBMITTED", "EMPLOYEE DESK", PlanState.DRAFT),
    PlanMoveKind.AGREE: _rule("Setujui", "SUBMITTED", "SUPERIOR", PlanState.AGREED),
    PlanMoveKind.RETURN: _rule("Kembalikan", "SUBMITTED", "SUPERIOR", PlanState.DRAFT, "alasan"),
    PlanMoveKind.HAND_UP: _rule(
        "Serahkan kepada atasan pejabat penilai", "SUBMITTED", "EMPLOYEE SUPERIOR", PlanState.HANDED_UP, "alasan"
    ),
    PlanMoveKind.DECIDE: _rule("Tetapkan (final)", "HANDED_UP", "UPPER", PlanState.AGREED, "alasan"),
    PlanMoveKind.PAPER: _rule(
        "Catat sebagai disepakati di atas kertas", "DRAFT SUBMITTED", "DESK", PlanState.AGREED, "tanggal"
    ),
    PlanMoveKind.REVISE: _rule("Susun perubahan", "AGREED", "EMPLOYEE SUPERIOR DESK", None, "alasan"),
    PlanMoveKind.END: _rule("Akhiri bagian ini", "AGREED", "DESK", None, "tanggal"),
    PlanMoveKind.DROP: _rule("Batalkan draf", "DRAFT", "EMPLOYEE DESK", PlanState.DROPPED),
}


def relations(person: Employee, plan: Plan) -> frozenset[Relation]:
    """Everything that the person is to the plan today. Nobody is more than the employee of the own plan."""
    if person.pk == plan.employee_id:
        return frozenset({Relation.EMPLOYEE})
    found = set()
    if roles_here(person, plan.agency) & DESK_ROLES:
        found.add(Relation.DESK)
    if plan.superior_id and plan.superior_id in _places(person):
        found.add(Relation.SUPERIOR)
    if plan.superior_id and person.pk == upper_id(plan):
        found.add(Relation.UPPER)
    return frozenset(found)


@right("plan.draft", "Menyusun SKP", Over.PERSON)
def check_can_draft(actor: Employee, employee: Employee) -> None:
    if actor.pk != employee.pk and not roles_here(actor, employee.agency) & DESK_ROLES:
        raise NotAllowed(
            "SKP disusun oleh pegawai yang bersangkutan, atau oleh Staf atau Kasubbag Umum dan Kepegawaian untuknya."
        )


@right("plan.move", "Tindakan atas SKP", Over.PLAN)
def check_can(actor: Employee, plan: Plan, kind: PlanMoveKind) -> Relation:
    """Gives as what the person may do it."""
    rule = RULES[kind]
    held = [relation for relation in Relation if relation in relations(actor, plan) & rule.whose]
    if not held:
        whose = " atau ".join(RELATION_LABELS[relation] for relation in Relation if relation in rule.whose)
        raise NotAllowed(f"“{rule.label}” hanya dapat dilakukan oleh {whose}; tidak ada yang berubah.")
    if plan.state not in rule.states:
        raise NotAllowed(
            f"SKP ini {PlanState(plan.state).label.lower()}, sehingga “{rule.label}” tidak dapat dilakukan. Muat ulang "
            "halamannya untuk melihat keadaannya sekarang."
        )
    return held[0]


def can(actor: Employee, plan: Plan, kind: PlanMoveKind) -> bool:
    try:
        check_can(actor, plan, kind)
    except NotAllowed:
        return False
    return True


def moves_of(person: Employee, plan: Plan) -> list[PlanMoveKind]:
    """What the person may do with the plan now, in the table's order."""
    held = relations(person, plan)
    return [kind for kind, rule in RULES.items() if plan.state in rule.states and held & rule.whose]


def visible_plans(reader: Employee) -> QuerySet[Plan]:
    """One's own, those of one's staff and of their staff, and for the desk and the heads all of the agency."""
    direct = Assignment.objects.filter(running(clock.today()), superior__in=_places(reader)).values("employee_id")
    visible = Q(employee=reader) | Q(superior__in=_places(reader)) | Q(employee__in=direct) | Q(superior__in=direct)
    if roles_here(reader, reader.agency) & READING_ROLES:
        visible |= Q(agency_id=reader.agency_id)
    return Plan.objects.filter(visible)


@right("plan.matrix", "Membaca matriks peran dan hasil", Over.PERSON)
def can_read_matrix(reader: Employee, superior: Employee) -> bool:
    """The superior, whoever stands in, the one above, the direct staff, and the desk and heads of the agency."""
    if superior.pk in _places(reader) or roles_here(reader, superior.agency) & READING_ROLES:
        return True
    seats = Assignment.objects.filter(running(clock.today()))
    return seats.filter(Q(employee=superior, superior=reader) | Q(employee=reader, superior=superior)).exists()


def waiting_for(reader: Employee) -> QuerySet[Plan]:
    """Plans that the reader has to agree or to decide today."""
    below = Assignment.objects.filter(running(clock.today()), superior=reader).values("employee_id")
    mine = Q(state=PlanState.SUBMITTED, superior__in=_places(reader)) | Q(state=PlanState.HANDED_UP, superior__in=below)
    return Plan.objects.filter(mine).exclude(employee=reader).order_by("updated_at", "pk")


def upper_id(plan: Plan) -> UUID | None:
    """The superior of the plan's superior today."""
    if plan.superior_id is None:
        return None
    seats = Assignment.objects.filter(running(clock.today()), employee_id=plan.superior_id)
    return seats.order_by("-start").values_list("superior_id", flat=True).first()


def _places(person: Employee) -> set[UUID]:
    """The person's own place, and those held by mandate for assessing: such a mandate covers the plans too."""
    return {person.pk, *principals_of(person, clock.today(), MandatedAct.ASSESS)}
