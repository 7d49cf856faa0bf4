"""An SOP that gives the Sekretaris steps, through all of them and back."""

import pytest
from tests.office import Office
from tests.revision import case_in, do_step, new_period, revised

from takar.appraisal import forms
from takar.appraisal.enums import FormState, Stage
from takar.audit.queries import events_of
from takar.casework.actions import advance_case, return_case
from takar.casework.models import Case, Period
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput, NotAllowed
from takar.procedures.queries import history


@pytest.fixture
def period(office: Office) -> Period:
    return new_period(office, revised(office))


def at(period: Period, office: Office, step: int) -> Case:
    while 0 < case_in(period, office).step < step:
        do_step(office, case_in(period, office))
    return case_in(period, office)


def states(case: Case, stage: Stage) -> list[str]:
    return list(case.appraisal.forms.filter(stage=stage).order_by("version").values_list("state", flat=True))


def test_a_case_runs_through_the_nine_steps_while_older_ones_keep_theirs(office: Office, period: Period) -> None:
    case = at(period, office, 99)
    assert [(run.step, run.closed_as, run.state) for run in history(case.run)] == [
        (1, "staf", "completed"),
        (2, "kasubbag", "completed"),
        (3, "sekretaris", "completed"),
        (4, "staf", "completed"),
        (5, "atasan_langsung", "completed"),
        (6, "sekretaris", "completed"),
        (7, "pegawai", "completed"),
        (8, "staf", "completed"),
        (9, "kasubbag", "completed"),
    ]
    assert (case.step, office.at_step(8).run.steps.count()) == (0, 7)
    noted = [event.after for event in events_of(case.stream) if (event.after or {}).get("acknowledged")]
    assert [after["note"] for after in noted] == ["Sudah dibaca.", "Sudah dibaca."]


@pytest.mark.parametrize(("to_step", "collected"), [(2, ["dikirim"]), (1, ["dikembalikan", "draf"])])
def test_the_sekretaris_sends_a_form_back(office: Office, period: Period, to_step: int, collected: list[str]) -> None:
    case = at(period, office, 3)
    return_case(actor=office.sekretaris, step_run_id=case.task_id, to_step=to_step, reason="Bukti kurang.")
    case = case_in(period, office)
    assert (case.step, case.returned, states(case, Stage.COLLECTED)) == (to_step, True, collected)
    assert states(case, Stage.ENTERED) == ["dikembalikan"]
    assert (at(period, office, 99).step, forms.latest(case.appraisal, Stage.ENTERED).state) == (0, FormState.ACCEPTED)


def test_only_the_sekretaris_acknowledges(office: Office, period: Period) -> None:
    case = at(period, office, 3)
    with pytest.raises(NotAllowed):
        advance_case(actor=office.kasubbag, step_run_id=case.task_id, data=StepData(note="x"))
    with pytest.raises(InvalidInput) as raised:
        advance_case(actor=office.sekretaris, step_run_id=case.task_id, data=StepData(note="x" * 1001))
    assert str(raised.value.problems[0]) == "Catatan: Catatan paling panjang 1000 huruf; ringkaslah."
    assert case_in(period, office).step == 3


def test_the_page_shows_the_form_and_keeps_the_note(office: Office, period: Period) -> None:
    case, browser = at(period, office, 3), office.client("sekretaris")
    page = browser.get(f"/tugas/{case.task_id}/").content.decode()
    assert "Formulir terkumpul, versi 1." in page
    assert "Paraf dan teruskan" in page
    refused = browser.post(f"/tugas/{case.task_id}/", {"catatan": "Periksa lampiran", "ke": "1", "alasan": ""})
    assert (refused.status_code, "Periksa lampiran</textarea>" in refused.content.decode()) == (422, True)
    browser.post(f"/tugas/{case.task_id}/", {"catatan": "Periksa lampiran", "tindakan": "selesai"})
    assert case_in(period, office).step == 4
    assert "catatan Periksa lampiran" in browser.get(f"/berkas/{case.pk}/").content.decode()
    case = at(period, office, 6)
    assert "(PDF)" in browser.get(f"/tugas/{case.task_id}/").content.decode()


def test_tasks_of_two_versions_are_told_apart(office: Office, period: Period) -> None:
    """Step 3 is the Staf's typing in the old version and the Sekretaris' paraf in the new one; step 4 is the Staf's there."""
    office.at_step(3)
    at(period, office, 4)
    browser = office.client("staf")
    page = browser.get("/tugas/").content.decode()
    assert "langkah=3&amp;sop=1" in page
    assert "langkah=4&amp;sop=2" in page
    new = browser.get("/tugas/", {"langkah": "1", "sop": "2"}).context["page"]
    old = browser.get("/tugas/", {"langkah": "3", "sop": "1"}).context["page"]
    assert ({case.period.code for case in new}, [case.period.code for case in old]) == ({"SKP-2024"}, ["SKP-2025"])
    assert len(new) == 8
