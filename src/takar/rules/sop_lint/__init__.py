"""What is wrong with an SOP as a piece of regulation, told as findings; whether it can be executed is `flow.validate`'s.

Regulation: the cover, the procedure table and the review periods of Permendagri 52/2011 and PermenPANRB 35/2012 (read in
secondary sources only), PP 46/2011 Pasal 21 sampai 25 and PermenPANRB 6/2022 for what an appraisal needs. A finding names
its source; what the source does not force is marked "Perhatian" and not "Salah".
"""

import datetime as dt
from dataclasses import replace

from takar.rules.flow import Sop, Symbol
from takar.rules.sop_lint.checks import CHECKS
from takar.rules.sop_lint.types import Check, Finding, Grade, Hit

__all__ = ["CHECKS", "Check", "Finding", "Grade", "Hit", "as_written", "lint"]


def lint(sop: Sop, on: dt.date) -> tuple[Finding, ...]:
    """Everything found on the day, in the order of the table; empty when nothing is known to be wrong."""
    return tuple(
        Finding(check.code, check.grade, hit.place, hit.sentence, check.why if not hit.why else hit.why, hit.cure)
        for check in CHECKS
        for hit in check.find(sop, on)
    )


def as_written(sop: Sop) -> Sop:
    """The SOP as its source draws it: without the ways back that are only our reading of the source's words."""
    steps = tuple(
        replace(step, returns_to=(), returns_read=False, symbol=Symbol.PROCESS) if step.returns_read else step
        for step in sop.flow.steps
    )
    return replace(sop, flow=replace(sop.flow, steps=steps))
