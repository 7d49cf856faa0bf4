"""The short form of bench/kills.py: a dozen kills under load, and everything that was acknowledged is there, once."""

from pathlib import Path
from typing import Any

import pytest
from tests.kills.browser import DONE, REFUSED, Act, Attempt, Ledger
from tests.kills.proof import disagreements
from tests.kills.run import Wanted, run
from tests.office import Office

from takar.audit.context import using
from takar.casework.actions import return_case

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="signals and processes of Linux")


def test_nothing_acknowledged_is_lost_and_nothing_is_done_by_half(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        report = run("sqlite", tmp_path, Wanted(kills=10, seed=6, size=18, pause=0.2))
    assert report.wrong == []
    assert sum(report.kills.values()) >= 10
    assert report.ledger.count(DONE) >= 10


@pytest.mark.parametrize(
    ("outcome", "verb", "told"),
    [
        (DONE, "step.completed", ["diakui tetapi tidak ada"]),
        (REFUSED, "step.completed", []),
        (DONE, "step.returned", ["dikerjakan tanpa kuncinya"]),
        (REFUSED, "step.returned", ["dikerjakan tanpa kuncinya", "ditolak tetapi dikerjakan"]),
    ],
)
def test_the_proof_names_what_does_not_hold(office: Office, outcome: str, verb: str, told: list[str]) -> None:
    """A case is sent back by the request "nomor-1"; the ledger says this of it."""
    case = office.at_step(2)
    with using(channel="web", request_id="nomor-1"):
        return_case(actor=office.kasubbag, step_run_id=case.task_id, to_step=1, reason="Lengkapi buktinya.")
    act = Act("langkah", verb, str(case.pk), attempts=[Attempt("nomor-1", outcome)])
    assert [line.partition(":")[0] for line in disagreements(Ledger(acts=[act]))] == told
