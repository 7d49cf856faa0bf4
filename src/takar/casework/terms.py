"""How a case stands after the approval: what has happened, which legal terms run, and what waits for whom."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import DateField, F, Q, QuerySet, UUIDField

from takar.casework.aftermath import (
    ASSESSOR,
    SUBJECT,
    SUPERIOR,
    Regime,
    regime_of,
)
from takar.casework.models import Act, Case, Term
from takar.common import clock, words
from takar.common.errors import NotAllowed
from takar.common.prepared import Prepared, Slot
from takar.documents.enums import SignedAs
from takar.documents.models import Signature
from takar.organisation.calendar import calendar_of
from takar.organisation.enums import PersonKind
from takar.organisation.models import Employee, Mandate
from takar.organisation.queries import mandates_of
from takar.rules.deadlines import OfficeCalendar, Standing, due_date, rule_named, rules_of, standing
from takar.rules.flow import StepKind

Facts = dict[str, dt.date]


@dataclass(frozen=True, slots=True)
class State:
    """What has happened in a case (fact → the office's date), and where its legal terms stand."""

    regime: Regime
    facts: Mapping[str, dt.date]
    standings: tuple[Standing, ...]

    @property
    def objection_open(self) -> bool:
        return "objection_open" in self.facts

    @property
    def in_effect_since(self) -> dt.date | None:
        """Since when the matter is at its end: ratified, fixed by the superior, or reported."""
        if self.objection_open:
            return None
        return next((self.facts[fact] for fact in self.regime.settled if fact in self.facts), None)


def state_of(case: Case, on: dt.date | None = None) -> State:
    """The state of one case on a day, today unless said otherwise; three queries."""
    return states_of([case], on)[case.pk]


def states_of(cases: Sequence[Case], on: dt.date | None = None) -> dict[UUID, State]:
    """The states of many cases, in as many queries as for one (and one more for each other agency)."""
    on = on or clock.today()
    acts, signatures = _acts(cases), _signings(cases)
    agencies: dict[UUID, OfficeCalendar] = {}
    for case in cases:
        if case.agency_id not in agencies:
            agencies[case.agency_id] = calendar_of(case.agency)
    return {
        case.pk: _state(case, acts.get(case.pk, ()), signatures.get(case.pk), agencies[case.agency_id], on)
        for case in cases
    }


def acts_of(case: Case) -> list[Act]:
    """What was done after the approval, in the order in which it was recorded; read once where a page keeps it."""
    if case.known_acts is None:
        rows = Act.objects.filter(case=case).select_related("by").prefetch_related("files")
        return list(rows.order_by("recorded_at", "pk"))
    return case.known_acts


def _acts(cases: Sequence[Case]) -> dict[UUID, list[Act]]:
    acts = {case.pk: case.known_acts for case in cases if case.known_acts is not None}
    unknown = [case.pk for case in cases if case.pk not in acts]
    if len(unknown) == 1:
        return acts | {unknown[0]: _ACTS(case=unknown[0])}
    if unknown:
        for act in Act.objects.filter(case__in=unknown).order_by("recorded_at", "pk"):
            acts.setdefault(act.case_id, []).append(act)
    return acts


_ACTS: Prepared[Act] = Prepared(
    lambda: Act.objects.filter(case=Slot("case", UUIDField())).order_by("recorded_at", "pk")
)


def _signings(cases: Sequence[Case]) -> dict[UUID, dt.datetime | None]:
    """When the employee first signed, by case."""
    found = {case.pk: case.known_signing[0] for case in cases if case.known_signing is not None}
    unknown = [case.pk for case in cases if case.pk not in found]
    if len(unknown) == 1:
        return found | dict(_SIGNINGS(case=unknown[0]))
    if unknown:
        found |= dict(_signed(Q(document__case_link__case__in=unknown)))
    return found


def _signed(cases: Q) -> "QuerySet[Signature, tuple[UUID, dt.datetime]]":
    """The earliest of a case comes last."""
    found = Signature.objects.filter(cases, signed_as=SignedAs.EMPLOYEE).order_by("-signed_at")
    return found.values_list("document__case_key", "signed_at")


_SIGNINGS: Prepared[tuple[UUID, dt.datetime]] = Prepared(
    lambda: _signed(Q(document__case_link__case=Slot("case", UUIDField())))
)


def check_no_objection_open(case: Case) -> None:
    """Nothing is copied or archived before an objection is decided."""
    made = set(Act.objects.filter(case=case).values_list("kind", flat=True))
    if "object" in made and not made & {"confirm", "change"}:
        raise NotAllowed(
            f"Keberatan {case.name} atas hasil penilaiannya sedang berjalan, sehingga dokumennya belum dapat digandakan "
            "atau diarsipkan. Tunggu keputusan atasan pejabat penilai."
        )


def assessor_of(case: Case) -> Employee:
    """Who assesses: the assessor, or the superior who took the assessment over (PP 46/2011 Pasal 22)."""
    taken = Act.objects.filter(case=case, kind="take_over").select_related("by").first()
    return taken.by if taken else case.assessor


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that concerns a reader in one case: a running term, or something that waits."""

    case: Case
    sentence: str
    due: dt.date | None


MOST_NOTICES = 100


def notices_for(reader: Employee) -> list[Notice]:
    """Running terms and what waits, in the cases in which the reader is a party; what waits first, then the nearest.

    Read from the rows that every act keeps: as cheap for somebody with a thousand cases as for one with none.
    """
    places, today = places_of(reader), clock.today()
    alone = places == [reader.pk]
    found = _OWN_TERMS(reader=reader.pk, today=today) if alone else list(_terms(reader.pk, Q(person__in=places), today))
    agencies = {row.agency_id: row.agency for row in found if row.due is not None}
    calendars = {key: calendar_of(agency) for key, agency in agencies.items()}
    return [Notice(row.case, _sentence(row, calendars), row.due) for row in found]


def _terms(reader: UUID | Slot, there: Q, today: dt.date | Slot) -> QuerySet[Term]:
    """The rows that concern somebody there; of the reader's own case only as its subject."""
    own_role_only = ~Q(case__employee=reader) | Q(party=SUBJECT)
    overdue = Q(case__actor=ASSESSOR, case__period__end__lt=today)
    rows = Term.objects.filter(own_role_only, there)
    rows = rows.filter(Q(case__appraisal__approved_at__isnull=False) | overdue)
    rows = rows.select_related("agency", "case__period").only(*SHOWN_OF_TERM)
    return rows.order_by(F("due").asc(nulls_first=True), "case__name", "pk")[:MOST_NOTICES]


SHOWN_OF_TERM = (
    *("rule", "label", "started", "due", "case__name", "case__period__method"),
    *("agency__day_count", "agency__working_weekdays", "agency__calendar_version"),
)
_READER = Slot("reader", UUIDField())
_OWN_TERMS: Prepared[Term] = Prepared(lambda: _terms(_READER, Q(person=_READER), Slot("today", DateField())))


def _sentence(row: Term, calendars: Mapping[UUID, OfficeCalendar]) -> str:
    """The duty, its last day, the how manieth day it is, and what follows when that has passed."""
    if row.due is None or row.started is None:
        return row.label
    rule = rule_named(row.case.period.method, row.rule)
    return standing(rule, row.started, clock.today(), calendars[row.agency_id]).sentence


def superior_of(case: Case) -> Employee | None:
    """The assessor's superior. Where the assessor is the highest official (a Bupati), he is also that: PP 46 Ps. 20."""
    if case.assessor_superior is not None:
        return case.assessor_superior
    return case.assessor if case.assessor.kind == PersonKind.OTHER else None


def parties_of(reader: Employee, case: Case, held: Sequence[Mandate] | None = None) -> list[str]:
    """As which of the parties the reader stands in the case, by name or by mandate; in the own case as no other."""
    if reader.pk == case.employee_id:
        return [SUBJECT]
    held = _places(reader) if held is None else held
    places = {mandate.principal_id for mandate in held if mandate.agency_id == case.agency_id} | {reader.pk}
    return [party for party, person in officials(case).items() if person and person.pk in places]


def stead_title(person: Employee, case: Case, party: str) -> str:
    """How somebody who acts in the party's stead is named, "Plt. Kepala Bidang A"; empty in the own right."""
    principal = officials(case).get(party)
    if principal is None or principal.pk == person.pk:
        return ""
    return next((mandate.title for mandate in _places(person) if mandate.principal_id == principal.pk), "")


def officials(case: Case) -> dict[str, Employee | None]:
    """The parties who decide, by name."""
    return {ASSESSOR: case.assessor, SUPERIOR: superior_of(case)}


def places_of(person: Employee) -> list[UUID]:
    """The person, and those in whose place he or she sits today."""
    return [person.pk, *(mandate.principal_id for mandate in _places(person) if mandate.principal_id)]


def _places(person: Employee) -> list[Mandate]:
    """The mandates by which the person sits today in the place of somebody who assesses."""
    held = mandates_of(person, clock.today())
    return [mandate for mandate in held if mandate.principal_id and StepKind.ASSESS.value in mandate.acts]


def _state(
    case: Case, acts: Iterable[Act], signed_at: dt.datetime | None, office: OfficeCalendar, on: dt.date
) -> State:
    regime = regime_of(case.appraisal.method)
    facts = _facts(case, regime, acts, signed_at, office)
    standings = []
    for rule in rules_of(case.appraisal.method):
        stops = regime.stops.get(rule.key)
        if stops is None or rule.act not in facts or any(fact in facts for fact in stops):
            continue
        found = standing(rule, facts[rule.act], on, office)
        standings.append(found)
        if found.passed:
            facts[f"{rule.key}_overdue"] = found.due + dt.timedelta(days=1)
            facts[f"{rule.key}_passed"] = found.due
    return State(regime, facts, tuple(standings))


def _facts(
    case: Case, regime: Regime, acts: Iterable[Act], signed_at: dt.datetime | None, office: OfficeCalendar
) -> Facts:
    """What the rows and acts show; when the result counts as delivered is for the regulation to say."""
    appraisal = case.appraisal
    facts: Facts = {"year_started": appraisal.start, "evaluation_ended": appraisal.end}
    if regime.evaluation_by:
        rule = rule_named(appraisal.method, regime.evaluation_by)
        facts["evaluation_ended"] = due_date(rule, facts[rule.act], office)
    made = {kind.key: kind.makes for kind in regime.kinds}
    facts |= {made[act.kind]: clock.office_date(act.at) for act in acts if act.kind in made}
    if signed_at is not None:
        facts["returned"] = clock.office_date(signed_at)
    if appraisal.approved_at is not None:
        facts |= _approval(case, regime, facts, clock.office_date(appraisal.approved_at))
    elif case.actor == ASSESSOR:
        facts["at_assessment"] = clock.office_date(case.since)
    if "objected" in facts and not {"confirmed", "changed"} & facts.keys():
        facts["objection_open"] = facts["objected"]
    if case.step == 0:
        facts["closed"] = clock.office_date(case.since)
    return facts


def _approval(case: Case, regime: Regime, known: Facts, approved: dt.date) -> Facts:
    """Approved, signed and delivered; what the superior evaluated in the assessor's place has clocks of its own."""
    facts = {"approved": approved}
    by_superior = regime.superior_is_final and "taken_over" in known
    if by_superior or (regime.superior_is_final and case.assessor.kind == PersonKind.OTHER):
        facts["final"] = approved
    facts["superior_signed" if by_superior else "signed"] = approved
    arrived = next((fact for fact in regime.delivery if fact in known or fact in facts), None)
    if arrived is not None:
        facts["superior_delivered" if by_superior else "delivered"] = {**known, **facts}[arrived]
    return facts


def last_day_to_object(state: State) -> str:
    """The date on which the term of the objection ends, in words; empty where none runs."""
    found = next((item for item in state.standings if item.rule.key == "object" and not item.passed), None)
    return words.date(found.due) if found else ""
