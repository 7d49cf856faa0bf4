"""Umpan balik berkelanjutan (PermenPANRB 6/2022 Pasal 17 to 19, hlm. 69-70): by the superior, and by who is asked.

The superior gives it at any time; a colleague when the superior or the employee has asked by name, within that year.
The employee, the superior and the one above read all of it; a colleague reads what he or she gave.
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from takar.appraisal.enums import Regulation, Tone, Value
from takar.appraisal.models import Feedback, Invitation, Plan, Work
from takar.appraisal.notebook import can_note, notes_readable
from takar.appraisal.plan_queries import in_force
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.models import Employee

LONGEST = 1000


@right("feedback.invite", "Meminta umpan balik rekan", Over.PERSON)
def can_invite(actor: Employee, employee: Employee) -> bool:
    return actor.pk == employee.pk or can_note(actor, employee)


@right("feedback.give", "Memberi umpan balik", Over.PERSON)
def can_give(actor: Employee, employee: Employee) -> bool:
    """The direct superior, or whoever was asked this year."""
    return actor.pk != employee.pk and (can_note(actor, employee) or _asked(actor, employee))


@transaction.atomic
def invite(*, actor: Employee, employee: Employee, colleague: Employee | None) -> Invitation:
    if not can_invite(actor, employee):
        raise NotAllowed("Umpan balik rekan diminta oleh pegawai yang bersangkutan atau atasan langsungnya.")
    if colleague is None or colleague.pk == employee.pk or colleague.agency_id != employee.agency_id:
        raise InvalidInput("Permintaan belum dicatat.", [Problem("Rekan", "Isi NIP seorang rekan di kantor ini.")])
    today = clock.today()
    try:
        with transaction.atomic():
            made = Invitation.objects.create(
                agency_id=employee.agency_id, employee=employee, colleague=colleague, year=today.year,
                invited_by=actor, invited_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyDone(f"{colleague.full_name} sudah diminta untuk tahun {today.year}.") from error
    _record(actor, employee, "feedback.asked", {"colleague": colleague.full_name, "year": today.year})
    return made


@transaction.atomic
def give_feedback(
    *,
    actor: Employee,
    employee: Employee,
    given_on: dt.date | None,
    text: str,
    tone: str = "",
    value: str = "",
    work_id: UUID | None = None,
) -> Feedback:
    if not can_give(actor, employee):
        raise NotAllowed(
            f"Umpan balik tentang {employee.full_name} diberikan oleh atasan langsungnya, atau oleh rekan yang diminta."
        )
    works = {work.pk: work for work in works_of(employee)}
    problems = []
    if given_on is None or given_on > clock.today():
        problems.append(Problem("Tanggal", "Isi tanggalnya, paling lambat hari ini."))
    if (value and value not in Value.values) or (tone and tone not in Tone.values):
        problems.append(Problem("Pilihan", "Pilih dari daftar, atau kosongkan."))
    if work_id is not None and work_id not in works:
        problems.append(Problem("Hasil kerja", "Pilih dari daftar, atau kosongkan."))
    if not 0 < len(text.strip()) <= LONGEST:
        problems.append(Problem("Uraian", f"Wajib diisi, paling panjang {LONGEST} huruf."))
    if problems or given_on is None:
        raise InvalidInput("Umpan balik belum disimpan.", problems)
    given = Feedback.objects.create(
        agency_id=employee.agency_id, employee=employee, author=actor, given_on=given_on, value=value, tone=tone,
        work=works.get(work_id) if work_id else None, text=text.strip(), recorded_at=clock.now(),
    )  # fmt: skip
    after = {"on": given_on, "value": value, "tone": tone, "work": given.work.name if given.work else ""}
    _record(actor, employee, "feedback.given", {**after, "text": given.text})
    return given


def works_of(employee: Employee) -> "QuerySet[Work]":
    """The hasil kerja of the plans in force this year and the last, which feedback can be about."""
    years = (clock.today().year, clock.today().year - 1)
    plans = in_force(Plan.objects.filter(employee=employee, year__in=years, method=Regulation.PERMENPAN6))
    return Work.objects.filter(plan__in=plans.values("pk")).select_related("plan").order_by("-plan__year", "number")


def feedback_for(reader: Employee, employee: Employee) -> "QuerySet[Feedback]":
    """All of it for the person, the superior and the one above; one's own for whoever gave it."""
    found = Feedback.objects.filter(employee=employee).select_related("author", "work")
    return found if notes_readable(reader, employee) else found.filter(author=reader)


def feedback_between(employee_id: UUID, start: dt.date, end: dt.date) -> "QuerySet[Feedback]":
    """What was given in a period, for the assessor's page."""
    return Feedback.objects.filter(employee_id=employee_id, given_on__range=(start, end)).select_related(
        "author", "work"
    )


def asked_of(reader: Employee) -> "QuerySet[Invitation]":
    """Whom the reader was asked about this year."""
    mine = Q(colleague=reader, year=clock.today().year)
    return Invitation.objects.filter(mine).select_related("employee", "invited_by").order_by("invited_at")


def _asked(actor: Employee, employee: Employee) -> bool:
    return asked_of(actor).filter(employee=employee).exists()


def _record(actor: Employee, employee: Employee, verb: str, after: dict[str, object]) -> None:
    role = "pegawai" if actor.pk == employee.pk else "atasan_langsung" if can_note(actor, employee) else "rekan"
    record(
        stream=f"notebook:{employee.pk}",
        verb=verb,
        by=actor.by(role),
        subject=f"employee:{employee.pk}",
        after=after,
    )
