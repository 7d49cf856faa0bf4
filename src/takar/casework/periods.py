"""Opening a period: a case for everybody who is to be appraised, and the list of those who are not."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from takar.appraisal import forms
from takar.appraisal.enums import Cycle, PlanState, Regulation
from takar.appraisal.models import Appraisal, EarlierPlan, Plan
from takar.appraisal.plan_queries import in_force
from takar.audit.actions import record, record_many
from takar.audit.types import Draft
from takar.casework import policies
from takar.casework.models import Case, Exemption, Period
from takar.casework.spans import Span, method_by_dates, method_problem
from takar.common import clock, words
from takar.common.errors import AlreadyDone, InvalidInput, Problem
from takar.common.ids import uuid7
from takar.organisation.enums import EXEMPT_STANDINGS, PersonKind, PostKind, Standing
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Assignment, Employee
from takar.organisation.queries import assignments_on, running
from takar.procedures.actions import start_runs
from takar.procedures.enums import StepState
from takar.procedures.models import ProcedureVersion, Run, StepRun
from takar.procedures.queries import sop_of

BATCH = 500
EARLIEST_YEAR = 2014


@dataclass(slots=True)
class Roster:
    """Who would be appraised if the period were opened now, and who not and why."""

    included: list[Assignment] = field(default_factory=list)
    excluded: list[tuple[Employee, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The roster in figures, without reading everybody: only those left out are named, and the first without targets."""

    included: int
    excluded: list[tuple[Employee, str]]
    without_plan: int
    first_without_plan: list[Employee]


# Somebody in this state may have to be left out; everybody else is appraised for certain.
DOUBTFUL = ~Q(employee__standing=Standing.ACTIVE) | Q(superior__isnull=True)
STAFF = ~Q(employee__kind=PersonKind.OTHER)
NAMED_WITHOUT_PLAN = 25


def roster(agency: Agency, on: dt.date) -> Roster:
    result = Roster()
    for place in assignments_on(agency.pk, on):
        reason = _reason_to_leave_out(place)
        if reason == "":
            result.included.append(place)
        elif reason is not None:
            result.excluded.append((place.employee, reason))
    return result


def pairs_to_appraise(agency: Agency, on: dt.date) -> "QuerySet[Any, tuple[UUID, UUID]]":
    """The same as keys only: whoever would be appraised, and by whom."""
    places = assignments_on(agency.pk, on).filter(STAFF, superior__isnull=False)
    places = places.exclude(employee__standing__in=EXEMPT_STANDINGS)
    return places.values_list("employee_id", "superior_id")


def outlook(agency: Agency, year: int, on: dt.date, method: str) -> Outlook:
    places = assignments_on(agency.pk, on).filter(STAFF)
    excluded = [(place.employee, _reason_to_leave_out(place) or "") for place in places.filter(DOUBTFUL)]
    excluded = [(person, reason) for person, reason in excluded if reason]
    agreed = Plan.objects.filter(agency=agency, year=year, method=method, state=PlanState.AGREED)
    planned = agreed.values("employee_id")
    planning = places.exclude(employee__standing=Standing.STUDY) if method == Regulation.PP46 else places
    unplanned = planning.exclude(employee__in=planned).exclude(employee__in=[person.pk for person, _ in excluded])
    first = [place.employee for place in unplanned[:NAMED_WITHOUT_PLAN]]
    return Outlook(places.count() - len(excluded), excluded, unplanned.count(), first)


def _reason_to_leave_out(place: Assignment) -> str | None:
    """Empty: appraised. None: not of this office's staff at all (a Bupati), so not even listed."""
    person = place.employee
    if person.kind == PersonKind.OTHER:
        return None
    if person.standing in EXEMPT_STANDINGS:
        return EXEMPT_STANDINGS[Standing(person.standing)]
    if place.superior_id is None:
        return "atasan langsungnya belum dicatat; lengkapi daftar pegawai"
    return ""


@transaction.atomic
def open_period(
    *,
    actor: Employee,
    agency: Agency,
    year: int,
    method: str = "",
    version: ProcedureVersion | None,
    on: dt.date | None = None,
    cycle: str = Cycle.ANNUAL.value,
    number: int = 1,
) -> Period:
    """One act for the whole office; every case is tied to the SOP version in force and to people as they are `on`.

    Without a method it is the one that the law gives for the period's dates.
    """
    policies.check_can_open_period(actor, agency)
    # Lists of this office that are taken in at the same moment come before or after; every other act goes on.
    one_at_a_time(agency)
    on = on or clock.today()
    span = _span(year, cycle, number)
    method = method or method_by_dates(span)
    people = roster(agency, on)
    version = _check(agency, span, method, version, people)
    period = Period(
        agency=agency,
        code=span.code,
        name=span.name(method),
        year=year,
        start=span.start,
        end=span.end,
        cycle=cycle,
        method=method,
        version=version,
        opened_at=clock.now(),
        opened_by=actor,
    )
    try:
        with transaction.atomic():
            period.save()
    except IntegrityError as error:
        raise AlreadyDone(_already_open(period)) from error
    cases = _open_cases(actor, period, people.included, on)
    Exemption.objects.bulk_create(
        [
            Exemption(agency=agency, period=period, employee=person, name=person.full_name, reason=reason)
            for person, reason in people.excluded
        ],
        batch_size=BATCH,
    )
    after = {
        "code": period.code,
        "method": method,
        "sop": version.number,
        "cases": len(cases),
        "left_out": len(people.excluded),
    }
    record(
        stream=f"period:{period.pk}",
        verb="period.opened",
        by=actor.by("pengelola"),
        subject=f"period:{period.pk}",
        after=after,
    )
    return period


def _already_open(period: Period) -> str:
    first = Period.objects.select_related("opened_by").get(agency=period.agency, code=period.code)
    return (
        f"Periode {first.code.removeprefix('SKP-')} sudah dibuka oleh {first.opened_by.full_name} pada {words.moment(first.opened_at)};"
        " tidak ada yang berubah."
    )


def _span(year: int, cycle: str, number: int) -> Span:
    """The period asked for, where there is such a one at all."""
    problems = []
    if not EARLIEST_YEAR <= year <= clock.today().year:
        problems.append(Problem("Tahun", f"Isi antara {EARLIEST_YEAR} dan {clock.today().year}."))
    span = Span(year, cycle, number)
    if not span.exists:
        problems.append(Problem("Periode", "Pilih tahunan, triwulan 1 sampai 4, atau bulan 1 sampai 12."))
    if problems:
        raise InvalidInput("Periode belum dibuka.", problems)
    return span


def _check(
    agency: Agency, span: Span, method: str, version: ProcedureVersion | None, people: Roster
) -> ProcedureVersion:
    problems = []
    if problem := method_problem(span, method):
        problems.append(Problem("Cara penilaian", problem))
    if version is None:
        problems.append(Problem("SOP", "Belum ada SOP yang disahkan; sahkan dahulu satu versi."))
    if not people.included:
        text = (
            f"Belum ada pegawai {agency.short_name} yang dapat dinilai; impor dahulu daftar pegawai dengan atasannya."
        )
        problems.append(Problem("Pegawai", text))
    if problems or version is None:
        raise InvalidInput("Periode belum dibuka.", problems)
    return version


def _open_cases(actor: Employee, period: Period, places: Sequence[Assignment], on: dt.date) -> list[Case]:
    """All rows of all cases in a fixed number of statements per batch."""
    seats = _seats(places, on)
    plans = _plans(period)
    appraisals = [_appraisal(period, place, plans.get(place.employee_id, []), seats) for place in places]
    Appraisal.objects.bulk_create(appraisals, batch_size=BATCH)
    EarlierPlan.objects.bulk_create(_earlier_parts(appraisals, plans), batch_size=BATCH)
    forms.open_first_forms(appraisals)
    runs = start_runs(actor=actor, version=period.version, assignees=[_assignee_of(place) for place in places])
    cases = [
        _case(period, place, appraisal, run, seats)
        for place, appraisal, run in zip(places, appraisals, runs, strict=True)
    ]
    _place_at_open_step(cases)
    Case.objects.bulk_create(cases, batch_size=BATCH)
    sop = sop_of(period.version)
    record_many(
        Draft(
            stream=case.stream,
            verb="case.opened",
            by=actor.by("pengelola"),
            subject=f"case:{case.pk}",
            after={
                "code": case.code,
                "sop": sop.identity.number,
                "version": period.version.version,
                "people": case.snapshot,
            },
        )
        for case in cases
    )
    return cases


def _plans(period: Period) -> dict[object, list[Plan]]:
    """By employee, the plans of the year in the order of its parts."""
    found: dict[object, list[Plan]] = {}
    for plan in in_force(Plan.objects.filter(agency=period.agency, year=period.year, method=period.method)):
        found.setdefault(plan.employee_id, []).append(plan)
    return found


def _earlier_parts(appraisals: Sequence[Appraisal], plans: dict[object, list[Plan]]) -> list[EarlierPlan]:
    """After a mutasi PP 46/2011 assesses every part; PermenPANRB 6/2022 goes by the last one (p. 91 angka 13)."""
    return [
        EarlierPlan(appraisal=appraisal, plan=plan, part=plan.part)
        for appraisal in appraisals
        if appraisal.plan is not None and appraisal.method == Regulation.PP46
        for plan in plans[appraisal.employee_id][:-1]
    ]


def _appraisal(period: Period, place: Assignment, plans: list[Plan], seats: dict[object, Assignment]) -> Appraisal:
    """`led_unit` is where the assessor sits: the organisation whose achievement counts."""
    seat = seats.get(place.superior_id)
    made = Appraisal(
        id=uuid7(),
        agency_id=period.agency_id,
        employee=place.employee,
        plan=plans[-1] if plans else None,
        year=period.year,
        start=period.start,
        end=period.end,
        method=period.method,
        cycle=period.cycle,
        leadership=place.post_kind == PostKind.STRUCTURAL,
        study=place.employee.standing == Standing.STUDY,
        led_unit=seat.unit if seat else None,
    )
    if forms.without_plan(made):
        made.plan = None
    return made


def _assignee_of(place: Assignment) -> Callable[[str], Employee | None]:
    people = {policies.ASSESSOR: place.superior, policies.SUBJECT: place.employee}
    return people.get


def _seats(places: Sequence[Assignment], on: dt.date) -> dict[object, Assignment]:
    """The assignment of everybody who occurs as employee, assessor or assessor's superior."""
    seats: dict[object, Assignment] = {place.employee_id: place for place in places}
    for _ in range(2):
        missing = {place.superior_id for place in seats.values() if place.superior_id} - seats.keys()
        found = Assignment.objects.filter(running(on), employee_id__in=missing)
        seats |= {place.employee_id: place for place in found.select_related("employee", "unit", "superior")}
    return seats


def _case(period: Period, place: Assignment, appraisal: Appraisal, run: Run, seats: dict[object, Assignment]) -> Case:
    person, assessor = place.employee, place.superior
    assert assessor is not None  # noqa: S101 -- the roster leaves out whoever has no superior
    above = seats[assessor.pk].superior if assessor.pk in seats else None
    return Case(
        id=appraisal.pk,
        agency_id=period.agency_id,
        period=period,
        employee=person,
        assessor=assessor,
        assessor_superior=above,
        code=f"{period.code}-{person.nip}",
        name=person.full_name,
        nip=person.nip or "",
        post=place.post,
        unit=place.unit.name,
        snapshot={
            "employee": _card(person, seats),
            "assessor": _card(assessor, seats),
            "superior": _card(above, seats) if above else None,
        },
        appraisal=appraisal,
        run=run,
        terms_next=clock.today(),
    )


def _card(person: Employee, seats: dict[object, Assignment]) -> dict[str, str]:
    """A person as the document will name him or her."""
    seat = seats.get(person.pk)
    return {
        "name": person.full_name,
        "nip": person.nip or "",
        "rank": person.rank,
        "post": seat.post if seat else "",
        "unit": seat.unit.name if seat else "",
    }


def _place_at_open_step(cases: Sequence[Case]) -> None:
    runs = [case.run_id for case in cases]
    steps: dict[object, StepRun] = {}
    for first in range(0, len(runs), BATCH):
        batch = StepRun.objects.filter(run_id__in=runs[first : first + BATCH], state=StepState.OPEN)
        steps |= {step.run_id: step for step in batch.select_related("assignee")}
    for case in cases:
        step = steps[case.run_id]
        case.open_step, case.step, case.actor, case.assignee = step, step.step, step.actor, step.assignee
        case.since, case.due_at, case.risk_at = step.opened_at, step.due_at, step.risk_at
