"""Reads on cases, each already narrowed to what the reader may see or act on."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from takar.appraisal.models import Evidence
from takar.casework.models import Case, CaseDocument, Period, Reassignment
from takar.casework.policies import OVERSEERS
from takar.casework.stead import NOTHING, in_stead
from takar.common import clock
from takar.common.prepared import Prepared, Slot
from takar.organisation.models import Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import mandated_roles_of, mandates_of
from takar.procedures.models import StepRun
from takar.procedures.queries import approved_versions, sop_of
from takar.rules.flow import StepKind


def visible_cases(reader: Employee) -> QuerySet[Case]:
    """The office's cases for those who oversee it; for everybody else the own case and those of one's staff."""
    visible = _visible(reader.pk, reader.agency_id if oversees(reader) else None)
    if places := _places(reader):
        held = Q(assessor_id__in=places) | Q(assessor_superior_id__in=places)
        visible |= held & Q(agency_id=reader.agency_id)
    return Case.objects.filter(visible)


def _visible(reader: UUID | Slot, agency: UUID | Slot | None) -> Q:
    """What one sees in one's own right; `agency`: the one that the reader oversees."""
    visible = Q(employee=reader) | Q(assessor=reader) | Q(assessor_superior=reader)
    return visible | Q(agency_id=agency) if agency else visible


def _places(reader: Employee) -> set[UUID]:
    """The people in whose places the reader sits today."""
    return {mandate.principal_id for mandate in mandates_of(reader, clock.today()) if mandate.principal_id}


def case_at(reader: Employee, step_run_id: UUID) -> Case | None:
    """The case of a step, open or closed, among those that the reader may see, with what the step's page needs."""
    if _places(reader):
        return visible_cases(reader).select_related(*OF_A_STEP).filter(run__steps=step_run_id).first()
    seen = _case_at(oversees(reader))(reader=reader.pk, agency=reader.agency_id, step=step_run_id)
    return next(iter(seen), None)


OF_A_STEP = (
    *("agency", "period", "run__version", "open_step__assignee", "appraisal__plan", "appraisal__led_unit"),
    *("appraisal__employee", "employee", "assessor", "assignee"),
)


@cache
def _case_at(oversees_agency: bool) -> Prepared[Case]:
    agency = Slot("agency", UUIDField()) if oversees_agency else None
    seen = Case.objects.filter(_visible(Slot("reader", UUIDField()), agency), run__steps=Slot("step", UUIDField()))
    return Prepared(lambda: seen.select_related(*OF_A_STEP))


def case_of(reader: Employee, case_id: UUID) -> Case | None:
    """One case among those that the reader may see, with what its page needs; `reassigned`: whether it ever was."""
    if _places(reader):
        return _with_all(visible_cases(reader).filter(pk=case_id)).first()
    seen = _case_of(oversees(reader))(reader=reader.pk, agency=reader.agency_id, case=case_id)
    return next(iter(seen), None)


OF_A_CASE = (
    *("period", "run__version", "open_step", "appraisal__plan", "appraisal__decision", "agency"),
    *("employee", "assignee", "assessor", "assessor_superior"),
)


def _with_all(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With the people and versions of a case, and whether there is anything to ask about what most cases have not."""
    reassigned = Exists(Reassignment.objects.filter(case=OuterRef("pk")))
    supported = Exists(Evidence.objects.filter(appraisal=OuterRef("appraisal")))
    found = cases.select_related(*OF_A_CASE).annotate(reassigned=reassigned, supported=supported)
    return found.defer("run__version__content", "run__version__typed")


@cache
def _case_of(oversees_agency: bool) -> Prepared[Case]:
    agency = Slot("agency", UUIDField()) if oversees_agency else None
    seen = Case.objects.filter(_visible(Slot("reader", UUIDField()), agency), pk=Slot("case", UUIDField()))
    return Prepared(lambda: _with_all(seen))


def oversees(reader: Employee) -> bool:
    """Whether the person sees every case of the agency: by an office held in the own right or by mandate."""
    held = roles_here(reader, reader.agency) | mandated_roles_of(reader, clock.today())
    return bool(held & OVERSEERS)


def visible_in(reader: Employee, period: Period) -> QuerySet[Case]:
    """The same within one period. Who oversees its agency sees all of it, and then one index answers for everything."""
    if period.agency_id == reader.agency_id and oversees(reader):
        return Case.objects.filter(period=period)
    return visible_cases(reader).filter(period=period)


def own_tasks(reader: Employee) -> QuerySet[Case]:
    """Cases whose open step is this person's to do today, longest waiting first."""
    return Case.objects.filter(_tasks_of(reader)).order_by("since", "name", "pk")


def _tasks_of(reader: Employee) -> Q:
    return _mine(reader.pk, reader.agency_id, roles_here(reader, reader.agency)) | in_stead(reader)


def _mine(reader: UUID | Slot, agency: UUID | Slot, roles: Collection[str]) -> Q:
    """What is to be done in one's own right: assigned, or of an office that one holds."""
    mine = Q(assignee=reader, step__gt=0)
    return mine | Q(agency_id=agency, actor__in=roles, step__gt=0) if roles else mine


def tasks_of_kind(reader: Employee, kind: StepKind) -> QuerySet[Case]:
    """Those of a person's tasks that are this kind of act, whatever number the step has in its version of the SOP."""
    same = Q(pk__in=[])
    for version in approved_versions(reader.agency_id):
        numbers = [step.number for step in sop_of(version).flow.steps if step.kind is kind]
        same |= Q(run__version=version, step__in=numbers)
    return own_tasks(reader).filter(same)


def chosen_steps(reader: Employee, chosen: Collection[UUID]) -> QuerySet[StepRun]:
    """The chosen visits to steps, closed ones too, as far as the reader may see their cases."""
    visible = visible_cases(reader).values("pk")
    return StepRun.objects.filter(pk__in=chosen, run__case__in=visible).order_by("run__case__name", "pk")


def tasks_up_to(reader: Employee, most: int) -> int:
    """How many tasks wait for this person, not counted further than `most`: for a number that stands on every page."""
    roles = tuple(sorted(roles_here(reader, reader.agency)))
    if in_stead(reader) is NOTHING:
        return len(_tasks(roles, most)(reader=reader.pk, agency=reader.agency_id))
    return own_tasks(reader).order_by()[:most].count()


@lru_cache(maxsize=64)
def _tasks(roles: tuple[str, ...], most: int) -> Prepared[tuple[int]]:
    mine = _mine(Slot("reader", UUIDField()), Slot("agency", UUIDField()), roles)
    return Prepared(lambda: Case.objects.filter(mine).values_list("step")[:most])


def task_counts_by_version(reader: Employee) -> dict[tuple[UUID, int], int]:
    """The same by version of the SOP: a number may mean one step in a running period and another in a new one."""
    rows = own_tasks(reader).order_by().values("period__version", "step").annotate(count=Count("pk"))
    return {(row["period__version"], row["step"]): row["count"] for row in rows.order_by("period__version", "step")}


LATE, AT_RISK, RUNNING = "terlambat", "hampir", "berjalan"


def by_time(cases: QuerySet[Case], which: str) -> QuerySet[Case]:
    """Only those whose open step is late, near its due moment, or open at all; all for anything else."""
    now = clock.now()
    if which == RUNNING:
        return cases.filter(step__gt=0)
    if which == LATE:
        return cases.filter(step__gt=0, due_at__lt=now)
    return cases.filter(step__gt=0, risk_at__lte=now, due_at__gte=now) if which == AT_RISK else cases


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What somebody looks for in the office's list; a unit by its name, or by a part of it if none is named so."""

    words: str = ""
    step: int | None = None
    unit: str = ""
    returned: bool = False
    time: str = ""


def filtered(cases: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    cases = cases.order_by("name", "pk")
    if wanted.unit:
        named = cases.filter(unit=wanted.unit)
        cases = named if named.exists() else cases.filter(unit__icontains=wanted.unit)
    if wanted.step is not None:
        cases = cases.filter(step=wanted.step)
    if wanted.returned:
        cases = cases.filter(returned=True)
    cases = by_time(cases, wanted.time)
    digits = re.sub(r"[\s.]", "", wanted.words)
    if digits.isdigit():
        return cases.filter(nip__startswith=digits)
    for word in wanted.words.split():
        cases = cases.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return cases


def counts_by_step(cases: QuerySet[Case]) -> dict[int, int]:
    rows = cases.order_by().values("step").annotate(count=Count("pk")).order_by("step")
    return {row["step"]: row["count"] for row in rows}


def periods_of(agency_id: UUID) -> QuerySet[Period]:
    """The agency's periods, the newest first, each with its version of the SOP but not with the text of it."""
    found = Period.objects.filter(agency_id=agency_id).select_related("version")
    return found.defer("version__content", "version__typed").order_by("-start", "code")


def control_file(period: Period) -> tuple[QuerySet[Case], dict[str, int]]:
    """Dokumen pengendalian of a period: each case with its document in force, and how many have come how far."""
    cases = Case.objects.filter(period=period)
    in_force = CaseDocument.objects.filter(case=OuterRef("pk"), document__successor__isnull=True)
    shown = {
        "document_number": Subquery(in_force.values("document__number")[:1]),
        "document_id": Subquery(in_force.values("document")[:1], output_field=UUIDField()),
        "box_code": Subquery(in_force.values("document__deposit__box__code")[:1]),
        "shelf_code": Subquery(in_force.values("document__deposit__box__shelf__code")[:1]),
    }
    counts = cases.aggregate(
        all=Count("pk"),
        issued=Count("pk", filter=Q(Exists(in_force))),
        archived=Count("pk", filter=Q(Exists(in_force.filter(document__deposit__isnull=False)))),
    )
    return cases.annotate(**shown).order_by("name", "pk"), counts
