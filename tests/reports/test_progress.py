"""How a period goes, in figures that can be counted by hand."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from tests.audit.tampering import lifted
from tests.office import NOW, Office
from tests.web.browsing import words

from takar.casework.actions import return_case
from takar.casework.models import Case
from takar.common import clock
from takar.procedures.models import StepRun
from takar.reports.behind import cases_behind
from takar.reports.progress import Forecast, Report, report_of
from takar.reports.sums import Spread, spread


def report(office: Office) -> Report:
    return report_of(office.period, [office.period])


REASON = "Bukti dukung kegiatan 2 belum ada."


@pytest.mark.parametrize(
    ("histogram", "expected"),
    [
        ({}, Spread(0, None, None)),
        ({7: 1}, Spread(1, 7, 7)),
        ({1: 1, 2: 1}, Spread(2, 1, 2)),
        ({10: 5, 20: 4, 900: 1}, Spread(10, 10, 20)),
        ({10: 5, 20: 3, 900: 2}, Spread(10, 10, 900)),
        ({0: 9, 60: 1}, Spread(10, 0, 0)),
    ],
)
def test_spread_is_by_nearest_rank(histogram: dict[int, int], expected: Spread) -> None:
    assert spread(histogram) == expected


def test_steps_tell_where_cases_are_and_what_is_late(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.at_step(2)
    Case.objects.filter(pk=case.pk).update(due_at=NOW - dt.timedelta(hours=1), risk_at=NOW - dt.timedelta(hours=2))
    steps = report(office).steps
    open_cases = Case.objects.filter(period=office.period, step__gt=0).count()
    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert (sum(step.here for step in steps), steps[1].here, steps[1].late) == (open_cases, 1, 1)
    assert (steps[0].standard, steps[6].standard) == (120, 15)
    assert cases_behind(office.period, {"apa": "lain"})[1].count() == 0


def test_minutes_of_closed_visits_are_ranked_by_step(office: Office) -> None:
    case = office.at_step(3)
    visit = StepRun.objects.filter(run=case.run, step=1)
    visit.update(worked_minutes=90, waited_minutes=30)
    assert report(office).steps[0].work == Spread(0, None, None)
    with lifted(connection):
        visit.update(started_at=NOW - dt.timedelta(days=3), opened_at=NOW - dt.timedelta(days=3))
    first = report(office).steps[0]
    assert (first.work, first.wait) == (Spread(1, 90, 90), Spread(1, 30, 30))
    told, found = cases_behind(office.period, {"apa": "lama", "langkah": "1", "menit": "60"})
    assert (told, list(found)) == ("Langkah 1 dikerjakan lebih lama dari 60 menit kerja", [case])
    assert list(cases_behind(office.period, {"apa": "lama", "langkah": "1", "menit": "90"})[1]) == []


def test_returns_are_counted_by_their_reason(office: Office) -> None:
    case = office.at_step(2)
    return_case(actor=office.people["kasubbag"], step_run_id=case.task_id, to_step=1, reason=REASON)
    assert [(row.step, row.to_step, row.reason, row.count) for row in report(office).sums.returns] == [
        (2, 1, REASON, 1)
    ]
    asked = {"apa": "kembali", "dari": "2", "ke": "1", "alasan": REASON}
    assert list(cases_behind(office.period, asked)[1]) == [case]
    assert list(cases_behind(office.period, asked | {"alasan": "lain"})[1]) == []
    assert report(office).steps[1].returned == 1


def test_units_are_ordered_by_what_is_late(office: Office) -> None:
    late = office.case("rekan")
    Case.objects.filter(pk=late.pk).update(due_at=NOW - dt.timedelta(minutes=1))
    units = report(office).units
    assert (units[0].unit, units[0].late) == (late.unit, 1)
    assert sum(unit.cases for unit in units) == Case.objects.filter(period=office.period).count()


def test_trend_counts_every_period_once(office: Office) -> None:
    office.at_step(8)
    (row,) = report(office).trend
    assert (row.code, row.sums.closed, row.sums.visits, row.sums.returned_visits) == (office.period.code, 1, 7, 0)
    assert (row.sums.cases, report(office).closed) == (Case.objects.count(), 1)


def test_forecast_goes_on_at_the_pace_of_two_weeks(office: Office) -> None:
    left = Case.objects.filter(period=office.period).count()
    assert report(office).forecast == Forecast(left, 0, None)
    office.at_step(8)
    found = report(office).forecast
    assert (found.open, found.closed_lately) == (left - 1, 1)
    assert found.day is not None
    assert found.day > clock.today()


def test_no_form_differs_where_nothing_was_entered(office: Office) -> None:
    assert report(office).sums.errors == ()


def test_page_names_how_many_units_it_does_not_show(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("report", args=[office.period.pk])
    assert "unit lain" not in words(office.client("kepala").get(address))
    monkeypatch.setattr("takar.web.views.reports.MOST_UNITS", 2)
    shown = words(office.client("kepala").get(address))
    assert f"{len(report(office).units) - 2} unit lain ada di Rekapitulasi menurut unit" in shown
