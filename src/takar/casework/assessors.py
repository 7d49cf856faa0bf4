"""Who assesses when a superior changed within the year: the rule of the regulation, and the desk's dated decision.

A case keeps the people of the day it was opened; nothing replaces them by itself. Where employee or assessor moved, the
Kasubbag says what happened and on which day, is shown who assesses by the rule, and decides with a reason.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from takar.appraisal.enums import Regulation
from takar.audit.actions import record
from takar.casework.models import Case, Period, Reassignment
from takar.casework.periods import _card, _seats
from takar.casework.policies import ASSESSOR
from takar.casework.queries import visible_cases
from takar.casework.terms import acts_of
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.models import Assignment, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import running
from takar.procedures.actions import detours
from takar.rules.deadlines import OfficeCalendar, due_date, rule_named
from takar.rules.scoring.permenpan6_2022 import assessor as permenpan6
from takar.rules.scoring.pp46_2011 import assessor as pp46

KEEPERS = frozenset({Role.KASUBBAG, Role.ADMIN})
LONGEST_REASON = 2000
HIGHEST_CHAIN = 20
RELATED = ("agency", "period", "run__version", "open_step", "appraisal", "employee", "assessor", "assessor_superior")

# What may have happened, in words; which of them a regulation knows stands in RULES.
HAPPENED: Mapping[str, str] = {
    "employee_moved": "Pegawai pindah jabatan atau unit",
    "assessor_moved": "Pejabat penilai pindah, pensiun, atau diganti",
    "assessor_absent": "Pejabat penilai berhalangan tetap",
    "employee_acting": "Pegawai bertugas sebagai Plt. di unit lain",
    "employee_away": "Pegawai dipekerjakan atau belajar di luar instansi",
    "corrected": "Atasan langsung keliru dicatat saat periode dibuka",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who assesses by the rule, and whom the program takes that to be; None where it cannot know."""

    happened: str
    role: str
    label: str
    note: str
    basis: str
    person: Employee | None

    @property
    def told(self) -> str:
        return HAPPENED[self.happened]


def rulings(case: Case, on: dt.date) -> list[Ruling]:
    """What the case's regulation says on everything that may have happened on the day."""
    rule = RULES.get(case.appraisal.method)
    if rule is None:
        return []
    people = _people(case)
    found = ((happened, rule(case, happened, on)) for happened in HAPPENED)
    return [
        Ruling(happened, one.role, one.label, one.note, one.basis, people.get(one.role))
        for happened, one in found
        if one is not None
    ]


@right("case.reassign", "Mengganti pejabat penilai", Over.CASE)
def check_can_reassign(actor: Employee, case: Case) -> None:
    if not roles_here(actor, case.agency) & KEEPERS:
        raise NotAllowed(
            "Pejabat penilai suatu berkas hanya dapat diganti oleh Kasubbag Umum dan Kepegawaian atau Administrator. "
            "Sampaikan perubahannya kepada mereka."
        )
    if actor.pk == case.employee_id:
        raise NotAllowed(
            "Ini berkas Anda sendiri; pejabat penilainya diganti oleh Administrator atau Kasubbag lain. "
            "Tidak ada yang berubah."
        )
    if case.appraisal.approved_at is not None or case.step == 0:
        raise NotAllowed("Penilaian ini sudah disetujui, sehingga pejabat penilainya tidak dapat diganti lagi.")
    if any(act.kind == "take_over" for act in acts_of(case)):
        raise NotAllowed("Penilaian ini sudah diambil alih atasan pejabat penilai, sehingga tidak dapat diganti lagi.")


def can_reassign(actor: Employee, case: Case) -> bool:
    try:
        check_can_reassign(actor, case)
    except NotAllowed:
        return False
    return True


def reassignable_cases(reader: Employee) -> QuerySet[Case]:
    """The visible cases; for the Administrator, who reads none, all of the office: who assesses has to be settled."""
    if roles_here(reader, reader.agency) & KEEPERS:
        return Case.objects.filter(agency_id=reader.agency_id)
    return visible_cases(reader)


@transaction.atomic
def reassign_assessor(
    *, actor: Employee, case_id: UUID, happened: str, on: dt.date | None, assessor: Employee | None, reason: str
) -> Reassignment:
    """Let somebody else assess from now on; the case's cards, its open step and its lists follow."""
    Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    case = Case.objects.select_related(*RELATED).get(pk=case_id)
    check_can_reassign(actor, case)
    problems = [*_problems(case, happened, on, reason), *_assessor_problems(case, assessor)]
    if problems or assessor is None or on is None:
        raise InvalidInput("Pejabat penilai belum diganti.", problems)
    ruling = next(each for each in rulings(case, on) if each.happened == happened)
    before, former = case.snapshot, case.assessor
    _follow(case, assessor, moved=happened == "employee_moved")
    after = case.snapshot
    made = Reassignment.objects.create(
        case=case,
        happened=happened,
        on=on,
        rule=f"{ruling.label}. {ruling.note} ({ruling.basis})",
        reason=reason.strip(),
        former=former,
        assessor=assessor,
        before=before,
        after=after,
        by=actor,
        recorded_at=clock.now(),
    )
    record(
        stream=case.stream,
        verb="assessor.changed",
        by=actor.by("pengelola"),
        subject=f"case:{case.pk}",
        before=before,
        after={**after, "happened": happened, "on": on, "rule": made.rule, "name": assessor.full_name},
        reason=made.reason,
    )
    return made


def superior_now(case: Case) -> Employee | None:
    """The direct superior recorded today, where the desk has still to say whether he assesses; else None."""
    found = with_another_superior(case.period).filter(pk=case.pk).first()
    if found is None:
        return None
    return Employee.objects.filter(pk=found.recorded).first()


def with_another_superior(period: Period) -> QuerySet[Any]:
    """Cases not yet approved whose recorded direct superior is not who assesses, until the desk decides on it."""
    seats = Assignment.objects.filter(running(clock.today()), employee=OuterRef("employee")).order_by("-start")
    waiting = Case.objects.filter(period=period, step__gt=0, appraisal__approved_at__isnull=True).annotate(
        recorded=Subquery(seats.values("superior")[:1]), seated=Subquery(seats.values("start")[:1])
    )
    decided = Exists(Reassignment.objects.filter(case=OuterRef("pk"), on__gte=OuterRef("seated")))
    changed = waiting.exclude(Q(recorded=F("assessor")) | Q(recorded__isnull=True)).exclude(decided)
    return changed.select_related("assessor").order_by("name", "pk")


def _of_pp46(_case: Case, happened: str, _on: dt.date) -> pp46.Assessor | None:
    return None if happened == "employee_acting" else pp46.who_assesses(happened)


def _of_permenpan6(case: Case, happened: str, on: dt.date) -> permenpan6.Assessor:
    """The regulation's own situation; the window is the time for the annual evaluation."""
    last = due_date(rule_named(case.appraisal.method, "appraise"), case.appraisal.start, OfficeCalendar())
    situation = permenpan6.Situation(
        cycle=case.appraisal.cycle,
        window=(case.appraisal.end, last),
        assessor_absent=happened == "assessor_absent",
        employee_acting=happened == "employee_acting",
        employee_moved=happened == "employee_moved",
        assessor_moved_on=on if happened == "assessor_moved" else None,
        employee_away=happened == "employee_away",
    )
    return permenpan6.who_assesses(situation)


RULES: Mapping[str, Callable[[Case, str, dt.date], pp46.Assessor | permenpan6.Assessor | None]] = {
    Regulation.PP46: _of_pp46,
    Regulation.PERMENPAN6: _of_permenpan6,
}


def _people(case: Case) -> dict[str, Employee | None]:
    """Whom each role of the rules is, as far as the rows tell."""
    seat = Assignment.objects.filter(running(clock.today()), employee=case.employee_id).select_related("superior")
    place = seat.first()
    recorded = place.superior if place and place.superior_id != case.assessor_id else None
    return {
        "penilai": recorded,
        "penilai_baru": recorded,
        "penilai_lama": case.assessor,
        "penilai_induk": case.assessor,
        "atasan_penilai": case.assessor_superior,
    }


def _problems(case: Case, happened: str, on: dt.date | None, reason: str) -> Iterable[Problem]:
    known = {each.happened for each in rulings(case, on or clock.today())}
    if happened not in known:
        yield Problem("Yang terjadi", "Pilih dari daftar apa yang terjadi.")
    if on is None or on > clock.today():
        yield Problem("Tanggal", "Isi sejak kapan, paling lambat hari ini.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        yield Problem("Alasan", f"Wajib diisi dengan dasarnya (nomor surat), paling panjang {LONGEST_REASON} huruf.")


def _assessor_problems(case: Case, assessor: Employee | None) -> Iterable[Problem]:
    where = "Pejabat penilai"
    if assessor is None:
        yield Problem(where, "Isi NIP pegawai kantor ini, atau nama masuk pejabat tanpa NIP.")
    elif assessor.pk == case.employee_id:
        yield Problem(where, "Seseorang tidak dapat menilai dirinya sendiri; pilih orang lain.")
    elif assessor.pk == case.assessor_id:
        yield Problem(where, f"{assessor.full_name} sudah menjadi pejabat penilai berkas ini.")
    elif case.employee_id in _above(assessor):
        yield Problem(where, f"{assessor.full_name} adalah bawahan pegawai yang dinilai; pilih atasannya.")


def _above(person: Employee) -> set[UUID]:
    """Everybody above somebody, by what is recorded today."""
    found: set[UUID] = set()
    seats = Assignment.objects.filter(running(clock.today()))
    current: UUID | None = person.pk
    while current is not None and current not in found and len(found) < HIGHEST_CHAIN:
        found.add(current)
        current = seats.filter(employee=current).values_list("superior", flat=True).first()
    return found - {person.pk}


def _follow(case: Case, assessor: Employee, *, moved: bool) -> None:
    """Cards, columns and the open step as they are from now on; who moved is named by the new post."""
    people = [case.employee_id, assessor.pk]
    found = Assignment.objects.filter(running(clock.today()), employee__in=people)
    seats = _seats(list(found.select_related("employee", "unit", "superior")), clock.today())
    seat, own = seats.get(assessor.pk), seats.get(case.employee_id)
    above = seat.superior if seat else None
    case.snapshot = {
        "employee": _card(case.employee, seats) if moved else case.snapshot["employee"],
        "assessor": _card(assessor, seats),
        "superior": _card(above, seats) if above else None,
    }
    if moved and own is not None:
        case.post, case.unit = own.post, own.unit.name
    case.assessor, case.assessor_superior = assessor, above
    case.terms_next = clock.today()  # whose the running terms are is counted anew by the next worker
    case.save(update_fields=["snapshot", "assessor", "assessor_superior", "post", "unit", "terms_next"])
    if case.appraisal.method == Regulation.PERMENPAN6:
        case.appraisal.led_unit = seat.unit if seat else None
        case.appraisal.save(update_fields=["led_unit"])
    if case.actor == ASSESSOR and case.open_step is not None:
        detours.reassign_step(step_run=case.open_step, assignee=assessor)
        case.assignee = assessor
        case.save(update_fields=["assignee"])
