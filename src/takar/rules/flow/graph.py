"""The graph of a procedure as a table: actors, steps, what a step needs, makes and may send back.

Regulation: the procedure table of Permendagri 52/2011 and PermenPANRB 35/2012 (No, uraian prosedur, pelaksana, mutu baku,
keterangan). Units: standard times in whole minutes of office time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

Key = Annotated[str, "key"]
"""A name by which the program knows an actor, an input or an output: small letters, digits and dashes, at most 40."""

EXTERNAL = "external"
"""The source of an input that no step of the procedure makes."""


class ActorKind(StrEnum):
    """How an actor is found: from the employee whom the case is about, or from the offices held in the unit."""

    RELATION = "relation"
    OFFICE = "office"


class InputKind(StrEnum):
    """Whether the program can know that an input is there (a record) or only a person can (equipment)."""

    RECORD = "record"
    EQUIPMENT = "equipment"


class StepKind(StrEnum):
    """Which act of the program carries a step out."""

    COLLECT = "collect"
    CHECK = "check"
    ENTER = "enter"
    ASSESS = "assess"
    SIGN = "sign"
    COPY = "copy"
    ARCHIVE = "archive"
    ACKNOWLEDGE = "acknowledge"


class Symbol(StrEnum):
    """The sign on the sheet: capsule (start, end), box, diamond."""

    START = "start"
    PROCESS = "process"
    DECISION = "decision"
    END = "end"


@dataclass(frozen=True, slots=True)
class Actor:
    """One column under Pelaksana."""

    key: Key
    label: str
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Input:
    """One thing under Kelengkapan dan Peralatan; `source` is an earlier step's output key, `EXTERNAL`, or None."""

    key: Key
    label: str
    kind: InputKind
    source: Key | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What a step makes; later steps name it by its key."""

    key: Key
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table; `reading` says how the program reads what the source leaves open.

    `returns_read`: the source draws none of the ways back in `returns_to`; they are part of the reading.
    """

    number: int
    description: str
    actor: Key
    inputs: tuple[Input, ...]
    standard_minutes: int
    output: Output
    kind: StepKind
    symbol: Symbol
    returns_to: tuple[int, ...] = ()
    returns_read: bool = False
    remark: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Actors in the order of the columns and steps in the order of the rows."""

    actors: tuple[Actor, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> Step:
        """The step that opens a run. Raises IndexError when the flow has no step."""
        return self.steps[0]

    @property
    def total_standard_minutes(self) -> int:
        """The sum of all steps' standard times, in minutes of office time (one form, no return)."""
        return sum(step.standard_minutes for step in self.steps)

    def step(self, number: int) -> Step:
        """The step with this number. Raises KeyError when the flow has none."""
        return {step.number: step for step in self.steps}[number]

    def actor(self, key: str) -> Actor:
        """The actor with this key. Raises KeyError when the flow has none."""
        return {actor.key: actor for actor in self.actors}[key]

    def next(self, step: Step) -> Step | None:
        """The step that opens when this one is completed; None after the last: the run closes."""
        later = self.steps[self.steps.index(step) + 1 :]
        return later[0] if later else None

    def may_return_to(self, step: Step) -> tuple[Step, ...]:
        """The earlier steps to which this one may send the work back, each time with a reason."""
        return tuple(self.step(number) for number in step.returns_to)

    def owner(self, step: Step) -> Actor:
        """The one actor who carries this step out. Raises KeyError when the flow does not have that actor."""
        return self.actor(step.actor)


def missing_inputs(step: Step, available: Collection[str]) -> tuple[Input, ...]:
    """The records that this step needs and that are not there yet.

    `available` holds the keys of the outputs made so far. What comes from outside and equipment are never missing here:
    the program cannot know them.
    """
    return tuple(
        wanted
        for wanted in step.inputs
        if wanted.kind is InputKind.RECORD and wanted.source != EXTERNAL and wanted.source not in available
    )
