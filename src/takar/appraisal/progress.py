"""Realisation through the year: recorded by the employee as it happens, and what the form of step 1 starts from.

An entry belongs to a row of the plan over all its versions, by the row's key. A form that nobody has edited yet is filled
from the entries of its own period and says so in each line; what somebody has typed is never touched.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from takar.appraisal.enums import FormState, Source, Stage
from takar.appraisal.evidence import media_type_of
from takar.appraisal.figures import column_problems
from takar.appraisal.models import Evidence, Form, FormLine, Plan, Progress, ProgressFile
from takar.appraisal.plan_policies import Relation, relations
from takar.appraisal.plan_queries import SAME_PART, in_force
from takar.appraisal.regimes import REGIMES, Item
from takar.audit.actions import record
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.files.actions import store
from takar.organisation.models import Employee

LONGEST = 1000
WRITERS = frozenset({Relation.EMPLOYEE, Relation.DESK})
BATCH = 500


@right("progress.record", "Mencatat realisasi", Over.PLAN)
def can_record(actor: Employee, plan: Plan) -> bool:
    return bool(relations(actor, plan) & WRITERS)


def items_of_plan(plan: Plan) -> list[Item]:
    return REGIMES[plan.method].counted([plan])


@transaction.atomic
def add_progress(
    *,
    actor: Employee,
    plan: Plan,
    item: int,
    on: dt.date | None,
    text: str,
    figure: Decimal | None = None,
    cost: Decimal | None = None,
    files: Sequence[tuple[str, bytes]] = (),
) -> Progress:
    """Record what was achieved of a row by a day, with its evidence."""
    relation = _check_can_record(actor, plan)
    target = next((found for found in items_of_plan(plan) if found.number == item), None)
    problems = column_problems("Realisasi", [("figure", "Angka", figure), ("cost", "Biaya", cost)])
    if target is None:
        problems.append(Problem("Baris SKP", "Pilih dari daftar."))
    if on is None or not plan.first_day <= on <= min(plan.last_day, clock.today()):
        until = words.date(min(plan.last_day, clock.today()))
        problems.append(Problem("Tanggal", f"Isi dari {words.date(plan.first_day)} sampai {until}."))
    if not 0 < len(text.strip()) <= LONGEST:
        problems.append(Problem("Uraian", f"Wajib diisi, paling panjang {LONGEST} huruf."))
    if problems or target is None or on is None:
        raise InvalidInput("Realisasi belum dicatat.", problems)
    added = Progress.objects.create(
        agency_id=plan.agency_id, plan=plan, **{REGIMES[plan.method].link: target.row}, on=on, text=text.strip(),
        figure=figure, cost=cost, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    for name, content in files:
        file = store(content, name=name, media_type=media_type_of(name, content))
        ProgressFile.objects.create(progress=added, file=file, name=name[-200:])
    after = {"row": target.row.name, "on": on, "text": added.text, "figure": figure, "cost": cost}
    _record(actor, added, relation, "progress.recorded", {**after, "files": [name for name, _ in files]})
    _refresh(plan)
    return added


@transaction.atomic
def remove_progress(*, actor: Employee, plan: Plan, progress_id: UUID) -> None:
    """The entry stays in the history; it counts no longer."""
    relation = _check_can_record(actor, plan)
    found = progress_of(plan).filter(pk=progress_id).first()
    if found is None:
        raise NotAllowed("Catatan realisasi itu tidak ada lagi; muat ulang halaman ini.")
    found.removed_at = clock.now()
    found.save(update_fields=["removed_at"])
    _record(actor, found, relation, "progress.removed", {"row": found.row.name, "on": found.on})
    _refresh(plan)


def progress_of(plan: Plan) -> "QuerySet[Progress]":
    """What counts of the plan's part, under whichever version it was recorded."""
    same = {f"plan__{name}": getattr(plan, name) for name in SAME_PART}
    found = Progress.objects.filter(**same, removed_at__isnull=True)
    return found.select_related("activity", "indicator", "recorded_by").prefetch_related("files").order_by("on", "pk")


def prefill(forms: Iterable[Form]) -> None:
    """Fill the lines of forms that nobody has edited from what was recorded in their periods."""
    fresh = [form for form in forms if form.updated_by_id is None and form.appraisal.plan_id]
    if not fresh:
        return
    entries = _entries(fresh)
    lines: list[FormLine] = []
    for form in fresh:
        mine = entries.get((form.appraisal.employee_id, form.appraisal.method, form.appraisal.year), {})
        for line in form.lines.select_related("activity", "indicator").order_by("number") if mine else ():
            found = [entry for entry in mine.get(_key(line), []) if _within(entry, form)]
            if found or line.note:
                _fill(line, found)
                lines.append(line)
                _attach(form, line, found)
        if any(line.form_id == form.pk for line in lines):
            form.source = Source.PROGRESS
            form.save(update_fields=["source"])
    names = ("quantity", "time", "cost", "realisation", "figure", "note")
    FormLine.objects.bulk_update(lines, names, batch_size=BATCH)


def _entries(forms: Sequence[Form]) -> dict[tuple[UUID, str, int], dict[UUID, list[Progress]]]:
    """By person, regulation and year, then by the row's key."""
    people = {form.appraisal.employee_id for form in forms}
    years = {form.appraisal.year for form in forms}
    found: dict[tuple[UUID, str, int], dict[UUID, list[Progress]]] = defaultdict(lambda: defaultdict(list))
    rows = Progress.objects.filter(plan__employee_id__in=people, plan__year__in=years, removed_at__isnull=True)
    for entry in rows.select_related("plan", "activity", "indicator").prefetch_related("files").order_by("on", "pk"):
        owner = (entry.plan.employee_id, entry.plan.method, entry.plan.year)
        found[owner][entry.row.key].append(entry)
    return found


def _key(line: FormLine) -> UUID:
    """A line without target has the key of no row: its own."""
    target = line.activity or line.indicator
    return target.key if target else line.pk


def _within(entry: Progress, form: Form) -> bool:
    return form.appraisal.start <= entry.on <= form.appraisal.end


def _fill(line: FormLine, entries: Sequence[Progress]) -> None:
    """PP 46/2011 adds the entries up; an indicator tells them one after another, with the last figure."""
    figures = [entry.figure for entry in entries if entry.figure is not None]
    costs = [entry.cost for entry in entries if entry.cost is not None]
    months = len({entry.on.month for entry in entries})
    line.note = f"Dari {len(entries)} catatan realisasi, sampai {words.date(entries[-1].on)}." if entries else ""
    if line.activity is not None:
        line.quantity = sum(figures, Decimal(0)) if figures else None
        line.cost = sum(costs, Decimal(0)) if costs else None
        line.time = Decimal(months) if figures and line.activity.time_unit == "bulan" else None
        return
    line.figure = figures[-1] if figures else None
    told = "; ".join(f"{words.date(entry.on)}: {entry.text}" for entry in entries)
    line.realisation = told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _attach(form: Form, line: FormLine, entries: Sequence[Progress]) -> None:
    """The files of the entries become evidence of the line, each once."""
    present = set(form.appraisal.evidence.values_list("file_id", flat=True))
    link = REGIMES[form.appraisal.method].link
    Evidence.objects.bulk_create(
        Evidence(
            agency_id=form.agency_id, appraisal=form.appraisal, **{link: getattr(line, link)}, file_id=row.file_id,
            name=row.name, added_by_id=entry.recorded_by_id, added_at=clock.now(),
        )
        for entry in entries
        for row in entry.files.all()
        if row.file_id not in present
    )  # fmt: skip


def _refresh(plan: Plan) -> None:
    """Forms that are being collected and that nobody has edited take the new entry up at once."""
    waiting = Form.objects.filter(
        Q(appraisal__plan__part=plan.part) | Q(appraisal__earlier_plans__part=plan.part),
        stage=Stage.COLLECTED,
        state=FormState.DRAFT,
        appraisal__employee_id=plan.employee_id,
        appraisal__year=plan.year,
        appraisal__method=plan.method,
    )
    prefill(waiting.select_related("appraisal__plan").distinct())


def _check_can_record(actor: Employee, plan: Plan) -> Relation:
    held = [relation for relation in Relation if relation in relations(actor, plan) & WRITERS]
    if not held:
        raise NotAllowed("Realisasi dicatat oleh pegawai yang bersangkutan, atau pengelola kepegawaian untuknya.")
    if not in_force(Plan.objects.filter(pk=plan.pk)).exists():
        raise NotAllowed("Realisasi dicatat pada versi SKP yang berlaku; buka versi yang disepakati terakhir.")
    return held[0]


def _record(actor: Employee, entry: Progress, relation: Relation, verb: str, after: dict[str, object]) -> None:
    record(
        stream=entry.plan.stream,
        verb=verb,
        by=actor.by(relation),
        subject=f"progress:{entry.pk}",
        after=after,
    )
