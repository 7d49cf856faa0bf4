"""The buku catatan perilaku: what a superior notes through the year, for the assessment and for an objection.

Kept by the direct superior (Perka BKN 1/2013, the form named after it; PP 46/2011 Pasal 13 and penjelasan
Pasal 25). The person noted about reads it too: UU 27/2022 Pasal 7 gives everybody access to what is kept about him.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from takar.appraisal.enums import Behaviour
from takar.appraisal.models import BehaviourNote
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.models import Assignment, Employee
from takar.organisation.queries import running

LONGEST = 1000


@right("notebook.write", "Menulis catatan perilaku", Over.PERSON)
def check_can_note(actor: Employee, employee: Employee) -> None:
    if not _seats_below(actor).filter(employee=employee).exists():
        raise NotAllowed(
            f"Catatan perilaku {employee.full_name} hanya dapat ditulis oleh atasan langsungnya saat ini. "
            "Sampaikan pengamatan Anda kepada yang bersangkutan."
        )


def can_note(actor: Employee, employee: Employee) -> bool:
    try:
        check_can_note(actor, employee)
    except NotAllowed:
        return False
    return True


@transaction.atomic
def add_note(*, actor: Employee, employee: Employee, seen_on: dt.date | None, aspect: str, text: str) -> BehaviourNote:
    check_can_note(actor, employee)
    problems = []
    if seen_on is None or seen_on > clock.today():
        problems.append(Problem("Tanggal", "Isi tanggal kejadiannya, paling lambat hari ini."))
    if aspect and aspect not in Behaviour.values:
        problems.append(Problem("Aspek", "Pilih dari daftar, atau kosongkan."))
    if not 0 < len(text.strip()) <= LONGEST:
        problems.append(Problem("Uraian", f"Wajib diisi, paling panjang {LONGEST} huruf."))
    if problems or seen_on is None:
        raise InvalidInput("Catatan belum disimpan.", problems)
    note = BehaviourNote.objects.create(
        agency_id=employee.agency_id,
        employee=employee,
        author=actor,
        aspect=aspect,
        seen_on=seen_on,
        text=text.strip(),
        recorded_at=clock.now(),
    )
    after = {"seen_on": seen_on, "aspect": aspect, "text": note.text}
    record(
        stream=f"notebook:{employee.pk}",
        verb="behaviour.noted",
        by=actor.by("atasan_langsung"),
        subject=f"employee:{employee.pk}",
        after=after,
    )
    return note


def notes_for(reader: Employee, employee: Employee) -> QuerySet[BehaviourNote]:
    """The person's own notebook, one's staff's, or that of one's staff's staff; nobody else's."""
    notes = BehaviourNote.objects.filter(employee=employee).select_related("author")
    return notes if notes_readable(reader, employee) else notes.none()


@right("notebook.read", "Membaca catatan perilaku", Over.PERSON)
def notes_readable(reader: Employee, employee: Employee) -> bool:
    return reader.pk == employee.pk or _may_read(reader, employee)


def readable_people(reader: Employee) -> QuerySet[Employee]:
    """Whose notebooks somebody may open, with the number of entries."""
    below = _seats_below(reader).values("employee_id")
    people = Employee.objects.filter(pk__in=below)
    return people.annotate(entries=Count("behaviour_notes")).order_by("name", "pk")


def notes_between(employee_id: UUID, start: dt.date, end: dt.date) -> QuerySet[BehaviourNote]:
    """What was noted in a period, for the assessor's page."""
    return BehaviourNote.objects.filter(employee_id=employee_id, seen_on__range=(start, end)).select_related("author")


def _seats_below(superior: Employee) -> QuerySet[Assignment]:
    return Assignment.objects.filter(running(clock.today()), superior=superior)


def _may_read(reader: Employee, employee: Employee) -> bool:
    direct = _seats_below(reader)
    return (
        direct.filter(employee=employee).exists()
        or Assignment.objects.filter(
            running(clock.today()), employee=employee, superior__in=direct.values("employee_id")
        ).exists()
    )
