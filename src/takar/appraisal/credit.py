"""Angka kredit of who holds a jabatan fungsional: from the predikat of approved evaluations and their months.

Regulation: PermenPANRB 1/2023 and Peraturan BKN 3/2023 by `rules.credit`. Only a predikat under PermenPANRB 6/2022 is
converted. An annual evaluation takes the place of the periodic ones of its months, so that no month counts twice. What
was there before stands in an opening balance with its source, entered by the personnel desk.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from takar.appraisal.enums import Cycle, Regulation
from takar.appraisal.models import Appraisal, CreditOpening
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.enums import JobLevel, PostKind, Role
from takar.organisation.models import Assignment, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import running
from takar.rules.credit import CREDIT
from takar.rules.scoring.types import Result

DESK = frozenset({Role.KASUBBAG, Role.STAF, Role.ADMIN})
KEEPERS = frozenset({Role.KASUBBAG, Role.ADMIN})
LONGEST_SOURCE = 300
MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Earned:
    """One evaluation that was converted: of which months, at which jenjang, and the angka kredit as printed."""

    appraisal: Appraisal
    level: str
    predicate: str
    printed: str

    @property
    def level_label(self) -> str:
        return str(JobLevel(self.level).label)

    @property
    def period(self) -> str:
        return words.period(self.appraisal.start, self.appraisal.end)


@dataclass(frozen=True, slots=True)
class Account:
    """Where somebody's angka kredit stands; without a recorded jenjang nothing is computed."""

    person: Employee
    post: str
    level: str
    opening: CreditOpening | None
    earned: tuple[Earned, ...]
    result: Result | None

    @property
    def level_label(self) -> str:
        return str(JobLevel(self.level).label) if self.level else ""

    @property
    def total(self) -> str:
        return self._printed("total")

    @property
    def need_rank(self) -> str:
        return self._printed("need.rank")

    @property
    def need_level(self) -> str:
        return self._printed("need.level")

    def _printed(self, key: str) -> str:
        value = self.result.values.get(key) if self.result else None
        return value.printed if value else ""


@right("credit.open", "Mencatat saldo awal angka kredit", Over.PERSON)
def check_can_open_account(actor: Employee, person: Employee) -> None:
    if not roles_here(actor, person.agency) & KEEPERS:
        raise NotAllowed(
            "Saldo awal angka kredit hanya dapat dicatat oleh Kasubbag Umum dan Kepegawaian atau Administrator. "
            "Sampaikan PAK-nya kepada mereka."
        )


def can_open_account(actor: Employee, person: Employee) -> bool:
    try:
        check_can_open_account(actor, person)
    except NotAllowed:
        return False
    return True


@transaction.atomic
def record_opening(
    *, actor: Employee, person: Employee, amount: Decimal | None, as_of: dt.date | None, source: str
) -> CreditOpening:
    """Say what was there before; evaluations that begin after the day are added to it."""
    check_can_open_account(actor, person)
    today, source = clock.today(), source.strip()
    problems = []
    if amount is None or not 0 <= amount <= MOST:
        problems.append(Problem("Angka kredit", f"Isi angka antara 0 dan {words.figure(MOST)}."))
    if as_of is None or as_of > today:
        problems.append(Problem("Sampai dengan", "Isi tanggalnya, paling lambat hari ini."))
    if not 0 < len(source) <= LONGEST_SOURCE:
        problems.append(
            Problem("Dasar", f"Sebut PAK atau surat yang menetapkannya, paling panjang {LONGEST_SOURCE} huruf.")
        )
    if problems or amount is None or as_of is None:
        raise InvalidInput("Saldo awal belum dicatat.", problems)
    before = latest_openings([person.pk]).get(person.pk)
    made = CreditOpening.objects.create(
        agency_id=person.agency_id,
        employee=person,
        amount=amount,
        as_of=as_of,
        source=source,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    record(
        stream=f"credit:{person.pk}",
        verb="credit.opened",
        by=actor.by("pengelola"),
        subject=f"employee:{person.pk}",
        before=_plain(before) if before else None,
        after=_plain(made),
    )
    return made


def account_of(person: Employee) -> Account:
    """The account of one person; four queries."""
    return accounts_of([person])[0]


def accounts_of(people: Sequence[Employee]) -> list[Account]:
    """The accounts of many people, in as many queries as of one."""
    keys = [person.pk for person in people]
    seats: dict[UUID, list[Assignment]] = {}
    for seat in Assignment.objects.filter(employee__in=keys).order_by("start", "pk"):
        seats.setdefault(seat.employee_id, []).append(seat)
    openings = latest_openings(keys)
    evaluated: dict[UUID, list[Appraisal]] = {}
    for appraisal in _converted(keys):
        evaluated.setdefault(appraisal.employee_id, []).append(appraisal)
    return [
        _account(person, seats.get(person.pk, []), openings.get(person.pk), evaluated.get(person.pk, []))
        for person in people
    ]


def earned_in(appraisal: Appraisal) -> Earned | None:
    """What one approved evaluation brings, for its own page; None where the person held no jenjang."""
    if not appraisal.category or appraisal.method != Regulation.PERMENPAN6:
        return None
    seats = list(Assignment.objects.filter(employee=appraisal.employee_id).order_by("start", "pk"))
    level = _level_on(seats, appraisal.end)
    return _earned([appraisal], [level], level, Decimal(0))[0][0] if level else None


def readable_people(reader: Employee) -> QuerySet[Employee]:
    """Whose accounts somebody may open: one's own, one's staff's and theirs; the desk those of the whole office."""
    functional = Assignment.objects.filter(running(clock.today()), post_kind=PostKind.FUNCTIONAL)
    mine = Q(employee=reader) | Q(superior=reader) | Q(superior__in=_below(reader))
    if roles_here(reader, reader.agency) & DESK:
        mine |= Q(agency_id=reader.agency_id)
    return Employee.objects.filter(pk__in=functional.filter(mine).values("employee")).order_by("name", "pk")


def openings_of(person: Employee) -> QuerySet[CreditOpening]:
    return CreditOpening.objects.filter(employee=person).select_related("recorded_by").order_by("-recorded_at", "pk")


def latest_openings(people: Iterable[UUID]) -> dict[UUID, CreditOpening]:
    """The opening balance that holds for each person: the one recorded last."""
    rows = CreditOpening.objects.filter(employee__in=list(people)).order_by("recorded_at", "pk")
    return {row.employee_id: row for row in rows}


def _below(reader: Employee) -> QuerySet[Any]:
    return Assignment.objects.filter(running(clock.today()), superior=reader).order_by().values("employee")


def _converted(people: Iterable[UUID]) -> QuerySet[Appraisal]:
    approved = Appraisal.objects.filter(employee__in=list(people), approved_at__isnull=False)
    since = approved.filter(method=Regulation.PERMENPAN6, start__gte=CREDIT.valid_from)
    return since.select_related("decision").order_by("start", "pk")


def _account(
    person: Employee, seats: Sequence[Assignment], opening: CreditOpening | None, evaluated: Sequence[Appraisal]
) -> Account:
    today = clock.today()
    seat = next((seat for seat in seats if seat.start <= today and (seat.end is None or seat.end >= today)), None)
    level, post = (seat.level, seat.post) if seat else ("", "")
    if not level:
        return Account(person, post, "", opening, (), None)
    counted = [each for each in _once_a_month(evaluated) if opening is None or each.start > opening.as_of]
    levels = [_level_on(seats, each.end) or level for each in counted]
    earned, result = _earned(counted, levels, level, opening.amount if opening else Decimal(0))
    return Account(person, post, level, opening, tuple(earned), result)


def _once_a_month(evaluated: Sequence[Appraisal]) -> list[Appraisal]:
    """Annual evaluations, and the periodic ones of years that have none yet."""
    years = {each.year for each in evaluated if each.cycle == Cycle.ANNUAL}
    return [each for each in evaluated if each.cycle == Cycle.ANNUAL or each.year not in years]


def _level_on(seats: Sequence[Assignment], day: dt.date) -> str:
    """The jenjang held on the day; of before anything was recorded, the first that was."""
    held = [seat for seat in seats if seat.start <= day and (seat.end is None or seat.end >= day)]
    later = [seat for seat in seats if seat.start > day]
    return next((seat.level for seat in [*held, *later]), "")


def _earned(
    evaluated: Sequence[Appraisal], levels: Sequence[str], level: str, previous: Decimal
) -> tuple[list[Earned], Result]:
    evaluations = [
        {
            "period": {"start": each.start.isoformat(), "end": each.end.isoformat()},
            "predicate": each.in_force.category,
            "level": held,
        }
        for each, held in zip(evaluated, levels, strict=True)
    ]
    data = {"level": level, "previous": words.figure(previous), "evaluations": evaluations}
    result, _problems = CREDIT.evaluate_partial(data)
    labels = [str(value.note).rpartition(": ")[2] for value in result.lines if value.key.startswith("evaluations.")]
    earned = [
        Earned(each, held, label, result.values[f"evaluations.{index}"].printed)
        for index, (each, held, label) in enumerate(zip(evaluated, levels, labels, strict=True))
    ]
    return earned, result


def _plain(opening: CreditOpening) -> dict[str, object]:
    return {"amount": opening.amount, "as_of": opening.as_of, "source": opening.source}
