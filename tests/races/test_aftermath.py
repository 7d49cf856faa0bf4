"""What follows the approval, done by several people at once: objection and decision happen once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.office import PASSWORD, STEP_DATA, Office, assessment
from tests.races.conftest import AT
from tests.races.rivals import Act, overtake, race
from tests.races.truth import assert_sound

from takar.casework import models
from takar.casework.actions import advance_case
from takar.casework.acts import record_act
from takar.casework.models import Case
from takar.common.errors import NotAllowed
from takar.documents.models import Document

MANY = 20


def recording(office: Office, case: Case, who: str, kind: str, **more: Any) -> Act:
    words = {"actor": office.people[who], "case_id": case.pk, "kind": kind, "text": f"Isi {kind}.", **more}
    return lambda: record_act(password=PASSWORD, **words)


def heard(office: Office) -> Case:
    """The case of "staf2" at step 5, after an objection that only waits for its decision."""
    case = office.case(AT[5])
    for who, kind in (("staf2", "object"), ("kasubbag", "respond"), ("sekretaris", "hear_employee")):
        recording(office, case, who, kind)()
    return office.case(AT[5])


def kept(case: Case) -> list[str]:
    return list(models.Act.objects.filter(case=case).order_by("recorded_at").values_list("kind", flat=True))


@pytest.mark.parametrize("count", [2, MANY])
def test_objection_is_made_once(office: Office, count: int) -> None:
    case = office.case(AT[5])
    outcome = race([recording(office, case, "staf2", "object")] * count)
    assert (len(outcome.done), len(outcome.refused)) == (1, count - 1)
    assert {type(error) for error in outcome.refused} == {NotAllowed}
    assert kept(case) == ["object"]
    assert_sound()


@pytest.mark.parametrize("first", ["confirm", "change"])
def test_objection_is_decided_once(office: Office, first: str) -> None:
    case = heard(office)
    acts = {
        "confirm": recording(office, case, "sekretaris", "confirm"),
        "change": recording(
            office,
            case,
            "sekretaris",
            "change",
            draft=replace(assessment(case), quality={1: Decimal(96), 2: Decimal(85)}),
        ),
    }
    outcome = overtake(acts.pop(first), *acts.values())
    assert [type(error) for error in outcome.refused] == [NotAllowed]
    assert kept(case)[-1:] == [first]
    assert Document.objects.filter(case_key=case.pk).count() == {"confirm": 1, "change": 2}[first]
    assert office.case(AT[5]).step == 6
    assert_sound()


def test_employee_signs_or_the_decision_closes_the_step(office: Office) -> None:
    case = heard(office)
    data = STEP_DATA[5](case)
    signing: Act = lambda: advance_case(  # noqa: E731 -- an act like the others
        actor=office.staf2, step_run_id=case.task_id, data=data, password=PASSWORD
    )
    outcome = overtake(recording(office, case, "sekretaris", "confirm"), signing)
    assert [error.message.partition(" pada ")[0] for error in outcome.refused] == [
        "Langkah 5 (Menandatangani dokumen pengukuran kinerja atas penilai kinerja pegawai yang telah disetujui) "
        "sudah diselesaikan oleh Sri Lestari"
    ]
    assert office.case(AT[5]).step == 6
    assert_sound()
