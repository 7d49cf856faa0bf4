"""The assessor's figures from a JSON file; whatever is not meant for this appraisal is named, not passed over."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from takar.appraisal.evaluation import aspects
from takar.appraisal.models import Appraisal
from takar.appraisal.regimes import items_of
from takar.appraisal.types import DraftAssessment
from takar.cli import json_input
from takar.common.errors import InvalidInput, Problem
from takar.rules.numbers import read_number
from takar.rules.scoring.types import InputError

SHAPE = '{"quality": {"1": 85, ...}, "behaviour": {"integritas": 90, ...}, "recommendation": "..."}'
REFUSED = "Berkas penilaian tidak dapat dipakai."


def read_assessment(path: Path, appraisal: Appraisal) -> DraftAssessment:
    """Kualitas by the number of the activity, behaviour by aspect; null is a figure that is not decided yet."""
    data = _loaded(path)
    numbers = {str(item.number) for item in items_of(appraisal)}
    problems = [
        Problem(key, f"Isian ini tidak dikenal; bentuknya {SHAPE}.")
        for key in sorted(data.keys() - {"quality", "behaviour", "recommendation"})
    ]
    quality = _figures(data, "quality", numbers, problems)
    behaviour = _figures(data, "behaviour", {aspect.value for aspect in aspects(appraisal)}, problems)
    if problems:
        raise InvalidInput(REFUSED, problems)
    return DraftAssessment(
        quality={int(number): value for number, value in quality.items()},
        behaviour=behaviour,
        recommendation=str(data.get("recommendation") or ""),
    )


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        return json_input.load(str(path))
    except InputError as error:
        raise InvalidInput(
            REFUSED, [Problem(where or str(path), message) for where, message in error.problems]
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(REFUSED, [Problem(str(path), json_input.reason(error))]) from error


def _figures(
    data: Mapping[str, Any], field: str, known: Collection[str], problems: list[Problem]
) -> dict[str, Decimal | None]:
    given = data.get(field)
    if not isinstance(given, dict):
        problems.append(Problem(field, f"Isian ini harus ada dan berupa objek; bentuknya {SHAPE}."))
        return {}
    figures: dict[str, Decimal | None] = {}
    for key, value in given.items():
        try:
            figures[key] = None if value is None else read_number(value)
        except ValueError as error:
            problems.append(Problem(f"{field}.{key}", str(error)))
    problems += [
        Problem(f"{field}.{key}", f"Tidak dinilai dalam berkas ini; yang dinilai: {', '.join(sorted(known))}.")
        for key in sorted(given.keys() - known)
    ]
    return figures
