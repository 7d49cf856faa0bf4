"""The assessor's draft from JSON, for scripts and other systems; what is not meant for this appraisal is named."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from takar.appraisal.enums import Regulation, Value
from takar.appraisal.models import Appraisal, Indicator
from takar.appraisal.regimes import items_of
from takar.appraisal.regimes.permenpan6 import DECIDED
from takar.appraisal.regimes.pp46 import aspects
from takar.appraisal.types import AnyDraft, DraftAssessment, DraftEvaluation, ValueNote, WorkRating
from takar.common.errors import InvalidInput, Problem
from takar.rules.numbers import read_number

SHAPE = '{"quality": {"1": 85, ...}, "behaviour": {"integritas": 90, ...}, "recommendation": "..."}'
SHAPE_EVALUATION = (
    '{"works": {"1": {"rating": "sesuai", ...}, ...}, "values": {"akuntabel": {"level": "konsisten", ...}, ...}, '
    '"result": "sesuai", "behaviour": "sesuai", "recommendation": "...", ...}'
)
REFUSED = "Berkas penilaian tidak dapat dipakai."


def draft_from(data: Mapping[str, Any], appraisal: Appraisal) -> AnyDraft:
    """The draft in the shape of the appraisal's regulation; every problem is named by its place in the object."""
    problems: list[Problem] = []
    draft = READERS[appraisal.method](data, appraisal, problems)
    if problems:
        raise InvalidInput(REFUSED, problems)
    return draft


def _assessment(data: Mapping[str, Any], appraisal: Appraisal, problems: list[Problem]) -> DraftAssessment:
    """Kualitas by the number of the activity, behaviour by aspect; null is a figure that is not decided yet."""
    _unknown(data, {"quality", "behaviour", "recommendation"}, SHAPE, problems)
    numbers = {str(item.number) for item in items_of(appraisal)}
    quality = _figures(data, "quality", numbers, problems)
    behaviour = _figures(data, "behaviour", {aspect.value for aspect in aspects(appraisal)}, problems)
    return DraftAssessment(
        quality={int(number): value for number, value in quality.items() if number in numbers},
        behaviour=behaviour,
        recommendation=_text(data, "recommendation", "recommendation", problems),
    )


def _evaluation(data: Mapping[str, Any], appraisal: Appraisal, problems: list[Problem]) -> DraftEvaluation:
    """Ratings by the number of the hasil kerja, values by their key, and what the assessor decides."""
    _unknown(data, {"works", "values", *DECIDED}, SHAPE_EVALUATION, problems)
    rows = [item.row for item in items_of(appraisal)]
    numbers = {str(row.work.number) for row in rows if isinstance(row, Indicator)}
    works = _objects(data, "works", numbers, ("rating", "feedback", "note"), problems)
    values = _objects(data, "values", set(Value.values), ("level", "note"), problems)
    return DraftEvaluation(
        works={int(number): WorkRating(**row) for number, row in works.items() if number in numbers},
        values={key: ValueNote(**row) for key, row in values.items()},
        **{key: _text(data, key, key, problems) for key in DECIDED},
    )


READERS: dict[str, Callable[[Mapping[str, Any], Appraisal, list[Problem]], AnyDraft]] = {
    Regulation.PP46.value: _assessment,
    Regulation.PERMENPAN6.value: _evaluation,
}


def _unknown(data: Mapping[str, Any], known: Collection[str], shape: str, problems: list[Problem]) -> None:
    given = sorted(data.keys() - set(known))
    problems += [Problem(key, f"Isian ini tidak dikenal; bentuknya {shape}.") for key in given]


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
    problems += _not_assessed(field, given, known)
    return figures


def _objects(
    data: Mapping[str, Any], field: str, known: Collection[str], names: Collection[str], problems: list[Problem]
) -> dict[str, dict[str, str]]:
    given = data.get(field) or {}
    if not isinstance(given, dict):
        problems.append(Problem(field, f"Isian ini harus berupa objek; bentuknya {SHAPE_EVALUATION}."))
        return {}
    problems += _not_assessed(field, given, known)
    rows = {}
    for key, row in given.items():
        if not isinstance(row, dict):
            problems.append(Problem(f"{field}.{key}", f"Isian ini harus berupa objek: {', '.join(names)}."))
            continue
        _unknown({f"{field}.{key}.{name}": None for name in row.keys() - set(names)}, (), SHAPE_EVALUATION, problems)
        rows[key] = {name: _text(row, name, f"{field}.{key}.{name}", problems) for name in names}
    return rows


def _not_assessed(field: str, given: Mapping[str, Any], known: Collection[str]) -> list[Problem]:
    told = ", ".join(sorted(known))
    return [
        Problem(f"{field}.{key}", f"Tidak dinilai dalam berkas ini; yang dinilai: {told}.")
        for key in sorted(given.keys() - set(known))
    ]


def _text(data: Mapping[str, Any], name: str, where: str, problems: list[Problem]) -> str:
    value = data.get(name)
    if value is None or isinstance(value, str):
        return (value or "").strip()
    problems.append(Problem(where, "Isian ini harus berupa teks."))
    return ""
