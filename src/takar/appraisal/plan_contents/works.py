"""A plan under PermenPANRB 6/2022: hasil kerja with indicators, expectations and the three appendices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from takar.appraisal.enums import AppendixKind, Approach, Aspect, Direction, Value, WorkKind
from takar.appraisal.figures import column_problems
from takar.appraisal.models import Appendix, Expectation, Indicator, Plan, Work
from takar.appraisal.plan_contents.types import Content
from takar.appraisal.types import IndicatorData, WorkData, WorkPlanData
from takar.common import clock
from takar.common.errors import Problem
from takar.organisation.models import Assignment
from takar.organisation.queries import running

BATCH = 500
LONGEST = {"name": 500, "target": 300, "unit": 40, "assigned_by": 300, "perspective": 60, "text": 1000}
NAMES = {"name": "Uraian", "target": "Target", "unit": "Satuan", "assigned_by": "Penugasan dari"}
NAMES |= {"perspective": "Perspektif", "text": "Uraian"}
INDICATOR_FIELDS = ("name", "target", "aspect", "minimum", "maximum", "unit", "direction")


def work_plan(plan: Plan) -> WorkPlanData:
    """The plan's whole content as plain values, for comparing, copying and writing out."""
    works = tuple(
        WorkData(
            number=work.number,
            name=work.name,
            kind=work.kind,
            superior_work=work.superior_work.number if work.superior_work else None,
            assigned_by=work.assigned_by,
            perspective=work.perspective,
            indicators=tuple(
                IndicatorData(**{name: getattr(row, name) for name in INDICATOR_FIELDS})
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


def superiors_works(plans: Sequence[Plan]) -> dict[UUID, dict[int, Work]]:
    """By employee: the hasil kerja of the direct superior's plan of the same year, by number."""
    if not plans:
        return {}
    people = [plan.employee_id for plan in plans]
    seats = Assignment.objects.filter(running(clock.today()), employee_id__in=people, superior__isnull=False)
    above: dict[UUID, Any] = dict(seats.values_list("employee_id", "superior_id"))
    found: dict[UUID, dict[int, Work]] = {}
    works: QuerySet[Work] = Work.objects.filter(
        plan__year=plans[0].year, plan__method=plans[0].method, plan__employee_id__in=set(above.values())
    )
    for work in works.select_related("plan"):
        found.setdefault(work.plan.employee_id, {})[work.number] = work
    return {person: found.get(superior, {}) for person, superior in above.items()}


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
    problems += _texts(where, {"assigned_by": work.assigned_by, "perspective": work.perspective}, required=False)
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


def _write(contents: Sequence[tuple[Plan, WorkPlanData]]) -> None:
    """Works keep their row by number, so that what a subordinate took up of them stays taken up."""
    plans = [plan for plan, _ in contents]
    for rows in (Expectation.objects, Appendix.objects):
        rows.filter(plan__in=plans).delete()
    Indicator.objects.filter(work__plan__in=plans).delete()
    present = {(work.plan_id, work.number): work for work in Work.objects.filter(plan__in=plans)}
    wanted = [
        (plan, data, present.pop((plan.pk, data.number), None)) for plan, content in contents for data in content.works
    ]
    Work.objects.filter(pk__in=[work.pk for work in present.values()]).delete()
    works = [_work(plan, data, kept) for plan, data, kept in wanted]
    changed = [kept for _, _, kept in wanted if kept]
    Work.objects.bulk_update(changed, ["kind", "name", "assigned_by", "perspective"], batch_size=BATCH)
    Work.objects.bulk_create(
        [work for work, (_, _, kept) in zip(works, wanted, strict=True) if not kept], batch_size=BATCH
    )
    _link(works, [data for _, data, _ in wanted], plans)
    rest = [row for work, (_, data, _) in zip(works, wanted, strict=True) for row in _indicators(work, data)]
    Indicator.objects.bulk_create(rest, batch_size=BATCH)
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


def _work(plan: Plan, data: WorkData, kept: Work | None) -> Work:
    work = kept or Work(plan=plan, number=data.number)
    work.kind, work.name = data.kind, data.name
    work.assigned_by, work.perspective = data.assigned_by, data.perspective
    return work


def _link(works: Sequence[Work], wanted: Sequence[WorkData], plans: Sequence[Plan]) -> None:
    """Which one of the superior's each takes up, once all plans of this write are there."""
    above = superiors_works(plans)
    people = {plan.pk: plan.employee_id for plan in plans}
    for work, data in zip(works, wanted, strict=True):
        work.superior_work = above.get(people[work.plan_id], {}).get(data.superior_work or 0)
    Work.objects.bulk_update(works, ["superior_work"], batch_size=BATCH)


def _indicators(work: Work, data: WorkData) -> Iterator[Indicator]:
    for number, row in enumerate(data.indicators, start=1):
        yield Indicator(work=work, number=number, **{name: getattr(row, name) for name in INDICATOR_FIELDS})


def _appendices(plan: Plan, data: WorkPlanData) -> Iterator[Appendix]:
    for kind, texts in data.appendices.items():
        for number, text in enumerate(texts, start=1):
            yield Appendix(plan=plan, kind=kind, number=number, text=text)


def _plain(data: WorkPlanData) -> dict[str, Any]:
    return asdict(data)


WORKS = Content(
    ("works__indicators", "works__superior_work", "expectations", "appendices"), work_plan, _problems, _write, _plain
)
