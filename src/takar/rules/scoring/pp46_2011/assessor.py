"""Who assesses under PP 46/2011 when the employee or the assessor moved, or the assessor is away for good.

The regulation itself knows the direct superior only (Pasal 1 angka 8); the rest is read from sources named in the
parameters.
"""

from dataclasses import dataclass

from takar.rules.scoring.pp46_2011.inputs import PARAMETERS


@dataclass(frozen=True, slots=True)
class Assessor:
    """The role that assesses, why, and the article."""

    role: str
    label: str
    note: str
    basis: str


def who_assesses(happened: str) -> Assessor:
    """The rule for what happened; StopIteration for something that the table does not know."""
    row = next(each for each in PARAMETERS.rows("assessor") if each["key"] == happened)
    return Assessor(row["role"], row["label"], row["note"], row["article"])
