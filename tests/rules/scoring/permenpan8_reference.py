"""PermenPANRB 8/2021 computed a second time, straight from the text, in fractions and nothing else."""

from fractions import Fraction
from typing import Any


def value(item: dict[str, Any]) -> Fraction:
    """Nilai capaian of one indicator."""
    lowest, highest, reached = (
        Fraction(item["target"]["min"]),
        Fraction(item["target"]["max"]),
        Fraction(item["realisation"]),
    )
    if lowest <= reached <= highest:
        return Fraction(120 if item["maximum"] else 109)
    edge = highest if reached > highest else lowest
    ratio = reached / edge
    percent = 100 * (ratio if item["condition"] == "normal" else 1 + (1 - ratio))
    if percent > 110:
        return Fraction(120)
    if percent > 100:
        return max(Fraction(110), 110 + Fraction(120 - 110, 110 - 101) * (percent - 101))
    if percent >= 80:
        return 70 + Fraction(89 - 70, 99 - 80) * (percent - 80)
    if percent >= 60:
        return 50 + Fraction(69 - 50, 79 - 60) * (percent - 60)
    return percent / 59 * 49
