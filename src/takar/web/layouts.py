"""How the formulir kinerja of each regulation looks on a screen: its columns, and how a target is told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Activity, Indicator
from takar.common.words import figure


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` are the names and headings of what is reported; words stand in a wider cell than figures."""

    heading: str
    columns: tuple[tuple[str, str], ...]
    spare_hint: str
    targets: Callable[[Any], tuple[str, ...]]
    group: Callable[[Any], str]
    place: Callable[[Any], str]
    has_extras: bool = False
    study: tuple[str, ...] = ("gpa", "level", "institution", "programme", "dropped_out")


def _activity_targets(row: Activity) -> tuple[str, ...]:
    words = [f"{figure(row.quantity)} {row.quantity_unit}", f"kualitas {figure(row.quality)}"]
    words += [f"{figure(row.time)} {row.time_unit}"]
    words += [f"Rp {figure(row.cost)}"] if row.cost else []
    words += [f"AK {figure(row.credit)}"] if row.credit else []
    return tuple(words)


def _part(row: Activity) -> str:
    """After a mutasi the kegiatan stand under the part of the year to which they belong."""
    plan = row.plan
    whole = plan.part == 1 and plan.last_day == dt.date(plan.year, 12, 31)
    return "" if whole else f"SKP {plan.part_label}"


def _place(row: Activity) -> str:
    part = f"bagian {row.plan.part}, " if row.plan.part > 1 else ""
    return f"{part}kegiatan {row.number}"


def _indicator_targets(row: Indicator) -> tuple[str, ...]:
    words = [f"target: {row.target}"]
    words += [row.get_aspect_display().lower()] if row.aspect else []
    words += [row.get_direction_display().lower()] if row.direction else []
    return tuple(words)


LAYOUTS: dict[str, Layout] = {
    Regulation.PP46.value: Layout(
        heading="Kegiatan dan target",
        columns=(("quantity", "Kuantitas"), ("time", "Waktu"), ("cost", "Biaya (Rp)"), ("credit", "Angka kredit")),
        spare_hint="Kegiatan tanpa target, bila ada",
        targets=_activity_targets,
        group=_part,
        place=_place,
        has_extras=True,
        study=("gpa",),
    ),
    Regulation.PERMENPAN6.value: Layout(
        heading="Indikator dan target",
        columns=(("realisation", "Realisasi"), ("figure", "Angka")),
        spare_hint="Hasil di luar SKP, bila ada",
        targets=_indicator_targets,
        group=lambda row: f"Hasil kerja {row.work.number} ({row.work.get_kind_display().lower()}): {row.work.name}",
        place=lambda row: f"indikator {row.work.number}.{row.number}",
    ),
}
