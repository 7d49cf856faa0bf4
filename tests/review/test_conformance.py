"""The cases of a period held against their SOP, and their event log."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.audit.tampering import lifted
from tests.office import NOW, PEOPLE, Office

from takar import cli
from takar.casework.actions import return_case
from takar.common import clock
from takar.common.errors import NotAllowed
from takar.jobs.models import Job
from takar.jobs.work import run as run_job
from takar.organisation.mandates import give_mandate
from takar.organisation.types import MandateData
from takar.procedures.models import StepRun
from takar.review import conformance
from takar.review.eventlog import event_log
from takar.review.models import CaseDeviation, ConformanceCheck

XES = "{http://www.xes-standard.org/}"
NIP = {name: row[0] for name, row in PEOPLE.items()}


def check(office: Office) -> ConformanceCheck:
    done = conformance.check_period(actor=office.sekretaris, period=office.period)
    assert isinstance(done, ConformanceCheck)
    return done


def worn(office: Office) -> None:
    """Putri's case ran well, by a Plt. at one step; Rudi's skipped the check and took too long."""
    decree = MandateData(
        kind="plh", role="kasubbag", holder=office.sekretaris, number="1", decreed_on=NOW.date(), start=NOW.date(),
        end=NOW.date(),
    )  # fmt: skip
    office.at_step(2)
    give_mandate(actor=office.kepala, agency=office.agency, data=decree)
    case = office.case()
    return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason="Kurang.")
    office.at_step(8)
    office.at_step(3, of="rekan")
    with lifted(connection):
        first, second = StepRun.objects.filter(run=office.case("rekan").run).order_by("seq")[:2]
        StepRun.objects.filter(pk=second.pk).update(closed_as="staf", output={"lain": 1})
        begun = NOW - dt.timedelta(days=7)
        StepRun.objects.filter(pk=first.pk).update(opened_at=begun, started_at=begun, worked_minutes=None)


def test_what_was_done_well_conforms(office: Office) -> None:
    office.at_step(8)
    checked = check(office)
    assert (checked.cases, checked.conforming, checked.checked_at, conformance.counts(checked)) == (9, 9, NOW, [])


def test_deviations_are_named_for_each_case(office: Office) -> None:
    worn(office)
    checked = check(office)
    assert (checked.cases, checked.conforming) == (9, 8)
    found = [(item.case.name, item.code, item.step) for item in conformance.deviations_of(checked)]
    assert found == [
        ("Rudi Hartawan", "far-over-standard", 1),
        ("Rudi Hartawan", "missing-output", 2),
        ("Rudi Hartawan", "wrong-actor", 2),
    ]
    assert [(row.code, row.cases, row.deviations) for row in conformance.counts(checked)] == [
        ("far-over-standard", 1, 1),
        ("missing-output", 1, 1),
        ("wrong-actor", 1, 1),
    ]
    again = check(office)
    assert (again.pk, CaseDeviation.objects.count()) == (checked.pk, 3)


def test_a_step_done_in_anothers_stead_is_told_and_does_not_count(office: Office) -> None:
    office.at_step(2)
    with lifted(connection):
        StepRun.objects.filter(run=office.case().run, seq=1).update(closed_as="staf (Plt.)")
    checked = check(office)
    assert checked.conforming == 9
    assert [(row.code, row.note) for row in conformance.counts(checked)] == [("in-stead", True)]


def test_many_cases_are_checked_in_the_background(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance, "AT_ONCE", 8)
    monkeypatch.setattr("takar.review.visits.PORTION", 4)
    monkeypatch.setattr(conformance, "PORTION", 4)
    worn(office)
    job = conformance.check_period(actor=office.kepala, period=office.period)
    assert isinstance(job, Job)
    assert not ConformanceCheck.objects.exists()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "8 dari 9 berkas sesuai dengan SOP.")
    assert ConformanceCheck.objects.get().conforming == 8


def test_a_check_costs_the_same_for_one_portion(office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        check(office)
    assert len(queries) <= 30


@pytest.mark.parametrize("who", ["staf", "pegawai", "atasan", "outsider"])
def test_others_do_not_oversee(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        conformance.check_period(actor=office.people[who], period=office.period)
    with pytest.raises(NotAllowed):
        event_log(reader=office.people[who], period=office.period)


def test_the_page_opens_the_cases_behind_the_numbers(office: Office) -> None:
    worn(office)
    browser, address = office.client("kepala"), f"/pengawasan/{office.period.pk}/"
    assert "Belum pernah diperiksa." in browser.get(address).content.decode()
    assert browser.post(address)["Location"] == address
    shown = browser.get(address, {"jenis": "wrong-actor"}).content.decode()
    assert f'href="/berkas/{office.case("rekan").pk}/"' in shown
    assert "Langkah 2 ditutup sebagai “staf”" in shown
    assert "8 dari 9 berkas sesuai" in browser.get("/pengawasan/").content.decode()


def log(office: Office, **options: Any) -> ET.Element:
    return ET.fromstring("".join(event_log(reader=office.kepala, period=office.period, **options)))  # noqa: S314


def values(element: ET.Element) -> dict[str, str]:
    return {str(child.get("key")): str(child.get("value")) for child in element}


def test_the_event_log_tells_each_case_without_names(office: Office) -> None:
    office.at_step(2)
    case = office.case()
    return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason="Kurang.")
    root = log(office)
    traces = root.findall(f"{XES}trace")
    assert len(traces) == 9
    told = [[values(event) for event in trace.findall(f"{XES}event")] for trace in traces]
    (mine,) = [events for events in told if len(events) > 1]
    assert [(event["takar:langkah"], event["lifecycle:transition"]) for event in mine] == [
        ("1", "schedule"),
        ("1", "start"),
        ("1", "complete"),
        ("2", "schedule"),
        ("2", "start"),
        ("2", "ate_abort"),
        ("1", "schedule"),
    ]
    assert (mine[5]["takar:kembali_ke"], mine[5]["org:role"]) == ("1", "Kasubbag Umum dan Kepegawaian")
    assert mine[0]["time:timestamp"] == "2026-01-12T01:30:00.000+00:00"
    text = ET.tostring(root, encoding="unicode")
    assert [name for row in PEOPLE.values() for name in row[:2] if name in text] == []
    assert (mine[2]["org:resource"], mine[2]["org:resource"] == mine[5]["org:resource"]) == (
        values(log(office).findall(f"{XES}trace")[told.index(mine)][3])["org:resource"],
        False,
    )


def test_the_event_log_with_names_and_by_command(office: Office, tmp_path: Any, capsys: Any) -> None:
    office.at_step(2)
    named = ET.tostring(log(office, pseudonymous=False), encoding="unicode")
    assert (office.case().code in named, "Surya Putra" in named) == (True, True)
    file = tmp_path / "log.xes"
    assert cli.main(["log", "--as", NIP["kepala"], "SKP-2025", "--output", str(file)]) == 0
    browser = office.client("sekretaris").get(f"/pengawasan/{office.period.pk}/log.xes")
    assert b"".join(browser.streaming_content).decode() == file.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert cli.main(["log", "--as", NIP["kepala"], "SKP-2020"]) == 1
    assert "Tidak ada periode dengan kode ini" in capsys.readouterr().err


def test_conformance_by_command(office: Office, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert cli.main(["conformance", "--as", NIP["kasubbag"], "SKP-2025"]) == 0
    worn(office)
    assert cli.main(["conformance", "--as", NIP["kasubbag"], "SKP-2025", "--list"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["9 dari 9 berkas sesuai dengan SOP.", "8 dari 9 berkas sesuai dengan SOP."]
    assert [line.split("\t")[1] for line in lines[-3:]] == ["far-over-standard", "missing-output", "wrong-actor"]
