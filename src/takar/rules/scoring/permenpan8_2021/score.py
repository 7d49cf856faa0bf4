"""From results and behaviour to the nilai kinerja and its predikat (PermenPANRB 8/2021, PP 30/2019 Pasal 41)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from takar.rules.numbers import format_decimal, round_half_up
from takar.rules.scoring.permenpan8_2021.conversion import write_conversion
from takar.rules.scoring.permenpan8_2021.indicator import HUNDRED, indicator_value
from takar.rules.scoring.permenpan8_2021.inputs import PARAMETERS, Inputs, PlannedResult
from takar.rules.scoring.types import Result
from takar.rules.scoring.working import PLACES, Numbers, Working


def score(inputs: Inputs, method_id: str, title: str) -> Result:
    """Compute all that the inputs allow."""
    working = Working(PARAMETERS)
    skp, behaviour = _skp(working, inputs), _behaviour(working, inputs)
    final = None if skp is None or behaviour is None else _final(working, inputs, skp, behaviour)
    if inputs.first_half is not None:
        first = write_conversion(working, Fraction(inputs.first_half))
        if final is not None:
            numbers: Numbers = {"semester I": first, "semester II": final}
            year = working.rule("year", "year", numbers, (first + final) / 2)
            _rated(working, "year", year, new_idea=inputs.new_idea)
    return working.result(method_id, title)


def _skp(working: Working, inputs: Inputs) -> Fraction | None:
    values = [_result_value(working, f"results.{i}", result) for i, result in enumerate(inputs.results)]
    complete = [value for value in values if value is not None]
    if not values or len(complete) < len(values):
        return None
    rated = list(zip(inputs.results, complete, strict=True))
    main = [(result.initiative, value) for result, value in rated if not result.additional]
    extra = _additional(working, [(i, *pair) for i, pair in enumerate(rated) if pair[0].additional])
    if not main:
        return None
    base = _main(working, main, leader=inputs.leader)
    numbers: Numbers = {"kinerja utama": base, "kinerja tambahan": extra}
    limit = Fraction(PARAMETERS.tables["skp"]["limit"])
    skp = working.rule("skp", "skp", numbers, min(base + extra, limit))
    working.value("skp", skp)
    return skp


def _result_value(working: Working, key: str, result: PlannedResult) -> Fraction | None:
    values = [
        indicator_value(working, f"{key}.indicators.{i}", indicator)
        for i, indicator in enumerate(result.indicators)
        if indicator is not None
    ]
    if not values or len(values) < len(result.indicators):
        return None
    numbers: Numbers = {"jumlah nilai IKI": sum(values, Fraction()), "banyaknya IKI": len(values)}
    mean = working.rule(f"{key}.value", "result_value", numbers, _mean(values), note=result.name)
    working.value(key, mean, PARAMETERS.band("additional", mean))
    return mean


def _main(working: Working, main: Sequence[tuple[bool, Fraction]], *, leader: bool) -> Fraction:
    rule = "main_leader" if leader else "main_staff"
    working.tell("skp.main", rule)
    agreement = [value for initiative, value in main if not initiative]
    initiatives = [value for initiative, value in main if initiative]
    if not leader or not agreement or not initiatives:
        values = [*agreement, *initiatives]
        numbers: Numbers = {"jumlah nilai": sum(values, Fraction()), "banyaknya rencana kinerja": len(values)}
        return working.rule("skp.main", rule, numbers, _mean(values))
    text = PARAMETERS.tables[rule]
    parts: Numbers = {"perjanjian kinerja": _mean(agreement), "inisiatif strategis": _mean(initiatives)}
    value = _mean(agreement) * text["weight_agreement"] + _mean(initiatives) * text["weight_initiative"]
    return working.rule("skp.main", rule, parts, value / HUNDRED)


def _additional(working: Working, extras: Sequence[tuple[int, PlannedResult, Fraction]]) -> Fraction:
    text, total = PARAMETERS.tables["additional"], Fraction()
    for index, result, value in extras:
        row, weight = PARAMETERS.band("additional", value), result.scope_weight or Decimal()
        numbers: Numbers = {"pengali": row["factor"], "bobot lingkup penugasan": weight, "nilai": value}
        weighted = Fraction(row["factor"], HUNDRED) * Fraction(weight) * value / HUNDRED
        total += working.rule(f"results.{index}.weighted", "additional", numbers, weighted, note=result.name)
    numbers = {"jumlah": total}
    label, formula, capped = text["label_total"], text["formula_total"], min(total, Fraction(text["limit"]))
    return working.line("skp.additional", label, formula, numbers, capped, basis=text["basis"])


def _behaviour(working: Working, inputs: Inputs) -> Fraction | None:
    """Mean of the aspects; with peers and subordinates 60 % assessor and 40 % theirs (PP 30/2019 Pasal 39)."""
    if inputs.behaviour is None or (inputs.peers_asked and inputs.peers is None):
        return None
    text = PARAMETERS.tables["behaviour"]
    if inputs.peers is None:
        value = _aspects(working, "behaviour", text["label_mean"], inputs.behaviour)
    else:
        assessor = _aspects(working, "behaviour.assessor", text["label_assessor"], inputs.behaviour)
        peers = _aspects(working, "behaviour.peers", text["label_peers"], inputs.peers)
        joined = (assessor * text["weight_assessor"] + peers * text["weight_peers"]) / HUNDRED
        numbers: Numbers = {"pejabat penilai": assessor, "rekan kerja dan bawahan": peers}
        label, formula = text["label_mean"], text["formula_joined"]
        value = working.line("behaviour", label, formula, numbers, joined, basis=text["basis"])
    working.value("behaviour", value)
    return value


def _aspects(working: Working, key: str, label: str, scores: Mapping[str, Decimal]) -> Fraction:
    labels = {row["key"]: row["label"] for row in PARAMETERS.rows("behaviour")}
    numbers: Numbers = {labels[aspect]: points for aspect, points in scores.items()}
    mean = _mean([Fraction(points) for points in scores.values()])
    formula, basis = PARAMETERS.text("behaviour", "formula_mean"), PARAMETERS.basis("behaviour")
    return working.line(key, label, formula, numbers, mean, basis=basis)


def _final(working: Working, inputs: Inputs, skp: Fraction, behaviour: Fraction) -> Fraction:
    text = PARAMETERS.tables["weights"]
    weight = Fraction(text["skp_with_peers" if inputs.peers_asked else "skp_alone"])
    shares = {"skp": (skp, weight), "behaviour": (behaviour, HUNDRED - weight)}
    parts: dict[str, Fraction] = {}
    for name, (value, percent) in shares.items():
        numbers: Numbers = {"nilai": value, "bobot (%)": percent}
        label, formula = text[f"label_{name}"], text[f"formula_{name}"]
        share = value * percent / HUNDRED
        parts[name] = working.line(f"final.{name}_share", label, formula, numbers, share, basis=text["basis"])
    sums: Numbers = {"unsur SKP": parts["skp"], "unsur perilaku kerja": parts["behaviour"]}
    final = working.rule("final", "final", sums, sum(parts.values(), Fraction()))
    _rated(working, "final", final, new_idea=inputs.new_idea)
    return final


def _rated(working: Working, key: str, exact: Fraction, *, new_idea: bool) -> None:
    """Record a value with its predikat; 110 without a new idea stays Baik (PP 30/2019 Pasal 41 ayat (5))."""
    rounded = round_half_up(exact, PLACES)
    row = PARAMETERS.band("predicates", rounded)
    if row.get("needs_idea") and not new_idea:
        working.tell(key, "predicates", "no_idea", value=format_decimal(rounded))
        row = next(other for other in PARAMETERS.rows("predicates") if not other.get("needs_idea"))
    working.value(key, exact, row)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)
