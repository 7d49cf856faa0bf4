"""Who does a step on a day: the own right, a mandate, or the superior of an assessor who would decide on himself."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.documents.forms.reading import all_text, squeezed
from tests.mandates import DAY, FIRST, LAST, give, mandate_data, role_data
from tests.office import PASSWORD, STEP_DATA, Office

from takar.audit.queries import events_of
from takar.casework.actions import advance_case, advance_many, return_case, save_assessment
from takar.casework.acts import record_act
from takar.casework.capacity import stand_ins
from takar.casework.models import Case
from takar.casework.policies import can_act
from takar.casework.queries import counts_by_step, oversees, own_tasks, visible_cases
from takar.casework.steps import document_of
from takar.common import clock
from takar.common.errors import NotAllowed
from takar.files.queries import read
from takar.organisation.mandates import end_mandate
from takar.organisation.models import Employee

PEOPLE = ("kepala", "sekretaris", "kasubbag", "staf", "atasan", "pegawai", "rekan", "atasan_lain", "outsider")


def on_day(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC))


def act(office: Office, who: str, of: str = "pegawai") -> Case:
    """The open step of the case, done well by this person."""
    case = office.case(of)
    return advance_case(
        actor=getattr(office, who), step_run_id=case.task_id, data=STEP_DATA[case.step](case), password=PASSWORD
    )


def tasks(office: Office, who: str) -> set[str]:
    return set(own_tasks(getattr(office, who)).values_list("name", flat=True))


def refusal(office: Office, who: str, of: str = "pegawai") -> str:
    before = office.case(of).step
    with pytest.raises(NotAllowed) as told:
        act(office, who, of)
    assert office.case(of).step == before
    return told.value.message


@pytest.mark.parametrize(("day", "counts"), [(FIRST - DAY, {}), (FIRST, {4: 1}), (LAST, {4: 1}), (LAST + DAY, {})])
def test_task_is_the_holders_from_the_first_to_the_last_day(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: dt.date, counts: dict[int, int]
) -> None:
    give(office, start=FIRST, end=LAST)
    case = office.at_step(4)
    on_day(monkeypatch, day)
    assert counts_by_step(own_tasks(office.atasan_lain)) == counts
    assert can_act(office.atasan_lain, case, case.open_step) is bool(counts)
    assert visible_cases(office.atasan_lain).filter(pk=case.pk).exists() is bool(counts)
    assert counts_by_step(own_tasks(office.atasan)) == {4: 1}


@pytest.mark.parametrize("acts", [("check",), ("assess",), ("collect", "enter", "copy"), ("archive", "check")])
def test_lists_and_single_steps_agree_at_every_step(office: Office, acts: tuple[str, ...]) -> None:
    give(office, acts=acts, holder=office.rekan)
    give(office, role_data(office, acts=acts, holder=office.pegawai))
    give(office, role_data(office, acts=acts, role="staf", holder=office.atasan_lain))
    for step in range(1, 8):
        for of in ("pegawai", "rekan"):
            office.at_step(step, of)
        for who in PEOPLE:
            person = getattr(office, who)
            listed = {case.pk for case in own_tasks(person).filter(employee__in=[office.pegawai, office.rekan])}
            may = {case.pk for case in map(office.case, ("pegawai", "rekan")) if can_act(person, case, case.open_step)}
            assert (step, who, listed) == (step, who, may)


def test_plh_assesses_and_everything_says_so(office: Office) -> None:
    mandate = give(office)
    office.at_step(4)
    act(office, "atasan_lain")
    case = office.case()
    document = document_of(case)
    signature = document.signatures.get()
    assert (signature.name, signature.capacity) == ("Agus Salim", "Plh. Kepala Bidang A")
    assert case.run.steps.get(step=4).closed_as == "atasan_langsung (Plh.)"
    events = events_of(case.stream).filter(actor_name="Agus Salim")
    assert set(events.values_list("acting_as", flat=True)) == {"atasan_langsung (Plh.)"}
    after = events.get(verb="step.completed").after
    assert after
    assert (after["title"], after["mandate"]) == ("Plh. Kepala Bidang A", str(mandate.pk))


def test_document_prints_the_acting_officer(office: Office) -> None:
    give(office)
    office.at_step(4)
    act(office, "atasan_lain")
    office.do_step()
    document = document_of(office.case())
    for file in (document.file, document.final_file):
        text = all_text(read(file))
        assert squeezed("Pejabat Penilai,Plh. Kepala Bidang A") in text
        assert squeezed("Agus Salim NIP 19760909 200109 1 009") in text
        assert squeezed("Andi Saputra") not in text


def test_document_of_an_assessor_in_the_own_right_names_no_mandate(office: Office) -> None:
    give(office)
    document = document_of(office.at_step(6))
    text = all_text(read(document.final_file))
    assert ("Plh." in text, squeezed("Andi Saputra NIP 19750606 200006 1 006") in text) == (False, True)
    assert document.signatures.get(signed_as="penilai").capacity is None


def test_principal_may_still_act_and_acts_in_the_own_right(office: Office) -> None:
    give(office)
    office.at_step(4)
    act(office, "atasan")
    assert office.case().run.steps.get(step=4).closed_as == "atasan_langsung"


def test_role_is_held_by_mandate_with_the_sight_that_it_needs(office: Office) -> None:
    assert not oversees(office.rekan)
    give(office, role_data(office))
    office.at_step(2)
    assert (oversees(office.rekan), tasks(office, "rekan")) == (True, {"Putri Maharani"})
    assert act(office, "rekan").step == 3
    assert office.case().run.steps.get(step=2).closed_as == "kasubbag (Plt.)"


def test_holder_sends_back_as_acting_officer(office: Office) -> None:
    give(office)
    case = office.at_step(4)
    return_case(actor=office.atasan_lain, step_run_id=case.task_id, to_step=3, reason="Angka belum cocok.")
    event = events_of(case.stream).get(verb="step.returned")
    assert (office.case().step, event.acting_as) == (3, "atasan_langsung (Plh.)")


def test_many_tasks_of_a_mandate_are_done_at_once(office: Office) -> None:
    give(office, role_data(office, holder=office.atasan_lain))
    steps = [office.at_step(2, of).task_id for of in ("pegawai", "rekan")]
    lines = advance_many(actor=office.atasan_lain, step_run_ids=steps, data=STEP_DATA[2](office.case()))
    assert [line.done for line in lines] == [True, True]


def test_nobody_signs_for_the_appraised_employee(office: Office) -> None:
    give(office, principal=office.pegawai, holder=office.rekan)
    case = office.at_step(5)
    assert (can_act(office.rekan, case, case.open_step), tasks(office, "rekan")) == (False, set())
    assert "bukan tugas Anda" in refusal(office, "rekan")


def test_holder_never_assesses_himself_and_his_case_rises(office: Office) -> None:
    give(office, holder=office.rekan)
    office.at_step(4, "rekan")
    office.at_step(4)
    assert (tasks(office, "rekan"), tasks(office, "kepala")) == ({"Putri Maharani"}, {"Rudi Hartawan"})
    told = refusal(office, "rekan", "rekan")
    assert told.startswith("Ini berkas Anda sendiri, dan tidak seorang pun memeriksa atau menilai dirinya sendiri")
    assert "atasan pejabat penilai, Karta Wijaya," in told
    act(office, "kepala", "rekan")
    case = office.case("rekan")
    signature = document_of(case).signatures.get()
    assert (signature.name, signature.capacity) == ("Karta Wijaya", "selaku Atasan Pejabat Penilai")
    assert case.run.steps.get(step=4).closed_as == "atasan_langsung (atasan pejabat penilai)"
    assert squeezed("Pejabat Penilai, selaku Atasan Pejabat Penilai") in all_text(read(document_of(case).file))


def test_superior_assesses_nobody_elses_case(office: Office) -> None:
    give(office, holder=office.rekan)
    office.at_step(4)
    assert "bukan tugas Anda" in refusal(office, "kepala")


def test_place_of_a_superior_who_took_over_is_held_like_any_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at_step(4)
    on_day(monkeypatch, dt.date(2026, 2, 2))
    record_act(actor=office.kepala, case_id=office.case().pk, kind="take_over", text="Lewat waktu.", password=PASSWORD)
    give(office, by=office.kasubbag, principal=office.kepala, start=dt.date(2026, 2, 2), end=dt.date(2026, 2, 9))
    case = office.case()
    assert visible_cases(office.atasan_lain).filter(pk=case.pk).exists()
    assert counts_by_step(own_tasks(office.atasan_lain)) == {4: 1}
    act(office, "atasan_lain")
    assessor = document_of(office.case()).data["assessor"]
    assert (assessor["name"], assessor["role"], assessor["unit"]) == ("Agus Salim", "Plh. Kepala Dinas", "Dinas")


def test_superior_steps_in_only_for_acts_that_the_mandate_covers(office: Office) -> None:
    give(office, holder=office.rekan, acts=("check",))
    office.at_step(4, "rekan")
    assert (tasks(office, "kepala"), counts_by_step(own_tasks(office.atasan))) == (set(), {4: 1})


def test_acting_kasubbag_does_not_check_himself(office: Office) -> None:
    give(office, role_data(office))
    office.at_step(2, "rekan")
    assert tasks(office, "rekan") == set()
    assert "Naikkan penilaian kepada atasan pejabat penilai" in refusal(office, "rekan", "rekan")
    assert act(office, "kasubbag", "rekan").step == 3


def test_acting_desk_may_do_on_the_own_case_what_decides_nothing(office: Office) -> None:
    give(office, role_data(office, role="staf"))
    assert act(office, "rekan", "rekan").step == 2
    after = events_of(office.case("rekan").stream).get(verb="step.completed").after
    assert after
    assert (after["own_case"], after["title"]) == (True, "Plt. Staf")


def test_mandate_that_ends_in_mid_step_refuses_the_next_act(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    give(office)
    case = office.at_step(4)
    draft = STEP_DATA[4](case).assessment
    assert draft
    save_assessment(actor=office.atasan_lain, step_run_id=case.task_id, draft=draft)
    on_day(monkeypatch, LAST + DAY)
    assert refusal(office, "atasan_lain") == (
        "Mandat Anda sebagai Plh. Kepala Bidang A sudah berakhir 25 Januari 2026, sehingga langkah ini bukan lagi tugas "
        "Anda dan tidak ada yang berubah. Serahkan kepada pejabat definitif atau pemegang mandat sesudah Anda."
    )


def test_refusal_says_what_is_wrong_with_the_mandate(office: Office) -> None:
    office.at_step(4)
    given = give(office, start=FIRST + 2 * DAY)
    assert "baru mulai pada 14 Januari 2026" in refusal(office, "atasan_lain")
    end_mandate(actor=office.kepala, mandate=given, reason="Batal.")
    assert "sudah dicabut pada 12 Januari 2026" in refusal(office, "atasan_lain")
    give(office, acts=("check",))
    assert "tidak meliputi langkah 4" in refusal(office, "atasan_lain")


def test_mandate_of_one_agency_gives_nothing_in_another(office: Office) -> None:
    case = office.at_step(4)
    give(office)
    assert (tasks(office, "outsider"), visible_cases(office.outsider).count()) == (set(), 0)
    Employee.objects.filter(pk=office.atasan_lain.pk).update(agency=office.outsider.agency)
    moved = Employee.objects.get(pk=office.atasan_lain.pk)
    assert (can_act(moved, case, case.open_step), list(own_tasks(moved))) == (False, [])


def test_everybody_who_sees_the_case_is_told_who_stands_in(office: Office) -> None:
    give(office)
    case = office.at_step(4)
    assert stand_ins(office.kasubbag, case, case.open_step) == [
        "Plh. Kepala Bidang A, Agus Salim (sampai 25 Januari 2026)"
    ]


def test_holders_own_case_names_the_superior_as_stand_in(office: Office) -> None:
    give(office, holder=office.rekan)
    case = office.at_step(4, "rekan")
    assert stand_ins(office.kasubbag, case, case.open_step) == [
        "Karta Wijaya selaku Atasan Pejabat Penilai, karena pemegang mandat tidak menilai diri"
    ]


def test_mandates_cost_a_page_one_question_more_and_their_holder_two(office: Office) -> None:
    def asked(who: str) -> int:
        person: Any = Employee.objects.select_related("agency").get(pk=getattr(office, who).pk)
        person.known_roles, person.known_mandates = {}, {}
        with CaptureQueriesContext(connection) as found:
            for _ in range(3):
                counts_by_step(own_tasks(person))
                list(visible_cases(person))
        return len(found)

    assert (asked("pegawai"), asked("atasan_lain")) == (8, 8)
    give(office)
    give(office, mandate_data(office, principal=office.kasubbag, with_roles=True))
    assert asked("atasan_lain") == 10
    assert asked("pegawai") == 10
