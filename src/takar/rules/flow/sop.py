"""A whole SOP: identity block, the six lists of the cover, the flow, and how its silent places are read.

Regulation: the cover and the table of Permendagri 52/2011 and PermenPANRB 35/2012.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takar.rules.flow.graph import Flow, Key
from takar.rules.flow.reading import Reader, plain
from takar.rules.flow.validation import Finding, validate

__all__ = ["Identity", "Note", "Sop", "SopError", "parse_sop", "plain"]


class SopError(ValueError):
    """Data that is not an SOP which can be executed; `findings` lists every problem in Indonesian."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity block; a date that the office has not set is None."""

    agency: str
    region: str
    seat: str
    number: str
    name: str
    created_on: dt.date
    approved_by: str
    revised_on: dt.date | None = None
    approved_on: dt.date | None = None
    effective_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """How a place is read where the source is silent or odd."""

    about: str
    reading: str


@dataclass(frozen=True, slots=True)
class Sop:
    """Everything that stands on the sheet, with what the program must know to execute it."""

    key: Key
    identity: Identity
    legal_basis: tuple[str, ...]
    qualifications: tuple[str, ...]
    related_procedures: tuple[str, ...]
    equipment: tuple[str, ...]
    warnings: tuple[str, ...]
    records: tuple[str, ...]
    flow: Flow
    readings: tuple[Note, ...] = ()


def parse_sop(data: Mapping[str, object]) -> Sop:
    """The SOP in parsed TOML or JSON whose names are those of the dataclasses.

    `parse_sop(plain(sop)) == sop` for every SOP. Dates may be dates or YYYY-MM-DD. Raises `SopError` with all problems:
    first those of reading, and when it could be read, those of the flow.
    """
    reader = Reader()
    sop = reader.read(Sop, data)
    problems = reader.findings or validate(sop.flow)
    if problems:
        raise SopError(problems)
    return sop  # type: ignore[no-any-return]
