"""The legal calendar: an act starts a clock, the clock ends on a date, and something follows if it passes.

PP 46/2011 Pasal 5, 16, 21–25 and PP 30/2019 Pasal 49–51, 59 say "hari" without naming the kind; PermenPANRB 6/2022
counts working days throughout. The day of the act is not counted. A last day that is a holiday is not moved, because no
rule read says so. Which days are holidays and how the office reads "hari" are arguments.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from takar.rules.scoring.parameters import load

PARAMETERS = load("deadlines")
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)
MONDAY_TO_FRIDAY = frozenset(range(5))
UNITS = {"hari": "hari", "kerja": "hari kerja", "tanggal": "tanggal tetap"}


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """What an office sets: holidays (with cuti bersama), its working weekdays (Monday is 0), how it reads "hari"."""

    holidays: frozenset[dt.date] = frozenset()
    working_weekdays: frozenset[int] = field(default=MONDAY_TO_FRIDAY)
    plain_days_are_working_days: bool = False

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the office works on a day."""
        return day.weekday() in self.working_weekdays and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock: the act that starts it, who must do what within how long, what follows, the article.

    `days` is None for a fixed date, the last day of `month` in the year of the act plus `year`.
    """

    method: str
    key: str
    act: str
    who: str
    label: str
    unit: str
    days: int | None
    month: int
    year: int
    consequence: str
    basis: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clock stands on a day: last day, how many days were counted, how many are left, whether it has passed."""

    rule: Rule
    started: dt.date
    due: dt.date
    day_number: int
    days_left: int
    passed: bool
    unit: str

    @property
    def sentence(self) -> str:
        """What the person concerned is told."""
        last = format_date(self.due)
        if self.passed:
            return f"{self.rule.label}: batasnya {last} sudah lewat. {self.rule.consequence}"
        if self.rule.days is None:
            return f"{self.rule.label}: paling lambat {last}. Bila lewat: {self.rule.consequence}"
        count = f"{self.unit} ke-{self.day_number} dari {self.rule.days}"
        return f"{self.rule.label}: paling lambat {last} ({count}). Bila lewat: {self.rule.consequence}"


def rules_of(method: str) -> tuple[Rule, ...]:
    """All clocks of a method's regulation; a method without any has none."""
    if method not in PARAMETERS.tables:
        return ()
    return tuple(_rule(method, row) for row in PARAMETERS.rows(method))


def rules_started_by(method: str, act: str) -> tuple[Rule, ...]:
    """The clocks that one act starts."""
    return tuple(rule for rule in rules_of(method) if rule.act == act)


def rule_named(method: str, key: str) -> Rule:
    """One clock by its key; KeyError where the regulation has none of that name."""
    return {rule.key: rule for rule in rules_of(method)}[key]


def due_date(rule: Rule, started: dt.date, office: OfficeCalendar) -> dt.date:
    """The last day: the n-th counted day after the act, or the last day of the fixed month."""
    if rule.days is None:
        year = started.year + rule.year
        return dt.date(year, rule.month, monthrange(year, rule.month)[1])
    if not _counts_working_days(rule, office):
        return started + dt.timedelta(days=rule.days)
    return add_working_days(started, rule.days, office)


def add_working_days(start: dt.date, days: int, office: OfficeCalendar) -> dt.date:
    """The n-th working day after a day; raises ValueError for an office that never works."""
    day, left = start, days
    limit = start + dt.timedelta(days=days * 7 + len(office.holidays) + 7)
    while left:
        day += dt.timedelta(days=1)
        left -= office.is_working_day(day)
        if day > limit:
            raise ValueError(
                "Kalender kantor tidak mempunyai hari kerja yang cukup; periksa hari kerja dan hari libur."
            )
    return day


def working_days_between(start: dt.date, end: dt.date, office: OfficeCalendar) -> int:
    """Working days after the first day up to and including the last; 0 when the last is not after the first."""
    span = (end - start).days
    return sum(office.is_working_day(start + dt.timedelta(days=offset)) for offset in range(1, span + 1))


def standing(rule: Rule, started: dt.date, on: dt.date, office: OfficeCalendar) -> Standing:
    """Where a clock that an act started stands on a day; the day of the act is day 0."""
    due, working = due_date(rule, started, office), _counts_working_days(rule, office)
    count = working_days_between if working else _days_between
    return Standing(
        rule=rule,
        started=started,
        due=due,
        day_number=count(started, on, office),
        days_left=count(on, due, office),
        passed=on > due,
        unit=UNITS["kerja"] if working else UNITS[rule.unit],
    )


def format_date(day: dt.date) -> str:
    """A date as Indonesian documents write it: "31 Januari 2023"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _days_between(start: dt.date, end: dt.date, _office: OfficeCalendar) -> int:
    return max((end - start).days, 0)


def _counts_working_days(rule: Rule, office: OfficeCalendar) -> bool:
    return rule.unit == "kerja" or (rule.unit == "hari" and office.plain_days_are_working_days)


def _rule(method: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        method=method,
        key=row["key"],
        act=row["act"],
        who=row["who"],
        label=row["label"],
        unit=row["unit"],
        days=row.get("days"),
        month=row.get("month", 0),
        year=row.get("year", 0),
        consequence=row["consequence"],
        basis=f"{PARAMETERS.basis(method)} {row['article']}",
    )
