"""A revision of the office's SOP that gives the Sekretaris steps, and a period that runs under it."""

import copy
from typing import Any

from tests.office import ACTIVITIES, PASSWORD, STEP_DATA, TODAY, Office

from takar.appraisal.plans import save_plans
from takar.casework.actions import advance_case
from takar.casework.models import Case, Period
from takar.casework.periods import open_period
from takar.casework.steps import StepData
from takar.procedures import actions
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.flow import StepKind

NEW_YEAR = 2024
KIND_DATA = {kind: STEP_DATA[number] for number, kind in enumerate(list(StepKind)[:7], start=1)}


def with_acknowledgement(content: dict[str, Any], after: int, key: str, returns_to: list[int]) -> dict[str, Any]:
    """The content with one more step, of the Sekretaris, after the step with this number."""
    changed = copy.deepcopy(content)
    steps = changed["flow"]["steps"]
    for step in steps:
        step["returns_to"] = [to if to <= after else to + 1 for to in step["returns_to"]]
    added = {
        "number": after + 1,
        "description": "Memaraf formulir kinerja",
        "actor": "sekretaris",
        "inputs": [],
        "standard_minutes": 30,
        "output": {"key": key, "label": f"Formulir kinerja yang telah diparaf ({key})"},
        "kind": "acknowledge",
        "symbol": "decision" if returns_to else "process",
        "returns_to": returns_to,
    }
    steps.insert(after, added)
    for number, step in enumerate(steps, start=1):
        step["number"] = number
    return changed


def revised(office: Office) -> ProcedureVersion:
    """Version 2: the Sekretaris acknowledges after the check, with a way back to both, and after the assessment."""
    current = version_in_force(office.agency, SHIPPED_KEY, TODAY)
    assert current is not None
    draft = actions.revise_version(actor=office.kasubbag, version=current)
    content = with_acknowledgement(draft.content, 2, "paraf_awal", [1, 2])
    content = with_acknowledgement(content, 5, "paraf_akhir", [])
    assert actions.save_draft(actor=office.kasubbag, version=draft, content=content) == ()
    return actions.approve_version(actor=office.kepala, version=draft, on=TODAY, by="Kepala Dinas", number="000.8/1")


def new_period(office: Office, version: ProcedureVersion) -> Period:
    people = [person for name, person in office.people.items() if name != "outsider"]
    save_plans(actor=office.kasubbag, agency=office.agency, year=NEW_YEAR, plans=dict.fromkeys(people, ACTIVITIES))
    return open_period(actor=office.kasubbag, agency=office.agency, year=NEW_YEAR, method="pp46-2011", version=version)


def case_in(period: Period, office: Office, of: str = "pegawai") -> Case:
    related = ("agency", "period", "run__version", "open_step", "appraisal__plan", "employee", "assessor", "assignee")
    return Case.objects.select_related(*related).get(period=period, employee=office.people[of])


def do_step(office: Office, case: Case) -> None:
    """The open step of a case of any version, done well by the person whose it is."""
    kind = sop_of(case.run.version).flow.step(case.step).kind
    data = KIND_DATA[kind](case) if kind in KIND_DATA else StepData(note="Sudah dibaca.")
    advance_case(actor=office.owner(case), step_run_id=case.task_id, data=data, password=PASSWORD)
