"""Mandates: what a decree must say, on which days it holds, and what it gives on them."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.mandates import DAY, FIRST, LAST, give, mandate_data, role_data
from tests.office import TODAY, Office

from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed
from takar.organisation.enums import MandatedAct, Standing
from takar.organisation.mandates import end_mandate
from takar.organisation.models import Employee, Mandate
from takar.organisation.queries import mandated_roles_of, mandates_of, principals_of
from takar.rules.flow import StepKind


def on_day(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC))


def test_every_kind_of_step_but_the_employees_signature_can_be_mandated() -> None:
    assert {*MandatedAct.values, StepKind.SIGN.value} == {kind.value for kind in StepKind}


@pytest.mark.parametrize(
    ("day", "state", "held"),
    [
        (FIRST - DAY, "Akan datang", False),
        (FIRST, "Berlaku", True),
        (LAST, "Berlaku", True),
        (LAST + DAY, "Berakhir", False),
    ],
)
def test_mandate_holds_from_its_first_to_its_last_day(office: Office, day: dt.date, state: str, held: bool) -> None:
    mandate = give(office)
    given = principals_of(office.atasan_lain, day, "assess")
    assert (mandate.state_on(day), given) == (state, {office.atasan.pk} if held else set())


@pytest.mark.parametrize("act", MandatedAct.values)
def test_mandate_covers_only_its_acts(office: Office, act: str) -> None:
    give(office, acts=("assess",))
    give(office, role_data(office, acts=("check", "archive")))
    covered = {"assess": {office.atasan.pk}}.get(act, set())
    roles = {"check": {"kasubbag"}, "archive": {"kasubbag"}}.get(act, set())
    assert principals_of(office.atasan_lain, TODAY, act) == covered
    assert mandated_roles_of(office.rekan, TODAY, act) == roles


def test_place_brings_the_offices_of_its_person_only_when_it_says_so(office: Office) -> None:
    give(office, principal=office.kasubbag, holder=office.rekan)
    give(office, principal=office.sekretaris, holder=office.atasan_lain, with_roles=True)
    assert mandated_roles_of(office.rekan, TODAY) == frozenset()
    assert mandated_roles_of(office.atasan_lain, TODAY) == {"sekretaris"}


def test_administration_of_the_installation_is_never_mandated(office: Office) -> None:
    give(office, principal=office.kasubbag, holder=office.rekan, with_roles=True)
    assert mandated_roles_of(office.rekan, TODAY) == {"kasubbag"}


def test_holder_who_left_active_service_acts_for_nobody(office: Office) -> None:
    give(office)
    Employee.objects.filter(pk=office.atasan_lain.pk).update(standing=Standing.CLTN)
    assert mandates_of(office.atasan_lain, TODAY) == []


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (mandate_data, "Plh. Kepala Bidang A"),
        (role_data, "Plt. Kasubbag Umum dan Kepegawaian"),
    ],
)
def test_title_is_what_is_printed(office: Office, data: Any, title: str) -> None:
    assert give(office, data(office)).title == title


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"kind": "pj"}, "Jenis"),
        ({"number": "  "}, "Nomor surat"),
        ({"number": "9" * 101}, "Nomor surat"),
        ({"decreed_on": None}, "Tanggal surat"),
        ({"acts": ()}, "Perbuatan"),
        ({"acts": ("assess", "sign")}, "Perbuatan"),
        ({"principal": None}, "Yang dipegang"),
        ({"role": "kasubbag"}, "Yang dipegang"),
        ({"principal": None, "role": "admin"}, "Yang dipegang"),
        ({"holder": None}, "Pemegang"),
        ({"start": None}, "Masa berlaku"),
        ({"end": None}, "Masa berlaku"),
        ({"end": FIRST - DAY}, "Masa berlaku"),
        ({"start": TODAY - 9 * DAY, "end": TODAY - DAY}, "Masa berlaku"),
    ],
)
def test_incomplete_decree_is_refused_by_name(office: Office, changes: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as told:
        give(office, **changes)
    assert [problem.where for problem in told.value.problems] == [where]
    assert Mandate.objects.count() == 0


@pytest.mark.parametrize("holder", ["outsider", "atasan", "kepala"])
def test_holder_is_somebody_else_in_active_service_here(office: Office, holder: str) -> None:
    Employee.objects.filter(pk=office.kepala.pk).update(standing=Standing.MPP)
    office.kepala.refresh_from_db()
    with pytest.raises(InvalidInput) as told:
        give(office, by=office.kasubbag, holder=getattr(office, holder))
    assert [problem.where for problem in told.value.problems] == ["Pemegang"]


def test_superior_from_outside_is_replaced_by_his_own_agency(office: Office) -> None:
    bupati = Employee.objects.get(name="H. Bupati Contoh")
    for principal in (bupati, office.outsider):
        with pytest.raises(InvalidInput) as told:
            give(office, principal=principal)
        assert [problem.where for problem in told.value.problems] == ["Pejabat yang digantikan"]


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        (FIRST - 5 * DAY, FIRST - DAY, False),
        (FIRST - 5 * DAY, FIRST, True),
        (FIRST + DAY, LAST - DAY, True),
        (LAST, LAST + DAY, True),
        (LAST + DAY, LAST + 9 * DAY, False),
    ],
)
def test_one_place_has_one_holder_a_day(office: Office, start: dt.date, end: dt.date, refused: bool) -> None:
    later = 10 * DAY
    give(office, start=FIRST + later, end=LAST + later)
    if not refused:
        assert give(office, holder=office.sekretaris, start=start + later, end=end + later).holder == office.sekretaris
        return
    with pytest.raises(InvalidInput) as told:
        give(office, holder=office.sekretaris, start=start + later, end=end + later)
    assert str(told.value.problems[0]) == (
        "Yang dipegang: Agus Salim sudah memegang mandat Plh. Kepala Bidang A dari 22 Januari 2026 sampai "
        "4 Februari 2026. Cabut mandat itu dahulu, atau pilih hari lain."
    )


def test_office_and_the_place_that_brings_it_are_the_same_thing(office: Office) -> None:
    give(office, principal=office.kasubbag, with_roles=True)
    with pytest.raises(InvalidInput):
        give(office, role_data(office))
    assert give(office, role_data(office, role="kepala", holder=office.sekretaris), by=office.kasubbag).role == "kepala"


def test_two_places_that_share_an_office_are_two_things(office: Office) -> None:
    give(office, principal=office.staf, holder=office.rekan, with_roles=True)
    give(office, principal=office.staf2, holder=office.pegawai, with_roles=True)
    assert [mandated_roles_of(one, TODAY) for one in (office.rekan, office.pegawai)] == [{"staf"}, {"staf"}]


def test_same_holder_may_be_given_more_days(office: Office) -> None:
    give(office)
    give(office, end=LAST + 7 * DAY)
    assert principals_of(office.atasan_lain, LAST + DAY, "assess") == {office.atasan.pk}


@pytest.mark.parametrize("who", ["staf", "sekretaris", "atasan", "pegawai", "outsider"])
def test_others_record_and_revoke_nothing(office: Office, who: str) -> None:
    mandate = give(office)
    with pytest.raises(NotAllowed):
        give(office, role_data(office), by=getattr(office, who))
    with pytest.raises(NotAllowed):
        end_mandate(actor=getattr(office, who), mandate=mandate, reason="Kembali.")
    assert Mandate.objects.filter(ended_on=None).count() == 1


def test_nobody_records_the_own_mandate(office: Office) -> None:
    with pytest.raises(NotAllowed):
        give(office, holder=office.kasubbag, by=office.kasubbag)
    assert Mandate.objects.count() == 0


def test_revoked_mandate_holds_no_longer_from_that_day(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    mandate = give(office)
    on_day(monkeypatch, FIRST + 3 * DAY)
    ended = end_mandate(actor=office.kasubbag, mandate=mandate, reason=" Pejabat sudah kembali. ")
    days = [FIRST + n * DAY for n in (2, 3, 4)]
    held = [bool(principals_of(office.atasan_lain, day, "assess")) for day in days]
    assert (held, ended.last_day, ended.state_on(days[1])) == ([True, False, False], days[0], "Dicabut")
    assert give(office, holder=office.sekretaris, start=days[1]).start == days[1]


def test_mandate_is_revoked_once_and_with_a_reason(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    mandate = give(office)
    with pytest.raises(InvalidInput):
        end_mandate(actor=office.kepala, mandate=mandate, reason="  ")
    end_mandate(actor=office.kepala, mandate=mandate, reason="Salah orang.")
    with pytest.raises(AlreadyDone):
        end_mandate(actor=office.kepala, mandate=mandate, reason="Sekali lagi.")
    lapsed = give(office, role_data(office))
    on_day(monkeypatch, LAST + DAY)
    with pytest.raises(AlreadyDone) as told:
        end_mandate(actor=office.kepala, mandate=lapsed, reason="Terlambat.")
    assert "hari terakhirnya 25 Januari 2026" in told.value.message


def test_decree_and_revocation_are_in_the_record(office: Office) -> None:
    mandate = give(office)
    end_mandate(actor=office.kasubbag, mandate=mandate, reason="Kembali.")
    events = list(events_of(f"mandate:{mandate.pk}").values_list("verb", "acting_as", "reason"))
    assert events == [("mandate.given", "kepala", ""), ("mandate.ended", "kasubbag", "Kembali.")]
    given = events_of(f"mandate:{mandate.pk}")[0].after
    assert given
    assert (given["number"], given["principal"]["name"], given["end"]) == (
        "800/12/DINCO/2026",
        "Andi Saputra",
        "2026-01-25",
    )


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"role": "kasubbag"}, "mandate_of_role_or_place"),
        ({"principal": None}, "mandate_of_role_or_place"),
        ({"principal": None, "role": "admin"}, "mandate_of_role_or_place"),
        ({"end": FIRST - DAY}, "mandate_ends_after_start"),
        ({"ended_on": FIRST}, "mandate_ended_has_who_and_when"),
    ],
)
def test_database_refuses_a_mandate_that_contradicts_itself(
    office: Office, changes: dict[str, Any], constraint: str
) -> None:
    mandate = Mandate(
        agency=office.agency, kind="plh", principal=office.atasan, holder=office.rekan, post="x", acts=["assess"],
        number="1", decreed_on=FIRST, start=FIRST, end=LAST,
    )  # fmt: skip
    for name, value in changes.items():
        setattr(mandate, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        mandate.save(force_insert=True)


def test_database_refuses_the_principal_as_holder(office: Office) -> None:
    mandate = give(office)
    mandate.pk, mandate.holder = None, office.atasan
    with pytest.raises(IntegrityError), transaction.atomic():
        mandate.save(force_insert=True)


@pytest.mark.parametrize("changes", [{"end": LAST + DAY}, {"acts": ["check"]}, {"post": "Kepala Dinas"}])
def test_database_keeps_the_decree_as_it_was_given(office: Office, changes: dict[str, Any]) -> None:
    give(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.all()._raw_delete("default")
