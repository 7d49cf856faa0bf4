"""Findings on an SOP, prepared for the page: as its source draws it, and which of them the program's reading mends."""

import datetime as dt
from dataclasses import dataclass

from takar.rules.flow import Sop
from takar.rules.sop_lint import Finding, as_written, lint


@dataclass(frozen=True, slots=True)
class Shown:
    finding: Finding
    mended: bool


def findings_on(sop: Sop, on: dt.date) -> list[Shown]:
    left = {(finding.code, finding.place) for finding in lint(sop, on)}
    return [Shown(found, (found.code, found.place) not in left) for found in lint(as_written(sop), on)]
