"""An SOP as BPMN 2.0, with its diagram, for any engine or drawing program that reads the notation.

Regulation: none; ISO/IEC 19510:2013 (BPMN 2.0.2) gives the elements. Each actor is a lane, each step a user task with its
standard time as documentation; a step that may send back is followed by a gateway that reads the variable `kembali_ke`
(the number of the step gone back to, 0: onward). An engine that runs it visits the same steps as `rules.flow.Flow`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from takar.rules.flow import Flow, Sop, Step

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMES = (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DD), ("xsi", XSI))
RETURN = "kembali_ke"
LANE, COLUMN, HEAD = 120, 200, 30
TASK_WIDTH, TASK_HEIGHT, EVENT, GATEWAY = 110, 80, 36, 50


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class _Arrow:
    key: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


def to_bpmn(sop: Sop) -> bytes:
    """The process with its diagram as an XML document in UTF-8."""
    for prefix, uri in NAMES:
        ET.register_namespace(prefix, uri)
    key = sop.key.replace("-", "_")
    root = ET.Element(
        f"{{{BPMN}}}definitions", {"id": f"{key}_definisi", "targetNamespace": f"urn:takar:sop:{sop.key}"}
    )
    collaboration = _sub(root, "collaboration", id=f"{key}_kolaborasi")
    _sub(collaboration, "participant", id=f"{key}_kolam", name=sop.identity.name, processRef=key)
    process = _sub(root, "process", id=key, name=sop.identity.name, isExecutable="true")
    _lanes(process, sop.flow)
    arrows = list(_arrows(sop.flow))
    _nodes(process, sop.flow, arrows)
    _flows(process, arrows)
    _diagram(root, sop, key, arrows)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + document + b"\n"


def _sub(parent: ET.Element, tag: str, uri: str = BPMN, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{uri}}}{tag}", attributes)


def _task(step: Step) -> str:
    return f"langkah_{step.number}"


def _gate(step: Step) -> str:
    return f"putusan_{step.number}"


def _lanes(process: ET.Element, flow: Flow) -> None:
    lanes = _sub(process, "laneSet", id="pelaksana")
    for actor in flow.actors:
        lane = _sub(lanes, "lane", id=f"pelaksana_{actor.key.replace('-', '_')}", name=actor.label)
        for node in _nodes_of(flow, actor.key):
            _sub(lane, "flowNodeRef").text = node


def _nodes_of(flow: Flow, actor: str) -> Iterator[str]:
    for step in flow.steps:
        if step.actor != actor:
            continue
        if step is flow.first:
            yield "mulai"
        yield _task(step)
        if step.returns_to:
            yield _gate(step)
        if step is flow.steps[-1]:
            yield "selesai"


def _arrows(flow: Flow) -> Iterator[_Arrow]:
    yield _Arrow("alur_mulai", "mulai", _task(flow.first))
    for step in flow.steps:
        following = flow.next(step)
        onward = _task(following) if following else "selesai"
        if not step.returns_to:
            yield _Arrow(f"alur_{step.number}", _task(step), onward)
            continue
        yield _Arrow(f"alur_{step.number}_putusan", _task(step), _gate(step))
        yield _Arrow(f"alur_{step.number}", _gate(step), onward, "Ya")
        for target in flow.may_return_to(step):
            key = f"kembali_{step.number}_{target.number}"
            yield _Arrow(key, _gate(step), _task(target), "Tidak", f"{RETURN} == {target.number}")


def _nodes(process: ET.Element, flow: Flow, arrows: list[_Arrow]) -> None:
    start = _sub(process, "startEvent", id="mulai", name="Mulai")
    _ends(start, "mulai", arrows)
    for step in flow.steps:
        task = _sub(process, "userTask", id=_task(step), name=step.description)
        _sub(task, "documentation").text = _words(step)
        _ends(task, _task(step), arrows)
        if step.returns_to:
            gate = _sub(process, "exclusiveGateway", id=_gate(step), name="Benar?", default=f"alur_{step.number}")
            _ends(gate, _gate(step), arrows)
    _ends(_sub(process, "endEvent", id="selesai", name="Selesai"), "selesai", arrows)


def _words(step: Step) -> str:
    papers = "; ".join(wanted.label for wanted in step.inputs) or "-"
    return f"Kelengkapan: {papers}. Waktu baku: {step.standard_minutes} menit. Output: {step.output.label}."


def _ends(node: ET.Element, key: str, arrows: list[_Arrow]) -> None:
    for arrow in arrows:
        if arrow.target == key:
            _sub(node, "incoming").text = arrow.key
    for arrow in arrows:
        if arrow.source == key:
            _sub(node, "outgoing").text = arrow.key


def _flows(process: ET.Element, arrows: list[_Arrow]) -> None:
    for arrow in arrows:
        flow = _sub(process, "sequenceFlow", id=arrow.key, sourceRef=arrow.source, targetRef=arrow.target)
        if arrow.name:
            flow.set("name", arrow.name)
        if arrow.condition:
            condition = _sub(flow, "conditionExpression")
            condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
            condition.text = arrow.condition


def _diagram(root: ET.Element, sop: Sop, key: str, arrows: list[_Arrow]) -> None:
    flow = sop.flow
    plane = _sub(
        _sub(root, "BPMNDiagram", DI, id="gambar"), "BPMNPlane", DI, id="bidang", bpmnElement=f"{key}_kolaborasi"
    )
    width = (len(flow.steps) + 1) * COLUMN + 2 * HEAD
    _shape(plane, f"{key}_kolam", _Box(0, 0, width, LANE * len(flow.actors)))
    for row, actor in enumerate(flow.actors):
        lane = f"pelaksana_{actor.key.replace('-', '_')}"
        _shape(plane, lane, _Box(HEAD, row * LANE, width - HEAD, LANE))
    boxes = dict(_boxes(flow))
    for node, box in boxes.items():
        _shape(plane, node, box)
    for arrow in arrows:
        edge = _sub(plane, "BPMNEdge", DI, id=f"{arrow.key}_gambar", bpmnElement=arrow.key)
        for x, y in (boxes[arrow.source].middle, boxes[arrow.target].middle):
            _sub(edge, "waypoint", DD, x=str(x), y=str(y))


def _boxes(flow: Flow) -> Iterator[tuple[str, _Box]]:
    for place, step in enumerate(flow.steps):
        row = flow.actors.index(flow.owner(step))
        centre, left = row * LANE + LANE // 2, 2 * HEAD + EVENT + 20 + place * COLUMN
        if place == 0:
            yield "mulai", _Box(2 * HEAD, centre - EVENT // 2, EVENT, EVENT)
        yield _task(step), _Box(left, centre - TASK_HEIGHT // 2, TASK_WIDTH, TASK_HEIGHT)
        if step.returns_to:
            yield _gate(step), _Box(left + TASK_WIDTH + 15, centre - GATEWAY // 2, GATEWAY, GATEWAY)
        if place == len(flow.steps) - 1:
            yield "selesai", _Box(left + TASK_WIDTH + 15, centre - EVENT // 2, EVENT, EVENT)


def _shape(plane: ET.Element, element: str, box: _Box) -> None:
    shape = _sub(plane, "BPMNShape", DI, id=f"{element}_gambar", bpmnElement=element)
    if element.endswith("_kolam") or element.startswith("pelaksana_"):
        shape.set("isHorizontal", "true")
    sides = {"x": str(box.x), "y": str(box.y), "width": str(box.width), "height": str(box.height)}
    _sub(shape, "Bounds", DC, **sides)
