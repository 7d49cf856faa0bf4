import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takar.rules.worktime import (
    DayHours,
    OfficeHours,
    Season,
    default_ramadhan,
    default_week,
    due_moment,
    is_open,
    minutes_between,
    next_opening,
    worked_between,
)

WITA = ZoneInfo("Asia/Makassar")
HOLIDAYS = frozenset({dt.date(2026, 1, 1), dt.date(2026, 1, 16), dt.date(2026, 3, 20)})
WEEK = {day: hours for day, hours in default_week().items() if day < 5}
RAMADHAN = {day: hours for day, hours in default_ramadhan().items() if day < 5}
SEASON = Season(dt.date(2026, 2, 18), dt.date(2026, 3, 19), RAMADHAN)
OFFICE = OfficeHours(WEEK, WITA, (SEASON,), HOLIDAYS)
SIX_DAYS = OfficeHours({day: DayHours(dt.time(8), dt.time(14)) for day in range(6)}, WITA)


def at(text: str, zone: dt.tzinfo = WITA) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def test_default_weeks_have_the_hours_of_the_regulation() -> None:
    assert [sum(hours.minutes for hours in week.values()) for week in (WEEK, RAMADHAN)] == [2250, 1950]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-01-12 07:30", "2026-01-12 16:00", 450),
        ("2026-01-12 00:00", "2026-01-13 00:00", 450),
        ("2026-01-12 11:59", "2026-01-12 13:01", 2),  # around the break
        ("2026-01-12 12:10", "2026-01-12 12:50", 0),  # within the break
        ("2026-01-09 11:30", "2026-01-09 13:00", 0),  # Friday's longer break
        ("2026-01-09 13:00", "2026-01-09 16:30", 210),
        ("2026-01-09 16:00", "2026-01-12 08:00", 60),  # over a weekend
        ("2026-01-15 15:00", "2026-01-19 08:30", 120),  # over a holiday and a weekend
        ("2026-01-12 23:59", "2026-01-13 00:01", 0),  # midnight
        ("2025-12-31 15:30", "2026-01-02 08:00", 60),  # the year's end, 1 January off
        ("2026-02-17 15:00", "2026-02-18 09:00", 120),  # the first day of Ramadhan opens at eight
        ("2026-03-18 14:30", "2026-03-23 08:30", 480),  # its last days, a holiday, then the usual hours again
        ("2026-01-12 09:00", "2026-01-12 09:00", 0),
        ("2026-01-13 09:00", "2026-01-12 09:00", 0),
    ],
)
def test_minutes_are_those_on_which_the_office_works(start: str, end: str, minutes: int) -> None:
    assert minutes_between(at(start), at(end), OFFICE) == minutes


@pytest.mark.parametrize(
    ("arrival", "minutes", "due"),
    [
        ("2026-01-12 09:30", 120, "2026-01-12 11:30"),
        ("2026-01-12 11:00", 120, "2026-01-12 14:00"),
        ("2026-01-12 14:00", 120, "2026-01-12 16:00"),  # used up exactly at closing
        ("2026-01-12 14:00", 121, "2026-01-13 07:31"),
        ("2026-01-12 10:00", 120, "2026-01-12 12:00"),  # exactly when the break begins
        ("2026-01-09 16:00", 60, "2026-01-12 08:00"),
        ("2026-01-10 10:00", 15, "2026-01-12 07:45"),  # arrived on a Saturday
        ("2026-01-15 15:50", 15, "2026-01-19 07:35"),
        ("2025-12-31 15:59", 2, "2026-01-02 07:31"),
        ("2026-01-12 23:30", 60, "2026-01-13 08:30"),
        ("2026-01-12 09:30", 0, "2026-01-12 09:30"),
        ("2026-02-17 15:30", 60, "2026-02-18 08:30"),
    ],
)
def test_due_moment_counts_only_worked_minutes(arrival: str, minutes: int, due: str) -> None:
    assert due_moment(at(arrival), minutes, OFFICE) == at(due)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-01-12 07:29", "2026-01-12 07:30"),
        ("2026-01-12 07:30", "2026-01-12 07:30"),
        ("2026-01-12 12:30", "2026-01-12 13:00"),
        ("2026-01-12 16:00", "2026-01-13 07:30"),
        ("2026-01-09 16:30", "2026-01-12 07:30"),
        ("2025-12-31 20:00", "2026-01-02 07:30"),
    ],
)
def test_next_opening(moment: str, opening: str) -> None:
    assert next_opening(at(moment), OFFICE) == at(opening)
    assert is_open(at(moment), OFFICE) == (moment == opening)


def test_holiday_declared_late_moves_what_is_due() -> None:
    arrival = at("2026-03-24 15:00")
    assert due_moment(arrival, 120, OFFICE) == at("2026-03-25 08:30")
    declared = OfficeHours(WEEK, WITA, (), HOLIDAYS | {dt.date(2026, 3, 25)})
    assert due_moment(arrival, 120, declared) == at("2026-03-26 08:30")


def test_six_day_week_works_on_saturday() -> None:
    assert due_moment(at("2026-01-09 13:30"), 60, SIX_DAYS) == at("2026-01-10 08:30")


def test_day_without_length_counts_as_nothing() -> None:
    empty = DayHours(dt.time(8), dt.time(8))
    assert (empty.minutes, empty.spans) == (0, ())
    office = OfficeHours({0: empty, 1: DayHours(dt.time(8), dt.time(12))}, WITA)
    assert due_moment(at("2026-01-12 08:00"), 30, office) == at("2026-01-13 08:30")


def test_office_that_never_works_is_told() -> None:
    with pytest.raises(ValueError, match="periksa jam kerja"):
        due_moment(at("2026-01-12 08:00"), 1, OfficeHours({}, WITA))
    with pytest.raises(ValueError, match="tidak mempunyai jam kerja"):
        next_opening(at("2026-01-12 08:00"), OfficeHours({}, WITA))


def test_clock_that_is_put_forward_is_counted_as_it_ran() -> None:
    """Indonesia does not do so; an office's zone is a setting."""
    berlin = ZoneInfo("Europe/Berlin")
    night = OfficeHours({6: DayHours(dt.time(0), dt.time(6))}, berlin)
    assert minutes_between(at("2026-03-29 00:00", berlin), at("2026-03-29 06:00", berlin), night) == 300


moments = st.datetimes(dt.datetime(2025, 12, 20), dt.datetime(2026, 4, 1)).map(lambda m: m.replace(tzinfo=WITA))
few = settings(max_examples=60, deadline=None)


@few
@given(moments, moments, moments)
def test_work_adds_up(first: dt.datetime, second: dt.datetime, third: dt.datetime) -> None:
    a, b, c = sorted((first, second, third))
    assert worked_between(a, b, OFFICE) + worked_between(b, c, OFFICE) == worked_between(a, c, OFFICE)


@few
@given(moments, st.integers(0, 3000))
def test_due_moment_is_the_first_at_which_enough_was_worked(arrival: dt.datetime, minutes: int) -> None:
    due = due_moment(arrival, minutes, OFFICE)
    assert worked_between(arrival, due, OFFICE) == dt.timedelta(minutes=minutes)
    if minutes:
        before = due - dt.timedelta(microseconds=1)
        assert worked_between(arrival, before, OFFICE) < dt.timedelta(minutes=minutes)


@few
@given(moments)
def test_nothing_is_worked_before_the_next_opening(moment: dt.datetime) -> None:
    opening = next_opening(moment, OFFICE)
    assert worked_between(moment, opening, OFFICE) == dt.timedelta()
    assert is_open(opening, OFFICE)
