"""PP 46/2011 computed a second time, straight from the text, in fractions and nothing else: an independent check."""

from fractions import Fraction
from typing import Any


def figure(text: Any) -> Fraction:
    """A plain figure; nothing counts as zero."""
    return Fraction(str(text)) if text not in {None, ""} else Fraction(0)


def thrift(planned: Fraction, used: Fraction) -> Fraction:
    """Aspek waktu or biaya of an activity that was carried out."""
    formula = (Fraction(176, 100) * planned - used) / planned * 100
    saved_percent = 100 - used / planned * 100
    return formula if saved_percent <= 24 else 76 - (formula - 100)


def activity(item: dict[str, Any]) -> Fraction:
    """Nilai capaian of one activity."""
    target = {key: figure(value) for key, value in item["target"].items()}
    done = {key: figure(value) for key, value in item["realisation"].items()}
    carried_out = 0 if done["quantity"] == 0 else 1
    total = done["quantity"] / target["quantity"] * 100 + done["quality"] / target["quality"] * 100
    total += thrift(target["time"], done["time"]) * carried_out
    if target["cost"] == 0:
        return total / 3
    return (total + thrift(target["cost"], done["cost"]) * carried_out) / 4


def skp(data: dict[str, Any]) -> Fraction:
    """Nilai capaian SKP of one or of several plans."""
    plans = data.get("plans") or [{"activities": data["activities"]}]
    means = [sum(map(activity, plan["activities"])) / Fraction(len(plan["activities"])) for plan in plans]
    tasks = len(data["additional_tasks"])
    extra = 0 if tasks == 0 else 1 if tasks <= 3 else 2 if tasks <= 6 else 3
    points = {"unit": 3, "organisasi": 6, "negara": 12}
    best = max((points[work["level"]] for work in data["creativity"]), default=0)
    return sum(means) / Fraction(len(means)) + extra + best


def final(data: dict[str, Any]) -> Fraction:
    """Nilai prestasi kerja."""
    scores = [figure(score) for score in data["behaviour"].values()]
    return skp(data) * Fraction(6, 10) + sum(scores) / Fraction(len(scores)) * Fraction(4, 10)
