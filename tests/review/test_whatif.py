"""Questions to the simulation: the office's own people, hours and SOP, and the recorded past."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from tests.audit.tampering import lifted
from tests.office import PEOPLE, Office

from takar import cli
from takar.common.errors import InvalidInput, NotAllowed
from takar.jobs.work import run as run_job
from takar.organisation.hours import hours_of
from takar.organisation.models import RoleHolder
from takar.procedures.models import Run, StepRun
from takar.review import whatif
from takar.review.pastcheck import check_against_past
from takar.review.whatif import Question, ask, ask_later, from_params, to_params
from takar.rules.worktime import due_moment, next_opening

START = dt.date(
    2026, 2, 2
)  # a Monday; hours 7.30 to 16.00 with a break of half an hour, Friday to 16.30 with one and a half
STILL = Question(START, dt.date(2026, 2, 28), spread=0, returns=0, delay_hours=0, share=100)
NIP = {name: row[0] for name, row in PEOPLE.items()}
DAY = 480


def answer(office: Office, question: Question = STILL) -> whatif.Answer:
    return ask(reader=office.kepala, agency=office.agency, question=question)


def test_nine_cases_of_the_office(office: Office) -> None:
    """Two Staf need 9 × (120 + 60 + 60) = 2160 minutes between them; the Kasubbag 9 × 135 = 1215."""
    found = answer(office)
    assert (found.cases, found.runs, dict(found.people)) == (
        9,
        1,
        {"Staf": 2, "Kasubbag Umum dan Kepegawaian": 1, "Sekretaris": 1, "Kepala": 1},
    )
    assert sum(count for _, count in found.finished) == 9
    assert (found.in_time, found.early, found.late) == (100, found.middle, found.middle)
    assert found.sentence == (
        f"Cukup waktu: 9 berkas yang mulai 2 Februari 2026 selesai seluruhnya sekitar {found.middle.day} Februari 2026, "
        f"dan pada sembilan dari sepuluh percobaan paling lambat {found.middle.day} Februari 2026. Batas 28 Februari 2026 "
        "terpenuhi pada semua percobaan."
    )


def test_one_case_by_hand_on_the_offices_own_hours(office: Office) -> None:
    """8 h 15 min from Monday's opening end on Tuesday if a day has 8 hours; with 15 minutes less they would not."""
    hours = hours_of(office.agency)
    opening = next_opening(dt.datetime.combine(START, dt.time(), tzinfo=hours.zone), hours)
    by_hand = hours.date_of(due_moment(opening, 495, hours))
    alone = replace(STILL, extra={"staf": 40}, minutes={1: 120})
    ground = whatif.ground_of(office.agency, alone)
    (one,) = [load for load in ground.loads if load.persons["pegawai"] == str(office.pegawai.pk)]
    days = whatif.Days(START, hours)
    scenario = whatif._scenario(ground, alone, days)
    ends = whatif.simulate(replace(scenario, loads=(one,))).ends
    assert (ends, days.date_of(ends[0])) == ((495,), by_hand)


@pytest.mark.parametrize(
    ("change", "later"),
    [
        ({"minutes": {1: 20, 2: 20}}, False),
        ({"extra": {"staf": -1}}, True),
        ({"away": "kasubbag", "away_days": 7}, True),
        ({"away": "kasubbag", "away_days": 7, "away_from": dt.date(2026, 3, 1)}, None),
        ({"minutes": {1: 600}}, True),
        ({"share": 25}, True),
        ({"delay_hours": 40}, True),
    ],
)
def test_each_change_moves_the_end_where_it_must(office: Office, change: dict[str, Any], later: bool | None) -> None:
    before, after = answer(office).middle, answer(office, replace(STILL, **change)).middle
    assert (after > before, after < before) == (later is True, later is False)


def test_the_verdict_says_whether_january_fits(office: Office) -> None:
    tight = replace(STILL, deadline=START)
    assert answer(office, tight).sentence.startswith("Tidak cukup waktu: 9 berkas")
    varied = replace(STILL, spread=80, returns=30, seed=3)
    found = answer(office, varied)
    assert (found.runs, found.early <= found.middle <= found.late) == (60, True)
    assert answer(office, varied) == found
    edge = answer(office, replace(varied, deadline=found.early))
    assert edge.sentence.startswith("Belum pasti: ")
    assert 0 < edge.in_time < 100


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"deadline": dt.date(2026, 1, 1)}, "Batas selesai"),
        ({"share": 0}, "Bagian hari"),
        ({"spread": 101}, "Ragam"),
        ({"returns": 51}, "Dikembalikan"),
        ({"extra": {"staf": 51}}, "Tambahan orang"),
        ({"away_days": 91}, "Lama berhalangan"),
        ({"delay_hours": -1}, "Waktu tunggu"),
        ({"minutes": {1: 0}}, "Waktu langkah"),
    ],
)
def test_wrong_questions_are_refused_in_words(office: Office, change: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        answer(office, replace(STILL, **change))
    assert [problem.where for problem in raised.value.problems] == [where]


def record_past(office: Office) -> None:
    """Four closed cases as one clerk, the head, the superior and the employees would have left them."""
    hours = hours_of(office.agency)
    free: dict[str, dt.datetime] = {}
    begun = next_opening(dt.datetime(2026, 2, 2, tzinfo=hours.zone), hours)
    names = ("pegawai", "rekan", "atasan", "staf")
    minutes = {1: 200, 2: 150, 3: 90, 4: 45, 5: 20, 6: 60, 7: 15}
    for name in names:
        office.at_step(8, of=name)
    ready = dict.fromkeys(names, begun)
    with lifted(connection):
        for number, took in minutes.items():
            for name in names:
                case = office.case(name)
                row = StepRun.objects.get(run=case.run, step=number)
                worker = row.actor if row.assignee_id is None else str(row.assignee_id)
                start = next_opening(max(ready[name], free.get(worker, begun)), hours)
                end = due_moment(start, took, hours)
                StepRun.objects.filter(pk=row.pk).update(
                    opened_at=ready[name], started_at=start, closed_at=end, worked_minutes=None, waited_minutes=None
                )
                free[worker] = ready[name] = end
        Run.objects.filter(state="closed").update(opened_at=begun, closed_at=max(ready.values()))
    RoleHolder.objects.filter(employee=office.staf2, role="staf").delete()
    RoleHolder.objects.update(start=dt.date(2025, 1, 1))


def test_a_recorded_period_ends_as_it_did_within_a_day(office: Office) -> None:
    record_past(office)
    found = check_against_past(reader=office.sekretaris, period=office.period)
    assert found is not None
    assert (found.cases, found.median_difference) == (4, 0)
    assert abs((found.simulated - found.recorded).days) <= 1


def test_a_period_without_closed_cases_cannot_be_compared(office: Office) -> None:
    assert check_against_past(reader=office.sekretaris, period=office.period) is None


def test_a_question_survives_the_queue_and_is_answered_there(office: Office) -> None:
    question = replace(
        STILL, period=office.period, extra={"staf": 1}, away="kasubbag", away_from=START, away_days=2, minutes={3: 45}
    )
    assert from_params(to_params(question), office.agency) == question
    job = ask_later(actor=office.kasubbag, agency=office.agency, question=question)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message.startswith("Cukup waktu: 9 berkas"), job.file_name) == (
        "done",
        True,
        "bagaimana-jika.csv",
    )


def test_only_overseers_ask(office: Office) -> None:
    for who in (office.staf, office.atasan, office.outsider):
        with pytest.raises(NotAllowed):
            ask(reader=who, agency=office.agency, question=STILL)


def test_the_page_answers_beside_the_unchanged(office: Office) -> None:
    browser = office.client("kepala")
    first = browser.get("/bagaimana-jika/").content.decode()
    assert ("9 berkas yang mulai" in first, "Tanpa perubahan" in first) == (True, False)
    asked = {"mulai": "2026-02-02", "batas": "2026-02-28", "staf": "1", "periode": str(office.period.pk)}
    shown = browser.get("/bagaimana-jika/", asked).content.decode()
    assert ("Tanpa perubahan" in shown, "Yang ditanyakan" in shown, shown.count("<polyline")) == (True, True, 2)
    wrong = browser.get("/bagaimana-jika/", asked | {"bagian": "0"})
    assert (wrong.status_code, "Isi 5 sampai 100 persen." in wrong.content.decode()) == (422, True)
    unreadable = browser.get("/bagaimana-jika/", asked | {"mulai": "kapan"})
    assert (unreadable.status_code, 'value="kapan"' in unreadable.content.decode()) == (422, True)


def test_many_cases_are_answered_in_the_background(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("takar.web.views.whatif", "takar.review.whatif"):
        monkeypatch.setattr(f"{module}.AT_ONCE", 3)
    asked = {"mulai": "2026-02-02", "batas": "2026-02-28"}
    browser = office.client("kepala")
    assert "Hitung di latar belakang" in browser.get("/bagaimana-jika/", asked).content.decode()
    assert browser.post("/bagaimana-jika/", asked)["Location"].startswith("/pekerjaan/")


def test_the_command_prints_both(office: Office, capsys: Any) -> None:
    words = ["whatif", "--as", NIP["kepala"], "--start", "2026-02-02", "--deadline", "2026-02-28", "--more", "staf=1"]
    assert cli.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[0].startswith("Tanpa perubahan: "), lines[8].startswith("Yang ditanyakan: ")) == (
        16,
        True,
        True,
    )
    assert cli.main([*words, "--minutes", "3=x"]) == 1
    assert "--minutes 3=x tidak terbaca." in capsys.readouterr().err
