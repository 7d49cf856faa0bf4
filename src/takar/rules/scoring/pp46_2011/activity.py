"""The value of one activity: four aspects, their sum, divided by three or four (PP 46/2011 Pasal 7 and 8)."""

from decimal import Decimal
from fractions import Fraction

from takar.rules.numbers import format_decimal
from takar.rules.scoring.pp46_2011.inputs import PARAMETERS, Activity, Measure
from takar.rules.scoring.working import Numbers, Working

HUNDRED = 100


def activity_value(working: Working, key: str, activity: Activity) -> Fraction:
    """Nilai capaian of one activity, unrounded: the sum of its aspects over 3, or over 4 if a cost was planned."""
    target, done = activity.target, activity.realisation
    idle = done.quantity == 0
    if activity.original:
        _tell_revision(working, key, activity.original, activity)
    aspects = [
        _ratio(working, key, "quantity", {"RO": done.quantity, "TO": target.quantity}),
        _ratio(working, key, "quality", {"RK": done.quality, "TK": target.quality}),
        _thrift(working, key, "time", target.time, done.time, idle=idle),
    ]
    if target.cost:
        aspects.append(_thrift(working, key, "cost", target.cost, done.cost or Decimal(), idle=idle))
    elif done.cost:
        working.tell(f"{key}.cost", "unplanned_cost", value=format_decimal(done.cost, None))
    if idle:
        working.tell(key, "idle")
    return _mean_of_aspects(working, key, activity.name, aspects)


def thrift_value(target: Decimal, used: Decimal) -> tuple[Fraction, Fraction]:
    """Waktu or biaya: the efficiency in percent, and (1,76 × T − R) ÷ T × 100 or, above 24 %, 76 − (that − 100)."""
    used_share = Fraction(used) / Fraction(target) * HUNDRED
    efficiency = HUNDRED - used_share
    plain = PARAMETERS.number("weight_factor") * HUNDRED - used_share
    if efficiency > PARAMETERS.number("efficiency_limit"):
        return efficiency, PARAMETERS.number("over_limit_base") - (plain - HUNDRED)
    return efficiency, plain


def notice_range(working: Working, key: str, label: str, value: Fraction) -> None:
    """Tell of a value above 100 (allowed) or at and below zero (no lower limit is prescribed)."""
    if value > HUNDRED:
        working.tell(key, "above_hundred", label=label, value=format_decimal(value))
    elif value <= 0:
        working.tell(key, "not_positive", label=label, value=format_decimal(value))


def _ratio(working: Working, key: str, aspect: str, numbers: Numbers) -> Fraction:
    realised, target = (Fraction(number) for number in numbers.values())
    label, formula = PARAMETERS.text(aspect, "label"), PARAMETERS.text(aspect, "formula")
    value = realised / target * HUNDRED
    return working.line(f"{key}.{aspect}", label, formula, numbers, value, basis=PARAMETERS.basis(aspect))


def _thrift(working: Working, key: str, aspect: str, target: Decimal, used: Decimal, *, idle: bool) -> Fraction:
    efficiency, value = thrift_value(target, used)
    over = efficiency > PARAMETERS.number("efficiency_limit")
    formula = "formula_idle" if idle else "formula_over" if over else "formula"
    label = PARAMETERS.text(aspect, "label")
    numbers: Numbers = {
        PARAMETERS.text(aspect, "target"): target,
        PARAMETERS.text(aspect, "realisation"): used,
        f"efisiensi {PARAMETERS.text(aspect, 'noun')} (%)": efficiency,
    }
    value = Fraction(0) if idle else value
    line_key = f"{key}.{aspect}"
    working.line(line_key, label, PARAMETERS.text(aspect, formula), numbers, value, basis=PARAMETERS.basis(aspect))
    if not idle:
        notice_range(working, line_key, label, value)
    return value


def _mean_of_aspects(working: Working, key: str, name: str, aspects: list[Fraction]) -> Fraction:
    names = ("kuantitas", "kualitas", "waktu", "biaya")
    basis, label = PARAMETERS.basis("activity_value"), PARAMETERS.text("activity_value", "label")
    parts: Numbers = dict(zip(names, aspects, strict=False))
    total = working.line(
        f"{key}.sum", "Penghitungan", "jumlah nilai aspek", parts, sum(aspects, Fraction()), basis=basis
    )
    divisor = len(aspects)
    formula = PARAMETERS.text("activity_value", "formula_four" if divisor == len(names) else "formula_three")
    numbers: Numbers = {"penghitungan": total, "banyaknya aspek": divisor}
    value = working.line(f"{key}.value", label, formula, numbers, total / divisor, basis=basis, note=name)
    working.value(key, value)
    notice_range(working, f"{key}.value", label, value)
    return value


def _tell_revision(working: Working, key: str, original: Measure, activity: Activity) -> None:
    fields = {
        "quantity": "kuantitas",
        "quality": "kualitas",
        "time": "waktu",
        "cost": "biaya",
        "credit": "angka kredit",
    }
    changes = [
        f"{label} {_or_empty(before)} menjadi {_or_empty(after)}"
        for field, label in fields.items()
        if (before := getattr(original, field)) != (after := getattr(activity.target, field))
    ]
    working.tell(f"{key}.revision", "revision", changes="; ".join(changes) or "tidak ada", reason=activity.reason)


def _or_empty(number: Decimal | None) -> str:
    return "kosong" if number is None else format_decimal(number, None)
