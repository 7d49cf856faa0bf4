"""The BPMN export, executed by an engine that is not ours."""

import copy
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from tests.rules.test_execution import acknowledging
from tests.rules.test_flow import shipped_data

from takar.rules.bpmn import BPMN, DI, to_bpmn
from takar.rules.flow import Sop, parse_sop

MOST_STEPS = 40


def signed_back() -> dict[str, Any]:
    """An SOP that gives back from almost everywhere, and whose names need care in XML."""
    data = copy.deepcopy(acknowledging(2))
    data["identity"]["name"] = "SOP “A & B” <uji>"
    data["flow"]["steps"][2] |= {"symbol": "decision", "returns_to": [1, 2]}
    data["flow"]["steps"][3] |= {"symbol": "decision", "returns_to": [2, 3]}
    return data


SOPS = {"shipped": shipped_data(), "sekretaris": acknowledging(5), "many returns": signed_back()}


def specification(sop: Sop) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".bpmn") as file:
        Path(file.name).write_bytes(to_bpmn(sop))
        parser = BpmnParser()
        parser.add_bpmn_file(file.name)
        return parser.get_spec(sop.key.replace("-", "_"))


SPECIFICATIONS = {name: specification(parse_sop(data)) for name, data in SOPS.items()}


def ours(sop: Sop, wishes: list[int]) -> list[int]:
    """The steps that the program visits when each check wishes to go back to the n-th of its targets, 0: onward."""
    visited, step, wish = list[int](), sop.flow.first, iter(wishes)
    while step is not None and len(visited) < MOST_STEPS:
        visited.append(step.number)
        back = sop.flow.may_return_to(step)
        chosen = next(wish, 0) if back else 0
        step = back[chosen - 1] if 0 < chosen <= len(back) else sop.flow.next(step)
    return visited


def theirs(name: str, sop: Sop, wishes: list[int]) -> list[int]:
    workflow, visited, wish = BpmnWorkflow(SPECIFICATIONS[name]), list[int](), iter(wishes)
    workflow.do_engine_steps()
    while not workflow.completed and len(visited) < MOST_STEPS:
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        step = sop.flow.step(int(task.task_spec.bpmn_id.removeprefix("langkah_")))
        visited.append(step.number)
        chosen = next(wish, 0) if step.returns_to else 0
        task.data["kembali_ke"] = step.returns_to[chosen - 1] if 0 < chosen <= len(step.returns_to) else 0
        task.run()
        workflow.do_engine_steps()
    return visited


@pytest.mark.parametrize("name", SOPS)
@given(wishes=st.lists(st.integers(0, 2), max_size=8))
@settings(max_examples=25, deadline=None)
def test_another_engine_visits_the_same_steps(name: str, wishes: list[int]) -> None:
    sop = parse_sop(SOPS[name])
    assert theirs(name, sop, wishes) == ours(sop, wishes)


def test_the_shipped_sop_goes_back_as_it_is_read() -> None:
    assert theirs("shipped", parse_sop(shipped_data()), [1, 0, 2, 0]) == [1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("name", SOPS)
def test_everything_is_drawn_and_every_reference_leads_somewhere(name: str) -> None:
    root = ET.fromstring(to_bpmn(parse_sop(SOPS[name])))  # noqa: S314 -- our own document
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    drawn = {element.get("bpmnElement") for element in root.iter() if element.tag.startswith(f"{{{DI}}}")}
    kinds = ("startEvent", "userTask", "exclusiveGateway", "endEvent", "sequenceFlow", "lane", "participant")
    assert {e.get("id") for kind in kinds for e in root.iter(f"{{{BPMN}}}{kind}")} <= drawn
    references = {e.get(name) for e in root.iter() for name in ("sourceRef", "targetRef", "processRef") if e.get(name)}
    references |= {e.text for tag in ("flowNodeRef", "incoming", "outgoing") for e in root.iter(f"{{{BPMN}}}{tag}")}
    assert references <= set(ids)


def test_names_are_those_of_the_sop() -> None:
    sop = parse_sop(signed_back())
    root = ET.fromstring(to_bpmn(sop))  # noqa: S314 -- our own document
    process = next(root.iter(f"{{{BPMN}}}process"))
    assert process.get("name") == "SOP “A & B” <uji>"
    assert [task.get("name") for task in root.iter(f"{{{BPMN}}}userTask")] == [s.description for s in sop.flow.steps]
    assert [lane.get("name") for lane in root.iter(f"{{{BPMN}}}lane")] == [actor.label for actor in sop.flow.actors]
