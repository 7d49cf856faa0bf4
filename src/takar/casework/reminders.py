"""Reminders: when a case arrives, before, at and after the due moment, and then the office above.

Every stage of every due moment is said once: its `Reminder` row is written in the transaction that tells the people, and
of two workers the second finds the row. Nobody is told outside office hours; what became due at night is told when the
office opens. Who is told is whoever holds the office or the place today, by mandate too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from takar.archive.reminders import tell_of_loans
from takar.casework.capacity import SUBJECT
from takar.casework.escalations import above, rise, rules_of
from takar.casework.models import Case, Reminder, Term
from takar.casework.terms import officials
from takar.common import clock, words
from takar.jobs.work import Work
from takar.notices.actions import tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.hours import hours_of
from takar.organisation.models import Agency, Employee, RoleHolder
from takar.organisation.queries import mandates_on, running
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind
from takar.rules.worktime import OfficeHours, is_open, minutes_between

REMIND = "casework.remind"
CASES_AT_ONCE, NAMES = 1000, 3
BEFORE_TERM = dt.timedelta(days=3)
Row = TypeVar("Row", bound=Model)
RELATED = ("assessor", "assessor_superior", "employee", "assignee", "agency")


@dataclass(frozen=True, slots=True)
class Stage:
    """A moment at which somebody is told: whom, and how the sentence begins."""

    key: str
    kind: NoticeKind
    beginning: str
    level: int = 0


ARRIVED = Stage("tiba", NoticeKind.ARRIVED, "Tiba di tangan Anda")
NEAR = Stage("dekat", NoticeKind.NEAR, "Hampir jatuh tempo")
DUE = Stage("jatuh", NoticeKind.DUE, "Jatuh tempo")
RAISED = tuple(
    Stage(f"naik-{level}", NoticeKind.RAISED, "Terlambat dan dinaikkan kepada Anda", level) for level in (1, 2, 3)
)
TERM_NEAR = Stage("dekat", NoticeKind.LEGAL, "Tenggat hampir lewat")
TERM_LAST = Stage("jatuh", NoticeKind.LEGAL, "Hari terakhir tenggat")
TERM_OVER = Stage("naik-1", NoticeKind.LEGAL, "Tenggat terlewati", 1)


@dataclass
class People:
    """Who holds which office and whose place in an agency on a day: read once for a whole turn."""

    agency: Agency
    day: dt.date
    by_role: dict[str, list[Employee]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[UUID, list[Employee]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        held = RoleHolder.objects.filter(running(self.day), agency=self.agency).select_related("employee")
        for row in held.order_by("pk"):
            self.by_role[row.role].append(row.employee)
        for mandate in mandates_on(self.agency.pk, self.day):
            for role in mandate.roles:
                self.by_role[role].append(mandate.holder)
            if mandate.principal_id and StepKind.ASSESS.value in mandate.acts:
                self.by_place[mandate.principal_id].append(mandate.holder)

    def of(self, case: Case, actor: str) -> list[Employee]:
        """Who answers for the actor in this case: the holders of an office, or the person and who sits in that place."""
        named: dict[str, Employee | None] = {SUBJECT: case.employee, **officials(case)}
        if actor == case.actor and case.assignee is not None:
            named[actor] = case.assignee
        if actor not in named:
            return self.by_role.get(actor, [])
        person = named[actor]
        return [] if person is None else [person, *self.by_place.get(person.pk, [])]


@dataclass(frozen=True, slots=True)
class Told:
    """One case at one stage: to be said together with others like it."""

    case: Case
    subject: UUID
    rule: str
    stage: Stage
    people: Sequence[Employee]
    what: str
    due: str


def remind(work: Work) -> None:
    """One turn of the schedule for every agency that is open now."""
    now, count = clock.now(), 0
    for agency in Agency.objects.order_by("pk"):
        office = hours_of(agency)
        if is_open(now, office):
            count += _turn(agency, office, now) + tell_of_loans(agency)
    work.message = f"{count} pemberitahuan." if count else ""


def _turn(agency: Agency, office: OfficeHours, now: dt.datetime) -> int:
    """What is to be said is found before anything is locked: at the peak that takes a while, and nobody may wait for it."""
    people = People(agency, clock.office_date(now))
    found = [*_steps(agency, people, office, now), *_terms(agency, people, now)]
    rows = [Reminder(case=t.case, subject=t.subject, rule=t.rule, stage=t.stage.key, at=now) for t in found]
    with transaction.atomic():
        Reminder.objects.bulk_create(rows, batch_size=500)
        return tell(_messages(found, now))


def _steps(agency: Agency, people: People, office: OfficeHours, now: dt.datetime) -> Iterable[Told]:
    open_cases = Case.objects.filter(agency=agency, step__gt=0).select_related(*RELATED, "run__version")
    open_cases = open_cases.defer("run__version__content", "run__version__typed").order_by("due_at", "pk")
    waits: list[tuple[Stage, Q, Callable[[Case], str]]] = [
        (ARRIVED, Q(due_at__gte=now) & (Q(risk_at__gt=now) | Q(risk_at__isnull=True)), lambda case: case.actor),
        (NEAR, Q(risk_at__lte=now, due_at__gt=now), lambda case: case.actor),
        (DUE, Q(due_at__lte=now), lambda case: case.actor),
    ]
    for stage, condition, actor in waits:
        for case in _untold(open_cases.filter(condition), "open_step", "", stage)[:CASES_AT_ONCE]:
            yield _of_step(case, stage, people.of(case, actor(case)))
    yield from _raised(agency, people, office, open_cases.filter(due_at__lte=now), now)


def _raised(
    agency: Agency, people: People, office: OfficeHours, late: "QuerySet[Case]", now: dt.datetime
) -> Iterable[Told]:
    """Late steps whose next level has come; one that has no such level is told to nobody, and not looked at again."""
    rules = rules_of(agency)
    for stage in RAISED:
        for case in _untold(late, "open_step", "", stage)[:CASES_AT_ONCE]:
            assert case.due_at is not None  # noqa: S101 -- the query asks for no others
            kind = sop_of(case.run.version).flow.step(case.step).kind.value
            found = rise(rules, kind, case.actor, stage.level)
            if found is None or minutes_between(case.due_at, now, office) >= found.minutes:
                yield _of_step(case, stage, people.of(case, found.whom) if found else [])


def _terms(agency: Agency, people: People, now: dt.datetime) -> Iterable[Told]:
    today = clock.office_date(now)
    running_terms = Term.objects.filter(agency=agency).select_related("case", *(f"case__{name}" for name in RELATED))
    running_terms = running_terms.order_by("due", "pk")
    waits = (
        (TERM_NEAR, Q(due__gt=today, due__lte=today + BEFORE_TERM)),
        (TERM_LAST, Q(due=today)),
        (TERM_OVER, Q(due__lt=today)),
    )
    for stage, condition in waits:
        for term in _untold(running_terms.filter(condition), "case", "rule", stage)[:CASES_AT_ONCE]:
            whom = list(people.of(term.case, term.party))
            if stage.level:
                whom += _above(people, term.case, term.party, stage.level)
            due = words.date(term.due) if term.due else ""
            yield Told(term.case, term.case_id, term.rule, stage, whom, term.label, due)


def _untold(rows: "QuerySet[Row]", subject: str, rule: str, stage: Stage) -> "QuerySet[Row]":
    """Those of which nobody was told at this stage yet; the two name the columns that a reminder is known by."""
    named: object = OuterRef(rule) if rule else ""
    said = Reminder.objects.filter(subject=OuterRef(subject), rule=named, stage=stage.key)
    return rows.filter(~Exists(said))


def _above(people: People, case: Case, actor: str, level: int) -> list[Employee]:
    """The holders of the office so many places above; nobody where there is none."""
    offices = above(actor)
    return people.of(case, offices[level - 1]) if level <= len(offices) else []


def _of_step(case: Case, stage: Stage, people: Sequence[Employee]) -> Told:
    due = words.moment(case.due_at) if case.due_at else ""
    return Told(case, case.task_id, "", stage, people, f"langkah {case.step}", due)


def _messages(found: Sequence[Told], now: dt.datetime) -> Iterable[Message]:
    """One message for each person, stage and matter, whatever the number of cases."""
    groups: dict[tuple[UUID, str, str, NoticeKind], list[Told]] = defaultdict(list)
    names: dict[UUID, Employee] = {}
    for told in found:
        for person in {person.pk: person for person in told.people}.values():
            names[person.pk] = person
            groups[person.pk, told.stage.key, told.what, told.stage.kind].append(told)
    for (pk, stage, what, kind), together in groups.items():
        yield _message(names[pk], f"{stage}:{what}:{now.isoformat()}", kind, together)


def _message(person: Employee, key: str, kind: NoticeKind, together: Sequence[Told]) -> Message:
    first, single = together[0], len(together) == 1
    shown = ", ".join(told.case.name for told in together[:NAMES])
    rest = f", dan {len(together) - NAMES} lagi" if len(together) > NAMES else ""
    whose = f"berkas {shown}" if single else f"{len(together)} berkas ({shown}{rest})"
    when = f"; {'jatuh tempo' if single else 'paling awal'} {first.due}" if first.due else ""
    tasks = first.stage.level == 0 and not first.rule
    place = Place.CASE if single else (Place.TASKS if tasks else Place.CASES)
    return Message(
        person=person,
        key=key if not single else f"{first.stage.key}:{first.subject}:{first.rule}",
        kind=kind,
        text=f"{first.stage.beginning}: {first.what}, {whose}{when}.",
        place=place,
        case_key=first.case.pk if single else None,
        step=None if first.rule else first.case.step,
    )
