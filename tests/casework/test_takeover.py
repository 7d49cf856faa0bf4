"""The superior takes over what the assessor did not assess in time."""

import pytest
from tests.casework.aftermath_days import act, on_day
from tests.office import PASSWORD, Office, assessment

from takar.casework.actions import advance_case, return_case
from takar.casework.steps import StepData, document_of
from takar.common.errors import NotAllowed


@pytest.mark.parametrize(("day", "allowed"), [(19, False), (20, True)])
def test_superior_takes_over_what_the_assessor_did_not_assess(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: int, allowed: bool
) -> None:
    office.at_step(4)
    on_day(monkeypatch, day)  # the nineteenth day is 31 January
    if not allowed:
        with pytest.raises(NotAllowed):
            act(office, "kepala", "take_over")
        return
    act(office, "kepala", "take_over")
    case = office.case()
    assert case.assignee == office.kepala
    with pytest.raises(NotAllowed):
        advance_case(
            actor=office.atasan,
            step_run_id=case.task_id,
            data=StepData(assessment=assessment(case)),
            password=PASSWORD,
        )
    return_case(actor=office.kepala, step_run_id=case.task_id, to_step=3, reason="Salah ketik.")
    assert office.at_step(4).assignee == office.kepala
    document = document_of(office.at_step(5))
    assert document.data["assessor"]["name"] == "Karta Wijaya"
    assert [signature.name for signature in document.signatures.all()] == ["Karta Wijaya"]
