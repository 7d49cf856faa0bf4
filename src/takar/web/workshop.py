"""The SOP workshop: a draft as a form, what was typed back into the shape of an SOP, and what its buttons change.

The draft is data in the shape that `rules.flow.parse_sop` reads, whether it can be read yet or not: a standard time that is
no number stays the text that was typed, so that the page shows it again with what is wrong about it.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from takar.common.ids import uuid7
from takar.rules.flow.difference import IDENTITY, LISTS
from takar.rules.flow.execution import ASSESSOR, OFFICES, SUBJECT
from takar.rules.flow.graph import EXTERNAL, ActorKind, InputKind, StepKind, Symbol

Content = dict[str, Any]
Typed = Mapping[str, str]

TOOL = "alat"
MOST_STEPS = 40
MOST_INPUTS = 10
SPARE_INPUTS = 1
# Approval and its dates are the approver's to fill in, when the draft is approved.
TYPED_IDENTITY = tuple(name for name, _ in IDENTITY if name not in {"approved_on", "effective_on"})
COLUMNS = {
    ASSESSOR: "Atasan Langsung",
    "sekretaris": "Sekretaris",
    "kasubbag": "Kasubbag Umum dan Kepegawaian",
    SUBJECT: "Para Pegawai",
    "staf": "Staf",
    "kepala": "Kepala",
}
STEP_TEXTS = ("description", "actor", "kind", "remark", "reading")


def content_of(typed: Typed, base: Content) -> Content:
    """What was typed, in the shape of an SOP; `base` gives what the form does not ask for."""
    count = min(_whole(typed.get("jumlah", "")), MOST_STEPS)
    identity = {name: typed.get(f"identity.{name}", "").strip() for name in TYPED_IDENTITY}
    return {
        "key": base["key"],
        "identity": {name: value for name, value in identity.items() if value or name != "revised_on"},
        **{name: _lines(typed.get(name, "")) for name, _ in LISTS},
        "flow": {
            "actors": _actors(typed, base),
            "steps": _numbered([_step(typed, f"s{number}-") for number in range(1, count + 1)]),
        },
        "readings": [_note(line) for line in _lines(typed.get("readings", ""))],
    }


def changed(content: Content, button: str) -> tuple[Content, int]:
    """The content after a button beside a step, such as "naik:3", and the step to look at then."""
    act, _, place = button.partition(":")
    steps, index = content["flow"]["steps"], _whole(place) - 1
    if act not in BUTTONS or not (0 <= index < len(steps) or (act == "tambah" and index == -1)):
        return content, 0
    edited = deepcopy(content)
    at = BUTTONS[act](edited["flow"]["steps"], index)
    edited["flow"]["steps"] = _renumbered(edited["flow"]["steps"])
    return edited, at + 1


def _add(steps: list[Content], index: int) -> int:
    if len(steps) < MOST_STEPS:
        steps.insert(index + 1, _blank())
    return index + 1


def _remove(steps: list[Content], index: int) -> int:
    del steps[index]
    return min(index, len(steps) - 1)


def _up(steps: list[Content], index: int) -> int:
    other = max(index - 1, 0)
    steps[index], steps[other] = steps[other], steps[index]
    return other


def _down(steps: list[Content], index: int) -> int:
    other = min(index + 1, len(steps) - 1)
    steps[index], steps[other] = steps[other], steps[index]
    return other


BUTTONS: dict[str, Callable[[list[Content], int], int]] = {
    "tambah": _add,
    "hapus": _remove,
    "naik": _up,
    "turun": _down,
}


def _blank() -> Content:
    return {
        "number": 0,
        "description": "",
        "actor": "sekretaris",
        "inputs": [],
        "standard_minutes": 30,
        "output": {"key": _key("output"), "label": ""},
        "kind": StepKind.ACKNOWLEDGE.value,
        "returns_to": [],
    }


def _renumbered(steps: list[Content]) -> list[Content]:
    """Numbers in order; a way back follows the step that it led to, and is lost with it."""
    numbers = {step["number"]: number for number, step in enumerate(steps, start=1) if step["number"]}
    for step in steps:
        step["returns_to"] = [numbers.get(to, to) for to in step["returns_to"] if to in numbers or not _is_number(to)]
    return _numbered(steps)


def _numbered(steps: list[Content]) -> list[Content]:
    """Numbers and symbols follow from the order and from the ways back."""
    for number, step in enumerate(steps, start=1):
        step["number"] = number
        ends = {1: Symbol.START, len(steps): Symbol.END}
        step["symbol"] = ends.get(number, Symbol.DECISION if step["returns_to"] else Symbol.PROCESS).value
    return steps


def _step(typed: Typed, at: str) -> Content:
    minutes, text = typed.get(f"{at}minutes", "").strip(), typed.get
    return {
        **{name: text(f"{at}{name}", "").strip() for name in STEP_TEXTS},
        "number": 0,
        "standard_minutes": int(minutes) if _is_number(minutes) else minutes,
        "inputs": _inputs(typed, at),
        "output": {"key": text(f"{at}key") or _key("output"), "label": text(f"{at}output", "").strip()},
        "returns_to": [
            int(to) if _is_number(to) else to for to in re.split(r"[\s,;]+", text(f"{at}returns", "")) if to
        ],
    }


def _inputs(typed: Typed, at: str) -> list[Content]:
    rows = []
    for row in range(MOST_INPUTS):
        label = typed.get(f"{at}i{row}-label", "").strip()
        if not label:
            continue
        source = typed.get(f"{at}i{row}-source", "")
        found: Content = {"key": typed.get(f"{at}i{row}-key") or _key("input"), "label": label}
        tool = source == TOOL
        found["kind"] = (InputKind.EQUIPMENT if tool else InputKind.RECORD).value
        rows.append(found if tool else found | {"source": source or EXTERNAL})
    return rows


def _actors(typed: Typed, base: Content) -> list[Content]:
    """The columns that are ticked: those of before in their order, then the new ones."""
    known = [actor["key"] for actor in base["flow"]["actors"]]
    keys = [*known, *(key for key in COLUMNS if key not in known)]
    return [
        {
            "key": key,
            "label": typed.get(f"a-{key}-label", "").strip() or COLUMNS.get(key, key),
            "kind": (ActorKind.OFFICE if key in OFFICES else ActorKind.RELATION).value,
        }
        for key in keys
        if typed.get(f"a-{key}")
    ]


def _note(line: str) -> Content:
    about, _, reading = line.partition(":")
    return {"about": about.strip(), "reading": reading.strip()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_number(text: object) -> bool:
    return isinstance(text, int) or (isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 6)  # noqa: PLR2004


def _whole(text: str) -> int:
    return int(text) if _is_number(text) else 0


def _key(kind: str) -> str:
    return f"{kind}_{uuid7().hex[-12:]}"
