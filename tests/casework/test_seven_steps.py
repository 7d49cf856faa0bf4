"""The procedure from the form to the box, act by act."""

from decimal import Decimal

import pytest
from tests.office import FORM, PASSWORD, Office

from takar.appraisal.enums import FormState, Stage
from takar.audit.queries import events_of
from takar.casework.actions import advance_case, return_case
from takar.casework.steps import StepData
from takar.common.errors import AlreadyDone, InvalidInput, NotAllowed


def test_case_goes_through_all_seven_steps(office: Office) -> None:
    steps = []
    while (case := office.case()).step:
        steps.append((case.step, case.actor))
        office.do_step()
    assert steps == [
        (1, "staf"),
        (2, "kasubbag"),
        (3, "staf"),
        (4, "atasan_langsung"),
        (5, "pegawai"),
        (6, "staf"),
        (7, "kasubbag"),
    ]
    case = office.case()
    assert (case.open_step, case.actor, case.assignee) == (None, "", None)
    assert case.appraisal.final_value == Decimal("90.48")


def test_every_act_leaves_its_event_in_order(office: Office) -> None:
    office.at_step(8)
    verbs = list(events_of(office.case().stream).values_list("verb", flat=True))
    assert verbs == [
        "case.opened",
        "form.terkumpul.saved",
        "step.completed",
        "step.completed",
        "step.completed",
        "assessment.saved",
        "assessment.approved",
        "document.issued",
        "document.signed",
        "step.completed",
        "document.signed",
        "step.completed",
        "document.copied",
        "step.completed",
        "document.archived",
        "step.completed",
    ]


def test_return_at_check_opens_a_new_version_with_the_same_figures(office: Office) -> None:
    case = office.at_step(2)
    return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason="Lampirkan bukti.")
    case = office.case()
    forms = list(case.appraisal.forms.filter(stage=Stage.COLLECTED).order_by("version"))
    assert (case.step, case.returned) == (1, True)
    assert [form.state for form in forms] == [FormState.RETURNED, FormState.DRAFT]
    assert [line.quantity for line in forms[1].lines.all()] == [line.quantity for line in FORM.lines]


def test_return_from_assessment_to_collection_voids_what_was_entered(office: Office) -> None:
    case = office.at_step(4)
    return_case(actor=office.atasan, step_run_id=case.task_id, to_step=1, reason="Kuantitas kegiatan 2 belum benar.")
    case = office.case()
    entered = list(case.appraisal.forms.filter(stage=Stage.ENTERED).values_list("state", flat=True))
    assert (case.step, entered) == (1, [FormState.RETURNED])
    assert office.at_step(8).step == 0


@pytest.mark.parametrize("reason", ["", "   "])
def test_return_needs_a_reason(office: Office, reason: str) -> None:
    case = office.at_step(2)
    with pytest.raises(InvalidInput):
        return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason=reason)
    assert office.case().step == 2


@pytest.mark.parametrize(("step", "to_step"), [(2, 2), (2, 3), (4, 2), (3, 1), (5, 4)])
def test_return_goes_only_where_the_sop_says(office: Office, step: int, to_step: int) -> None:
    case = office.at_step(step)
    with pytest.raises(InvalidInput):
        return_case(actor=office.owner(case), step_run_id=case.task_id, to_step=to_step, reason="Perlu dibetulkan.")
    assert office.case().step == step


def test_second_to_act_is_told_who_was_first(office: Office) -> None:
    first = office.case().task_id
    office.at_step(2)
    with pytest.raises(AlreadyDone) as told:
        advance_case(actor=office.staf2, step_run_id=first, data=StepData(form=FORM))
    assert "Surya Putra" in told.value.message
    assert "12 Januari 2026 pukul 09.30 WITA" in told.value.message


def test_wrong_password_signs_nothing(office: Office) -> None:
    case = office.at_step(5)
    with pytest.raises(NotAllowed):
        advance_case(actor=office.pegawai, step_run_id=case.task_id, data=StepData(seen_sha256="x"), password="salah")
    assert office.case().step == 5


def test_document_that_was_not_shown_is_not_signed(office: Office) -> None:
    case = office.at_step(5)
    with pytest.raises(NotAllowed):
        advance_case(
            actor=office.pegawai, step_run_id=case.task_id, data=StepData(seen_sha256="0" * 64), password=PASSWORD
        )
    assert office.case().step == 5
    assert office.case().documents.get().document.signatures.count() == 1


def test_desk_that_works_on_its_own_case_is_named_in_the_record(office: Office) -> None:
    office.at_step(6, of="staf")
    done = events_of(office.case("staf").stream).filter(verb="step.completed")
    named = [event.before["step"] for event in done if event.after.get("own_case")]
    assert named == [1, 3]
