"""Waiting, work and lateness of steps, on the office of the other tests: 12 January 2026 is a Monday, 09.30."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from tests.office import FORM, NOW, STEP_DATA, Office

from takar.audit.models import Event
from takar.casework.actions import advance_case, return_case, save_form
from takar.casework.dues import dues, terms_of
from takar.casework.models import Case, Term
from takar.casework.overview import TimeCounts, first_page
from takar.casework.queries import AT_RISK, LATE, by_time, own_tasks
from takar.casework.working import Timing, begin_work, pause_work
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off
from takar.organisation.calendar import HolidayData, set_calendar
from takar.procedures.clocks import is_late
from takar.procedures.models import StepPause, StepRun


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.office_zone())


SetClock = Callable[[str], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    return lambda text: monkeypatch.setattr(clock, "now", lambda: at(text))


def times(step: StepRun) -> tuple[object, ...]:
    step.refresh_from_db()
    return step.waited_minutes, step.worked_minutes, step.elapsed_minutes


def finish(office: Office, **timing: object) -> StepRun:
    """Do the open step of the usual case by its own person."""
    case = office.case()
    advance_case(
        actor=office.owner(case), step_run_id=case.task_id, data=STEP_DATA[case.step](case), timing=Timing(**timing)
    )
    return StepRun.objects.get(pk=case.open_step_id)


def test_open_step_is_due_after_its_standard_time_in_office_hours(office: Office) -> None:
    """Step 1 takes two hours: 11.30, with a warning after 75 per cent; the case repeats it for lists."""
    step, case = office.case().open_step, office.case()
    assert step is not None
    assert (step.due_at, step.risk_at) == (at("2026-01-12 11:30"), at("2026-01-12 11:00"))
    assert (case.due_at, case.risk_at) == (step.due_at, step.risk_at)
    following = office.at_step(2)
    assert following.due_at == at("2026-01-12 11:30")


def test_waiting_work_and_rest_are_kept_apart(office: Office, set_clock: SetClock) -> None:
    task = office.case().task_id
    set_clock("2026-01-12 10:00")
    begin_work(actor=office.staf, step_run_id=task)
    set_clock("2026-01-12 10:40")
    pause_work(actor=office.staf, step_run_id=task)
    set_clock("2026-01-12 15:00")
    begin_work(actor=office.staf, step_run_id=task)
    set_clock("2026-01-13 07:45")
    step = finish(office)
    # waited 30; worked 40 before the rest, 60 after it on Monday and 15 on Tuesday; 450 + 15 - 120 until 9.30
    assert times(step) == (30, 115, 345)
    assert (StepPause.objects.get().start, StepPause.objects.get().end) == (
        at("2026-01-12 10:40"),
        at("2026-01-12 15:00"),
    )
    assert is_late(step)
    verbs = list(Event.objects.filter(stream=office.case().stream).order_by("seq").values_list("verb", flat=True))
    assert verbs[1:4] == ["step.begun", "step.paused", "step.resumed"]


def test_saving_begins_the_work_when_the_page_was_shown_and_ends_a_rest(office: Office, set_clock: SetClock) -> None:
    task = office.case().task_id
    set_clock("2026-01-12 10:20")
    save_form(actor=office.staf, step_run_id=task, data=FORM, timing=Timing(at("2026-01-12 10:00")))
    pause_work(actor=office.staf, step_run_id=task)
    set_clock("2026-01-12 11:00")
    save_form(actor=office.staf, step_run_id=task, data=FORM, timing=Timing(at("2026-01-12 10:50")))
    step = finish(office)
    assert times(step) == (30, 20, 90)
    assert step.started_at == at("2026-01-12 10:00")


@pytest.mark.parametrize("shown", ["2026-01-12 09:00", "2026-01-12 11:00"])
def test_work_never_begins_before_arrival_nor_in_the_future(office: Office, shown: str) -> None:
    step = finish(office, shown=at(shown))
    assert (step.started_at, times(step)) == (NOW, (0, 0, 0))


def test_pausing_what_has_not_begun_or_rests_already_is_refused(office: Office) -> None:
    task = office.case().task_id
    with pytest.raises(DomainError, match="belum mulai"):
        pause_work(actor=office.staf, step_run_id=task)
    begin_work(actor=office.staf, step_run_id=task)
    pause_work(actor=office.staf, step_run_id=task)
    with pytest.raises(AlreadyDone, match="sudah dijeda"):
        pause_work(actor=office.staf2, step_run_id=task)


def test_return_ends_a_rest_and_measures_too(office: Office, set_clock: SetClock) -> None:
    task = office.at_step(2).task_id
    begin_work(actor=office.kasubbag, step_run_id=task)
    pause_work(actor=office.kasubbag, step_run_id=task)
    set_clock("2026-01-12 11:00")
    return_case(actor=office.kasubbag, step_run_id=task, to_step=1, reason="Lengkapi.")
    assert times(StepRun.objects.get(pk=task)) == (0, 0, 90)


def test_work_on_paper_keeps_its_true_moments(office: Office, set_clock: SetClock) -> None:
    set_clock("2026-01-14 09:00")
    step = finish(office, paper=(at("2026-01-12 10:00"), at("2026-01-12 11:00")))
    assert (step.closed_at, step.ended_at, times(step)) == (
        at("2026-01-14 09:00"),
        at("2026-01-12 11:00"),
        (30, 60, 90),
    )
    assert not is_late(step)
    event = Event.objects.filter(stream=office.case().stream, verb="step.completed").get()
    assert event.after["on_paper"] == ("12 Januari 2026 pukul 10.00 WITA s.d. 12 Januari 2026 pukul 11.00 WITA")


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        ("2026-01-12 09:00", "2026-01-12 10:00", "Dikerjakan dari: Berkas baru tiba pada 12 Januari 2026 pukul 09.30 WITA."),
        ("2026-01-12 11:00", "2026-01-12 10:00", "Dikerjakan sampai: Selesainya mendahului mulainya; periksa kedua waktunya."),
        ("2026-01-12 11:00", "2026-01-12 12:01", "Dikerjakan sampai: Waktu itu belum lewat; sekarang 12 Januari 2026 pukul 12.00 WITA."),
    ],
)  # fmt: skip
def test_impossible_times_on_paper_are_refused_in_words(
    office: Office,
    set_clock: SetClock,
    start: str,
    end: str,
    problem: str,
) -> None:
    set_clock("2026-01-12 12:00")
    with pytest.raises(InvalidInput) as refused:
        finish(office, paper=(at(start), at(end)))
    assert [str(found) for found in refused.value.problems] == [problem]
    assert office.case().step == 1


def test_signing_knows_no_paper(office: Office) -> None:
    office.at_step(5)
    case = office.case()
    with pytest.raises(InvalidInput, match="di dalam program"):
        advance_case(
            actor=office.pegawai,
            step_run_id=case.task_id,
            data=STEP_DATA[5](case),
            password="kuda-laut-biru-42",
            timing=Timing(paper=(NOW, NOW)),
        )


def test_holiday_declared_late_moves_what_is_due_and_what_was_measured(office: Office, set_clock: SetClock) -> None:
    set_clock("2026-01-13 08:30")
    closed = finish(office)
    assert (closed.elapsed_minutes, office.case().due_at) == (390, at("2026-01-13 10:30"))
    days = [HolidayData(dt.date(2026, 1, 13), "Libur mendadak")]
    set_calendar(
        actor=office.kasubbag, agency=office.agency, day_count="kalender", working_weekdays=range(5), holidays=days
    )
    enqueue(actor=None, kind="casework.recount")
    assert work_off() == 1
    assert (office.case().due_at, office.case().risk_at) == (at("2026-01-14 09:30"), at("2026-01-14 09:00"))
    assert times(closed) == (330, 0, 330)
    assert StepRun.objects.exclude(calendar_version=1).count() == 0


def test_recount_takes_so_much_at_a_time_and_queues_the_rest(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takar.procedures.clocks.AT_ONCE", 2)
    monkeypatch.setattr("takar.casework.dues.ROUNDS", 1)
    StepRun.objects.update(calendar_version=None)
    Case.objects.update(due_at=None)
    enqueue(actor=None, kind="casework.recount")
    assert work_off() == 5
    assert Case.objects.filter(due_at=None).count() == 0


def test_what_comes_next_is_told_to_everybody_whose_it_will_be(office: Office) -> None:
    office.at_step(3)
    period = office.period
    names = ("staf", "kasubbag", "atasan", "pegawai", "kepala")
    told = {name: first_page(office.people[name], period).coming for name in names}
    assert told == {"staf": {}, "kasubbag": {2: 8}, "atasan": {4: 1}, "pegawai": {}, "kepala": {}}
    office.at_step(4)
    assert first_page(office.pegawai, period).coming == {5: 1}


def test_due_list_holds_steps_and_terms_the_nearest_first(office: Office, set_clock: SetClock) -> None:
    case = office.at_step(4)
    set_clock("2026-01-12 11:00")
    rows = dues(own_tasks(office.atasan), terms_of([office.atasan.pk]), 10)
    shown = [(row.label, row.legal, row.at_risk, row.late) for row in rows if row.case == case]
    assert shown == [("Langkah 4", False, False, True), ("Melakukan penilaian prestasi kerja", True, False, False)]
    Term.objects.filter(case=case).update(due=dt.date(2026, 1, 11))
    rows = dues(own_tasks(office.atasan), terms_of([office.atasan.pk]), 1)
    assert [(row.label, row.late, row.day) for row in rows] == [
        ("Melakukan penilaian prestasi kerja", True, dt.date(2026, 1, 11))
    ]


def test_closed_step_keeps_its_moments_but_not_what_is_computed_of_them(office: Office) -> None:
    step = finish(office)
    StepRun.objects.filter(pk=step.pk).update(worked_minutes=5)
    for column in ("started_at", "finished_at"):
        with pytest.raises(DatabaseError), transaction.atomic():
            StepRun.objects.filter(pk=step.pk).update(**{column: NOW + dt.timedelta(hours=1)})


@pytest.mark.parametrize(
    ("now", "counts"),
    [
        ("2026-01-12 10:59", TimeCounts({1: 8}, at_risk=0, late=0)),
        ("2026-01-12 11:00", TimeCounts({1: 8}, at_risk=8, late=0)),
        ("2026-01-12 11:30", TimeCounts({1: 8}, at_risk=8, late=0)),
        ("2026-01-12 11:31", TimeCounts({1: 8}, at_risk=0, late=8)),
    ],
)
def test_lists_know_what_is_late_and_what_nearly(
    office: Office, set_clock: SetClock, now: str, counts: TimeCounts
) -> None:
    office.at_step(2)
    set_clock(now)
    mine = own_tasks(office.staf)
    assert first_page(office.staf, office.period).mine == counts
    seen, unseen = (first_page(person, office.period).office for person in (office.kepala, office.atasan))
    assert (seen and seen.by_step, seen and seen.waiting, unseen) == ({1: 8, 2: 1}, 9, None)
    assert [by_time(mine, which).count() for which in (AT_RISK, LATE)] == [counts.at_risk, counts.late]
