"""Standard times that the records speak against, as a proposal that becomes a draft of the SOP."""

from dataclasses import dataclass

from takar.organisation.models import Employee
from takar.procedures.actions import revise_times
from takar.procedures.models import ProcedureVersion
from takar.review.policies import check_can_oversee
from takar.review.times import Measured, measured

ENOUGH = 20
"""Fewer visits than this say nothing; the number is the program's own."""
TOLERANCE = 20
ROUND_TO = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step whose standard time nine of ten visits keep with room to spare, or do not keep."""

    step: Measured
    minutes: int


def recorded_times(*, reader: Employee, version: ProcedureVersion) -> list[Measured]:
    """What the steps of a version took so far."""
    check_can_oversee(reader, version.agency)
    return measured(version)


def proposals(found: list[Measured]) -> list[Proposal]:
    """The steps with enough visits whose ninetieth percentile is more than a fifth away from the standard time."""
    return [proposal for step in found if (proposal := _proposal(step))]


def _proposal(step: Measured) -> Proposal | None:
    if step.timed < ENOUGH or not step.ninetieth:
        return None
    minutes = -(-step.ninetieth // ROUND_TO) * ROUND_TO
    if abs(step.ninetieth - step.standard) * 100 <= TOLERANCE * step.standard:
        return None
    return Proposal(step, minutes)


def draft_from(*, actor: Employee, version: ProcedureVersion) -> ProcedureVersion:
    """Turn what was measured into a draft in the workshop, with the evidence in the record."""
    check_can_oversee(actor, version.agency)
    found = proposals(measured(version))
    said = "; ".join(
        f"langkah {p.step.number}: {p.step.standard} menjadi {p.minutes} menit ({p.step.timed} kunjungan yang dapat diukur, tengah "
        f"{p.step.median}, persentil ke-90 {p.step.ninetieth})"
        for p in found
    )
    minutes = {proposal.step.number: proposal.minutes for proposal in found}
    return revise_times(actor=actor, version=version, minutes=minutes, reason=f"Waktu tercatat: {said}.")
