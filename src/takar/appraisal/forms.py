"""Writes on the formulir kinerja: versions that are filled, sent, accepted or returned, and never changed afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import CharField, UUIDField

from takar.appraisal.enums import Counted, FormState, Source, Stage, Studied
from takar.appraisal.form_checks import FIGURES, SAID, check_form
from takar.appraisal.models import Appraisal, Difference, Form, FormExtra, FormLine, FormStudy, Plan
from takar.appraisal.progress import prefill
from takar.appraisal.regimes import REGIMES, items_of, regime_of
from takar.appraisal.types import DifferenceData, ExtraData, FormData, LineData, StudyData
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.prepared import Prepared, Slot
from takar.files.models import StoredFile
from takar.organisation.models import Employee

BATCH = 500
YES_NO = {True: "ya", False: "tidak"}
LONGEST_ANSWER = 500


def open_first_forms(appraisals: Sequence[Appraisal]) -> None:
    """An empty collected form with a line per item of the plan, for many appraisals in few statements.

    Whoever is on tugas belajar reports also without a plan.
    """
    ready = [appraisal for appraisal in appraisals if appraisal.plan_id or appraisal.study]
    forms = [_blank(appraisal, Stage.COLLECTED, 1, Source.SCREEN) for appraisal in ready]
    Form.objects.bulk_create(forms, batch_size=BATCH)
    for method, regime in REGIMES.items():
        mine = [form for form in forms if form.appraisal.method == method and form.appraisal.plan]
        plans = {form.pk: form.appraisal.plans for form in mine}
        items = regime.items([plan for several in plans.values() for plan in several])
        lines = [
            FormLine(form=form, number=number, name=item.row.name, **{regime.link: item.row})
            for form in mine
            for number, item in enumerate(chain.from_iterable(items[plan.pk] for plan in plans[form.pk]), start=1)
        ]
        FormLine.objects.bulk_create(lines, batch_size=BATCH)
    prefill(forms)


def attach_plans(plans: Mapping[UUID, Plan], year: int, method: str) -> None:
    """Targets that arrive after the period was opened reach the appraisals that wait for them."""
    wanted = Appraisal.objects.filter(plan__isnull=True, year=year, method=method, employee_id__in=plans.keys())
    waiting = [appraisal for appraisal in wanted if not without_plan(appraisal)]
    for appraisal in waiting:
        appraisal.plan = plans[appraisal.employee_id]
    Appraisal.objects.bulk_update(waiting, ["plan"], batch_size=BATCH)
    open_first_forms([appraisal for appraisal in waiting if not appraisal.study])


def without_plan(appraisal: Appraisal) -> bool:
    """Whoever is on tugas belajar has no SKP under PP 46/2011 (Pasal 30 ayat (2)): the grade takes its place."""
    return appraisal.study and not regime_of(appraisal).study_has_plan


def is_filled(data: FormData) -> bool:
    """Whether anything was reported at all."""
    lines = any(line.realisation or any(getattr(line, name) is not None for name in FIGURES) for line in data.lines)
    return lines or (data.study is not None and data.study != StudyData())


def draft_of(appraisal: Appraisal, stage: Stage) -> Form:
    """The version that is being filled."""
    found = latest(appraisal, stage, FormState.DRAFT)
    if found is None:
        raise NotAllowed(
            "Formulir ini tidak sedang diisi. Bila targetnya belum ada, isilah dahulu target SKP pegawai tersebut."
        )
    return found


def latest(appraisal: Appraisal, stage: Stage, *states: FormState) -> Form | None:
    """The newest version of the stage, in one of these states."""
    for form in _latest(states or tuple(FormState))(appraisal=appraisal.pk, stage=stage):
        form.appraisal = appraisal
        return form
    return None


@cache
def _latest(states: tuple[FormState, ...]) -> Prepared[Form]:
    forms = Form.objects.filter(appraisal=Slot("appraisal", UUIDField()), stage=Slot("stage", CharField()))
    return Prepared(lambda: forms.filter(state__in=states).order_by("-version")[:1])


def data_of(form: Form) -> FormData:
    """The form's content as plain values."""
    lines = tuple(
        LineData(
            line.number if line.activity_id or line.indicator_id else None,
            line.name,
            note=line.note,
            **{name: getattr(line, name) for name in SAID},
        )
        for line in form.kept_lines
    )
    extras = tuple(ExtraData(e.kind, e.name, e.level, e.letter) for e in form.kept_extras)
    return FormData(lines, extras, form.kept_study if form.appraisal.study else None)


def save_draft(
    *,
    actor: Employee,
    acting_as: str,
    appraisal: Appraisal,
    stage: Stage,
    data: FormData,
    source: Source,
    file: StoredFile | None = None,
) -> Form:
    """Replace the draft's content; the audit event names each figure that changed."""
    form = draft_of(appraisal, stage)
    before = data_of(form)
    complete = _complete(data, appraisal)
    check_form(complete)
    if complete == before and file is None:
        return form
    write_content(form, complete)
    form.source, form.updated_at, form.updated_by = source, clock.now(), actor
    form.file = file or form.file
    form.save(update_fields=["source", "updated_at", "updated_by", "file"])
    old, new = changes(before, complete)
    record(
        stream=f"case:{appraisal.pk}",
        verb=f"form.{stage.value}.saved",
        by=actor.by(acting_as),
        subject=f"form:{form.pk}",
        before=old,
        after={**new, "source": source.value, **({"sha256": file.sha256} if file else {})},
    )
    return form


def copy_to_draft(source: Form, stage: Stage) -> Form:
    """A new version of `stage` that starts with the content of `source`."""
    before = latest(source.appraisal, stage)
    form = _blank(source.appraisal, stage, before.version + 1 if before else 1, Source.COPY)
    form.save()
    _write(form, data_of(source))
    return form


def set_state(form: Form, state: FormState) -> None:
    form.state = state
    form.save(update_fields=["state"])


def write_content(form: Form, data: FormData) -> None:
    """Make the form's rows say exactly `data`."""
    form.lines.all().delete()
    form.extras.all().delete()
    _write(form, data)


def _write(form: Form, data: FormData) -> None:
    form.forget()
    link = regime_of(form.appraisal).link
    items = {item.number: item.row for item in items_of(form.appraisal)}
    lines = [
        FormLine(
            form=form,
            number=number,
            name=line.name,
            note=line.note,
            **{link: items.get(line.item) if line.item else None},
            **{name: getattr(line, name) for name in SAID},
        )
        for number, line in enumerate(data.lines, start=1)
    ]
    FormLine.objects.bulk_create(lines)
    if data.study is not None:
        FormStudy.objects.update_or_create(form=form, defaults=asdict(data.study))
    counts: dict[str, int] = {}
    extras = []
    for extra in data.extras:
        counts[extra.kind] = counts.get(extra.kind, 0) + 1
        extras.append(
            FormExtra(
                form=form,
                kind=extra.kind,
                number=counts[extra.kind],
                name=extra.name,
                level=extra.level,
                letter=extra.letter,
            )
        )
    FormExtra.objects.bulk_create(extras)


def differences(accepted: FormData, entered: FormData) -> list[DifferenceData]:
    """Every figure that was entered otherwise than accepted; lines correspond by their number.

    The unsur penunjang count by their number and level, which the points depend on.
    """
    found = []
    empty = LineData(None)
    for number in range(1, max(len(accepted.lines), len(entered.lines)) + 1):
        old = accepted.lines[number - 1] if number <= len(accepted.lines) else empty
        new = entered.lines[number - 1] if number <= len(entered.lines) else empty
        found += [
            DifferenceData(number, new.name or old.name, name, str(label), getattr(old, name), getattr(new, name))
            for name, label in SAID.items()
            if getattr(old, name) != getattr(new, name)
        ]
    counts = _counts(accepted), _counts(entered)
    found += [
        DifferenceData(0, "Unsur penunjang", key, label, Decimal(counts[0][key]), Decimal(counts[1][key]))
        for key, label in Counted.choices
        if counts[0][key] != counts[1][key]
    ]
    return found + _study_differences(accepted.study or StudyData(), entered.study or StudyData())


def _study_differences(accepted: StudyData, entered: StudyData) -> list[DifferenceData]:
    pairs = [(key, label, getattr(accepted, key), getattr(entered, key)) for key, label in Studied.choices]
    return [
        DifferenceData(0, "Tugas belajar", key, str(label), *(YES_NO.get(value, value) for value in (old, new)))
        for key, label, old, new in pairs
        if old != new
    ]


def _counts(data: FormData) -> Counter[str]:
    """How many tugas tambahan, and how many kreativitas of each level."""
    return Counter(extra.level or extra.kind for extra in data.extras)


def answer_differences(form: Form, found: Iterable[DifferenceData], answers: Mapping[str, str]) -> None:
    """Keep each difference with its answer; one without an answer stops the act."""
    found = list(found)
    problems = [
        Problem(d.place, problem) for d in found if (problem := _answer_problem(answers.get(d.key, "").strip()))
    ]
    if problems:
        raise InvalidInput("Ada perbedaan yang belum dijelaskan.", problems)
    form.differences.all().delete()
    Difference.objects.bulk_create(
        Difference(
            form=form,
            line=d.line,
            figure=d.figure,
            answer=answers[d.key].strip(),
            **_compared("accepted", d.accepted),
            **_compared("entered", d.entered),
        )
        for d in found
    )


def _compared(side: str, value: Decimal | str | None) -> dict[str, Any]:
    """A figure has its column, words have another."""
    return {f"{side}_text": value} if isinstance(value, str) else {side: value}


def _answer_problem(answer: str) -> str:
    if not answer:
        return "Angka ini berbeda dari yang diterima Kasubbag; tuliskan alasannya, atau samakan kembali."
    return f"Alasannya paling panjang {LONGEST_ANSWER} huruf; pendekkan." if len(answer) > LONGEST_ANSWER else ""


def changes(before: FormData, after: FormData) -> tuple[dict[str, object], dict[str, object]]:
    """Old and new of what differs, keyed "baris 2 quantity", for the audit event."""
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    for d in differences(before, after):
        old[f"baris {d.line} {d.figure}"], new[f"baris {d.line} {d.figure}"] = d.accepted, d.entered
    notes = [tuple(line.note for line in data.lines) for data in (before, after)]
    if notes[0] != notes[1]:
        old["keterangan"], new["keterangan"] = notes
    if before.extras != after.extras:
        old["unsur penunjang"], new["unsur penunjang"] = ([e.name for e in data.extras] for data in (before, after))
    return old, new


def _complete(data: FormData, appraisal: Appraisal) -> FormData:
    """Each item of the plan once, in the plan's order and words, then what was done without a target."""
    given = {line.item: line for line in data.lines if line.item is not None}
    lines = [replace(given.get(item.number, LineData(item.number)), name=item.row.name) for item in items_of(appraisal)]
    lines += [line for line in data.lines if line.item is None and line.name.strip()]
    extras = tuple(extra for extra in data.extras if extra.name.strip())
    return FormData(tuple(lines), extras, data.study or StudyData() if appraisal.study else None)


def _blank(appraisal: Appraisal, stage: Stage, version: int, source: Source) -> Form:
    return Form(
        agency_id=appraisal.agency_id,
        appraisal=appraisal,
        stage=stage,
        version=version,
        source=source,
        updated_at=clock.now(),
    )
