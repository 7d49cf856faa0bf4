"""Writes on the year's plan."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from takar.appraisal import forms
from takar.appraisal.enums import PlanState, Regulation
from takar.appraisal.models import Appraisal, Plan
from takar.appraisal.plan_contents import CONTENTS, Content
from takar.audit.actions import record_many
from takar.audit.types import Draft
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.enums import Role
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.types import Summary

BATCH = 500


def check_can_keep_plans(actor: Employee, agency: Agency) -> None:
    """The agreed targets are brought in by the personnel desk: Staf, Kasubbag or the administrator."""
    if not roles_here(actor, agency) & {Role.STAF, Role.KASUBBAG, Role.ADMIN}:
        raise NotAllowed("Target SKP hanya dapat diisi oleh Staf atau Kasubbag Umum dan Kepegawaian.")


@transaction.atomic
def save_plans(
    *,
    actor: Employee,
    agency: Agency,
    year: int,
    plans: Mapping[Employee, Any],
    method: str = Regulation.PP46.value,
) -> Summary:
    """Set the agreed content of these people's plans, as `plan_contents` has it for the regulation.

    A plan that a case already uses may only be given again unchanged.
    """
    check_can_keep_plans(actor, agency)
    one_at_a_time(agency)
    content = CONTENTS[method]
    _check(content, plans)
    pks = [employee.pk for employee in plans]
    present = {
        plan.employee_id: plan
        for plan in Plan.objects.filter(year=year, method=method, employee_id__in=pks).prefetch_related(
            *content.prefetch
        )
    }
    used = Appraisal.objects.filter(plan__year=year, plan__method=method, plan__employee_id__in=pks)
    locked = set(used.values_list("plan_id", flat=True))
    drafts: list[Draft] = []
    written: list[tuple[Plan, Any]] = []
    new: list[Plan] = []
    for employee, data in plans.items():
        plan = present.get(employee.pk)
        before = content.read(plan) if plan else None
        if before is not None and content.plain(before) == content.plain(data):
            continue
        if plan is None:
            plan = _new(agency, employee, year, method)
            new.append(plan)
        elif plan.pk in locked:
            raise NotAllowed(
                f"Target SKP {employee.full_name} tahun {year} sudah dipakai dalam berkas penilaian, "
                "sehingga tidak dapat diganti. Keluarkan baris pegawai ini dari berkas, lalu ulangi."
            )
        written.append((plan, data))
        drafts.append(_draft(plan, actor, content, before, data))
    Plan.objects.bulk_create(new, batch_size=BATCH)
    Plan.objects.filter(pk__in=[plan.pk for plan, _ in written]).update(updated_at=clock.now())
    content.write(written)
    forms.attach_plans({plan.employee_id: plan for plan in new}, year, method)
    record_many(drafts)
    return Summary(len(new), len(written) - len(new), len(plans) - len(written))


def _check(content: Content, plans: Mapping[Employee, Any]) -> None:
    """Refuse a plan that the database would refuse, in words."""
    problems = [problem for employee, data in plans.items() for problem in content.problems(employee.full_name, data)]
    if problems:
        raise InvalidInput("Target SKP belum disimpan.", problems)


def _new(agency: Agency, employee: Employee, year: int, method: str) -> Plan:
    return Plan(
        agency=agency, employee=employee, year=year, method=method, state=PlanState.AGREED, updated_at=clock.now()
    )


def _draft(plan: Plan, actor: Employee, content: Content, before: Any, after: Any) -> Draft:
    return Draft(
        stream=f"plan:{plan.pk}",
        verb="plan.saved",
        by=actor.by("pengelola"),
        subject=f"employee:{plan.employee_id}",
        before=None if before is None else content.plain(before),
        after={"year": plan.year, **content.plain(after)},
    )
