"""A query that is compiled once gives what the query itself gives, whatever the values and the thread."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import CharField, UUIDField
from django.test.utils import CaptureQueriesContext
from tests.office import Office

from takar.common.prepared import Prepared, Slot
from takar.organisation.models import Employee

PEOPLE = Prepared(
    lambda: Employee.objects.select_related("agency").filter(pk=Slot("who", UUIDField())).exclude(name="Tidak Ada")
)
NAMES = Prepared(
    lambda: Employee.objects.filter(kind=Slot("kind", CharField())).order_by("name").values_list("name", "nip")[:3]
)


def test_rows_are_those_of_the_query_for_each_value(office: Office) -> None:
    for person in (office.staf, office.kasubbag):
        with CaptureQueriesContext(connection) as asked:
            found = PEOPLE(who=person.pk)
            assert [(one, one.agency.name) for one in found] == [(person, office.agency.name)]
        assert len(asked) == 1
    assert PEOPLE(who=uuid4()) == []


def test_tuples_limits_and_orders_are_kept(office: Office) -> None:
    expected = Employee.objects.filter(kind="pns").order_by("name").values_list("name", "nip")[:3]
    assert NAMES(kind="pns") == list(expected)
    assert NAMES(kind="pns") == list(expected)


def test_a_value_that_is_missing_is_an_error(office: Office) -> None:
    with pytest.raises(KeyError, match="who"):
        PEOPLE(whom=office.staf.pk)


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_each_others_values() -> None:
    known = {uuid4() for _ in range(20)}

    def ask(who: UUID) -> list[Employee]:
        try:
            return PEOPLE(who=who)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, known)) == [[]] * len(known)
