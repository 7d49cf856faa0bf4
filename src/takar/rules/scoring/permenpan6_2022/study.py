"""Tugas belajar: what the guide of the annex (p. 63) says of a grade point average."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS, Study


@dataclass(frozen=True, slots=True)
class Academic:
    """The category of an IPK by lower edge, the rating it stands for, and the least programme accreditation covered."""

    category: str
    rating: str
    least_programme: str
    covered: bool


def academic(study: Study) -> Academic | None:
    """Look an IPK up in the guide; None where there is no IPK (dropped out) or no such table."""
    row = _table(study)
    if study.gpa is None or row is None:
        return None
    gpa = study.gpa
    passed = next((index for index, edge in enumerate(row["edges"]) if gpa >= edge), len(row["edges"]))
    found = PARAMETERS.tables["study"]["categories"][passed]
    covered = not row["least"] or study.programme <= row["least"]
    return Academic(found["category"], found["rating"], row["least"], covered)


def _table(study: Study) -> Mapping[str, Any] | None:
    rows = PARAMETERS.rows("study")
    return next((row for row in rows if (row["level"], row["institution"]) == (study.level, study.institution)), None)
