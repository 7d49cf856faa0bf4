"""Several people do the open step of one case at the same moment: one has done it, the others are told who and when."""

import pytest
from tests.office import PASSWORD, STEP_DATA, Office
from tests.races.conftest import AT
from tests.races.rivals import Act, race
from tests.races.truth import assert_sound

from takar.casework.actions import advance_case
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of

SIGNING = (4, 5)
# Whoever sends the same password more than five times at once is asked to wait before the step itself is looked at.
THROTTLED = "Terlalu banyak percobaan yang salah. Tunggu lima menit, lalu coba lagi."


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize("step", AT)
def test_step_is_done_once(office: Office, step: int, count: int) -> None:
    task = office.case(AT[step]).task_id
    outcome = race(rivals(office, step, count))
    assert (len(outcome.done), len(outcome.refused)) == (1, count - 1)
    assert outcome.sentences - ({THROTTLED} if step in SIGNING else set()) <= {told(StepRun.objects.get(pk=task))}
    assert office.case(AT[step]).step == (step + 1) % 8
    assert_sound()


def rivals(office: Office, step: int, count: int) -> list[Act]:
    """The same open step, done by everybody whose step it is, in turn."""
    case = office.case(AT[step])
    people = [office.staf, office.staf2] if case.actor == "staf" else [office.owner(case)]
    data = STEP_DATA[step](case)
    return [
        lambda person=person: advance_case(actor=person, step_run_id=case.task_id, data=data, password=PASSWORD)
        for person in (people * count)[:count]
    ]


def told(closed: StepRun, verb: str = "diselesaikan") -> str:
    description = sop_of(closed.run.version).flow.step(closed.step).description
    return (
        f"Langkah {closed.step} ({description}) sudah {verb} oleh {closed.closed_by} "
        "pada 12 Januari 2026 pukul 09.30 WITA; tidak ada yang berubah."
    )
