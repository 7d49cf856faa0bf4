"""The forms of a year's plan: the SKP of either regulation, its appendix, the manual, the matrix, the plan of action."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from takar.appraisal.enums import AppendixKind, Approach, Regulation, WorkKind
from takar.appraisal.models import Activity, Indicator, Plan, Work
from takar.appraisal.plan_queries import newest
from takar.casework.printing import cards
from takar.common import words
from takar.common.errors import NotAllowed
from takar.documents.emblems import with_pictures
from takar.documents.forms import shapes
from takar.documents.forms import shapes_permenpan6 as sheets
from takar.documents.forms.catalogue import BY_KEY, FormKind
from takar.documents.forms.render import render

# Echelons I and II are pejabat pimpinan tinggi; who leads a unit kerja mandiri is told by a plan with perspectives.
HEADS = frozenset({"I.a", "I.b", "II.a", "II.b"})
WORK_FORMS = {
    (Approach.QUALITATIVE, True): "a-1-1",
    (Approach.QUANTITATIVE, True): "a-1-2",
    (Approach.QUALITATIVE, False): "a-1-6",
    (Approach.QUANTITATIVE, False): "a-1-7",
}


def plan_forms(plan: Plan) -> list[FormKind]:
    """What can be printed of the plan, the SKP itself first."""
    if plan.method == Regulation.PP46:
        return [BY_KEY["skp-pp46"]]
    heads = is_of_head(plan)
    keys = [work_form(plan, heads=heads), "a-1-8", "b-1-1", "a-1-5"] + (["a-1-3"] if heads else [])
    return [BY_KEY[key] for key in keys]


def work_form(plan: Plan, *, heads: bool) -> str:
    return WORK_FORMS[Approach(plan.approach or Approach.QUANTITATIVE), heads]


def is_of_head(plan: Plan) -> bool:
    """Whether the annex's forms for pejabat pimpinan tinggi and pimpinan unit kerja mandiri hold."""
    seat = cards.seats_of([plan.employee], cards.day_within(plan.first_day, plan.last_day)).get(plan.employee_id)
    return (seat is not None and seat.echelon in HEADS) or plan.works.exclude(perspective="").exists()


def plan_pdf(plan: Plan, key: str, people: Mapping[str, Any] | None = None) -> bytes:
    """Print one of `plan_forms`; `people` are those that a case names."""
    form = next((form for form in plan_forms(plan) if form.key == key), None)
    if form is None:
        raise NotAllowed("SKP ini tidak mempunyai formulir itu. Pilih dari daftar Cetak pada halamannya.")
    return render(
        form.template, with_pictures({**_frame(plan), **(people or {}), **BUILDERS[key](plan), "format": form.code})
    )


def _frame(plan: Plan) -> dict[str, Any]:
    """Office, people, period and day, which all of them carry."""
    day = cards.day_within(plan.first_day, plan.last_day)
    seats = cards.seats_of([plan.employee, plan.superior], day)
    own = seats.get(plan.employee_id)
    assessor = plan.superior or (own.superior if own else None)
    if assessor is not None and assessor.pk not in seats:
        seats |= cards.seats_of([assessor], day)
    return {
        **cards.office_of(plan.agency),
        "period": words.period(plan.first_day, plan.last_day),
        "date": cards.place_and_day(plan.agency, plan.agreed_on),
        "employee": cards.seated(plan.employee, own, post=plan.post, unit=plan.unit),
        "assessor": cards.seated(assessor, seats.get(assessor.pk) if assessor else None),
        "signatures": [],
    }


def activities_of(rows: Iterable[tuple[int, Activity]]) -> list[shapes.PlannedActivity]:
    return [{"no": str(number), "name": row.name, "target": target_of(row)} for number, row in rows]


def target_of(row: Activity) -> shapes.Figures:
    return {
        "credit": words.figure(row.credit),
        "quantity": f"{words.figure(row.quantity)} {row.quantity_unit}",
        "quality": words.figure(row.quality),
        "time": f"{words.figure(row.time)} {row.time_unit}",
        "cost": words.figure(row.cost),
    }


def _activity_plan(plan: Plan) -> dict[str, Any]:
    amounts = [row.credit for row in plan.activities.all() if row.credit is not None]
    return {
        "activities": activities_of((row.number, row) for row in plan.activities.all()),
        "credit_sum": words.figure(sum(amounts, Decimal(0))) if amounts else "",
    }


def works_of(plan: Plan) -> list[Work]:
    return list(plan.works.select_related("superior_work").prefetch_related("indicators", "superior_work__indicators"))


def result_of(work: Work, **outcome: str) -> sheets.WorkResult:
    """One hasil kerja as a form shows it; `outcome` is what came of it."""
    found: Any = {
        "text": work.name,
        "by": work.assigned_by,
        "intervened": _intervened(work.superior_work),
        "indicators": [indicator_of(row, work) for row in work.indicators.all()],
        **outcome,
    }
    return found  # type: ignore[no-any-return]


def indicator_of(row: Indicator, work: Work, **outcome: str) -> sheets.Indicator:
    found: Any = {
        "aspect": row.get_aspect_display() if row.aspect else "",
        "text": row.name,
        "target": row.target,
        "perspective": work.perspective,
        **outcome,
    }
    return found  # type: ignore[no-any-return]


def _intervened(above: Work | None) -> str:
    """The superior's result with its indicators, as the annex's note to A.1.7 asks."""
    if above is None:
        return ""
    return "\n".join([above.name, *(f"– {row.name}" for row in above.indicators.all())])


def parts_of(works: list[Work], results: list[sheets.WorkResult]) -> dict[str, list[sheets.WorkResult]]:
    """Hasil kerja utama and tambahan."""
    pairs = list(zip(works, results, strict=True))
    return {
        "main": [result for work, result in pairs if work.kind == WorkKind.MAIN],
        "additional": [result for work, result in pairs if work.kind == WorkKind.ADDITIONAL],
    }


def expectations_of(plan: Plan) -> dict[str, str]:
    return {row.value: row.text for row in plan.expectations.all()}


def _work_plan(plan: Plan) -> dict[str, Any]:
    works = works_of(plan)
    return {
        **parts_of(works, [result_of(work) for work in works]),
        "behaviour": cards.behaviour(expectations_of(plan)),
    }


def _appendix(plan: Plan) -> dict[str, Any]:
    texts: dict[str, list[str]] = {kind.value: [] for kind in AppendixKind}
    for row in plan.appendices.all():
        texts[row.kind].append(row.text)
    return {
        "resources": texts[AppendixKind.RESOURCES],
        "accountability": texts[AppendixKind.ACCOUNTABILITY],
        "consequences": texts[AppendixKind.CONSEQUENCES],
    }


def _manual(plan: Plan) -> dict[str, Any]:
    """A sheet for each indicator, with what the plan knows; the rest is written by hand."""
    sheets_ = [
        {"result": work.name, "indicator": row.name, "unit": row.unit}
        for work in works_of(plan)
        for row in work.indicators.all()
    ]
    return {"sheets": sheets_}


def _matrix(plan: Plan) -> dict[str, Any]:
    """The unit's table: the leader's results at the head, below them what each of the staff took up of them."""
    works = works_of(plan)
    taken: dict[Any, dict[Any, list[str]]] = {}
    people: dict[Any, tuple[str, str]] = {}
    theirs = newest(Plan.objects.filter(year=plan.year, method=plan.method))
    rows = Work.objects.filter(superior_work__key__in=[work.key for work in works], plan__in=theirs)
    for row in rows.select_related("plan__employee", "superior_work").order_by(
        "plan__employee__name", "plan", "number"
    ):
        assert row.superior_work is not None  # noqa: S101 -- asked for above
        person = row.plan.employee_id
        people.setdefault(person, (row.plan.employee.full_name, row.plan.post))
        taken.setdefault(person, {}).setdefault(row.superior_work.key, []).append(row.name)
    members = [
        {"name": name, "post": post, "roles": ["\n".join(taken[key].get(work.key, [])) for work in works]}
        for key, (name, post) in people.items()
    ]
    outcomes = ["\n".join([work.name, *(f"– {row.name}" for row in work.indicators.all())]) for work in works]
    leader = {"name": plan.employee.full_name, "post": plan.post, "outcomes": outcomes, "members": members}
    return {"tables": [leader]}


def _actions(plan: Plan) -> dict[str, Any]:
    """What is to be reached, with room for the actions that are agreed in the dialogue."""
    return {"results": [{"text": work.name, "actions": []} for work in works_of(plan)], "room": True}


BUILDERS: Mapping[str, Callable[[Plan], dict[str, Any]]] = {
    "skp-pp46": _activity_plan,
    **dict.fromkeys(WORK_FORMS.values(), _work_plan),
    "a-1-3": _manual,
    "a-1-5": _matrix,
    "a-1-8": _appendix,
    "b-1-1": _actions,
}
