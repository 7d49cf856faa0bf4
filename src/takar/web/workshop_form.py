"""A draft of an SOP as the fields of its form, and where a finding stands in the words of that form."""

import re
from dataclasses import dataclass
from typing import Any

from takar.common.errors import Problem
from takar.rules.flow.difference import IDENTITY, LISTS
from takar.rules.flow.execution import ACTS
from takar.rules.flow.graph import EXTERNAL
from takar.web.workshop import COLUMNS, MOST_INPUTS, SPARE_INPUTS, TOOL, TYPED_IDENTITY, Content

Choice = tuple[str, str, bool]

KINDS = tuple((kind.value, words.capitalize()) for kind, words in ACTS.items())
DATES = {"created_on", "revised_on"}
PLACES = {
    "description": "uraian",
    "actor": "pelaksana",
    "kind": "perbuatan",
    "standard_minutes": "waktu baku",
    "output": "output",
    "inputs": "kelengkapan",
    "returns_to": "pengembalian",
    "remark": "keterangan",
}


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    value: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the kelengkapan of a step."""

    at: str
    key: str
    label: str
    sources: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StepFields:
    at: str
    number: int
    description: str
    actors: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    minutes: str
    output: str
    key: str
    returns: str
    remark: str
    reading: str
    papers: tuple[Paper, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Editor:
    identity: tuple[Field, ...]
    lists: tuple[Field, ...]
    columns: tuple[Column, ...]
    steps: tuple[StepFields, ...]
    readings: str


def editor(content: Content) -> Editor:
    """Every field of the form, filled with the draft."""
    identity, labels = content["identity"], dict(IDENTITY)
    steps = content["flow"]["steps"]
    return Editor(
        identity=tuple(
            Field(f"identity.{name}", labels[name], identity.get(name) or "", "date" if name in DATES else "text")
            for name in TYPED_IDENTITY
        ),
        lists=tuple(Field(name, label, "\n".join(content[name])) for name, label in LISTS),
        columns=_columns(content),
        steps=tuple(_step(content, step, last=step is steps[-1]) for step in steps),
        readings="\n".join(f"{note['about']}: {note['reading']}" for note in content["readings"]),
    )


def _columns(content: Content) -> tuple[Column, ...]:
    shown = {actor["key"]: actor["label"] for actor in content["flow"]["actors"]}
    labels = {**shown, **{key: label for key, label in COLUMNS.items() if key not in shown}}
    return tuple(Column(key, label, key in shown) for key, label in labels.items())


def _step(content: Content, step: Content, *, last: bool) -> StepFields:
    number = step["number"]
    actors = [(column.key, column.label) for column in _columns(content)]
    return StepFields(
        at=f"s{number}-",
        number=number,
        description=step["description"],
        actors=_choices(actors, step["actor"]),
        kinds=_choices(KINDS, step["kind"]),
        minutes=str(step["standard_minutes"]),
        output=step["output"]["label"],
        key=step["output"]["key"],
        returns=", ".join(map(str, step["returns_to"])),
        remark=step.get("remark") or "",
        reading=step.get("reading") or "",
        papers=_papers(content, step),
        last=last,
    )


def _papers(content: Content, step: Content) -> tuple[Paper, ...]:
    outputs = [(s["output"]["key"], s) for s in content["flow"]["steps"] if s["number"] < step["number"]]
    sources = [(EXTERNAL, "dari luar prosedur"), (TOOL, "peralatan")]
    sources += [(key, f"output langkah {made['number']}: {made['output']['label']}") for key, made in outputs]
    rows: list[dict[str, Any]] = [*step["inputs"], *({} for _ in range(SPARE_INPUTS))]
    return tuple(
        Paper(
            f"s{step['number']}-i{place}-",
            row.get("key", ""),
            row.get("label", ""),
            _choices(sources, _source(row)),
        )
        for place, row in enumerate(rows[:MOST_INPUTS])
    )


def _source(row: dict[str, Any]) -> str:
    if not row:
        return EXTERNAL
    return TOOL if row["kind"] == "equipment" else row.get("source") or EXTERNAL


def _choices(options: Any, chosen: str) -> tuple[Choice, ...]:
    """A value that is none of the options stays one, so that saving does not change it unseen."""
    known = [(value, label, value == chosen) for value, label in options]
    return tuple(
        known if any(row[2] for row in known) or not chosen else [(chosen, f"{chosen} (tidak ada)", True), *known]
    )


def in_words(problems: Any) -> list[Problem]:
    """The problems of a draft, with places that a person finds on the form."""
    return [Problem(_place(problem.where), problem.message) for problem in problems]


def _place(where: str) -> str:
    if found := re.fullmatch(r"flow\.steps\[(\d+)\]\.(\w+).*", where):
        return f"Langkah {found[1]}, {PLACES.get(found[2], found[2])}"
    if where.startswith("identity."):
        name = where.removeprefix("identity.")
        return dict(IDENTITY).get(name, name)
    if where.startswith("readings"):
        return "Cara membaca naskah"
    return dict(LISTS).get(where.partition("[")[0], where)
