"""Angka kredit of a person: what counts, what was there before, and who may see and say so."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries
from tests.office import NOW, TODAY, Office, person_data

from takar.appraisal.credit import (
    account_of,
    accounts_of,
    can_open_account,
    earned_in,
    readable_people,
    record_opening,
)
from takar.appraisal.models import Appraisal, CreditOpening, Decision
from takar.audit.queries import events_of
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.actions import import_staff
from takar.organisation.enums import JobLevel
from takar.organisation.models import Assignment, Employee
from takar.rules.scoring.parameters import load


def functional(office: Office, who: str = "pegawai", level: str = "ahli_muda") -> Employee:
    row = person_data(who, post_kind="jft", level=level)
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[row], on=TODAY)
    return office.people[who]


def evaluated(office: Office, start: str, end: str, predicate: str = "baik", **more: Any) -> Appraisal:
    """An approved evaluation under PermenPANRB 6/2022, as far as its angka kredit goes."""
    first = dt.date.fromisoformat(start)
    given: dict[str, Any] = {"method": "permenpan6-2022", "cycle": "tahunan", "category": predicate, **more}
    return Appraisal.objects.create(
        agency=office.agency,
        employee=office.people["pegawai"],
        year=first.year,
        start=first,
        end=dt.date.fromisoformat(end),
        leadership=False,
        inputs={},
        result={},
        approved_at=NOW,
        approved_by=office.atasan,
        **given,
    )


def test_levels_are_those_of_the_rules() -> None:
    assert [row["key"] for row in load("credit").rows("levels")] == JobLevel.values


def test_account_adds_years_to_the_opening_balance(office: Office) -> None:
    person = functional(office)
    record_opening(
        actor=office.kasubbag, person=person, amount=Decimal(60), as_of=dt.date(2022, 12, 31), source="PAK integrasi"
    )
    evaluated(office, "2023-01-01", "2023-12-31")
    evaluated(office, "2024-01-01", "2024-12-31", "sangat_baik")
    account = account_of(person)
    assert [(row.period, row.predicate, row.printed) for row in account.earned] == [
        ("1 Januari s.d. 31 Desember 2023", "Baik", "25,000"),
        ("1 Januari s.d. 31 Desember 2024", "Sangat Baik", "37,500"),
    ]
    assert (account.total, account.need_rank, account.need_level) == ("122,500", "0,000", "77,500")


def test_annual_evaluation_takes_the_place_of_the_periodic_ones(office: Office) -> None:
    person = functional(office)
    evaluated(office, "2024-01-01", "2024-03-31", "sangat_baik", cycle="triwulanan")
    assert [row.printed for row in account_of(person).earned] == ["9,375"]
    evaluated(office, "2024-01-01", "2024-12-31")
    evaluated(office, "2025-01-01", "2025-01-31", cycle="bulanan")
    assert [row.printed for row in account_of(person).earned] == ["25,000", "2,083"]


def test_only_approved_predicates_after_the_opening_count(office: Office) -> None:
    person = functional(office)
    evaluated(office, "2022-01-01", "2022-12-31")
    evaluated(office, "2023-01-01", "2023-12-31")
    evaluated(office, "2024-01-01", "2024-12-31", method="pp46-2011", final_value=Decimal(90))
    opening = {"actor": office.kasubbag, "person": person, "source": "PAK 2023"}
    record_opening(**opening, amount=Decimal(1), as_of=dt.date(2023, 6, 30))
    assert account_of(person).total == "1,000"
    record_opening(**opening, amount=Decimal(2), as_of=dt.date(2022, 12, 31))
    assert account_of(person).total == "27,000"


def test_changed_predicate_is_the_one_that_counts(office: Office) -> None:
    person = functional(office)
    appraisal = evaluated(office, "2024-01-01", "2024-12-31", "kurang")
    kept = {"draft": {}, "inputs": {}, "result": {}, "decided_by": office.kepala, "decided_at": NOW}
    Decision.objects.create(agency=office.agency, appraisal=appraisal, category="baik", reasons="Terbukti.", **kept)
    assert account_of(person).total == "25,000"


def test_each_evaluation_counts_at_the_level_held_then(office: Office) -> None:
    person = functional(office, level="ahli_madya")
    Assignment.objects.filter(employee=person).update(start=dt.date(2024, 7, 1))
    seat = Assignment.objects.get(employee=person)
    seat.pk, seat.level, seat.start, seat.end = None, "ahli_muda", dt.date(2020, 1, 1), dt.date(2024, 6, 30)
    Assignment.objects.bulk_create([seat])
    evaluated(office, "2023-01-01", "2023-12-31")
    evaluated(office, "2024-01-01", "2024-12-31")
    account = account_of(person)
    assert [(row.level, row.printed) for row in account.earned] == [("ahli_muda", "25,000"), ("ahli_madya", "37,500")]
    assert account.result is not None
    assert [notice.key for notice in account.result.notices] == ["total"]


def test_without_a_recorded_level_nothing_is_computed(office: Office) -> None:
    evaluated(office, "2024-01-01", "2024-12-31")
    account = account_of(office.pegawai)
    assert (account.result, account.total, account.level_label) == (None, "", "")
    assert earned_in(Appraisal.objects.get(method="permenpan6-2022")) is None


def test_one_evaluation_tells_what_it_brings(office: Office) -> None:
    functional(office)
    earned = earned_in(evaluated(office, "2024-01-01", "2024-12-31"))
    assert earned is not None
    assert (earned.printed, earned.predicate, earned.level_label) == ("25,000", "Baik", "Ahli Muda")
    assert earned_in(evaluated(office, "2023-01-01", "2023-12-31", method="pp46-2011", final_value=90)) is None


def test_list_that_does_not_tell_the_level_leaves_it(office: Office) -> None:
    person = functional(office)
    same = person_data("pegawai", post_kind="jft")
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[same], on=TODAY)
    assert account_of(person).level == "ahli_muda"
    other = person_data("pegawai", post_kind="jft", post="Perencana")
    import_staff(actor=office.kasubbag, agency=office.agency, rows=[other], on=TODAY + dt.timedelta(days=0))
    assert Assignment.objects.get(employee=person, end=None).level == ""


def test_opening_balance_needs_figure_day_and_source(office: Office) -> None:
    for amount, as_of, source in (
        (None, TODAY, "PAK"),
        (Decimal(-1), TODAY, "PAK"),
        (Decimal(100_001), TODAY, "PAK"),
        (Decimal(1), None, "PAK"),
        (Decimal(1), TODAY + dt.timedelta(days=1), "PAK"),
        (Decimal(1), TODAY, "  "),
        (Decimal(1), TODAY, "x" * 301),
    ):
        with pytest.raises(InvalidInput):
            record_opening(actor=office.kasubbag, person=office.pegawai, amount=amount, as_of=as_of, source=source)
    assert not CreditOpening.objects.exists()


def test_opening_balance_is_the_desks_and_stays_for_good(office: Office) -> None:
    given = {"person": office.pegawai, "amount": Decimal("12.5"), "as_of": TODAY, "source": "PAK 1"}
    may = {who for who, person in office.people.items() if can_open_account(person, office.pegawai)}
    assert may == {"kasubbag"}
    with pytest.raises(NotAllowed):
        record_opening(actor=office.staf, **given)
    record_opening(actor=office.kasubbag, **given)
    event = events_of(f"credit:{office.pegawai.pk}").get()
    assert (event.verb, event.before, event.after) == (
        "credit.opened",
        None,
        {"amount": "12.5", "as_of": "2026-01-12", "source": "PAK 1"},
    )
    for change in (
        lambda: CreditOpening.objects.update(amount=1),
        lambda: CreditOpening.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_accounts_are_seen_by_the_person_superiors_and_the_desk(office: Office) -> None:
    functional(office)
    readers = {who for who, person in office.people.items() if readable_people(person).exists()}
    assert readers == {"pegawai", "atasan", "kepala", "kasubbag", "staf", "staf2"}


def test_many_accounts_take_as_many_queries_as_one(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    functional(office)
    functional(office, "rekan")
    evaluated(office, "2024-01-01", "2024-12-31")
    for people in ([office.pegawai], [office.pegawai, office.rekan]):
        with django_assert_num_queries(3):
            accounts_of(people)
