"""Whose step is whose: every person of the cast at every step, and every kind of act at every step."""

import datetime as dt
from collections.abc import Callable

import pytest
from tests.office import FORM, PASSWORD, STEP_DATA, TODAY, Office, assessment
from tests.web.browsing import PDF, contents, rows, undone

from takar.audit.models import Event
from takar.casework import actions, policies
from takar.casework.models import Case
from takar.common.errors import AlreadyDone, DomainError, NotAllowed
from takar.organisation.actions import set_role_holders
from takar.organisation.models import Employee, RoleHolder

MAY = {
    1: {"staf", "staf2"},
    2: {"kasubbag"},
    3: {"staf", "staf2"},
    4: {"atasan"},
    5: {"pegawai"},
    6: {"staf", "staf2"},
    7: {"kasubbag"},
}


def advance(actor: Employee, case: Case) -> Case:
    data = STEP_DATA[case.step](case)
    return actions.advance_case(actor=actor, step_run_id=case.task_id, data=data, password=PASSWORD)


def does(act: Callable[[Employee, Case], object], person: Employee, case: Case) -> bool:
    """Whether the person does the act; it is taken back in any case."""
    with undone():
        try:
            act(person, case)
        except NotAllowed:
            return False
    return True


def test_each_step_is_done_by_its_own_people_and_nobody_else(office: Office) -> None:
    for step, allowed in MAY.items():
        case = office.at_step(step)
        assert case.open_step
        before = rows()
        done = {name for name, person in office.people.items() if does(advance, person, case)}
        may = {name for name, person in office.people.items() if policies.can_act(person, case, case.open_step)}
        assert (done, may, rows()) == (allowed, allowed, before), step


def send_back(actor: Employee, case: Case) -> Case:
    return actions.return_case(actor=actor, step_run_id=case.task_id, to_step=1, reason="Perbaiki.")


def test_same_truth_holds_for_sending_back(office: Office) -> None:
    for step in (2, 4):
        case = office.at_step(step)
        assert {name for name, person in office.people.items() if does(send_back, person, case)} == MAY[step], step


# Acts beside finishing and returning: at which steps there are such, for the person whose step it is.
ACTS: dict[str, tuple[set[int], Callable[[Employee, Case], object]]] = {
    "save_form": (
        {1, 3},
        lambda who, case: actions.save_form(actor=who, step_run_id=case.task_id, data=FORM),
    ),
    "save_assessment": (
        {4},
        lambda who, case: actions.save_assessment(actor=who, step_run_id=case.task_id, draft=assessment(case)),
    ),
    "add_evidence": (
        {1},
        lambda who, case: actions.add_evidence(actor=who, step_run_id=case.task_id, item=1, files=[("a.pdf", PDF)]),
    ),
}


def test_each_act_belongs_to_its_kind_of_step(office: Office) -> None:
    for step, allowed in MAY.items():
        case = office.at_step(step)
        for name, (steps, act) in ACTS.items():
            done = {who for who, person in office.people.items() if does(act, person, case)}
            assert done == (allowed if step in steps else set()), (name, step)


def test_refusal_says_that_the_act_is_unknown_here(office: Office) -> None:
    with pytest.raises(NotAllowed) as refused:
        actions.save_assessment(actor=office.staf, step_run_id=office.case().task_id, draft=assessment(office.case()))
    assert "tidak mengenal tindakan ini" in refused.value.message


def test_closed_step_tells_its_owner_who_and_when(office: Office) -> None:
    """Whoever may not do the step is told that, and learns nothing more."""
    for step, allowed in MAY.items():
        case = office.at_step(step)
        first = office.owner(case).full_name
        office.at_step(step + 1)
        before = rows()
        for name in ("staf", "kasubbag", "atasan", "pegawai", "sekretaris", "outsider"):
            with pytest.raises(DomainError) as refused:
                advance(office.people[name], case)
            told = f"oleh {first} pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
            assert (told in refused.value.message) is (name in allowed), (step, name)
            assert isinstance(refused.value, AlreadyDone if name in allowed else NotAllowed)
        assert rows() == before


def test_wrong_password_on_a_closed_step_is_not_counted(office: Office) -> None:
    case = office.at_step(4)
    office.at_step(5)
    before = contents("accounts.Attempts")
    with pytest.raises(AlreadyDone):
        actions.advance_case(actor=office.atasan, step_run_id=case.task_id, data=STEP_DATA[4](case), password="salah")
    assert contents("accounts.Attempts") == before


def test_office_that_ended_yesterday_is_held_no_more(office: Office) -> None:
    RoleHolder.objects.filter(employee=office.staf).update(start=TODAY - dt.timedelta(9), end=TODAY - dt.timedelta(1))
    assert not does(advance, office.staf, office.case())
    assert does(advance, office.staf2, office.case())


def test_new_holder_finds_the_tasks_of_the_office(office: Office) -> None:
    set_role_holders(actor=office.kasubbag, agency=office.agency, holders=[("staf", office.atasan_lain)], on=TODAY)
    assert does(advance, office.atasan_lain, office.case())
    assert not does(advance, office.staf, office.case())


def test_desk_that_works_on_the_own_case_is_named_in_the_record(office: Office) -> None:
    office.at_step(3, "kasubbag")
    checked = Event.objects.filter(stream=office.case("kasubbag").stream, verb="step.completed").order_by("-seq")[0]
    assert (checked.actor_name, checked.after["own_case"]) == ("Kania Dewi", True)
    office.at_step(2)
    ordinary = Event.objects.filter(stream=office.case().stream, verb="step.completed").order_by("-seq")[0]
    assert "own_case" not in ordinary.after


@pytest.mark.parametrize("who", ["kasubbag", "sekretaris", "kepala", "staf", "outsider"])
def test_period_is_opened_by_kasubbag_or_administrator(office: Office, who: str) -> None:
    assert policies.can_open_period(office.people[who], office.agency) is (who == "kasubbag")
    RoleHolder.objects.filter(agency=office.agency).delete()
    RoleHolder.objects.create(agency=office.agency, employee=office.rekan, role="admin", start=TODAY)
    assert policies.can_open_period(office.rekan, office.agency) is True
    assert policies.can_open_period(office.kasubbag, office.agency) is False
