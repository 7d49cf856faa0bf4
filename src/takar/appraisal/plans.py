"""Writes on the year's plan."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from takar.appraisal import following, forms
from takar.appraisal.enums import FormState, PlanMoveKind, PlanState, Regulation, Stage
from takar.appraisal.models import Appraisal, Plan, PlanMove
from takar.appraisal.plan_contents import CONTENTS, Content
from takar.appraisal.plan_queries import OPEN, in_force
from takar.audit.actions import record_many
from takar.audit.types import Draft
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Assignment, Employee
from takar.organisation.policies import roles_here
from takar.organisation.queries import running
from takar.organisation.types import Summary

BATCH = 500


@right("plan.keep", "Mengisi target SKP kantor dan mengimpornya", Over.OFFICE)
def check_can_keep_plans(actor: Employee, agency: Agency) -> None:
    """The agreed targets are brought in by the personnel desk: Staf or Kasubbag."""
    if not roles_here(actor, agency) & {Role.STAF, Role.KASUBBAG}:
        raise NotAllowed("Target SKP hanya dapat diisi oleh Staf atau Kasubbag Umum dan Kepegawaian.")


@transaction.atomic
def save_plans(
    *,
    actor: Employee,
    agency: Agency,
    year: int,
    plans: Mapping[Employee, Any],
    method: str = Regulation.PP46.value,
    on: dt.date | None = None,
) -> Summary:
    """Set the content of these people's plans as agreed on paper, as `plan_contents` has it for the regulation.

    What was agreed before stays as it is: other content is a new version. A plan on whose form a case has gone on may
    only be given again unchanged, and nobody's draft on screen is passed over.
    """
    check_can_keep_plans(actor, agency)
    one_at_a_time(agency)
    content = CONTENTS[method]
    _check(content, plans)
    register = _load([employee.pk for employee in plans], year, method)
    on = on or clock.today()
    drafts: list[Draft] = []
    written: list[tuple[Plan, Any]] = []
    for employee, data in plans.items():
        present = register.present.get(employee.pk)
        before = content.read(present) if present else None
        if before is not None and content.plain(before) == content.plain(data):
            continue
        register.check_free(employee, present, year)
        plan = _new(agency, employee, year, method, register)
        written.append((plan, data if before is None else content.inherit(data, before)))
        drafts.append(_draft(plan, actor, content, before, data))
    Plan.objects.bulk_create([plan for plan, _ in written], batch_size=BATCH)
    content.write(written, trusted=True)
    _agree(actor, [plan for plan, _ in written], on)
    first = [plan for plan, _ in written if plan.employee_id not in register.present]
    forms.attach_plans({plan.employee_id: plan for plan in first}, year, method)
    record_many(drafts)
    for plan, _ in written:
        if plan.employee_id in register.present:
            following.follow(plan, by=actor.by("pengelola"))
    return Summary(len(first), len(written) - len(first), len(plans) - len(written))


@dataclass(frozen=True, slots=True)
class _Register:
    """What is there of the year: by employee the last part's plan in force, what is open, used, and the last version."""

    present: Mapping[UUID, Plan]
    opened: Collection[UUID]
    sent: Collection[UUID]
    versions: Mapping[tuple[UUID, int], int]
    seats: Mapping[UUID, Assignment]

    def check_free(self, employee: Employee, present: Plan | None, year: int) -> None:
        if employee.pk in self.opened:
            raise NotAllowed(
                f"SKP {employee.full_name} tahun {year} sedang disusun di layar, sehingga tidak dapat diganti dari sini. "
                "Setujui atau batalkan dahulu yang sedang disusun itu."
            )
        if present is not None and present.pk in self.sent:
            raise NotAllowed(
                f"Target SKP {employee.full_name} tahun {year} sudah dipakai dalam berkas penilaian yang formulirnya "
                "sudah dikirim, sehingga tidak dapat diganti. Keluarkan baris pegawai ini dari berkas, lalu ulangi."
            )


def _load(pks: Sequence[UUID], year: int, method: str) -> _Register:
    plans = Plan.objects.filter(year=year, method=method, employee_id__in=pks)
    related = in_force(plans).select_related("superior").prefetch_related(*CONTENTS[method].prefetch)
    used = Appraisal.objects.filter(plan__in=plans)
    collected = used.filter(forms__stage=Stage.COLLECTED, forms__state=FormState.DRAFT)
    versions = plans.order_by().values("employee_id", "part").annotate(last=Max("version"))
    seats = Assignment.objects.filter(running(clock.today()), employee_id__in=pks).select_related("unit")
    return _Register(
        present={plan.employee_id: plan for plan in related},
        opened=set(plans.filter(state__in=OPEN).values_list("employee_id", flat=True)),
        sent=set(used.exclude(pk__in=collected.values("pk")).values_list("plan_id", flat=True)),
        versions={(row["employee_id"], row["part"]): row["last"] for row in versions},
        seats={seat.employee_id: seat for seat in seats},
    )


def _check(content: Content, plans: Mapping[Employee, Any]) -> None:
    """Refuse a plan that the database would refuse, in words."""
    problems = [problem for employee, data in plans.items() for problem in content.problems(employee.full_name, data)]
    if problems:
        raise InvalidInput("Target SKP belum disimpan.", problems)


def _new(agency: Agency, employee: Employee, year: int, method: str, register: _Register) -> Plan:
    """The next version of the last part, or the first plan of the year, with the person's place of today."""
    before, seat = register.present.get(employee.pk), register.seats.get(employee.pk)
    part = before.part if before else 1
    kept = {name: getattr(before, name) for name in ("start", "end", "ended_on")} if before else {}
    place = {"post": seat.post, "unit": seat.unit.name, "superior_id": seat.superior_id} if seat else {}
    return Plan(
        agency=agency,
        employee=employee,
        year=year,
        method=method,
        part=part,
        version=register.versions.get((employee.pk, part), 0) + 1,
        reason="Target baru diterima dari pengelola kepegawaian." if before else "",
        updated_at=clock.now(),
        **kept,
        **place,
    )


def _agree(actor: Employee, plans: Sequence[Plan], on: dt.date) -> None:
    """The rows are written first: to an agreed plan nothing is added any more."""
    for plan in plans:
        plan.state, plan.agreed_on, plan.on_paper = PlanState.AGREED, on, True
    Plan.objects.bulk_update(plans, ["state", "agreed_on", "on_paper"], batch_size=BATCH)
    moves = [
        PlanMove(
            plan=plan, kind=PlanMoveKind.PAPER, on=on, recorded_at=clock.now(), by=actor, acting_as="pengelola",
            reason=plan.reason,
        )
        for plan in plans
    ]  # fmt: skip
    PlanMove.objects.bulk_create(moves, batch_size=BATCH)


def _draft(plan: Plan, actor: Employee, content: Content, before: Any, after: Any) -> Draft:
    return Draft(
        stream=f"plan:{plan.pk}",
        verb="plan.saved",
        by=actor.by("pengelola"),
        subject=f"employee:{plan.employee_id}",
        before=None if before is None else content.plain(before),
        after={"year": plan.year, **content.plain(after)},
    )
