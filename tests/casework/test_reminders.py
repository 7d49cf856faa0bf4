"""Reminders and escalation, on the clock of the office: 12 January 2026 is a Monday, 09.30; step 1 is due at 11.30."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from tests.mandates import give
from tests.office import NOW, TODAY, Office

from takar.casework.dues import keep_terms
from takar.casework.models import Case, Reminder, Term
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.worker import work_off
from takar.notices.enums import Place
from takar.notices.models import Notice
from takar.organisation.calendar import HolidayData, set_calendar

Turn = Callable[[str], dict[str, list[str]]]


@pytest.fixture
def turn(office: Office, monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Let it be that moment, run the reminders, and give what each person was newly told."""
    names = {person.pk: name for name, person in office.people.items()}

    def at(text: str) -> dict[str, list[str]]:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=clock.office_zone())
        monkeypatch.setattr(clock, "now", lambda: moment)
        before = set(Notice.objects.values_list("pk", flat=True))
        enqueue(actor=None, kind="casework.remind")
        work_off()
        found: dict[str, list[str]] = {}
        for notice in Notice.objects.exclude(pk__in=before).order_by("text"):
            found.setdefault(names[notice.person_id], []).append(notice.text)
        return found

    return at


def only(office: Office, of: str = "pegawai") -> Case:
    """Everybody else's case is out of the way."""
    Case.objects.exclude(employee=office.people[of]).update(due_at=None, risk_at=None)
    return office.case(of)


BERKAS = "langkah 1, berkas Putri Maharani; jatuh tempo 12 Januari 2026 pukul 11.30 WITA."


def test_arrival_before_at_and_after_each_once(office: Office, turn: Turn) -> None:
    case = only(office)
    told = [turn(f"2026-01-12 {time}") for time in ("09:35", "09:40", "11:00", "11:05", "11:30", "11:35")]
    arrived, near, due = (
        [f"{word}: {BERKAS}"] for word in ("Tiba di tangan Anda", "Hampir jatuh tempo", "Jatuh tempo")
    )
    both = ("staf", "staf2")
    assert told == [dict.fromkeys(both, arrived), {}, dict.fromkeys(both, near), {}, dict.fromkeys(both, due), {}]
    assert (Reminder.objects.count(), {(n.place, n.case_key) for n in Notice.objects.all()}) == (
        3,
        {(Place.CASE, case.pk)},
    )


def test_lateness_rises_a_working_day_at_a_time(office: Office, turn: Turn) -> None:
    only(office)
    turn("2026-01-12 12:00")
    told = [turn(text) for text in ("2026-01-12 15:00", "2026-01-13 11:29", "2026-01-13 11:30", "2026-01-14 11:30")]
    told += [turn("2026-01-15 11:30"), turn("2026-01-19 15:00")]
    raised = [f"Terlambat dan dinaikkan kepada Anda: {BERKAS}"]
    assert told == [
        {key: [f"Jatuh tempo: {BERKAS}"] for key in ("staf", "staf2")},
        {},
        {"kasubbag": raised},
        {"sekretaris": raised},
        {"kepala": raised},
        {},
    ]


def test_nobody_is_told_outside_office_hours_and_a_holiday_declared_late_counts(office: Office, turn: Turn) -> None:
    only(office)
    assert [turn(f"2026-01-12 {time}") for time in ("12:30", "16:00", "23:59")] == [{}, {}, {}]
    days = [HolidayData(dt.date(2026, 1, 13), "Libur mendadak")]
    set_calendar(
        actor=office.kasubbag, agency=office.agency, day_count="kalender", working_weekdays=range(5), holidays=days
    )
    assert turn("2026-01-13 09:00") == {}
    assert turn("2026-01-14 07:30") == {key: [f"Jatuh tempo: {BERKAS}"] for key in ("staf", "staf2")}


def test_many_cases_are_one_message(office: Office, turn: Turn) -> None:
    told = turn("2026-01-12 11:30")
    text, names = told["staf"][0], Case.objects.values_list("name", flat=True)
    assert text.startswith("Jatuh tempo: langkah 1, 9 berkas (")
    assert text.endswith(", dan 6 lagi); paling awal 12 Januari 2026 pukul 11.30 WITA.")
    assert (len(told["staf"]), sum(name in text for name in names)) == (1, 3)
    assert Counter(Notice.objects.values_list("place", "step")) == {(Place.TASKS.value, 1): 2}


def test_superior_of_a_late_assessor_is_told_and_then_the_head(office: Office, turn: Turn) -> None:
    office.at_step(4)
    only(office)
    told = [turn("2026-01-12 10:30"), turn("2026-01-13 10:30"), turn("2026-01-14 10:30")]
    assert [sorted(found) for found in told] == [["atasan"], ["kepala"], ["kepala"]]


def test_who_sits_in_a_place_is_told_until_the_mandate_ends_in_mid_step(office: Office, turn: Turn) -> None:
    office.at_step(4)
    only(office)
    give(office, acts=("assess",), end=TODAY)
    assert sorted(turn("2026-01-12 10:15")) == ["atasan", "atasan_lain"]
    assert sorted(turn("2026-01-13 07:30")) == ["atasan"]


def test_second_worker_finds_what_the_first_has_said(office: Office, turn: Turn) -> None:
    only(office)
    turn("2026-01-12 11:30")
    enqueue(actor=None, kind="casework.remind", params={"other": "worker"})
    work_off()
    assert Notice.objects.count() == 2


def test_legal_terms_are_told_before_on_and_after_their_last_day(office: Office, turn: Turn) -> None:
    """PP 46/2011: the assessment is due at the end of January; then the assessor's superior hears of it too."""
    case = only(office)
    keep_terms([case])
    assert list(Term.objects.values_list("rule", "party", "due")) == [
        ("appraise", "atasan_langsung", dt.date(2026, 1, 31))
    ]
    Term.objects.update(due=dt.date(2026, 1, 28))
    Case.objects.update(due_at=None, risk_at=None)
    told = [turn(f"2026-01-{day} 09:00") for day in ("23", "26", "27", "28", "29", "30")]
    what = "Melakukan penilaian prestasi kerja, berkas Putri Maharani; jatuh tempo 28 Januari 2026."
    assert told == [
        {},
        {"atasan": [f"Tenggat hampir lewat: {what}"]},
        {},
        {"atasan": [f"Hari terakhir tenggat: {what}"]},
        {"atasan": [f"Tenggat terlewati: {what}"], "kepala": [f"Tenggat terlewati: {what}"]},
        {},
    ]


def test_terms_follow_what_is_done_and_the_date(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.at_step(5)
    case = office.case()
    rules = list(Term.objects.filter(case=case).order_by("rule").values_list("rule", "person", "due"))
    due = dt.date(2026, 1, 26)
    assert rules == [("object", office.pegawai.pk, due), ("return", office.pegawai.pk, due)]
    assert (case.terms_next, case.terms_calendar) == (dt.date(2026, 1, 27), 0)
    later = dt.datetime(2026, 1, 27, 2, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: later)
    enqueue(actor=None, kind="casework.recount")
    work_off()
    assert list(Term.objects.filter(case=case, due__isnull=False).values_list("rule", flat=True)) == ["return"]
    (waits,) = Term.objects.filter(case=case, due=None)
    assert (waits.person, waits.label.split(";")[0]) == (
        office.kepala,
        "Pegawai tidak menandatangani dalam tenggatnya",
    )
    assert office.case().terms_next == dt.date.max


def test_what_was_told_of_a_step_is_settled_with_it(office: Office) -> None:
    """Unread and unsent while the step is open; afterwards nobody has anything to read or to be mailed."""
    case = office.at_step(2)
    shown = {"agency": office.agency, "created_at": NOW, "shown": True, "case_key": case.pk, "kind": "due"}
    for person, step, key in ((office.kasubbag, 2, "a"), (office.sekretaris, 2, "b"), (office.staf, 3, "c")):
        Notice.objects.create(person=person, step=step, key=key, text="Jatuh tempo", mailed=True, **shown)
    office.do_step()
    rows = Notice.objects.filter(case_key=case.pk).order_by("key").values_list("key", "read_at", "mailed")
    assert list(rows) == [("a", NOW, False), ("b", NOW, False), ("c", None, True)]
