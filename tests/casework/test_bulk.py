"""The same act on many cases: each by itself, with a line for each."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import FORM, NOW, PASSWORD, STEP_DATA, Office, assessment
from tests.web.browsing import contents, problems, rows, words

from takar.casework import actions
from takar.casework.actions import advance_many, return_many, save_assessment, save_form
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.common.errors import NotAllowed
from takar.procedures.clocks import is_late
from takar.procedures.models import StepRun
from takar.web.http import NO_ACT

THREE = ("pegawai", "rekan", "atasan")
ALREADY = "Langkah 2 (Memeriksa dan mengecek data kinerja pegawai) sudah diselesaikan oleh Kania Dewi"


def at_step(office: Office, step: int, *of: str) -> list[Case]:
    return [office.at_step(step, name) for name in of]


def tasks(cases: list[Case]) -> list[UUID]:
    return [case.task_id for case in cases]


def send(office: Office, who: str, cases: list[Case], **data: Any) -> Any:
    chosen = [str(task) for task in tasks(cases)]
    return office.client(who).post(reverse("bulk"), {"pilih": chosen, "tindakan": "selesai", **data})


def steps(office: Office) -> list[int]:
    return [office.case(name).step for name in THREE]


def test_each_case_has_its_line_and_its_own_fate(office: Office) -> None:
    """One was done by somebody else meanwhile, one is at another step, one is free."""
    first = at_step(office, 2, *THREE)
    office.do_step("rekan")
    empty = office.case("staf")
    lines = advance_many(actor=office.kasubbag, step_run_ids=[*tasks(first), empty.task_id], data=StepData())
    assert [(line.name, line.done) for line in lines] == [
        ("Putri Maharani", True),
        ("Rudi Hartawan", False),
        ("Andi Saputra", True),
        ("Surya Putra", False),
    ]
    assert lines[0].message == "Selesai."
    assert lines[1].message.startswith(ALREADY)
    assert "bukan tugas Anda" in lines[3].message
    assert steps(office) == [3, 3, 3]


def test_failing_line_writes_nothing(office: Office) -> None:
    case = office.case("pegawai")
    before = rows()
    [line] = advance_many(actor=office.staf, step_run_ids=[case.task_id], data=StepData())
    assert (line.done, "Belum ada satu realisasi pun" in line.message, rows()) == (False, True, before)


def test_many_go_back_for_one_reason(office: Office) -> None:
    cases = at_step(office, 2, *THREE)
    lines = return_many(actor=office.kasubbag, step_run_ids=tasks(cases), to_step=1, reason="Lampirkan bukti.")
    assert ([line.done for line in lines], steps(office)) == ([True] * 3, [1, 1, 1])
    assert {office.case(name).returned for name in THREE} == {True}


@pytest.mark.parametrize(("to_step", "reason"), [(1, " "), (3, "Perbaiki."), (0, "Perbaiki.")])
def test_refused_returns_are_told_line_by_line(office: Office, to_step: int, reason: str) -> None:
    cases = at_step(office, 2, "pegawai", "rekan")
    before = rows()
    lines = return_many(actor=office.kasubbag, step_run_ids=tasks(cases), to_step=to_step, reason=reason)
    assert ([line.done for line in lines], rows()) == ([False] * 2, before)


def test_password_is_asked_once_for_all_and_a_wrong_one_does_nothing(office: Office) -> None:
    cases = at_step(office, 4, "pegawai", "rekan")
    for case in cases:
        save_assessment(actor=office.atasan, step_run_id=case.task_id, draft=assessment(case))
    before = rows()
    with pytest.raises(NotAllowed, match="Kata sandi yang dimasukkan salah"):
        advance_many(actor=office.atasan, step_run_ids=tasks(cases), data=StepData(), password="salah")
    assert {name: count for name, count in rows().items() if before[name] != count} == {"accounts.Attempts": 1}
    lines = advance_many(actor=office.atasan, step_run_ids=tasks(cases), data=StepData(), password=PASSWORD)
    assert [line.done for line in lines] == [True, True]
    assert [office.case(name).appraisal.final_value is not None for name in ("pegawai", "rekan")] == [True, True]


def test_incomplete_assessment_stops_its_own_line_only(office: Office) -> None:
    first, second = at_step(office, 4, "pegawai", "rekan")
    save_assessment(actor=office.atasan, step_run_id=first.task_id, draft=assessment(first))
    lines = advance_many(actor=office.atasan, step_run_ids=tasks([first, second]), data=StepData(), password=PASSWORD)
    assert [(line.done, line.message.startswith("Penilaian belum lengkap")) for line in lines] == [
        (True, False),
        (False, True),
    ]


def test_nobody_signs_unread_documents_by_the_dozen(office: Office) -> None:
    case = office.at_step(5)
    [line] = advance_many(actor=office.pegawai, step_run_ids=[case.task_id], data=StepData(), password=PASSWORD)
    assert (line.done, office.case().step) == (False, 5)
    page = office.client("pegawai").get(reverse("tasks"), {"langkah": "5"})
    assert 'name="pilih"' not in page.content.decode()


def test_copies_and_boxes_are_recorded_for_many(office: Office) -> None:
    cases = at_step(office, 6, "pegawai", "rekan")
    assert [line.done for line in advance_many(actor=office.staf, step_run_ids=tasks(cases), data=StepData())] == [
        True,
        True,
    ]
    answer = send(office, "kasubbag", at_step(office, 7, "pegawai", "rekan"), box="B-09", shelf="R-2")
    assert "2 berkas selesai" in words(answer)
    documents = [office.case(name).documents.get().document for name in ("pegawai", "rekan")]
    assert [document.copies.count() for document in documents] == [3, 3]
    assert {(d.deposit.box.code, d.deposit.classification) for d in documents} == {("B-09", "800.1.4.4")}


# --- the same from the page


def test_page_tells_the_late_one_who_was_first(office: Office) -> None:
    cases = at_step(office, 2, *THREE)
    office.do_step("rekan")
    answer = send(office, "kasubbag", cases, langkah="2")
    assert "2 berkas selesai, 1 tidak" in words(answer)
    assert ALREADY in words(answer)
    assert steps(office) == [3, 3, 3]


def test_two_clerks_share_the_counter(office: Office) -> None:
    for name in ("pegawai", "rekan"):
        save_form(actor=office.staf, step_run_id=office.case(name).task_id, data=FORM)
    cases = [office.case("pegawai"), office.case("rekan")]
    assert "2 berkas selesai" in words(send(office, "staf", cases))
    late = words(send(office, "staf2", cases))
    assert "0 berkas selesai, 2 tidak" in late
    assert late.count("sudah diselesaikan oleh Surya Putra") == 2


def test_case_of_another_agency_is_not_even_named(office: Office) -> None:
    answer = send(office, "outsider", [office.case()])
    assert ("Putri" in words(answer), office.case().step) == (False, 1)
    assert "0 berkas selesai" in words(answer)


def test_somebody_who_only_looks_on_does_nothing_by_the_dozen(office: Office) -> None:
    cases = at_step(office, 2, *THREE)
    for who in ("sekretaris", "kepala"):
        before = rows()
        answer = send(office, who, cases)
        assert ("0 berkas selesai, 3 tidak" in words(answer), rows()) == (True, before)
    assert steps(office) == [2, 2, 2]


@pytest.mark.parametrize("chosen", [[], ["x"], ["999"], [str(UUID(int=1))], ["' OR 1=1"], ["0" * 5000], ["<b>"]])
def test_choosing_nothing_that_is_there_does_nothing(office: Office, chosen: list[str]) -> None:
    before = rows()
    answer = office.client("staf").post(reverse("bulk"), {"pilih": chosen, "tindakan": "selesai", "langkah": "999"})
    assert (answer.status_code in {200, 422}, rows()) == (True, before)
    assert "<b>" not in answer.content.decode()


@pytest.mark.parametrize("act", ["", "hapus"])
def test_act_must_be_named(office: Office, act: str) -> None:
    cases = at_step(office, 2, *THREE)
    answer = send(office, "kasubbag", cases, tindakan=act, langkah="2")
    assert (answer.status_code, problems(answer), steps(office)) == (422, NO_ACT, [2, 2, 2])
    ticked = [line for line in answer.content.decode().splitlines() if 'name="pilih"' in line and "checked" in line]
    assert len(ticked) == 3


@pytest.mark.parametrize("target", ["", "0", "3", "999", "x", "²", "9" * 5000])
def test_return_to_nowhere_is_told(office: Office, target: str) -> None:
    cases, before = at_step(office, 2, "pegawai"), contents("procedures.StepRun")
    answer = send(office, "kasubbag", cases, tindakan="kembalikan", ke=target, alasan="Perbaiki.")
    assert "hanya dapat dikembalikan ke langkah 1" in words(answer)
    assert contents("procedures.StepRun") == before


def test_wrong_password_on_the_page_keeps_the_ticks(office: Office) -> None:
    cases = at_step(office, 4, "pegawai", "rekan")
    answer = send(office, "atasan", cases, password="salah", langkah="4")
    assert (answer.status_code, "Kata sandi yang dimasukkan salah" in problems(answer)) == (422, True)
    assert answer.content.decode().count("checked") == 2


def test_bulk_is_for_people_of_an_office(office: Office) -> None:
    assert Client().post(reverse("bulk"), {"pilih": [str(office.case().task_id)]}).status_code == 302
    assert office.case().step == 1


def test_bulk_does_what_single_acts_do(office: Office) -> None:
    one, other = at_step(office, 2, "pegawai", "rekan")
    actions.advance_case(actor=office.kasubbag, step_run_id=one.task_id, data=STEP_DATA[2](one))
    advance_many(actor=office.kasubbag, step_run_ids=[other.task_id], data=StepData())
    forms = [office.case(name).appraisal.forms.order_by("stage", "version") for name in ("pegawai", "rekan")]
    assert [(f.stage, f.state, f.version) for f in forms[0]] == [(f.stage, f.state, f.version) for f in forms[1]]


def test_what_was_over_on_paper_keeps_its_true_moment(office: Office) -> None:
    """In time though recorded late; how long each took is not known, so it is no measure of the work."""
    office.at_step(2)
    office.at_step(2, "rekan")
    steps = [office.case(of).task_id for of in ("pegawai", "rekan")]
    arrived = NOW - dt.timedelta(hours=3)
    StepRun.objects.filter(pk__in=steps).update(opened_at=arrived, due_at=NOW - dt.timedelta(hours=1), started_at=None)
    finished = NOW - dt.timedelta(hours=2)
    lines = advance_many(actor=office.kasubbag, step_run_ids=steps, data=StepData(), finished=finished)
    assert [line.done for line in lines] == [True, True]
    rows = StepRun.objects.filter(pk__in=steps).order_by("pk")
    assert [(row.started_at, row.finished_at, row.closed_at, is_late(row)) for row in rows] == [
        (finished, finished, NOW, False)
    ] * 2
    early = advance_many(
        actor=office.staf,
        step_run_ids=[office.case().task_id],
        data=StepData(),
        finished=arrived - dt.timedelta(days=1),
    )
    assert [line.done for line in early] == [False]
