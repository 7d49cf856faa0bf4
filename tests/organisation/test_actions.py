"""Role holders, activation codes and the first installation, each with its event."""

import datetime as dt

import pytest
from tests.office import NOW, PASSWORD, TODAY, Office
from tests.web.browsing import contents, rows

from takar.accounts.models import Attempts, User
from takar.audit.models import Event
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed
from takar.organisation.actions import (
    activate_account,
    create_office,
    import_staff,
    issue_activation_codes,
    set_role_holders,
)
from takar.organisation.models import RoleHolder
from takar.organisation.queries import roles_of
from takar.organisation.types import PersonData, Summary

NEW = "gunung-hijau-77"
TOMORROW = TODAY + dt.timedelta(1)


def last_event() -> Event:
    return Event.objects.order_by("-id")[0]


# --- roles


def test_new_holder_ends_the_old_ones_term_the_day_before(office: Office) -> None:
    summary = set_role_holders(
        actor=office.kasubbag, agency=office.agency, holders=[("sekretaris", office.rekan)], on=TOMORROW
    )
    old, new = RoleHolder.objects.filter(role="sekretaris", agency=office.agency).order_by("start")
    assert (old.employee, old.start, old.end) == (office.sekretaris, TODAY, TODAY)
    assert (new.employee, new.start, new.end) == (office.rekan, TOMORROW, None)
    assert summary == Summary(created=1, changed=1, unchanged=0)
    assert (last_event().verb, last_event().before, last_event().after) == (
        "roles.set",
        {"holders": [f"sekretaris:{office.sekretaris.pk}"]},
        {"holders": [f"sekretaris:{office.rekan.pk}"]},
    )


def test_term_that_began_today_was_a_mistake_and_goes(office: Office) -> None:
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[("kepala", office.rekan)], on=TODAY)
    assert [row.employee for row in RoleHolder.objects.filter(role="kepala", agency=office.agency)] == [office.rekan]


def test_same_holders_again_change_nothing(office: Office) -> None:
    before = rows(), contents("organisation.RoleHolder")
    holders = [("staf", office.staf2), ("staf", office.staf), ("staf", office.staf)]
    summary = set_role_holders(actor=office.kasubbag, agency=office.agency, holders=holders, on=TOMORROW)
    assert summary == Summary(created=0, changed=0, unchanged=2)
    assert (rows(), contents("organisation.RoleHolder")) == before


def test_role_that_is_not_mentioned_stays_and_one_left_vacant_ends(office: Office) -> None:
    given = [("staf", office.staf)]
    set_role_holders(
        actor=office.kasubbag, agency=office.agency, holders=given, on=TOMORROW, roles=["staf", "sekretaris"]
    )
    held = {name: roles_of(office.people[name], TOMORROW) for name in ("staf", "staf2", "sekretaris", "kepala")}
    assert held == {"staf": {"staf"}, "staf2": frozenset(), "sekretaris": frozenset(), "kepala": {"kepala"}}


def test_person_of_another_agency_holds_no_role_here(office: Office) -> None:
    before = rows(), contents("organisation.RoleHolder")
    with pytest.raises(InvalidInput) as refused:
        set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[("kepala", office.outsider)], on=TODAY)
    assert [str(problem) for problem in refused.value.problems] == ["Oscar Luar: Bukan pegawai DINCO."]
    assert (rows(), contents("organisation.RoleHolder")) == before


# --- who may


MANAGERS = {"kasubbag"}


def test_only_the_kasubbag_and_the_administrator_manage_the_office(office: Office) -> None:
    row = PersonData("199912122022031012", "Orang Baru", "pns", post="Staf", unit="Bidang A")
    acts = (
        lambda actor: set_role_holders(
            actor=actor, agency=office.agency, holders=[("kepala", office.kepala)], on=TOMORROW
        ),
        lambda actor: issue_activation_codes(actor=actor, employees=[office.rekan]),
        lambda actor: import_staff(actor=actor, agency=office.agency, rows=[row], on=TODAY),
    )
    for name, person in office.people.items():
        before = rows()
        for act in acts:
            if name in MANAGERS:
                act(person)
            else:
                with pytest.raises(NotAllowed):
                    act(person)
                assert rows() == before, name


def test_administrator_manages_without_being_kasubbag(office: Office) -> None:
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[("admin", office.rekan)], on=TODAY)
    assert len(issue_activation_codes(actor=office.rekan, employees=[office.pegawai])) == 1


# --- activation


def activate(office: Office, code: str, password: str = NEW, again: str | None = None) -> User:
    username = office.rekan.user.username
    return activate_account(username=username, code=code, password=password, again=password if again is None else again)


def test_holder_of_a_code_chooses_a_password_and_the_event_does_not_show_it(office: Office) -> None:
    [(person, code)] = issue_activation_codes(actor=office.kasubbag, employees=[office.rekan])
    assert person == office.rekan
    assert activate(office, code).check_password(NEW)
    events = Event.objects.filter(stream=f"account:{office.rekan.user_id}").order_by("seq")
    assert [(e.verb, e.actor_name, e.acting_as) for e in events] == [
        ("account.code_issued", "Kania Dewi", "pengelola"),
        ("account.activated", "Rudi Hartawan", "pemilik akun"),
    ]
    assert not any(secret in str(vars(event)) for event in events for secret in (NEW, code, code.replace("-", "")))


def test_passwords_that_differ_use_nothing_up(office: Office) -> None:
    [(_, code)] = issue_activation_codes(actor=office.kasubbag, employees=[office.rekan])
    with pytest.raises(InvalidInput) as refused:
        activate(office, code, again=f"{NEW}x")
    assert refused.value.problems[0].where == "Ulangi kata sandi"
    assert activate(office, code).check_password(NEW)


def test_wrong_codes_are_counted_although_the_act_is_taken_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(_, code)] = issue_activation_codes(actor=office.kasubbag, employees=[office.rekan])
    for _ in range(5):
        with pytest.raises(NotAllowed, match="tidak cocok"):
            activate(office, "AAAA-BBBB-CCCC")
    assert Attempts.objects.get().count == 5
    with pytest.raises(NotAllowed, match="Tunggu lima menit"):
        activate(office, code)
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=5, seconds=1))
    assert activate(office, code).check_password(NEW)
    assert Attempts.objects.count() == 0


# --- first installation


def test_second_office_cannot_be_created(office: Office) -> None:
    before = rows()
    with pytest.raises(NotAllowed) as refused:
        create_office(
            name="Lain",
            short_name="L",
            region="R",
            place="P",
            nip="197001011995011999",
            admin_name="A",
            password=PASSWORD,
        )
    assert refused.value.message == "Kantor sudah dibuat. Masuklah dengan akun Administrator."
    assert rows() == before
