"""Finding archived documents, and reading where they lie and how long they stay."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from takar.archive.data import shipped, source
from takar.archive.enums import DepositState
from takar.archive.fulltext import containing
from takar.archive.models import (
    Box,
    Classification,
    Deposit,
    Hold,
    Loan,
    Reduction,
    ReductionItem,
    RetentionRule,
    StockCheck,
)
from takar.archive.models.deposits import kind_label
from takar.archive.policies import reads_archive
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.rules.retention import Fate, Life, Proposal, Schedule, life_of, proposal_on

# Digits grouped with spaces are taken together as (the start of) a NIP from this length on.
SHORTEST_NIP_PART = 8
RELATED = ("box__shelf", "document", "subject", "package", "subject__end_of_service")


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    title: str
    source: str


def codes_of(agency_id: UUID) -> list[Code]:
    """The codes that the office may use: the ministry's list and its own additions."""
    own = Classification.objects.filter(agency_id=agency_id).order_by("code")
    listed = [Code(code, title, source()) for code, title in shipped().items()]
    return [*listed, *(Code(row.code, row.title, row.source) for row in own)]


def check_code_known(agency_id: UUID, code: str, message: str) -> None:
    """An unknown code is refused with where it can be added."""
    if code in shipped() or Classification.objects.filter(agency_id=agency_id, code=code).exists():
        return
    text = f"Kode {code} tidak dikenal; pilih dari daftar, atau tambahkan di Arsip › Klasifikasi dan JRA."
    raise InvalidInput(message, [Problem("Kode klasifikasi", text)])


def visible_deposits(reader: Employee) -> QuerySet[Deposit]:
    """The personnel desk and the heads see the office's archive, everybody else the own documents."""
    deposits = Deposit.objects.select_related(*RELATED).order_by("-year", "name", "pk")
    if reads_archive(reader):
        return deposits.filter(agency_id=reader.agency_id)
    return deposits.filter(subject=reader)


def search(reader: Employee, words: str) -> QuerySet[Deposit]:
    """By any of name, NIP, year, number, kind, box and the words in it; every word must be found somewhere."""
    found = visible_deposits(reader)
    compact = re.sub(r"[\s.]", "", words)
    terms = [compact] if compact.isdigit() and len(compact) >= SHORTEST_NIP_PART else words.split()
    for term in terms:
        condition = Q(name__icontains=term) | Q(nip__startswith=term) | Q(number__icontains=term)
        condition |= Q(box__code__icontains=term) | containing(term)
        if term.isdecimal() and len(term) <= 4:  # noqa: PLR2004 -- a year has four digits
            condition |= Q(year=int(term))
        found = found.filter(condition)
    return found


def kinds_in(reader: Employee) -> list[tuple[str, str]]:
    """The kinds of document that the reader can find, with their names: those of packages from elsewhere too."""
    kinds = visible_deposits(reader).order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind_label(kind)) for kind in kinds]


def boxes_of(agency_id: UUID) -> QuerySet[Box]:
    """Every box with how much lies in it."""
    kept = Q(deposits__state__in=[DepositState.ACTIVE, DepositState.INACTIVE])
    boxes = Box.objects.filter(agency_id=agency_id).select_related("shelf").annotate(inside=Count("deposits", kept))
    return boxes.order_by("shelf__code", "code", "pk")


def deposits_in(box: Box) -> QuerySet[Deposit]:
    return Deposit.objects.filter(box=box).select_related(*RELATED).order_by("year", "name", "pk")


def open_loans(agency_id: UUID) -> QuerySet[Loan]:
    """What is out of its box, the most overdue first."""
    loans = Loan.objects.filter(deposit__agency_id=agency_id, returned_on=None)
    return loans.select_related("deposit__box__shelf", "person", "lent_by").order_by("due_on", "pk")


def running_check(agency_id: UUID) -> StockCheck | None:
    return StockCheck.objects.filter(agency_id=agency_id, closed_at=None).select_related("agency").first()


def schedules_of(agency_id: UUID) -> dict[str, Schedule]:
    """The office's retention schedule by code."""
    return {
        rule.code: Schedule(rule.active_years, rule.inactive_years, Fate(rule.fate), rule.until_retirement)
        for rule in RetentionRule.objects.filter(agency_id=agency_id).order_by("code")
    }


@dataclass(frozen=True, slots=True)
class Living:
    """A deposit with its life, and what may be proposed for it today."""

    deposit: Deposit
    life: Life
    held: bool
    proposal: Proposal | None


def lives_of(agency_id: UUID, deposits: Iterable[Deposit]) -> list[Living]:
    """In as many queries for many as for one; the deposits come with what `visible_deposits` fetches."""
    rows, schedules, today = list(deposits), schedules_of(agency_id), clock.today()
    held = held_among(rows)
    return [_living(row, schedules.get(row.classification), held=row.pk in held, today=today) for row in rows]


def held_among(deposits: Sequence[Deposit]) -> frozenset[UUID]:
    """Which of them a hold protects, by its case or by itself."""
    marked = Deposit.objects.filter(pk__in=[row.pk for row in deposits]).filter(is_held())
    return frozenset(marked.order_by().values_list("pk", flat=True))


def is_held() -> Exists:
    """Whether a hold stands over a deposit, as a condition."""
    ours = Q(deposit=OuterRef("pk")) | Q(case_key=OuterRef("document__case_key"))
    return Exists(Hold.objects.filter(ours, lifted_at=None))


def holds_on(deposit: Deposit) -> QuerySet[Hold]:
    """Holds that stand or stood over it, the newest last."""
    ours = Q(deposit=deposit)
    if deposit.document is not None:
        ours |= Q(case_key=deposit.document.case_key)
    return Hold.objects.filter(ours).select_related("placed_by", "lifted_by").order_by("placed_at", "pk")


def _living(deposit: Deposit, schedule: Schedule | None, *, held: bool, today: dt.date) -> Living:
    ended = getattr(deposit.subject, "end_of_service", None) if deposit.subject else None
    life = life_of(schedule, deposit.closed_on, ended.on if ended else None)
    gone = deposit.state in {DepositState.TRANSFERRED, DepositState.DESTROYED}
    proposal = None if gone else proposal_on(life, today, inactive=deposit.state == "inaktif", held=held)
    return Living(deposit, life, held, proposal)


MOST_DUE = 500


def due_for(agency_id: UUID, proposal: Proposal) -> list[Living]:
    """What may be proposed today, the oldest first, of at most so many that could be."""
    schedules = schedules_of(agency_id)
    wanted = DepositState.ACTIVE if proposal is Proposal.MOVE else DepositState.INACTIVE
    codes = [code for code, schedule in schedules.items() if schedule.until_retirement]
    free = [code for code in schedules if code not in codes]
    ended = Q(classification__in=codes, subject__end_of_service__isnull=False) | Q(classification__in=free)
    rows = Deposit.objects.filter(agency_id=agency_id, state=wanted).filter(ended).select_related(*RELATED)
    busy = ReductionItem.objects.filter(reduction__state="berjalan", deposit=OuterRef("pk"))
    rows = rows.filter(~Exists(busy)).order_by("year", "name", "pk")[:MOST_DUE]
    return [life for life in lives_of(agency_id, rows) if life.proposal is proposal]


def reductions_of(agency_id: UUID) -> QuerySet[Reduction]:
    """Every list of the office, the newest first, with how much is on it."""
    found = Reduction.objects.filter(agency_id=agency_id).select_related("agency", "started_by", "file")
    return found.annotate(size=Count("items")).order_by("-started_at", "-pk")
