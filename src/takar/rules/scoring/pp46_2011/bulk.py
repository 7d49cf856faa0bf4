"""The values of a form without their working, in whole numbers: for a million people at once, and as a second opinion.

Every figure is a decimal, so a quotient of two whole numbers; sums are kept as one numerator over each denominator that
occurs, and nothing is rounded before the end. The same formulas as in `activity` and `score`, which explain them and name
their articles (PP 46/2011 Pasal 7, 8, 10, 12, 15; Perka BKN 1/2013); `tests/rules/scoring/test_pp46_bulk.py` holds both
against each other for arbitrary forms.
"""

from collections.abc import Iterable
from decimal import Decimal

from takar.rules.scoring.pp46_2011.inputs import PARAMETERS, Activity, Inputs, Plan

Ratio = tuple[int, int]
HUNDRED = 100
PLACES = 2
SCALE = 10**PLACES
_FACTOR = PARAMETERS.number("weight_factor") * HUNDRED
_LIMIT = HUNDRED - PARAMETERS.number("efficiency_limit")
_OVER = PARAMETERS.number("over_limit_base") + HUNDRED - _FACTOR
FACTOR, LIMIT, OVER = _FACTOR.as_integer_ratio(), _LIMIT.as_integer_ratio(), _OVER.as_integer_ratio()
SKP_WEIGHT, BEHAVIOUR_WEIGHT = (PARAMETERS.number(key).as_integer_ratio() for key in ("skp_weight", "behaviour_weight"))
LEVELS = {str(row["level"]): int(row["points"]) for row in PARAMETERS.rows("creativity")}


def values_of(inputs: Inputs) -> dict[str, Ratio]:
    """The exact SKP, behaviour and final value as far as the inputs go, each as numerator and positive denominator."""
    found = {}
    if (skp := _skp(inputs)) is not None:
        found["skp"] = skp
    if inputs.behaviour is not None:
        top, bottom = _sum(score.as_integer_ratio() for score in inputs.behaviour.values())
        found["behaviour"] = top, bottom * len(inputs.behaviour)
    if len(found) == 2:  # noqa: PLR2004 -- both are there
        (a, b), (c, d) = found["skp"], found["behaviour"]
        (m, n), (o, p) = SKP_WEIGHT, BEHAVIOUR_WEIGHT
        found["final"] = a * m * d * p + c * o * b * n, b * n * d * p * HUNDRED
    return found


def hundredths(value: Ratio) -> int:
    """The value in hundredths, halves rounded away from zero."""
    top, bottom = value
    size: int = (2 * abs(top) * SCALE + bottom) // (2 * bottom)
    return size if top >= 0 else -size


def rounded(value: Ratio) -> Decimal:
    """The value with two decimals, as it is stored."""
    return Decimal(hundredths(value)).scaleb(-PLACES)


def _skp(inputs: Inputs) -> Ratio | None:
    if inputs.study is not None:
        (a, b), (c, d) = inputs.study.grade.as_integer_ratio(), inputs.study.scale.as_integer_ratio()
        return a * d * HUNDRED, b * c
    means = [mean for plan in inputs.plans if (mean := _mean_of(plan)) is not None]
    if not means or len(means) < len(inputs.plans):
        return None
    top, bottom = _sum(means)
    points = int(PARAMETERS.band("additional_tasks", len(inputs.additional_tasks))["points"])
    points += max((LEVELS.get(work.level, 0) for work in inputs.creativity), default=0)
    bottom *= len(means)
    return top + points * bottom, bottom


def _mean_of(plan: Plan) -> Ratio | None:
    complete = [activity for activity in plan.activities if activity is not None]
    if not complete or len(complete) < len(plan.activities):
        return None
    top, bottom = _sum(part for activity in complete for part in _aspects(activity))
    return top, bottom * len(complete)


def _aspects(activity: Activity) -> list[Ratio]:
    """Each aspect over the number of aspects."""
    target, done = activity.target, activity.realisation
    idle = done.quantity == 0
    found = [_quotient(done.quantity, target.quantity), _quotient(done.quality, target.quality)]
    if not idle:
        found.append(_thrift(target.time, done.time))
        if target.cost:
            found.append(_thrift(target.cost, done.cost or Decimal()))
    count = 4 if target.cost else 3
    return [(top, bottom * count) for top, bottom in found]


def _quotient(realised: Decimal, target: Decimal) -> Ratio:
    (a, b), (c, d) = realised.as_integer_ratio(), target.as_integer_ratio()
    return a * d * HUNDRED, b * c


def _thrift(target: Decimal, used: Decimal) -> Ratio:
    top, bottom = _quotient(used, target)
    if top * LIMIT[1] < LIMIT[0] * bottom:  # more is saved than the limit allows
        return OVER[0] * bottom + top * OVER[1], bottom * OVER[1]
    return FACTOR[0] * bottom - top * FACTOR[1], bottom * FACTOR[1]


def _sum(parts: Iterable[Ratio]) -> Ratio:
    """Equal denominators are added as they are, so that the few different ones stay small."""
    tops: dict[int, int] = {}
    for top, bottom in parts:
        tops[bottom] = tops.get(bottom, 0) + top
    total, whole = 0, 1
    for bottom, top in tops.items():
        total, whole = total * bottom + top * whole, whole * bottom
    return total, whole
