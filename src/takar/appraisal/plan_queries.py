"""Reads on plans (SKP): which version is in force, whose plans somebody answers for."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from takar.appraisal.enums import PlanState
from takar.appraisal.models import Plan
from takar.organisation.models import Employee

OPEN = frozenset({PlanState.DRAFT, PlanState.SUBMITTED, PlanState.HANDED_UP})
SAME_PART = ("employee_id", "year", "method", "part")


def in_force(plans: "QuerySet[Plan]") -> "QuerySet[Plan]":
    """Of these, the agreed versions that no later agreed one has replaced."""
    same = {name: OuterRef(name) for name in SAME_PART}
    later = Plan.objects.filter(**same, state=PlanState.AGREED, version__gt=OuterRef("version"))
    return plans.filter(~Exists(later), state=PlanState.AGREED).order_by("employee_id", "year", "part")


def in_force_of(employees: Collection[UUID], year: int, method: str) -> dict[UUID, list[Plan]]:
    """By employee, the plans in force of the year: one a part, in the order of the parts."""
    found: dict[UUID, list[Plan]] = {}
    for plan in in_force(Plan.objects.filter(employee_id__in=employees, year=year, method=method)):
        found.setdefault(plan.employee_id, []).append(plan)
    return found


def newest(plans: "QuerySet[Plan]") -> "QuerySet[Plan]":
    """Of these, the last version of each part that was not dropped."""
    same = {name: OuterRef(name) for name in SAME_PART}
    later = Plan.objects.filter(**same, version__gt=OuterRef("version")).exclude(state=PlanState.DROPPED)
    return plans.filter(~Exists(later)).exclude(state=PlanState.DROPPED)


def last_part(employee: Employee, year: int, method: str) -> Plan | None:
    """The newest version of the last part that somebody has in the year; a part that was dropped is none."""
    own = newest(Plan.objects.filter(employee=employee, year=year, method=method))
    return own.select_related("employee").order_by("-part").first()


def versions_of(plan: Plan) -> "QuerySet[Plan]":
    """All versions of the plan's part that were not dropped, the newest first."""
    same = {name: getattr(plan, name) for name in SAME_PART}
    return Plan.objects.filter(**same).exclude(state=PlanState.DROPPED).order_by("-version")
