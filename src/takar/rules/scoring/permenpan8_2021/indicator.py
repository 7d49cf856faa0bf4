"""Capaian and value of one indicator (PermenPANRB 8/2021, Lampiran Bab VI huruf A)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan8_2021.inputs import PARAMETERS, Indicator
from takar.rules.scoring.working import Numbers, Working

HUNDRED = 100


def achievement(indicator: Indicator) -> Fraction:
    """Capaian IKI in percent: against the edge that the realisation passed, 100 inside the range.

    Normal: R ÷ T × 100. Special (smaller is better): [1 + (1 − R ÷ T)] × 100; this has no lower limit.
    """
    edge = passed_edge(indicator)
    if edge is None:
        return Fraction(HUNDRED)
    share = Fraction(indicator.realisation) / edge
    return (2 - share if indicator.special else share) * HUNDRED


def passed_edge(indicator: Indicator) -> Fraction | None:
    """The edge of the target that counts, or None when the realisation lies within (also exactly on) the target."""
    if indicator.realisation > indicator.high:
        return Fraction(indicator.high)
    return Fraction(indicator.low) if indicator.realisation < indicator.low else None


def rule_of_value(percent: Fraction, *, maximum: bool = False) -> Mapping[str, Any]:
    """The row that turns a capaian into its value: formula in words, category, and either `value` or a line."""
    if percent > PARAMETERS.tables["value_far_above"]["limit"]:
        return PARAMETERS.tables["value_far_above"]
    if percent > HUNDRED:
        return PARAMETERS.tables["value_above"]
    if percent == HUNDRED:
        return PARAMETERS.tables["value_maximum" if maximum else "value_on_target"]
    return PARAMETERS.band("value", percent)


def value_of(percent: Fraction, *, maximum: bool = False) -> Fraction:
    """Nilai capaian IKI on the scale to 120; above 100 never below the 110 of its category."""
    row = rule_of_value(percent, maximum=maximum)
    if "value" in row:
        return Fraction(row["value"])
    value = on_line(row, percent)
    return max(value, Fraction(row["base"])) if percent > HUNDRED else value


def on_line(row: Mapping[str, Any], number: Fraction) -> Fraction:
    """Base + rise ÷ over × (number − start), where the start of a band is its lower edge unless the row says so."""
    start = Fraction(row["start"] if "start" in row else row["from"])
    return Fraction(row["base"]) + Fraction(row["rise"], row["over"]) * (number - start)


def indicator_value(working: Working, key: str, indicator: Indicator) -> Fraction:
    """Write down capaian and value of one indicator; returns the value, unrounded."""
    percent = achievement(indicator)
    inside = passed_edge(indicator) is None
    formula = "formula_inside" if inside else "formula_special" if indicator.special else "formula_normal"
    text = PARAMETERS.tables["achievement"]
    ranged = indicator.high > indicator.low
    target: Numbers = (
        {"batas bawah": indicator.low, "batas atas": indicator.high} if ranged else {"target": indicator.low}
    )
    working.line(
        f"{key}.achievement",
        text["label"],
        text[formula],
        {"realisasi": indicator.realisation, **target},
        percent,
        basis=text["basis"],
        note=text["note_range"] if ranged else "",
    )
    if percent < 0:
        working.tell(f"{key}.achievement", "below_zero", value=format_decimal(percent))
    row = rule_of_value(percent, maximum=indicator.maximum)
    value = value_of(percent, maximum=indicator.maximum)
    label = PARAMETERS.text("value", "label")
    basis = row.get("basis", PARAMETERS.basis("value"))
    working.line(f"{key}.value", label, row["formula"], {"capaian": percent}, value, basis=basis, note=indicator.name)
    working.value(key, value, row)
    return value
