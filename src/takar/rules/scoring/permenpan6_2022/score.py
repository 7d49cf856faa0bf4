"""From suggestions and the assessor's decision to the predikat (PermenPANRB 6/2022, kuadran kinerja pegawai)."""

from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS, Inputs, Study, Work
from takar.rules.scoring.permenpan6_2022.organisation import figure_in_use
from takar.rules.scoring.permenpan6_2022.study import academic
from takar.rules.scoring.permenpan6_2022.suggestion import Suggestion, suggest_behaviour, suggest_result
from takar.rules.scoring.types import Result
from takar.rules.scoring.working import Numbers, Working


def predicate(result: str, behaviour: str) -> str:
    """The cell of the quadrant: rating of hasil kerja (y) and of perilaku (x)."""
    rows = PARAMETERS.rows("quadrant")
    return next(str(row["category"]) for row in rows if (row["result"], row["behaviour"]) == (result, behaviour))


def score(inputs: Inputs, method_id: str, title: str) -> Result:
    """Write down organisation, results, suggestions, decisions and the predikat, as far as the inputs go."""
    working = Working(PARAMETERS)
    _organisation(working, inputs)
    for index, work in enumerate(inputs.works):
        _work(working, f"results.{index}", work)
    if inputs.study:
        _study(working, inputs.study)
    _suggestion(working, "result", suggest_result(inputs))
    working.tell("suggestion.result", "result_suggestion", "message_curve")
    _suggestion(working, "behaviour", suggest_behaviour(inputs))
    _decision(working, inputs)
    return working.result(method_id, title)


def _organisation(working: Working, inputs: Inputs) -> None:
    figure, state = figure_in_use(inputs)
    if figure is None:
        return
    text = PARAMETERS.tables["organisation"]
    label = _label("organisation", figure)
    numbers: Numbers = {"capaian": label}
    formula = text["formula_previous"] if state else text["formula"]
    working.rating("organisation", text["label"], formula, numbers, label, basis=text["basis"])
    working.rated("organisation", figure, label)
    if state:
        working.tell("organisation", "organisation", state=state)


def _work(working: Working, key: str, work: Work) -> None:
    if work.rating is None:
        return
    text = PARAMETERS.tables["item"]
    formula = text["formula_given"] if work.given_rating else text["formula_indicators"]
    numbers: Numbers = {
        f"indikator {number}": _label("ratings", indicator.rating)
        for number, indicator in enumerate(work.indicators, start=1)
    } or {"jenis": "utama" if work.main else "tambahan"}
    label = _label("ratings", work.rating)
    working.rating(key, text["label"], formula, numbers, label, basis=text["basis"], note=work.name)
    working.rated(key, work.rating, label)


def _study(working: Working, study: Study) -> None:
    if study.dropped_out:
        working.notice("study", PARAMETERS.text("study", "dropped_out"), PARAMETERS.basis("dropped_out"))
    found = academic(study)
    if found is None or study.gpa is None:
        return
    text, label = PARAMETERS.tables["study"], _label("predicates", found.category)
    numbers: Numbers = {"IPK": format_decimal(study.gpa, None), "jenjang": study.level, "institusi": study.institution}
    working.rating("study", text["label"], text["formula"], numbers, label, basis=text["basis"])
    working.rated("study", found.category, label)
    if not found.covered:
        working.tell("study", "study", "outside_guide", least=found.least_programme, institution=study.institution)


def _suggestion(working: Working, name: str, suggestion: Suggestion) -> None:
    rule, key = f"{name}_suggestion", f"suggestion.{name}"
    text = PARAMETERS.tables[rule]
    if suggestion.rating is None:
        working.tell(key, rule, "message_none", reason=" ".join(suggestion.reasons))
        return
    label = _label("ratings", suggestion.rating)
    numbers: Numbers = {
        f"alasan {number}": reason.rstrip(".") for number, reason in enumerate(suggestion.reasons, start=1)
    }
    working.rating(key, text["label"], text["formula"], numbers, label, basis=text["basis"])
    working.rated(key, suggestion.rating, label)


def _decision(working: Working, inputs: Inputs) -> None:
    decision = inputs.decision
    if decision.result:
        _decided(working, "result", decision.result, decision.result_reason)
    if decision.behaviour:
        _decided(working, "behaviour", decision.behaviour, decision.behaviour_reason)
    if inputs.study and inputs.study.dropped_out:
        if decision.predicate and decision.behaviour:
            _final(working, "dropped_out", decision.predicate, {"perilaku kerja": decision.behaviour})
    elif decision.result and decision.behaviour:
        ratings = {"hasil kerja": decision.result, "perilaku kerja": decision.behaviour}
        _final(working, "quadrant", predicate(decision.result, decision.behaviour), ratings)


def _decided(working: Working, name: str, rating: str, reason: str) -> None:
    text, label = PARAMETERS.tables[f"{name}_decision"], _label("ratings", rating)
    numbers: Numbers = {"rating": label}
    working.rating(name, text["label"], text["formula"], numbers, label, basis=text["basis"], note=reason)
    working.rated(name, rating, label)


def _final(working: Working, rule: str, category: str, ratings: dict[str, str]) -> None:
    text, label = PARAMETERS.tables[rule], _label("predicates", category)
    numbers: Numbers = {name: _label("ratings", rating) for name, rating in ratings.items()}
    working.rating("final", text["label"], text["formula"], numbers, label, basis=text["basis"])
    working.rated("final", category, label)


def _label(table: str, category: str) -> str:
    return next(str(row["label"]) for row in PARAMETERS.rows(table) if row["category"] == category)
