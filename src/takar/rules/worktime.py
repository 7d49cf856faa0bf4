"""Office time: how long something was worked on, when it is due, and when the office opens next.

Regulation: Perpres 21/2023 on working days and hours of government agencies; the hours themselves are the office's own
data. A moment is an aware datetime, hours are those of the office's wall clock (`OfficeHours.zone`). Time outside the
hours, in breaks, on holidays and on days on which the office does not work counts as nothing.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from takar.rules.scoring.parameters import load

PARAMETERS = load("office-hours")
LONGEST_LOOK = 800
ONE_DAY = dt.timedelta(days=1)
NOTHING = dt.timedelta()


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday's hours: from opening to closing, less a break; both halves of a break are given or neither."""

    start: dt.time
    end: dt.time
    break_start: dt.time | None = None
    break_end: dt.time | None = None

    @property
    def spans(self) -> tuple[tuple[dt.time, dt.time], ...]:
        """The stretches that are worked; none where the day has no length."""
        if self.break_start is None or self.break_end is None:
            pairs: tuple[tuple[dt.time, dt.time], ...] = ((self.start, self.end),)
        else:
            pairs = ((self.start, self.break_start), (self.break_end, self.end))
        return tuple((start, end) for start, end in pairs if start < end)

    @property
    def minutes(self) -> int:
        """How many minutes are worked on such a day."""
        return sum(_minutes_of(end) - _minutes_of(start) for start, end in self.spans)


Week = Mapping[int, DayHours]
"""Hours by weekday, Monday is 0; a weekday that is missing is not worked."""


@dataclass(frozen=True, slots=True)
class Season:
    """Days on which other hours hold, both ends included: Ramadhan."""

    start: dt.date
    end: dt.date
    week: Week


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office works: its week, its seasons, its holidays (cuti bersama among them), on the clock of its zone."""

    week: Week
    zone: dt.tzinfo
    seasons: tuple[Season, ...] = ()
    holidays: frozenset[dt.date] = field(default=frozenset(), repr=False)

    def hours_on(self, day: dt.date) -> DayHours | None:
        """The hours of one day; None when the office does not work on it."""
        if day in self.holidays:
            return None
        week = next((season.week for season in self.seasons if season.start <= day <= season.end), self.week)
        return week.get(day.weekday())

    def spans_on(self, day: dt.date) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
        """The stretches worked on one day, as moments."""
        hours = self.hours_on(day)
        if hours is None:
            return ()
        return tuple((self._moment(day, start), self._moment(day, end)) for start, end in hours.spans)

    def date_of(self, moment: dt.datetime) -> dt.date:
        """The date on the office's wall at a moment."""
        return moment.astimezone(self.zone).date()

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        """In UTC, so that a clock that is put forward or back in between is counted as it ran."""
        return dt.datetime.combine(day, time, tzinfo=self.zone).astimezone(dt.UTC)


def worked_between(start: dt.datetime, end: dt.datetime, office: OfficeHours) -> dt.timedelta:
    """Office time between two moments; nothing when the second is not after the first."""
    if end <= start:
        return NOTHING
    last, total = office.date_of(end), NOTHING
    day = office.date_of(start)
    while day <= last:
        for opening, closing in office.spans_on(day):
            total += max(min(closing, end) - max(opening, start), NOTHING)
        day += ONE_DAY
    return total


def minutes_between(start: dt.datetime, end: dt.datetime, office: OfficeHours) -> int:
    """The same in whole minutes; a minute that is not full does not count."""
    return worked_between(start, end, office) // dt.timedelta(minutes=1)


def due_moment(arrival: dt.datetime, minutes: int, office: OfficeHours) -> dt.datetime:
    """The first moment at which so many minutes have been worked since arrival; arrival itself for none.

    What is used up exactly at closing time is due then and not at the next opening. Raises ValueError for an office
    that does not work enough.
    """
    left = dt.timedelta(minutes=minutes)
    if left <= NOTHING:
        return arrival
    for opening, closing in _spans_from(arrival, office):
        begun = max(opening, arrival)
        if closing - begun >= left:
            return begun + left
        left -= max(closing - begun, NOTHING)
    raise ValueError("Jam kerja kantor tidak cukup untuk menghitung tenggat; periksa jam kerja dan hari libur.")


def next_opening(moment: dt.datetime, office: OfficeHours) -> dt.datetime:
    """The first moment, this one included, at which the office works; ValueError for an office that never does."""
    for opening, closing in _spans_from(moment, office):
        if moment < closing:
            return max(opening, moment)
    raise ValueError("Kantor tidak mempunyai jam kerja; periksa jam kerja dan hari libur.")


def is_open(moment: dt.datetime, office: OfficeHours) -> bool:
    """Whether the office works at a moment; at closing time it no longer does."""
    return any(opening <= moment < closing for opening, closing in office.spans_on(office.date_of(moment)))


def default_week() -> dict[int, DayHours]:
    """The hours from which an office starts."""
    return _week("default")


def default_ramadhan() -> dict[int, DayHours]:
    """The hours from which a Ramadhan starts."""
    return _week("ramadhan")


def _week(table: str) -> dict[int, DayHours]:
    return {
        weekday: DayHours(
            *(_time(row.get(key)) for key in ("start", "end")), *(_or_none(row.get(key)) for key in BREAK)
        )
        for row in PARAMETERS.rows(table)
        for weekday in row["weekdays"]
    }


BREAK = ("break_start", "break_end")


def _time(text: object) -> dt.time:
    return dt.time.fromisoformat(str(text))


def _or_none(text: object) -> dt.time | None:
    return _time(text) if text else None


def _spans_from(moment: dt.datetime, office: OfficeHours) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    day = office.date_of(moment)
    for _ in range(LONGEST_LOOK):
        yield from office.spans_on(day)
        day += ONE_DAY


def _minutes_of(time: dt.time) -> int:
    return time.hour * 60 + time.minute
