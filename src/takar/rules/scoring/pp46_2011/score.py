"""From activities and behaviours to the nilai prestasi kerja (PP 46/2011 Pasal 10, 12, 15 and 17)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from takar.rules.numbers import format_decimal, round_half_up
from takar.rules.scoring.pp46_2011.activity import HUNDRED, activity_value, notice_range
from takar.rules.scoring.pp46_2011.credit_column import credit_column
from takar.rules.scoring.pp46_2011.inputs import PARAMETERS, Extra, Inputs, Plan, Study
from takar.rules.scoring.types import Result
from takar.rules.scoring.working import PLACES, Numbers, Working


def score(inputs: Inputs, method_id: str, title: str, *, outside: bool) -> Result:
    """Compute all that the inputs allow; `outside` says that the period is not one that PP 46/2011 governs."""
    working = Working(PARAMETERS)
    if outside:
        working.tell("period", "outside_validity")
    skp = _skp(working, inputs) if inputs.study is None else _study(working, inputs.study)
    credit_column(working, inputs.plans)
    behaviour = None if inputs.behaviour is None else _behaviour(working, inputs.behaviour)
    if skp is not None and behaviour is not None:
        _final(working, skp, behaviour)
    return working.result(method_id, title)


def _study(working: Working, study: Study) -> Fraction:
    """Tugas belajar: prestasi akademik in the place of the SKP (Pasal 28), as the share of the highest grade."""
    working.tell("skp", "study")
    numbers: Numbers = {"nilai akademik": study.grade, "nilai tertinggi": study.scale}
    skp = working.rule("skp", "study", numbers, Fraction(study.grade) / Fraction(study.scale) * HUNDRED)
    _rated(working, "skp", PARAMETERS.text("study", "label"), skp)
    return skp


def _skp(working: Working, inputs: Inputs) -> Fraction | None:
    mean = _mean_of_plans(working, inputs.plans)
    tasks = _additional_tasks(working, inputs.additional_tasks)
    creativity = _creativity(working, inputs.creativity)
    if mean is None:
        return None
    numbers: Numbers = {"rata-rata kegiatan": mean, "tugas tambahan": tasks, "kreativitas": creativity}
    skp = working.rule("skp", "skp", numbers, mean + tasks + creativity)
    _rated(working, "skp", PARAMETERS.text("skp", "label"), skp)
    return skp


def _mean_of_plans(working: Working, plans: tuple[Plan, ...]) -> Fraction | None:
    """Mean over the activities; after a mutasi the unweighted mean of both plans (Perka BKN 1/2013)."""
    if len(plans) == 1:
        return _mean_of_plan(working, plans[0], "", "skp.mean")
    means = [_mean_of_plan(working, plan, f"plans.{i}.", f"plans.{i}.mean") for i, plan in enumerate(plans)]
    complete = [mean for mean in means if mean is not None]
    if not means or len(complete) < len(means):
        return None
    working.tell("skp", "transfer")
    numbers: Numbers = {f"SKP {i + 1} {plan.label}".strip(): complete[i] for i, plan in enumerate(plans)}
    return working.rule("skp.mean", "transfer", numbers, sum(complete, Fraction()) / len(complete))


def _mean_of_plan(working: Working, plan: Plan, prefix: str, key: str) -> Fraction | None:
    values = [
        activity_value(working, f"{prefix}activities.{i}", activity)
        for i, activity in enumerate(plan.activities)
        if activity is not None
    ]
    if not values or len(values) < len(plan.activities):
        return None
    total = sum(values, Fraction())
    numbers: Numbers = {"jumlah nilai kegiatan": total, "banyaknya kegiatan": len(values)}
    return working.rule(key, "skp_mean", numbers, total / len(values), note=plan.label)


def _additional_tasks(working: Working, tasks: tuple[Extra, ...]) -> Fraction:
    points = Fraction(PARAMETERS.band("additional_tasks", len(tasks))["points"])
    for index, task in enumerate(tasks):
        if not task.letter:
            working.tell(f"additional_tasks.{index}", "additional_tasks", "missing_letter", name=task.name)
    return working.rule("skp.additional", "additional_tasks", {"banyaknya tugas tambahan": len(tasks)}, points)


def _creativity(working: Working, works: tuple[Extra, ...]) -> Fraction:
    """The highest level counts once: the sources know one value for the year."""
    levels = {row["level"]: row for row in PARAMETERS.rows("creativity")}
    known = [work for work in works if work.level in levels]
    for index, work in enumerate(works):
        if work in known and not work.letter:
            words = {"name": work.name, "letter": levels[work.level]["letter"]}
            working.tell(f"creativity.{index}", "creativity", "missing_letter", **words)
    if len(works) > 1:
        working.tell("skp.creativity", "creativity", "several", count=str(len(works)))
    best = max((levels[work.level] for work in known), key=lambda row: int(row["points"]), default=None)
    numbers: Numbers = {"manfaat tertinggi": best["label"] if best else "tidak ada"}
    return working.rule("skp.creativity", "creativity", numbers, Fraction(best["points"] if best else 0))


def _behaviour(working: Working, scores: Mapping[str, Decimal]) -> Fraction:
    labels = {row["key"]: row["label"] for row in PARAMETERS.rows("behaviour")}
    for key, points in scores.items():
        _rated(working, f"behaviour.{key}", labels[key], Fraction(points))
    text, basis = PARAMETERS.tables["behaviour"], PARAMETERS.basis("behaviour")
    numbers: Numbers = {labels[key]: points for key, points in scores.items()}
    total = sum((Fraction(points) for points in scores.values()), Fraction())
    working.line("behaviour.sum", text["label_sum"], text["formula_sum"], numbers, total, basis=basis)
    formula = text["formula_six"] if len(scores) == len(labels) else text["formula_five"]
    counted: Numbers = {"jumlah": total, "banyaknya aspek": len(scores)}
    mean = working.line("behaviour.mean", text["label_mean"], formula, counted, total / len(scores), basis=basis)
    _rated(working, "behaviour", text["label_mean"], mean)
    return mean


def _final(working: Working, skp: Fraction, behaviour: Fraction) -> None:
    shares = {"skp": ("skp_weight", skp), "behaviour": ("behaviour_weight", behaviour)}
    parts: dict[str, Fraction] = {}
    for name, (rule, value) in shares.items():
        weight = PARAMETERS.number(rule)
        numbers: Numbers = {"nilai": value, "bobot (%)": weight}
        parts[name] = working.rule(f"final.{name}_share", rule, numbers, value * weight / HUNDRED)
    sums: Numbers = {"unsur SKP": parts["skp"], "unsur perilaku kerja": parts["behaviour"]}
    final = working.rule("final", "final", sums, sum(parts.values(), Fraction()))
    _rated(working, "final", PARAMETERS.text("final", "label"), final)


def _rated(working: Working, key: str, label: str, exact: Fraction) -> None:
    """Record a value with its sebutan: the lower edge of Pasal 17, on the value rounded half up to two decimals."""
    rounded = round_half_up(exact, PLACES)
    row = PARAMETERS.band("bands", rounded)
    working.value(key, exact, row)
    if rounded > row.get("to", rounded):
        working.tell(key, "bands", "gap", value=format_decimal(rounded), label=row["label"])
    if not key.startswith("behaviour"):
        notice_range(working, key, label, exact)
