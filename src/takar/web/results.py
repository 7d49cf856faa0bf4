"""A result in the few words that lists, pages and the signing step show: figures, or ratings and predikat."""

from collections.abc import Mapping
from typing import Any

from takar.appraisal.enums import Regulation
from takar.appraisal.regimes.permenpan6 import RATINGS
from takar.common.words import figure

Headline = tuple[str, str, str]


def headlines(kept: Any, method: str) -> list[Headline]:
    """Label, outcome and sebutan of a stored result."""
    label = kept.result["values"]["final"]["category_label"] if kept.result else ""
    if method == Regulation.PERMENPAN6:
        return [
            ("Hasil kerja", RATINGS.get(kept.work_rating, "–"), ""),
            ("Perilaku kerja", RATINGS.get(kept.behaviour_rating, "–"), ""),
            ("Predikat kinerja", label, ""),
        ]
    return [
        ("Nilai SKP", figure(kept.skp_value, 2), ""),
        ("Perilaku kerja", figure(kept.behaviour_value, 2), ""),
        ("Nilai prestasi kerja", figure(kept.final_value, 2), label),
    ]


def outcome(kept: Any) -> str:
    """86,42 (Baik), or the predikat alone."""
    label = kept.result["values"]["final"]["category_label"] if kept.result else ""
    return label if kept.final_value is None else f"{figure(kept.final_value, 2)} ({label})"


def on_document(data: Mapping[str, Any]) -> list[Headline]:
    """The same of an issued document, from its own frozen content."""
    if _of_permenpan6(data):
        return [
            ("Hasil kerja", data["results_rating"] or "–", ""),
            ("Perilaku kerja", data["behaviour_rating"], ""),
            ("Predikat kinerja", data["predicate"], ""),
        ]
    return [
        ("Nilai SKP", data["skp"]["value"], data["skp"]["label"]),
        ("Perilaku kerja", data["behaviour_mean"]["value"], data["behaviour_mean"]["label"]),
        ("Nilai prestasi kerja", data["final"]["value"], data["final"]["label"]),
    ]


def lines_on_document(data: Mapping[str, Any]) -> tuple[str, list[tuple[str, str, str]]]:
    """What each kegiatan or hasil kerja came to: its heading, then number, name and outcome."""
    if _of_permenpan6(data):
        values = data["computed"]["values"]
        works = enumerate(data["computed"]["inputs"]["results"])
        rated = ((index, work, values.get(f"results.{index}", {})) for index, work in works)
        return "Hasil kerja", [
            (str(index + 1), work["name"], value.get("printed", "–")) for index, work, value in rated
        ]
    return "Kegiatan", [(row["no"], row["name"], row["value"]) for row in data["activities"]]


def _of_permenpan6(data: Mapping[str, Any]) -> bool:
    return data.get("form") == "dokumen_evaluasi"
