"""Reads on the organisation, each narrowed to one agency."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce

from takar.common.lists import JsonList
from takar.common.prepared import Prepared, Slot
from takar.organisation.enums import MANDATED_ROLES, Standing
from takar.organisation.models import Agency, Assignment, Employee, Mandate, RoleHolder, Unit


def running(on: dt.date | Slot) -> Q:
    """Dated rows that hold on the day."""
    return Q(start__lte=on) & (Q(end__isnull=True) | Q(end__gte=on))


def assignments_on(agency_id: UUID, on: dt.date) -> QuerySet[Assignment]:
    """Where everybody of the agency sits on the day, with person, unit and superior."""
    return (
        Assignment.objects.filter(running(on), agency_id=agency_id)
        .select_related("employee", "unit", "superior")
        .order_by("employee__name", "employee_id")
    )


def superiors_on(agency_id: UUID, on: dt.date) -> dict[str, str]:
    """The NIP of everybody's direct superior, by NIP, as far as both have one."""
    places = Assignment.objects.filter(running(on), agency_id=agency_id)
    pairs = places.order_by("employee__nip").values_list("employee__nip", "superior__nip")
    return {nip: above for nip, above in pairs if nip and above}


def holders_of(agency_id: UUID, role: str, on: dt.date) -> QuerySet[Employee]:
    held = RoleHolder.objects.filter(running(on), agency_id=agency_id, role=role).values("employee_id")
    return Employee.objects.filter(pk__in=held).order_by("name", "pk")


def holder_counts(agency_id: UUID, on: dt.date) -> dict[str, int]:
    """How many people hold each office on the day."""
    held = RoleHolder.objects.filter(running(on), agency_id=agency_id).order_by().values("role")
    counted = held.annotate(count=Count("employee", distinct=True)).order_by("role")
    return {row["role"]: row["count"] for row in counted}


def roles_of(employee: Employee, on: dt.date) -> frozenset[str]:
    """The offices held on the day; read once where somebody has said that they may be remembered."""
    if employee.known_roles is None:
        return _roles_of(employee, on)
    if on not in employee.known_roles:
        employee.known_roles[on] = _roles_of(employee, on)
    return employee.known_roles[on]


@contextmanager
def roles_remembered(employee: Employee) -> Iterator[None]:
    """Read anew once and remembered for as long as the block lasts: the length of one transaction."""
    before, employee.known_roles = employee.known_roles, {}
    try:
        yield
    finally:
        employee.known_roles = before


def _roles_of(employee: Employee, on: dt.date) -> frozenset[str]:
    return frozenset(_ROLES(on=on, person=employee.pk, agency=employee.agency_id))


_ROLES: Prepared[str] = Prepared(
    lambda: RoleHolder.objects.filter(
        running(Slot("on", DateField())), employee=Slot("person", UUIDField()), agency=Slot("agency", UUIDField())
    ).values_list("role", flat=True)
)


def mandates_on(agency_id: UUID, on: dt.date) -> list[Mandate]:
    """The mandates that hold in the agency on the day, each with the offices that it gives.

    A holder who is no longer in active service acts for nobody, whatever the decree says.
    """
    found = _MANDATES(on=on, agency=agency_id)
    _give_roles(found, on)
    return found


_MANDATES: Prepared[Mandate] = Prepared(
    lambda: Mandate.objects.filter(
        _holding(Slot("on", DateField())), agency=Slot("agency", UUIDField()), holder__standing=Standing.ACTIVE
    ).select_related("holder", "principal")
)


def _holding(on: dt.date | Slot) -> Q:
    """Mandates that are not revoked and hold on the day."""
    return Q(start__lte=on, end__gte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def mandates_in(agency_id: UUID) -> QuerySet[Mandate]:
    """Every mandate of the agency, those that last longest first."""
    found = Mandate.objects.filter(agency_id=agency_id).select_related("holder", "principal", "ended_by")
    return found.order_by("-end", "-start", "pk")


def mandates_near(employee: Employee, on: dt.date) -> list[Mandate]:
    """The same for the person's own agency; read once where somebody has said that it may be remembered."""
    if employee.known_mandates is None:
        return mandates_on(employee.agency_id, on)
    if on not in employee.known_mandates:
        employee.known_mandates[on] = mandates_on(employee.agency_id, on)
    return employee.known_mandates[on]


def mandates_of(holder: Employee, on: dt.date) -> list[Mandate]:
    """Under which mandates the person acts for others on the day."""
    return [mandate for mandate in mandates_near(holder, on) if mandate.holder_id == holder.pk]


def principals_of(holder: Employee, on: dt.date, act: str) -> frozenset[UUID]:
    """In whose places the person may do such an act on the day."""
    held = mandates_of(holder, on)
    return frozenset(mandate.principal_id for mandate in held if mandate.principal_id and act in mandate.acts)


def mandated_roles_of(holder: Employee, on: dt.date, act: str | None = None) -> frozenset[str]:
    """Which offices the person holds by mandate on the day, for such an act or for any."""
    held = mandates_of(holder, on)
    return frozenset().union(*(mandate.roles for mandate in held if act is None or act in mandate.acts))


def _give_roles(mandates: list[Mandate], on: dt.date) -> None:
    """With the place of a person may come the offices that this person holds on the day."""
    principals = {mandate.principal_id for mandate in mandates if mandate.with_roles and mandate.principal_id}
    rows = RoleHolder.objects.filter(running(on), employee_id__in=principals, role__in=MANDATED_ROLES)
    held = list(rows.order_by("pk").values_list("agency_id", "employee_id", "role")) if principals else []
    for mandate in mandates:
        mandate.roles = frozenset({mandate.role} if mandate.role else ())
        if mandate.with_roles:
            place = (mandate.agency_id, mandate.principal_id)
            mandate.roles = frozenset(role for *whose, role in held if tuple(whose) == place)


def first_agency_id() -> UUID | None:
    """The office with which the installation began; identifiers sort by time."""
    return Agency.objects.order_by("pk").values_list("pk", flat=True).first()


def offices(on: dt.date) -> "QuerySet[Any]":
    """All offices of the installation in the order in which they came, each with the number of people placed there."""
    there = Assignment.objects.filter(running(on), agency=OuterRef("pk"), employee__nip__isnull=False).order_by()
    counted = there.values("agency").annotate(count=Count("pk")).values("count")
    return Agency.objects.annotate(people=Coalesce(Subquery(counted), 0)).order_by("pk")


def employees_by_nip(nips: Iterable[str]) -> dict[str, Employee]:
    """People by NIP, over all agencies: a superior may belong to another."""
    found = Employee.objects.filter(nip__in=set(nips)).select_related("agency")
    return {employee.nip: employee for employee in found if employee.nip}


def employee_of(user_id: UUID, **annotations: BaseExpression) -> Employee | None:
    """The person behind an account, with what rooms above want to know in the same query."""
    return Employee.objects.select_related("agency", "user").filter(user_id=user_id).annotate(**annotations).first()


def remember_offices(person: Any, on: dt.date) -> None:
    """For a page that is only read: the offices that came with a `prepared_reader`, and mandates if there are none.

    Who acts is asked about anew by every act.
    """
    person.known_roles = {on: frozenset(person.roles_held or ())}
    person.known_mandates = {} if person.any_mandate else {on: []}


def prepared_reader(**annotations: BaseExpression) -> "Prepared[Employee]":
    """The statement before every page, by account (`user`) and day (`on`), with what rooms above want to know in it."""
    return Prepared(lambda: _reader(**annotations))


def _reader(**annotations: BaseExpression) -> QuerySet[Employee]:
    on = Slot("on", DateField())
    here = RoleHolder.objects.filter(running(on), employee=OuterRef("pk"), agency=OuterRef("agency")).order_by()
    roles = Subquery(here.values("employee").annotate(all=JsonList("role")).values("all"))
    any_mandate = Exists(Mandate.objects.filter(_holding(on), agency=OuterRef("agency")))
    people = Employee.objects.select_related("agency", "user").filter(user_id=Slot("user", UUIDField()))
    return people.annotate(roles_held=roles, any_mandate=any_mandate, **annotations)


def inactive_employees(agency_id: UUID) -> QuerySet[Employee]:
    """People who have never chosen a password."""
    unusable = {"user__password__startswith": UNUSABLE_PASSWORD_PREFIX}
    people = Employee.objects.filter(agency_id=agency_id, **unusable).select_related("user", "agency")
    return people.order_by("name", "pk")


def unit_names(agency_id: UUID, most: int) -> list[str]:
    """The names of the agency's units, at most so many."""
    names = Unit.objects.filter(agency_id=agency_id).order_by("name").values_list("name", flat=True)
    return list(names[:most])
