"""Every other act on a case, done by several people at once: none is lost, none reads what no longer holds."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from tests.office import FORM, PASSWORD, STEP_DATA, Office, assessment
from tests.races.conftest import AT
from tests.races.rivals import Act, overtake, race
from tests.races.test_steps import told
from tests.races.truth import assert_sound

from takar.appraisal.enums import FormState, Stage
from takar.appraisal.types import DraftAssessment, FormData, LineData
from takar.archive.models import Box
from takar.audit.queries import events_of
from takar.casework.actions import (
    add_evidence,
    advance_case,
    remove_evidence,
    return_case,
    save_assessment,
    save_form,
)
from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.common.errors import InvalidInput
from takar.files.models import StoredFile
from takar.organisation.models import Employee
from takar.procedures.models import StepRun

MANY = 20
PDF = b"%PDF-1.7 bukti"


def returning(office: Office, case: Case, to_step: int) -> Act:
    actor = office.owner(case)
    return lambda: return_case(actor=actor, step_run_id=case.task_id, to_step=to_step, reason="Lengkapi buktinya.")


def advancing(office: Office, case: Case, actor: Employee | None = None, data: StepData | None = None) -> Act:
    who, what = actor or office.owner(case), data or STEP_DATA[case.step](case)
    return lambda: advance_case(actor=who, step_run_id=case.task_id, data=what, password=PASSWORD)


def saving(case: Case, actor: Employee, quantity: int) -> Act:
    data = FormData((LineData(1, quantity=Decimal(quantity), time=Decimal(9)), FORM.lines[1]))
    return lambda: save_form(actor=actor, step_run_id=case.task_id, data=data)


def rating(case: Case, actor: Employee, quality: int) -> Act:
    draft = DraftAssessment({1: Decimal(quality), 2: Decimal(80)}, assessment(case).behaviour)
    return lambda: save_assessment(actor=actor, step_run_id=case.task_id, draft=draft)


def chained(case: Case, verb: str, *keys: str) -> list[Decimal]:
    """The figures that the events of this kind left, each of which the following event must have found there before."""
    events = list(events_of(case.stream).filter(verb=verb).values_list("before", "after"))
    figures = [[Decimal(reduce(getitem, keys, said)) for said in event] for event in events[1:]]
    first = Decimal(reduce(getitem, keys, events[0][1]))
    left = [first, *(after for _, after in figures)]
    assert [before for before, _ in figures] == left[:-1]
    return left


@pytest.mark.parametrize("count", [2, MANY])
@pytest.mark.parametrize(("step", "targets"), [(2, [1]), (4, [1, 3])])
def test_case_is_returned_once(office: Office, step: int, targets: list[int], count: int) -> None:
    case = office.case(AT[step])
    outcome = race([returning(office, case, to_step) for to_step in (targets * count)[:count]])
    assert (len(outcome.done), len(outcome.refused)) == (1, count - 1)
    assert outcome.sentences == {told(StepRun.objects.get(pk=case.task_id), "dikembalikan")}
    now = office.case(AT[step])
    stage = Stage.COLLECTED if now.step == 1 else Stage.ENTERED
    versions = now.appraisal.forms.filter(stage=stage).order_by("version").values_list("version", "state")
    assert list(versions) == [(1, FormState.RETURNED), (2, FormState.DRAFT)]
    assert_sound()


@pytest.mark.parametrize("step", [2, 4])
@pytest.mark.parametrize("first", ["returned", "completed"])
def test_case_is_either_returned_or_completed(office: Office, step: int, first: str) -> None:
    case = office.case(AT[step])
    acts = {"returned": returning(office, case, 1), "completed": advancing(office, case)}
    outcome = overtake(acts.pop(first), *acts.values())
    verb = {"returned": "dikembalikan", "completed": "diselesaikan"}[first]
    assert outcome.sentences == {told(StepRun.objects.get(pk=case.task_id), verb)}
    assert office.case(AT[step]).step == {"returned": 1, "completed": step + 1}[first]
    assert_sound()


@pytest.mark.parametrize(("step", "verb"), [(1, "form.terkumpul.saved"), (3, "form.diinput.saved")])
def test_forms_saved_at_once_follow_each_other(office: Office, step: int, verb: str) -> None:
    case = office.case(AT[step])
    outcome = race([saving(case, (office.staf, office.staf2)[n % 2], 100 + n) for n in range(MANY)])
    assert (len(outcome.done), outcome.refused) == (MANY, [])
    saved = chained(case, verb, "baris 1 quantity")
    assert sorted(saved) == [Decimal(100 + n) for n in range(MANY)]
    draft = case.appraisal.forms.get(state=FormState.DRAFT)
    assert [line.quantity for line in draft.lines.all()] == [saved[-1], Decimal(4)]
    assert_sound()


def test_assessments_saved_at_once_follow_each_other(office: Office) -> None:
    case = office.case(AT[4])
    outcome = race([rating(case, office.owner(case), 60 + n) for n in range(MANY)])
    assert (len(outcome.done), outcome.refused) == (MANY, [])
    saved = chained(case, "assessment.saved", "quality", "1")
    assert sorted(saved) == [Decimal(60 + n) for n in range(MANY)]
    assert office.case(AT[4]).appraisal.draft["quality"] == {"1": str(saved[-1]), "2": "80"}
    assert_sound()


@pytest.mark.parametrize("step", [1, 3])
def test_form_that_was_handed_on_is_not_changed_any_more(office: Office, step: int) -> None:
    case = office.case(AT[step])
    outcome = overtake(advancing(office, case, office.staf), saving(case, office.staf2, 999))
    assert outcome.sentences == {told(StepRun.objects.get(pk=case.task_id))}
    forms = office.case(AT[step]).appraisal.forms.all()
    assert {line.quantity for form in forms for line in form.lines.all()} == {Decimal(12), Decimal(4)}
    assert_sound()


def test_form_is_handed_on_as_it_was_saved_last(office: Office) -> None:
    case = office.case(AT[1])
    overtake(saving(case, office.staf, 7), advancing(office, case, office.staf2, StepData()))
    form = office.case(AT[1]).appraisal.forms.get(stage=Stage.COLLECTED)
    assert (form.state, form.lines.get(number=1).quantity) == (FormState.SUBMITTED, Decimal(7))
    assert_sound()


def test_assessment_is_approved_as_it_was_saved_last(office: Office) -> None:
    case = office.case(AT[4])
    overtake(rating(case, office.owner(case), 61), advancing(office, case, data=StepData()))
    inputs = office.case(AT[4]).appraisal.inputs
    assert [line["realisation"]["quality"] for line in inputs["activities"]] == ["61", "80"]
    assert_sound()


def test_approved_assessment_is_not_changed_any_more(office: Office) -> None:
    case = office.case(AT[4])
    outcome = overtake(advancing(office, case), rating(case, office.owner(case), 61))
    assert outcome.sentences == {told(StepRun.objects.get(pk=case.task_id))}
    assert office.case(AT[4]).appraisal.draft["quality"] == {"1": "90", "2": "85"}
    assert_sound()


def test_evidence_added_at_once_is_all_there(office: Office) -> None:
    case = office.case(AT[1])
    outcome = race([attaching(case, (office.staf, office.staf2)[n % 2], f"{n}.pdf") for n in range(MANY)])
    assert (len(outcome.done), outcome.refused) == (MANY, [])
    names = case.appraisal.evidence.values_list("name", flat=True)
    assert sorted(names) == sorted(f"{n}.pdf" for n in range(MANY))
    assert StoredFile.objects.filter(size=len(PDF)).count() == 1
    assert_sound()


def test_evidence_is_removed_once(office: Office) -> None:
    case = office.case(AT[1])
    attaching(case, office.staf, "bukti.pdf")()
    evidence = case.appraisal.evidence.get()
    outcome = race(
        [
            lambda: remove_evidence(actor=office.staf, step_run_id=case.task_id, evidence_id=evidence.pk)
            for _ in range(MANY)
        ]
    )
    assert (len(outcome.done), len(outcome.refused)) == (1, MANY - 1)
    assert outcome.sentences == {"Bukti dukung itu tidak ada lagi; muat ulang halaman ini."}
    assert events_of(case.stream).filter(verb="evidence.removed").count() == 1
    assert_sound()


def test_evidence_comes_too_late_for_a_form_that_was_handed_on(office: Office) -> None:
    case = office.case(AT[1])
    outcome = overtake(advancing(office, case, office.staf), attaching(case, office.staf2, "bukti.pdf"))
    assert outcome.sentences == {told(StepRun.objects.get(pk=case.task_id))}
    assert case.appraisal.evidence.count() == 0
    assert_sound()


def attaching(case: Case, actor: Employee, name: str) -> Act:
    return lambda: add_evidence(actor=actor, step_run_id=case.task_id, item=1, files=[(name, PDF)])


def deposits(office: Office, shelves: dict[str, str]) -> list[Act]:
    """Documents that go into the same new box at the same moment."""
    cases = {name: office.at_step(7, of=name) for name in shelves}
    return [advancing(office, cases[name], data=StepData(box="B-09", shelf=shelf)) for name, shelf in shelves.items()]


@pytest.mark.parametrize("rivals", [race, lambda acts: overtake(*acts)])
def test_new_box_is_set_up_once(office: Office, rivals: Callable[[list[Act]], Any]) -> None:
    outcome = rivals(deposits(office, {"atasan": "R-1", "sekretaris": "R-1"}))
    assert (len(outcome.done), outcome.refused) == (2, [])
    assert list(Box.objects.values_list("code", "shelf__code")) == [("B-09", "R-1")]
    assert_sound()


def test_new_box_stands_on_one_shelf(office: Office) -> None:
    outcome = overtake(*deposits(office, {"atasan": "R-1", "sekretaris": "R-2"}))
    assert [type(error) for error in outcome.refused] == [InvalidInput]
    assert [str(problem) for problem in outcome.refused[0].problems] == [
        "Rak: Box B-09 tercatat di rak R-1; samakan raknya, pindahkan box itu di Arsip › Box dan rak, atau pakai box lain."
    ]
    assert (office.case("atasan").step, office.case("sekretaris").step) == (0, 7)
    assert_sound()
