"""Who holds which office on a day, and how often that is asked."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.mandates import give
from tests.office import TODAY, Office

from takar.organisation.models import Employee, RoleHolder
from takar.organisation.policies import roles_here
from takar.organisation.queries import (
    employee_of,
    employees_by_nip,
    holders_of,
    inactive_employees,
    mandates_of,
    prepared_reader,
    remember_offices,
    roles_of,
)

READER = prepared_reader()


def reader_of(user_id: UUID) -> Employee | None:
    """Who reads a page, as the frame around every page finds and remembers it."""
    person = next(iter(READER(user=user_id, on=TODAY)), None)
    if person is not None:
        remember_offices(person, TODAY)
    return person


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [(-10, None, True), (0, None, True), (1, None, False), (-10, 0, True), (-10, -1, False)],
)
def test_role_holds_from_its_first_to_its_last_day(office: Office, start: int, end: int | None, held: bool) -> None:
    first, last = TODAY + dt.timedelta(start), None if end is None else TODAY + dt.timedelta(end)
    RoleHolder.objects.create(agency=office.agency, employee=office.rekan, role="staf", start=first, end=last)
    assert ("staf" in roles_of(office.rekan, TODAY)) is held


def test_offices_are_held_in_the_own_agency_only(office: Office) -> None:
    assert roles_here(office.outsider, office.agency) == frozenset()
    assert roles_here(office.outsider, office.outsider.agency) == {"staf", "kasubbag", "kepala", "sekretaris", "admin"}


def test_roles_are_asked_anew_for_every_act_and_once_for_a_page(office: Office) -> None:
    person = Employee.objects.get(pk=office.staf.pk)
    with CaptureQueriesContext(connection) as asked:
        assert [roles_of(person, TODAY) for _ in range(3)] == [{"staf"}] * 3
    person.known_roles = {}
    with CaptureQueriesContext(connection) as remembered:
        assert [roles_of(person, TODAY) for _ in range(3)] == [{"staf"}] * 3
        assert roles_of(person, TODAY - dt.timedelta(1)) == frozenset()
    assert (len(asked), len(remembered)) == (3, 2)
    assert Employee.objects.get(pk=person.pk).known_roles is None


def test_reader_of_a_page_comes_with_the_offices_held_and_without_mandates(office: Office) -> None:
    with CaptureQueriesContext(connection) as asked:
        person = reader_of(office.staf.user_id)
        assert person is not None
        held = (person, person.agency, roles_of(person, TODAY), mandates_of(person, TODAY))
    assert held == (office.staf, office.agency, {"staf"}, [])
    assert len(asked) == 1
    assert roles_of(person, TODAY - dt.timedelta(1)) == frozenset()
    assert reader_of(uuid4()) is None


def test_reader_of_a_page_sees_mandates_as_soon_as_there_are_any(office: Office) -> None:
    mandate = give(office, start=TODAY)
    holder = reader_of(office.atasan_lain.user_id)
    assert holder is not None
    assert mandates_of(holder, TODAY) == [mandate]


def test_holders_of_a_role_come_by_name(office: Office) -> None:
    assert list(holders_of(office.agency.pk, "staf", TODAY)) == [office.staf2, office.staf]
    assert list(holders_of(office.agency.pk, "staf", TODAY - dt.timedelta(1))) == []


def test_superior_of_another_agency_is_found_by_nip(office: Office) -> None:
    assert office.outsider.nip
    assert employees_by_nip([office.outsider.nip, "000000000000000000"]) == {office.outsider.nip: office.outsider}


def test_employee_is_found_by_account(office: Office) -> None:
    assert employee_of(office.staf.user_id) == office.staf
    assert employee_of(office.agency.pk) is None


def test_inactive_people_are_those_without_a_password_of_this_agency(office: Office) -> None:
    assert [person.name for person in inactive_employees(office.agency.pk)] == ["H. Bupati Contoh"]
    office.rekan.user.set_unusable_password()
    office.rekan.user.save(update_fields=["password"])
    assert [person.name for person in inactive_employees(office.agency.pk)] == ["H. Bupati Contoh", "Rudi Hartawan"]
