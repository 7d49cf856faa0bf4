"""Compare the predikat of an assessor's own staff with the guide curve; drift is named, nothing is changed.

The curve is of PermenPANRB 6/2022 (pp. 94–97: "idealnya sebagian besar" at the predikat that matches the organisation);
the percentages are of SE MenPANRB 3/2023, which was not read itself and is therefore a parameter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which a group differs from the guide, as an Indonesian sentence with its source."""

    message: str
    basis: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The group beside the guide: the predikat where most should be, each predikat's share in percent, the drifts."""

    peak: str
    shares: Mapping[str, Fraction]
    drifts: tuple[Drift, ...]


def compare(achievement: str, counts: Mapping[str, int]) -> Comparison:
    """Compare counts by predikat with the guide for an organisation achievement; an empty group drifts nowhere."""
    row = next(each for each in PARAMETERS.rows("distribution") if each["achievement"] == achievement)
    predicates = [each["category"] for each in PARAMETERS.rows("predicates")]
    total = sum(counts.get(each, 0) for each in predicates)
    shares = {each: Fraction(counts.get(each, 0) * HUNDRED, total or 1) for each in predicates}
    if not total:
        return Comparison(row["peak"], shares, ())
    drifts = [*_peak(row, shares), *(drift for limit in row["limits"] for drift in _limit(limit, shares, total))]
    return Comparison(row["peak"], shares, tuple(drifts))


def _peak(row: Mapping[str, Any], shares: Mapping[str, Fraction]) -> list[Drift]:
    share = shares[row["peak"]]
    if share * 2 > HUNDRED:
        return []
    words = {
        "label": _labels([row["peak"]]),
        "share": format_decimal(share),
        "achievement": _label("organisation", row["achievement"]),
    }
    message = PARAMETERS.text("distribution", "peak_message").format(**words)
    return [Drift(message, PARAMETERS.text("distribution", "curve_basis"))]


def _limit(limit: Mapping[str, Any], shares: Mapping[str, Fraction], total: int) -> list[Drift]:
    share = sum((shares[each] for each in limit["predicates"]), Fraction())
    broken = {
        "at_most": share > limit.get("at_most", HUNDRED),
        "at_least": share < limit.get("at_least", 0),
        "some": bool(limit.get("some")) and not share,
    }
    words = {"labels": _labels(limit["predicates"]), "share": format_decimal(share), "total": total}
    return [
        Drift(
            PARAMETERS.text("distribution", f"{kind}_message").format(limit=limit[kind], **words),
            PARAMETERS.basis("distribution"),
        )
        for kind, is_broken in broken.items()
        if is_broken
    ]


def _labels(categories: Sequence[str]) -> str:
    return " atau ".join(_label("predicates", category) for category in categories)


def _label(table: str, category: str) -> str:
    return next(str(row["label"]) for row in PARAMETERS.rows(table) if row["category"] == category)
