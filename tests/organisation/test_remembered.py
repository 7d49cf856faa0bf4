"""What a process remembers of an office's hours and calendar: of another version nothing, of a transaction undone nothing."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from takar.organisation.calendar import calendar_of, note_change
from takar.organisation.hours import hours_of, know_hours
from takar.organisation.models import Agency, Holiday

DAY = dt.date(2026, 3, 20)
READS: tuple[Callable[[Agency], object], ...] = (hours_of, calendar_of)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(name="Dinas Contoh", short_name="DC", region="Kabupaten Contoh", place="Contoh")


def fresh(agency: Agency) -> Agency:
    return Agency.objects.get(pk=agency.pk)


def free_days(agency: Agency) -> set[frozenset[dt.date]]:
    return {hours_of(agency).holidays, calendar_of(agency).holidays}


def close_on(agency: Agency, day: dt.date) -> None:
    Holiday.objects.create(agency=agency, date=day, name="Libur")
    note_change(agency)


def test_known_hours_ask_nothing_even_inside_a_transaction(agency: Agency) -> None:
    know_hours(agency)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        for read in READS:
            read(agency)
    assert len(asked) == 0


def test_a_change_is_seen_at_once_under_its_own_version(agency: Agency) -> None:
    know_hours(agency)
    close_on(agency, DAY)
    assert free_days(fresh(agency)) == {frozenset({DAY})}


def test_what_a_transaction_changed_and_took_back_is_not_remembered(agency: Agency) -> None:
    know_hours(agency)
    with transaction.atomic():
        close_on(agency, DAY)
        assert free_days(fresh(agency)) == {frozenset({DAY})}
        transaction.set_rollback(True)
    later = DAY + dt.timedelta(days=1)
    close_on(agency, later)
    assert free_days(fresh(agency)) == {frozenset({later})}
