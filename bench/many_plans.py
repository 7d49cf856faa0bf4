"""Scoring of very many plans of ten activities (PP 46/2011): our exact values, plain loops, and LibreOffice's, of the same plans."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import spreadsheet

Tell = Callable[[str], None]
SAMPLE = 20_000
FEW = 500
TENTHS = 10
CENT = Decimal("0.01")
ASPECTS = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")


def scoring(count: int, tell: Tell) -> dict[str, float]:
    """The exact quick values, the explained ones, and plain loops over a sample of the same."""
    from takar.rules.scoring.pp46_2011 import PP46_2011, bulk

    plans = _plans(SAMPLE)
    begun = time.perf_counter()
    for number in range(count):
        bulk.rounded(bulk.values_of(plans[number % SAMPLE])["final"])
        if (number + 1) * TENTHS % count < TENTHS:
            tell(f"{number + 1:,} of {count:,}")
    seconds = {"exact, whole numbers": count / (time.perf_counter() - begun)}
    few = plans[:FEW]
    explained = _timed(seconds, "exact, with its working", few, lambda p: PP46_2011.score(p).values["final"].rounded)
    floats = _timed(seconds, "plain loop of floats (not exact)", plans, _plain)
    _timed(seconds, "plain loop of Decimal (28 digits)", plans, _decimals)
    exact = _exact(plans)
    assert explained == exact[:FEW]
    _told(exact, [Decimal(f"{value:.2f}") for value in floats], "the loop of floats", tell)
    return seconds


def sheet(count: int, tell: Tell) -> dict[str, float]:
    """LibreOffice beside our values of the same plans."""
    if spreadsheet.program() is None:
        tell("LibreOffice is not installed here, so no spreadsheet is compared.")
        return {}
    plans = _plans(count)
    found = spreadsheet.recalculate(plans, tell)
    if found is None:
        tell("LibreOffice is here without Calc (the package libreoffice-calc), so no spreadsheet is compared.")
        return {}
    begun = time.perf_counter()
    exact = _exact(plans)
    ours = count / (time.perf_counter() - begun)
    _told(exact, found.totals, "LibreOffice", tell)
    return {
        "LibreOffice, workbook opened and written": count / found.seconds,
        "opened and written without formulas": count / found.bare_seconds,
        "ours, exact, the same plans": ours,
    }


def _told(exact: Sequence[Decimal], others: Sequence[Decimal], who: str, tell: Tell) -> None:
    """How many totals differ, and what from: a last digit is rounding; more is the limit of 24 % seen otherwise."""
    apart = [abs(ours - theirs) for ours, theirs in zip(exact, others, strict=True)]
    kinds = Counter("" if not size else "rounded" if size <= CENT else "limit" for size in apart)
    if not any(apart):
        tell(f"all {len(exact):,} totals of {who} are ours")
        return
    tell(
        f"of {len(exact):,} totals {who} has {len(exact) - kinds['']:,} otherwise: {kinds['rounded']:,} by 0.01, because a "
        f"binary number cannot hold most decimals and so falls on the other side of a half, and {kinds['limit']:,} by more "
        f"(up to {max(apart)}), because exactly 24 % saved comes out a little above 24, where another formula holds"
    )


def _exact(plans: Sequence[Any]) -> list[Decimal]:
    from takar.rules.scoring.pp46_2011 import bulk

    return [bulk.rounded(bulk.values_of(plan)["final"]) for plan in plans]


def _timed(seconds: dict[str, float], label: str, plans: Sequence[Any], score: Callable[[Any], Any]) -> list[Any]:
    begun = time.perf_counter()
    found = [score(plan) for plan in plans]
    seconds[label] = len(plans) / (time.perf_counter() - begun)
    return found


def _plans(count: int) -> list[Any]:
    """Invented ones, the same each time; every figure as people write it, with at most two decimals."""
    from takar.rules.scoring.pp46_2011.inputs import Inputs, Plan

    dice = random.Random(4)  # noqa: S311 -- figures, not secrets
    return [
        Inputs(
            None, None, False, (Plan("", tuple(_activity(dice, number) for number in range(10))),), None, (), (),
            {key: _cents(dice, 70, 99) for key in ASPECTS},
        )
        for _ in range(count)
    ]  # fmt: skip


def _activity(dice: random.Random, number: int) -> Any:
    from takar.rules.scoring.pp46_2011.inputs import Activity, Measure

    target = Measure(Decimal(dice.randint(1, 60)), Decimal(100), Decimal(12))
    done = Measure(Decimal(dice.randint(1, 60)), _cents(dice, 70, 99), _cents(dice, 6, 13))
    return Activity(f"Kegiatan {number}", target, done)


def _cents(dice: random.Random, least: int, most: int) -> Decimal:
    return Decimal(dice.randint(least * 100, most * 100)) / 100


def _plain(inputs: Any) -> float:
    total = 0.0
    for one in inputs.plans[0].activities:
        used = float(one.realisation.time) / float(one.target.time) * 100
        time_value = 176 - used if 100 - used <= 24 else 76 - ((176 - used) - 100)
        quantity = float(one.realisation.quantity) / float(one.target.quantity) * 100
        total += (quantity + float(one.realisation.quality) / float(one.target.quality) * 100 + time_value) / 3
    behaviour = sum(map(float, inputs.behaviour.values())) / len(inputs.behaviour)
    return total / len(inputs.plans[0].activities) * 0.6 + behaviour * 0.4


def _decimals(inputs: Any) -> Decimal:
    total, hundred = Decimal(), Decimal(100)
    for one in inputs.plans[0].activities:
        used = one.realisation.time / one.target.time * hundred
        time_value = 176 - used if hundred - used <= 24 else 76 - ((176 - used) - hundred)
        total += (one.realisation.quantity / one.target.quantity * hundred + one.realisation.quality + time_value) / 3
    behaviour = sum(inputs.behaviour.values(), Decimal()) / len(inputs.behaviour)
    return (total / 10 * 60 + behaviour * 40) / hundred
