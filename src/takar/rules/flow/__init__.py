"""An SOP as data: who does what in which order, what each step needs and makes, and where a check may send it back.

Regulation: the format of Permendagri 52/2011 and PermenPANRB 35/2012 (identity, lists, one column per actor, mutu baku of
completeness, time and output, capsule, box, diamond and arrow). The content of an SOP is the office's own.

Nothing here knows a particular SOP: the graph is a table, and every question is answered from the table. Standard times
are whole minutes of office time. The errors are `SopError` (unreadable data, every problem listed) and `KeyError` (a step
or an actor that the flow does not have, which a valid flow never raises for its own steps).
"""

from takar.rules.flow.difference import differences
from takar.rules.flow.execution import unexecutable
from takar.rules.flow.graph import (
    EXTERNAL,
    Actor,
    ActorKind,
    Flow,
    Input,
    InputKind,
    Output,
    Step,
    StepKind,
    Symbol,
    missing_inputs,
)
from takar.rules.flow.sop import Identity, Note, Sop, SopError, parse_sop, plain
from takar.rules.flow.validation import Finding, validate

__all__ = [
    "EXTERNAL",
    "Actor",
    "ActorKind",
    "Finding",
    "Flow",
    "Identity",
    "Input",
    "InputKind",
    "Note",
    "Output",
    "Sop",
    "SopError",
    "Step",
    "StepKind",
    "Symbol",
    "differences",
    "missing_inputs",
    "parse_sop",
    "plain",
    "unexecutable",
    "validate",
]
