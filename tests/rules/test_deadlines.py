import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tables import cases

from takar.rules.deadlines import (
    OfficeCalendar,
    add_working_days,
    due_date,
    rule_named,
    rules_of,
    rules_started_by,
    standing,
    working_days_between,
)

HOLIDAYS = frozenset({dt.date(2023, 3, 22), dt.date(2023, 3, 23), dt.date(2023, 4, 7)})
OFFICE = OfficeCalendar(HOLIDAYS)
days = st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize("case", cases("cases/deadlines.toml"))
def test_due_date_of_every_clock(case: dict[str, Any]) -> None:
    office = OfficeCalendar(HOLIDAYS, plain_days_are_working_days=case.get("working", False))
    rule = rule_named(case["method"], case["key"])
    assert str(due_date(rule, dt.date.fromisoformat(case["started"]), office)) == case["due"]


@pytest.mark.parametrize("method", ["pp46-2011", "permenpan8-2021", "permenpan6-2022"])
def test_every_clock_says_who_what_and_what_follows(method: str) -> None:
    rules = rules_of(method)
    assert [rule.key for rule in rules if not (rule.who and rule.label and rule.consequence and rule.basis)] == []
    assert len({rule.key for rule in rules}) == len(rules)


def test_a_method_without_a_legal_calendar_has_no_clocks() -> None:
    assert rules_of("credit") == ()


def test_delivery_starts_the_clocks_of_return_and_objection() -> None:
    assert [rule.key for rule in rules_started_by("permenpan6-2022", "delivered")] == ["return", "object"]


@pytest.mark.parametrize(
    ("on", "day_number", "days_left", "passed"),
    [
        ("2023-03-10", 0, 14, False),
        ("2023-03-12", 0, 14, False),
        ("2023-03-13", 1, 13, False),
        ("2023-03-22", 7, 7, False),
        ("2023-03-31", 13, 1, False),
        ("2023-04-03", 14, 0, False),
        ("2023-04-04", 15, 0, True),
    ],
)
def test_standing_counts_working_days_from_the_day_after(
    on: str, day_number: int, days_left: int, passed: bool
) -> None:
    rule = rule_named("permenpan6-2022", "object")
    found = standing(rule, dt.date(2023, 3, 10), dt.date.fromisoformat(on), OFFICE)
    assert (found.day_number, found.days_left, found.passed) == (day_number, days_left, passed)


def test_standing_counts_plain_days_as_the_office_reads_them() -> None:
    rule = rule_named("pp46-2011", "return")
    plain = standing(rule, dt.date(2023, 3, 10), dt.date(2023, 3, 13), OFFICE)
    working = standing(
        rule, dt.date(2023, 3, 10), dt.date(2023, 3, 13), OfficeCalendar(plain_days_are_working_days=True)
    )
    assert (plain.day_number, plain.unit) == (3, "hari")
    assert (working.day_number, working.unit) == (1, "hari kerja")


def test_standing_says_date_day_number_and_what_follows() -> None:
    rule = rule_named("permenpan6-2022", "decide")
    found = standing(rule, dt.date(2023, 3, 31), dt.date(2023, 4, 5), OFFICE)
    assert found.sentence == (
        "Menetapkan keputusan atas keberatan: paling lambat 12 April 2023 (hari kerja ke-3 dari 7). "
        "Bila lewat: Keputusan terlambat; catat alasannya."
    )


def test_standing_says_what_follows_when_it_has_passed() -> None:
    found = standing(rule_named("pp46-2011", "object"), dt.date(2020, 1, 12), dt.date(2020, 1, 27), OFFICE)
    assert found.sentence == (
        "Mengajukan keberatan tertulis dengan alasan lengkap: batasnya 26 Januari 2020 sudah lewat. "
        "Keberatan tidak dipertimbangkan (penjelasan Pasal 25 ayat (1))."
    )


def test_standing_of_a_fixed_date_has_no_day_number() -> None:
    found = standing(rule_named("permenpan6-2022", "plan"), dt.date(2023, 1, 1), dt.date(2023, 1, 20), OFFICE)
    assert found.sentence == (
        "Menetapkan SKP: paling lambat 31 Januari 2023. Bila lewat: "
        "Pegawai berdialog dengan atasan pejabat penilai untuk menetapkan SKP (hlm. 65)."
    )


def test_an_office_that_never_works_is_refused() -> None:
    with pytest.raises(ValueError, match="tidak mempunyai hari kerja"):
        add_working_days(dt.date(2023, 1, 1), 7, OfficeCalendar(working_weekdays=frozenset()))


@given(days, st.integers(0, 40))
def test_counting_forward_and_between_agree(start: dt.date, count: int) -> None:
    end = add_working_days(start, count, OFFICE)
    assert working_days_between(start, end, OFFICE) == count
    assert end == start or OFFICE.is_working_day(end)


@given(days, st.integers(1, 40))
def test_a_holiday_never_brings_a_last_day_forward(start: dt.date, count: int) -> None:
    assert add_working_days(start, count, OfficeCalendar()) <= add_working_days(start, count, OFFICE)
