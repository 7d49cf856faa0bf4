"""Writes on the year's plan."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from takar.appraisal import forms
from takar.appraisal.enums import PlanState, Regulation
from takar.appraisal.figures import column_problems
from takar.appraisal.models import Activity, Appraisal, Plan
from takar.appraisal.types import ActivityData
from takar.audit.actions import record_many
from takar.audit.types import Draft
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation.enums import Role
from takar.organisation.locks import one_at_a_time
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import roles_here
from takar.organisation.types import Summary

ACTIVITY_FIELDS = (
    "number", "name", "quantity", "quantity_unit", "quality", "time", "time_unit", "cost", "credit",
)  # fmt: skip
LABELS = {
    "quantity": "Kuantitas", "quality": "Kualitas", "time": "Waktu", "cost": "Biaya", "credit": "Angka kredit",
}  # fmt: skip
BATCH = 500


def check_can_keep_plans(actor: Employee, agency: Agency) -> None:
    """The agreed targets are brought in by the personnel desk: Staf, Kasubbag or the administrator."""
    if not roles_here(actor, agency) & {Role.STAF, Role.KASUBBAG, Role.ADMIN}:
        raise NotAllowed("Target SKP hanya dapat diisi oleh Staf atau Kasubbag Umum dan Kepegawaian.")


@transaction.atomic
def save_plans(
    *, actor: Employee, agency: Agency, year: int, plans: Mapping[Employee, Sequence[ActivityData]]
) -> Summary:
    """Set the agreed activities of these people; a plan that a case already uses may only be given again unchanged."""
    check_can_keep_plans(actor, agency)
    one_at_a_time(agency)
    for employee, activities in plans.items():
        check_activities(employee, activities)
    pks = [employee.pk for employee in plans]
    present = {
        plan.employee_id: plan
        for plan in Plan.objects.filter(year=year, method=Regulation.PP46, employee_id__in=pks).prefetch_related(
            "activities"
        )
    }
    used = set(
        Appraisal.objects.filter(plan__year=year, plan__method=Regulation.PP46, plan__employee_id__in=pks).values_list(
            "plan_id", flat=True
        )
    )
    drafts: list[Draft] = []
    new: list[Plan] = []
    changed: list[Plan] = []
    activities_of: list[tuple[Plan, Sequence[ActivityData]]] = []
    for employee, activities in plans.items():
        plan = present.get(employee.pk)
        before = activity_rows(plan) if plan else None
        if before == list(activities):
            continue
        if plan is None:
            plan = Plan(agency=agency, employee=employee, year=year, state=PlanState.AGREED, updated_at=clock.now())
            new.append(plan)
        elif plan.pk in used:
            raise NotAllowed(
                f"Target SKP {employee.full_name} tahun {year} sudah dipakai dalam berkas penilaian, "
                "sehingga tidak dapat diganti. Keluarkan baris pegawai ini dari berkas, lalu ulangi."
            )
        else:
            changed.append(plan)
        activities_of.append((plan, activities))
        drafts.append(_draft(plan, actor, before, activities))
    _write(new, changed, activities_of)
    forms.attach_plans({plan.employee_id: plan for plan in new}, year, Regulation.PP46)
    record_many(drafts)
    return Summary(len(new), len(changed), len(plans) - len(new) - len(changed))


def check_activities(employee: Employee, activities: Sequence[ActivityData]) -> None:
    """Refuse a plan that the database would refuse, in words."""
    problems = [
        problem
        for activity in activities
        for problem in _activity_problems(f"{employee.full_name}, kegiatan {activity.number}", activity)
    ]
    if not activities:
        problems.append(Problem(employee.full_name, "Belum ada satu kegiatan pun; isilah paling sedikit satu."))
    if problems:
        raise InvalidInput("Target SKP belum disimpan.", problems)


def _activity_problems(where: str, activity: ActivityData) -> list[Problem]:
    problems = column_problems(where, [(name, label, getattr(activity, name)) for name, label in LABELS.items()])
    if activity.quantity <= 0 or activity.time <= 0:
        problems.append(Problem(where, "Target kuantitas dan waktu harus lebih dari nol."))
    if not 0 < activity.quality <= 100:  # noqa: PLR2004 -- a percentage
        problems.append(Problem(where, "Target kualitas harus antara 1 dan 100."))
    if activity.cost is not None and activity.cost <= 0:
        problems.append(Problem(where, "Target biaya harus lebih dari nol; kosongkan bila tidak dibiayai anggaran."))
    return problems


def activity_rows(plan: Plan) -> list[ActivityData]:
    """The plan's activities as plain values, for comparing and copying."""
    return [ActivityData(**{name: getattr(row, name) for name in ACTIVITY_FIELDS}) for row in plan.activities.all()]


def _write(
    new: Sequence[Plan], changed: Sequence[Plan], activities_of: Sequence[tuple[Plan, Sequence[ActivityData]]]
) -> None:
    Plan.objects.bulk_create(new, batch_size=BATCH)
    Activity.objects.filter(plan__in=changed).delete()
    Plan.objects.filter(pk__in=[plan.pk for plan in changed]).update(updated_at=clock.now())
    rows = [
        Activity(plan=plan, **{name: getattr(data, name) for name in ACTIVITY_FIELDS})
        for plan, activities in activities_of
        for data in activities
    ]
    Activity.objects.bulk_create(rows, batch_size=BATCH)


def _draft(plan: Plan, actor: Employee, before: Sequence[ActivityData] | None, after: Sequence[ActivityData]) -> Draft:
    return Draft(
        stream=f"plan:{plan.pk}",
        verb="plan.saved",
        by=actor.by("pengelola"),
        subject=f"employee:{plan.employee_id}",
        before=None if before is None else {"activities": [_plain(data) for data in before]},
        after={"year": plan.year, "activities": [_plain(data) for data in after]},
    )


def _plain(data: ActivityData) -> dict[str, object]:
    return {name: getattr(data, name) for name in ACTIVITY_FIELDS}
