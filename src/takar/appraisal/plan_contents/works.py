"""A plan under PermenPANRB 6/2022: hasil kerja with indicators, expectations and the three appendices."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from takar.appraisal.enums import AppendixKind, Approach, Aspect, Direction, Value, WorkKind
from takar.appraisal.figures import column_problems
from takar.appraisal.models import Appendix, Expectation, Indicator, Plan, Work
from takar.appraisal.plan_contents.types import Content, key_of, paired
from takar.appraisal.plan_queries import in_force
from takar.appraisal.types import IndicatorData, WorkData, WorkPlanData
from takar.common.errors import Problem

BATCH = 500
LONGEST = {
    "name": 500,
    "superior_name": 500,
    "target": 300,
    "unit": 40,
    "assigned_by": 300,
    "perspective": 60,
    "text": 1000,
}
NAMES = {
    "superior_name": "Rencana hasil kerja pimpinan",
    "name": "Uraian",
    "target": "Target",
    "unit": "Satuan",
    "assigned_by": "Penugasan dari",
}
NAMES |= {"perspective": "Perspektif", "text": "Uraian"}
WORK_FIELDS = ("number", "kind", "name", "superior_name", "assigned_by", "perspective")
INDICATOR_FIELDS = ("name", "target", "aspect", "minimum", "maximum", "unit", "direction")


def work_plan(plan: Plan) -> WorkPlanData:
    """The plan's whole content as plain values, for comparing, copying and writing out."""
    works = tuple(
        WorkData(
            number=work.number,
            name=work.name,
            kind=work.kind,
            superior_work=work.superior_work.number if work.superior_work else None,
            superior_key=work.superior_work.key if work.superior_work else None,
            superior_name=work.superior_name,
            assigned_by=work.assigned_by,
            perspective=work.perspective,
            key=work.key,
            indicators=tuple(
                IndicatorData(key=row.key, **{name: getattr(row, name) for name in INDICATOR_FIELDS})
                for row in work.indicators.all()
            ),
        )
        for work in plan.works.all()
    )
    appendices: dict[str, list[str]] = {}
    for row in plan.appendices.all():
        appendices.setdefault(row.kind, []).append(row.text)
    return WorkPlanData(
        works=works,
        approach=plan.approach or Approach.QUANTITATIVE,
        expectations={row.value: row.text for row in plan.expectations.all()},
        appendices={kind: tuple(texts) for kind, texts in appendices.items()},
    )


def superiors_works(plans: Sequence[Plan]) -> dict[UUID, list[Work]]:
    """By employee: the hasil kerja of the superior's agreed plan of the same year, or of one written at the same time."""
    if not plans:
        return {}
    above = {plan.employee_id: plan.superior_id for plan in plans if plan.superior_id}
    same = Plan.objects.filter(year=plans[0].year, method=plans[0].method, employee_id__in=set(above.values()))
    chosen = {plan.employee_id: plan.pk for plan in in_force(same).order_by("part")}
    chosen |= {plan.employee_id: plan.pk for plan in plans}
    found: dict[UUID, list[Work]] = {}
    for work in Work.objects.filter(plan_id__in=chosen.values()).select_related("plan").order_by("number"):
        found.setdefault(work.plan.employee_id, []).append(work)
    return {person: found.get(superior, []) for person, superior in above.items()}


def _problems(name: str, data: WorkPlanData) -> list[Problem]:
    if not data.works:
        return [Problem(name, "Belum ada satu rencana hasil kerja pun; isilah paling sedikit satu.")]
    problems = _choices(name, "Pendekatan", data.approach, Approach.values)
    for work in data.works:
        problems += _work_problems(f"{name}, hasil kerja {work.number}", work)
    for value, text in data.expectations.items():
        problems += [*_choices(name, "Nilai dasar", value, Value.values), *_texts(f"{name}, {value}", {"text": text})]
    for kind, texts in data.appendices.items():
        problems += _choices(name, "Lampiran", kind, AppendixKind.values)
        for text in texts:
            problems += _texts(f"{name}, lampiran", {"text": text})
    return problems


def _work_problems(where: str, work: WorkData) -> list[Problem]:
    problems = _choices(where, "Jenis", work.kind, WorkKind.values)
    problems += _texts(where, {"name": work.name})
    optional = ("superior_name", "assigned_by", "perspective")
    problems += _texts(where, {name: getattr(work, name) for name in optional}, required=False)
    if not work.indicators:
        problems.append(Problem(where, "Belum ada indikatornya; isilah paling sedikit satu."))
    for number, row in enumerate(work.indicators, start=1):
        problems += _indicator_problems(f"{where}, indikator {number}", row)
    return problems


def _indicator_problems(where: str, row: IndicatorData) -> list[Problem]:
    figures = [
        ("figure", label, value)
        for label, value in (("Target paling rendah", row.minimum), ("Target paling tinggi", row.maximum))
    ]
    problems = [
        *_texts(where, {"name": row.name, "target": row.target}),
        *_texts(where, {"unit": row.unit}, required=False),
    ]
    problems += column_problems(where, figures)
    problems += _choices(where, "Aspek", row.aspect, ("", *Aspect.values))
    problems += _choices(where, "Arah", row.direction, ("", *Direction.values))
    if row.minimum is not None and row.maximum is not None and row.maximum < row.minimum:
        problems.append(Problem(where, "Batas atas target lebih kecil daripada batas bawahnya; tukarkan."))
    return problems


def _texts(where: str, texts: Mapping[str, str], *, required: bool = True) -> list[Problem]:
    return [
        Problem(
            f"{where}, {NAMES[name]}", f"{'Wajib diisi, p' if required else 'P'}aling panjang {LONGEST[name]} huruf."
        )
        for name, text in texts.items()
        if len(text) > LONGEST[name] or (required and not text.strip())
    ]


def _choices(where: str, label: str, value: str, known: Sequence[str]) -> list[Problem]:
    return [] if value in known else [Problem(f"{where}, {label}", f"“{value}” tidak dikenal; pilih dari daftar.")]


def _write(contents: Sequence[tuple[Plan, WorkPlanData]], *, trusted: bool = False) -> None:
    plans = [plan for plan, _ in contents]
    present = Work.objects.filter(plan__in=plans)
    known = {*present.values_list("key", flat=True), *_keys_of_indicators(plans)}
    for rows in (Expectation.objects, Appendix.objects):
        rows.filter(plan__in=plans).delete()
    present.delete()
    wanted = [(_work(plan, data, known, trusted=trusted), data) for plan, content in contents for data in content.works]
    Work.objects.bulk_create([work for work, _ in wanted], batch_size=BATCH)
    _link(wanted, plans)
    rows_of = [row for work, data in wanted for row in _indicators(work, data, known, trusted=trusted)]
    Indicator.objects.bulk_create(rows_of, batch_size=BATCH)
    Expectation.objects.bulk_create(
        [
            Expectation(plan=plan, value=value, text=text)
            for plan, data in contents
            for value, text in data.expectations.items()
        ],
        batch_size=BATCH,
    )
    Appendix.objects.bulk_create([row for plan, data in contents for row in _appendices(plan, data)], batch_size=BATCH)
    for plan, data in contents:
        plan.approach = data.approach
    Plan.objects.bulk_update(plans, ["approach"], batch_size=BATCH)


def _keys_of_indicators(plans: Sequence[Plan]) -> Iterable[UUID]:
    return Indicator.objects.filter(work__plan__in=plans).order_by("pk").values_list("key", flat=True)


def _work(plan: Plan, data: WorkData, known: Collection[UUID], *, trusted: bool) -> Work:
    values = {name: getattr(data, name) for name in WORK_FIELDS}
    return Work(plan=plan, key=key_of(data.key, known, trusted=trusted), **values)


def _link(wanted: Sequence[tuple[Work, WorkData]], plans: Sequence[Plan]) -> None:
    """Which one of the superior's each takes up, once all plans of this write are there."""
    above = superiors_works(plans)
    people = {plan.pk: plan.employee_id for plan in plans}
    for work, data in wanted:
        works = above.get(people[work.plan_id], [])
        by_key = (row for row in works if row.key == data.superior_key)
        by_number = (row for row in works if row.number == data.superior_work)
        work.superior_work = next(by_key, None) or next(by_number, None)
    linked = [work for work, _ in wanted if work.superior_work]
    Work.objects.bulk_update(linked, ["superior_work"], batch_size=BATCH)


def _indicators(work: Work, data: WorkData, known: Collection[UUID], *, trusted: bool) -> Iterator[Indicator]:
    for number, row in enumerate(data.indicators, start=1):
        values = {name: getattr(row, name) for name in INDICATOR_FIELDS}
        yield Indicator(work=work, number=number, key=key_of(row.key, known, trusted=trusted), **values)


def _appendices(plan: Plan, data: WorkPlanData) -> Iterator[Appendix]:
    for kind, texts in data.appendices.items():
        for number, text in enumerate(texts, start=1):
            yield Appendix(plan=plan, kind=kind, number=number, text=text)


def _plain(data: WorkPlanData) -> dict[str, Any]:
    """Without the keys: they name rows, and say nothing of what they hold."""
    plain = asdict(data)
    for work in plain["works"]:
        for row in (work, *work["indicators"]):
            del row["key"]
        del work["superior_key"]
    return plain


def _inherit(data: WorkPlanData, before: WorkPlanData) -> WorkPlanData:
    return replace(data, works=tuple(_inherited(work, older) for work, older in paired(data.works, before.works)))


def _inherited(work: WorkData, older: WorkData | None) -> WorkData:
    if older is None:
        return work
    rows = paired(work.indicators, older.indicators)
    indicators = tuple(replace(row, key=kept.key if kept else None) for row, kept in rows)
    return replace(work, key=older.key, indicators=indicators)


WORKS = Content(
    ("works__indicators", "works__superior_work", "expectations", "appendices"),
    work_plan,
    _problems,
    _write,
    _plain,
    _inherit,
)
