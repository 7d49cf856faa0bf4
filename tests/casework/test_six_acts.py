"""What follows an evaluation under PermenPANRB 6/2022, in a case: an objection that changes the predikat, and the report."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.casework.aftermath_days import act, on_day
from tests.office import TODAY, Office
from tests.six import EVALUATION, achieve, at_step6, six_office, step6
from tests.web.browsing import words

from takar.appraisal.queries import irreproducible_results
from takar.audit.queries import verify_chains
from takar.casework import terms
from takar.casework.steps import document_of
from takar.common.errors import InvalidInput, NotAllowed

DECIDED = replace(
    EVALUATION,
    result="diatas",
    result_reason="Laporan dipakai daerah lain.",
    behaviour="diatas",
    behaviour_reason="Membimbing rekan.",
    recommendation="Diikutkan dalam kelompok rencana suksesi.",
)


@pytest.fixture
def six(office: Office) -> Office:
    found = six_office(office)
    achieve(found)
    at_step6(found, 5)
    return found


def heard(six: Office) -> None:
    act(six, "pegawai", "object")
    act(six, "atasan", "respond")
    act(six, "kepala", "hear_employee")


def test_decision_changes_the_predikat_and_the_superior_reports_it(six: Office) -> None:
    old = document_of(six.case())
    heard(six)
    with pytest.raises(InvalidInput) as refused:
        act(six, "kepala", "change", draft=replace(DECIDED, recommendation=" "))
    assert [problem.where for problem in refused.value.problems] == ["Catatan/rekomendasi"]
    act(six, "kepala", "change", draft=DECIDED)
    case, new = six.case(), document_of(six.case())
    assert (case.appraisal.category, case.appraisal.in_force.category) == ("baik", "sangat_baik")
    assert (new.replaces_id, new.data["predicate"], case.step) == (old.pk, "Sangat Baik", 6)
    page = words(six.client("pegawai").get(f"/berkas/{case.pk}/"))
    assert "Hasil evaluasi belum dilaporkan kepada PyB." in page
    with pytest.raises(NotAllowed):
        act(six, "atasan", "report")
    act(six, "kepala", "superior_report")
    assert terms.state_of(six.case()).in_effect_since == TODAY
    assert list(irreproducible_results()) == []
    assert list(verify_chains()) == []


def test_report_goes_on_without_an_employee_who_does_not_return_it(
    six: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(six, "atasan", "deliver")
    with pytest.raises(NotAllowed):
        act(six, "atasan", "report")
    on_day(monkeypatch, 30)
    made = act(six, "atasan", "report")
    assert (made.data["unsigned"], six.case().step) == (True, 6)
    step6(six)
    assert six.case().step == 7


def test_objection_after_fourteen_working_days_is_refused(six: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act(six, "atasan", "deliver")
    given: dict[str, Any] = {"text": "Terlambat."}
    on_day(monkeypatch, 21)
    with pytest.raises(NotAllowed) as refused:
        act(six, "pegawai", "object", **given)
    last = TODAY + dt.timedelta(days=18)
    assert f"berakhir pada {last.day} Januari 2026 (14 hari kerja sejak 12 Januari 2026)" in refused.value.message
