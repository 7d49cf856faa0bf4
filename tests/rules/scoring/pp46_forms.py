"""Good inputs for PP 46/2011, to be changed in one place by a test."""

import copy
from typing import Any

FIELDS = ("quantity", "quality", "time", "cost")


def form(**changes: Any) -> dict[str, Any]:
    """A complete form of a non-structural employee with one budgeted activity; every aspect is on target."""
    data: dict[str, Any] = {
        "method": "pp46-2011",
        "period": {"start": "2020-01-01", "end": "2020-12-31"},
        "leadership": False,
        "activities": [activity(["12", "100", "12", "5.000.000"], ["12", "100", "12", "5.000.000"])],
        "additional_tasks": [],
        "creativity": [],
        "behaviour": behaviour("80"),
    }
    return data | changes


def activity(target: list[Any], realisation: list[Any], name: str = "Menyusun laporan") -> dict[str, Any]:
    """One activity from its figures in the order of the form: quantity, quality, time, cost."""
    return {
        "name": name,
        "target": dict(zip(FIELDS, target, strict=True)),
        "realisation": dict(zip(FIELDS, realisation, strict=True)),
    }


def behaviour(score: Any, *, leadership: bool = False) -> dict[str, Any]:
    """The same score for every aspect."""
    keys = ["orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama"]
    return dict.fromkeys([*keys, "kepemimpinan"] if leadership else keys, score)


def with_change(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of the form in which the field of a path stands changed."""
    changed = copy.deepcopy(data)
    place: Any = changed
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        place = place[part]
    place[last] = value
    return changed
