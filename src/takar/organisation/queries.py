"""Reads on the organisation, each narrowed to one agency."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from takar.organisation.models import Assignment, Employee, RoleHolder, Unit


def running(on: dt.date) -> Q:
    """Dated rows that hold on the day."""
    return Q(start__lte=on) & (Q(end__isnull=True) | Q(end__gte=on))


def assignments_on(agency_id: UUID, on: dt.date) -> QuerySet[Assignment]:
    """Where everybody of the agency sits on the day, with person, unit and superior."""
    return (
        Assignment.objects.filter(running(on), agency_id=agency_id)
        .select_related("employee", "unit", "superior")
        .order_by("employee__name", "employee_id")
    )


def holders_of(agency_id: UUID, role: str, on: dt.date) -> QuerySet[Employee]:
    held = RoleHolder.objects.filter(running(on), agency_id=agency_id, role=role).values("employee_id")
    return Employee.objects.filter(pk__in=held).order_by("name", "pk")


def roles_of(employee: Employee, on: dt.date) -> frozenset[str]:
    """The offices held on the day; read once where somebody has said that they may be remembered."""
    if employee.known_roles is None:
        return _roles_of(employee, on)
    if on not in employee.known_roles:
        employee.known_roles[on] = _roles_of(employee, on)
    return employee.known_roles[on]


def _roles_of(employee: Employee, on: dt.date) -> frozenset[str]:
    return frozenset(
        RoleHolder.objects.filter(running(on), employee=employee, agency_id=employee.agency_id).values_list(
            "role", flat=True
        )
    )


def employees_by_nip(nips: Iterable[str]) -> dict[str, Employee]:
    """People by NIP, over all agencies: a superior may belong to another."""
    found = Employee.objects.filter(nip__in=set(nips)).select_related("agency")
    return {employee.nip: employee for employee in found if employee.nip}


def employee_of(user_id: UUID) -> Employee | None:
    return Employee.objects.select_related("agency", "user").filter(user_id=user_id).first()


def inactive_employees(agency_id: UUID) -> QuerySet[Employee]:
    """People who have never chosen a password."""
    unusable = {"user__password__startswith": UNUSABLE_PASSWORD_PREFIX}
    people = Employee.objects.filter(agency_id=agency_id, **unusable).select_related("user", "agency")
    return people.order_by("name", "pk")


def unit_names(agency_id: UUID) -> list[str]:
    return list(Unit.objects.filter(agency_id=agency_id).order_by("name").values_list("name", flat=True))
