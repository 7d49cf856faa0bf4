"""What is due: the open steps with their moments, and the legal terms that run, kept in rows that lists can ask for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, UUIDField

from takar.casework.aftermath import PARTIES, SUBJECT, waiting_for
from takar.casework.models import Case, Term
from takar.casework.terms import State, officials, states_of
from takar.common import clock
from takar.common.prepared import Prepared, Slot
from takar.jobs.actions import enqueue
from takar.jobs.work import STOP, Work
from takar.organisation.models import Agency, Employee
from takar.procedures.clocks import retime, stale

CASES_AT_ONCE, ROUNDS, BREATH_SECONDS = 50, 40, 0.05
WAITING = "menunggu"
RECOUNT = "casework.recount"
ONE_DAY, NEVER = dt.timedelta(days=1), dt.date.max
KEPT = ["terms_next", "terms_calendar"]
RELATED = ("agency", "appraisal", "assessor", "assessor_superior", "employee", "period")


def keep_terms(cases: Sequence[Case]) -> None:
    """Count the legal terms of these cases anew; inside the transaction of whatever changed them."""
    found = _read(cases)
    today = clock.today()
    states = states_of(found, today)
    Term.objects.filter(case__in=found).delete()
    Term.objects.bulk_create(row for case in found for row in _rows(case, states[case.pk]))
    for case in found:
        standings = states[case.pk].standings
        running = [item.due + ONE_DAY for item in standings if not item.passed]
        case.terms_next = min([*running, NEVER]) if standings else None
        case.terms_calendar = case.agency.calendar_version
    if len(found) == 1:
        found[0].save(update_fields=KEPT)
    else:
        Case.objects.bulk_update(found, KEPT)


def _read(cases: Sequence[Case]) -> list[Case]:
    """The cases as they are by now, with the people whose terms run."""
    if len(cases) == 1:
        return _ONE(case=cases[0].pk)
    return list(Case.objects.filter(pk__in=[case.pk for case in cases]).select_related(*RELATED).order_by("pk"))


_ONE: Prepared[Case] = Prepared(lambda: Case.objects.select_related(*RELATED).filter(pk=Slot("case", UUIDField())))


def _rows(case: Case, state: State) -> Iterable[Term]:
    """A passed term to object is over; every other one that passed is still owed, until the matter is at its end."""
    if not case.step and state.in_effect_since is not None:
        return
    people: dict[str, Employee | None] = {SUBJECT: case.employee, **officials(case)}
    parties = {words: party for party, words in PARTIES.items()}
    yield from _waiting(case, state, people)
    for item in state.standings:
        if item.passed and item.rule.key == "object":
            continue
        party = parties.get(item.rule.who, "")
        yield Term(
            agency_id=case.agency_id,
            case=case,
            rule=item.rule.key,
            party=party,
            person=people.get(party),
            label=item.rule.label[:200],
            started=item.started,
            due=item.due,
        )


def _waiting(case: Case, state: State, people: dict[str, Employee | None]) -> Iterable[Term]:
    """What waits for a party of an approved result, without a day."""
    if case.appraisal.approved_at is None:
        return
    for party, person in people.items():
        for number, sentence in enumerate(waiting_for(state.regime, party, state.facts)):
            rule = f"{WAITING}-{party}-{number}"
            yield Term(agency_id=case.agency_id, case=case, rule=rule, party=party, person=person, label=sentence[:200])


def outdated_cases(agency: Agency) -> QuerySet[Case]:
    """Cases whose terms change by the date, or were counted with an older calendar."""
    old = Q(terms_next__lte=clock.today()) | Q(terms_next__isnull=False, terms_calendar__lt=agency.calendar_version)
    return Case.objects.filter(old, agency=agency).order_by("terms_next", "pk")


def recount(work: Work) -> None:
    """Bring moments and terms up to the calendar and the date, so much at a time; the rest is queued again.

    Little enough at a time, with a breath between, that whoever wants to write meanwhile never waits long.
    """
    more = False
    for agency in Agency.objects.order_by("pk"):
        for _ in range(ROUNDS):
            moved = _retime(agency)
            with transaction.atomic():
                cases = list(outdated_cases(agency)[:CASES_AT_ONCE])
                if cases:
                    keep_terms(cases)
            if not moved and not cases:
                break
            STOP.wait(BREATH_SECONDS)
        more = more or stale(agency).exists() or outdated_cases(agency).exists()
    if more:
        enqueue(actor=None, kind=RECOUNT, params={"after": str(work.job.pk)})


def _retime(agency: Agency) -> bool:
    """The open steps of cases carry their new moments into the cases' own columns; whether any step was stale."""
    if not stale(agency).exists():
        return False
    with transaction.atomic():
        rows = {row.pk: row for row in retime(agency)}
        cases = list(Case.objects.filter(open_step__in=list(rows)).order_by("pk"))
        for case in cases:
            row = rows[case.task_id]
            case.due_at, case.risk_at = row.due_at, row.risk_at
        Case.objects.bulk_update(cases, ["due_at", "risk_at"])
    return True


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody owes in a case, a step or a legal term, and the moment at which it is late."""

    case: Case
    label: str
    at: dt.datetime
    at_risk: bool
    late: bool
    legal: bool
    day: dt.date | None = None


LEGAL_WARNING = dt.timedelta(days=3)


def dues(cases: QuerySet[Case], terms: QuerySet[Term], most: int) -> list[Due]:
    """The nearest of both, the stricter first: what binds by law precedes a step that is due at the same moment."""
    now = clock.now()
    steps = cases.filter(due_at__isnull=False).order_by("due_at", "pk")[:most]
    found = [_of_step(case, now) for case in steps]
    found += [_of_term(term, now) for term in terms.select_related("case").order_by("due", "pk")[:most]]
    return sorted(found, key=lambda due: (due.at, not due.legal, due.case.name))[:most]


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which the last day of a term is over."""
    return dt.datetime.combine(day + ONE_DAY, dt.time(), tzinfo=clock.office_zone())


def terms_of(places: Iterable[UUID]) -> QuerySet[Term]:
    """The terms of these persons: one's own, and of those in whose place one sits."""
    return Term.objects.filter(person__in=list(places), due__isnull=False)


def _of_step(case: Case, now: dt.datetime) -> Due:
    assert case.due_at is not None  # noqa: S101 -- the query asks for no others
    late = case.due_at < now
    risky = not late and case.risk_at is not None and case.risk_at <= now
    return Due(case, f"Langkah {case.step}", case.due_at, risky, late, legal=False)


def _of_term(term: Term, now: dt.datetime) -> Due:
    assert term.due is not None  # noqa: S101 -- the queries ask for no others
    at = end_of(term.due)
    return Due(term.case, term.label, at, at - LEGAL_WARNING <= now < at, at <= now, legal=True, day=term.due)
