"""Writes that begin with a file: keep it, show what it would do, and take in its good rows when somebody says so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from takar.appraisal.enums import ExtraKind, Source
from takar.appraisal.models import Appraisal
from takar.appraisal.plan_contents.activities import activity_rows
from takar.appraisal.plans import check_can_keep_plans, save_plans
from takar.appraisal.types import ExtraData, FormData, LineData
from takar.audit.actions import record
from takar.casework.actions import save_form
from takar.casework.models import Case
from takar.casework.queries import visible_cases
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.common.words import moment
from takar.exchange.formats.forms import FilledForm, FormTarget, read_forms
from takar.exchange.models import ImportBatch, ImportKind, ImportState
from takar.exchange.preview import PREVIEWS, Preview, StaffPreview, preview
from takar.files.actions import store
from takar.organisation import actions as organisation
from takar.organisation.models import Agency, Employee
from takar.organisation.policies import check_can_manage_office
from takar.organisation.queries import employees_by_nip
from takar.organisation.types import Summary
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHECKS = {
    ImportKind.STAFF: check_can_manage_office,
    ImportKind.TARGETS: check_can_keep_plans,
    ImportKind.WORK_PLANS: check_can_keep_plans,
}


@transaction.atomic
def upload(*, actor: Employee, agency: Agency, kind: ImportKind, name: str, content: bytes) -> ImportBatch:
    """Keep a readable file for its preview; nothing of it is taken in yet."""
    CHECKS[kind](actor, agency)
    PREVIEWS[kind](content, name=name, agency=agency)
    batch = ImportBatch.objects.create(
        agency=agency,
        kind=kind,
        file=store(content, name=name, media_type=XLSX),
        name=name[-200:],
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    after = {"name": batch.name, "sha256": batch.file.sha256, "kind": kind.value}
    record(stream=f"import:{batch.pk}", verb="import.uploaded", by=actor.by("pengelola"), after=after)
    return batch


@transaction.atomic
def apply(*, actor: Employee, batch_id: UUID, on: dt.date) -> ImportBatch:
    """Take in the good rows, once."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("agency", "file").get(pk=batch_id)
    CHECKS[ImportKind(batch.kind)](actor, batch.agency)
    if batch.applied_at is not None:
        raise AlreadyDone(f"Berkas ini sudah dimasukkan pada {moment(batch.applied_at)}; tidak ada yang berubah.")
    found = preview(batch)
    if not found.rows:
        raise InvalidInput(
            "Tidak ada baris yang benar untuk dimasukkan.", [p.as_problem() for p in found.problems[:20]]
        )
    batch.summary = _take_in(actor, batch.agency, found, on)
    batch.state, batch.applied_at = ImportState.APPLIED, clock.now()
    batch.save(update_fields=["summary", "state", "applied_at"])
    after = {"summary": batch.summary, "problems": len(found.problems)}
    record(stream=f"import:{batch.pk}", verb="import.applied", by=actor.by("pengelola"), after=after)
    return batch


def _take_in(actor: Employee, agency: Agency, found: Preview, on: dt.date) -> str:
    if not isinstance(found, StaffPreview):
        total = Summary()
        for year in found.years:
            one = save_plans(actor=actor, agency=agency, year=year, plans=found.plans(year), method=found.method)
            total = Summary(total.created + one.created, total.changed + one.changed, total.unchanged + one.unchanged)
        return f"SKP: {total}."
    people = organisation.import_staff(actor=actor, agency=agency, rows=found.people, on=on)
    if not found.roles:
        return f"Pegawai: {people}."
    known = employees_by_nip(role.nip for role in found.roles)
    holders = [(role.role.value, known[role.nip]) for role in found.roles]
    roles = organisation.set_role_holders(actor=actor, agency=agency, holders=holders, on=on)
    return f"Pegawai: {people}. Peran: {roles}."


@dataclass(frozen=True, slots=True)
class UploadLine:
    """What became of one form of one uploaded file."""

    file: str
    code: str
    name: str
    done: bool
    message: str
    problems: tuple[Problem, ...] = ()


def collect_files(*, actor: Employee, files: Sequence[tuple[str, bytes]]) -> list[UploadLine]:
    """Step 1 from files: each readable form goes into its own case, in a transaction of its own."""
    lines: list[UploadLine] = []
    for name, content in files:
        try:
            filled = read_forms(content, name=name)
        except InvalidInput as error:
            lines.append(UploadLine(name, "", "", done=False, message=error.message, problems=()))
            continue
        for form in filled:
            lines.append(_twice(name, form, lines) or _collect(actor, name, content, form))
    return lines


def _twice(name: str, form: FilledForm, lines: Sequence[UploadLine]) -> UploadLine | None:
    """The second form of the same case in one upload would silently replace the first."""
    first = next((line for line in lines if line.done and line.code == form.code), None)
    if first is None:
        return None
    text = (
        f"Formulir ini sudah terbaca dari {first.file}; pakailah satu saja, lalu unggah lagi bila yang ini yang benar."
    )
    return UploadLine(name, form.code, first.name, done=False, message=text)


def _collect(actor: Employee, name: str, content: bytes, form: FilledForm) -> UploadLine:
    related = ("open_step", "appraisal__plan", "run__version")
    case = visible_cases(actor).select_related(*related).filter(code=form.code).first()
    if case is None:
        text = f"Kode formulir {form.code or '(kosong)'} bukan berkas kantor ini; unduh formulir kosong dari Takar, lalu isi."
        return UploadLine(name, form.code, "", done=False, message=text)
    problems = tuple(problem.as_problem() for problem in form.problems)
    if problems:
        text = "Belum dimasukkan: betulkan sel yang disebut di bawah ini, lalu unggah lagi."
        return UploadLine(name, case.code, case.name, done=False, message=text, problems=problems)
    if case.open_step_id is None:
        return UploadLine(name, case.code, case.name, done=False, message="Berkas ini sudah selesai diarsipkan.")
    step = sop_of(case.run.version).flow.step(case.step)
    if step.kind is not StepKind.COLLECT:
        text = f"Berkas ini sudah di langkah {step.number} ({step.description}); formulir hanya dimasukkan selagi dikumpulkan."
        return UploadLine(name, case.code, case.name, done=False, message=text)
    try:
        with transaction.atomic():
            file = store(content, name=name, media_type=XLSX)
            save_form(actor=actor, step_run_id=case.open_step_id, data=form_data(form), source=Source.FILE, file=file)
    except DomainError as error:
        return UploadLine(name, case.code, case.name, done=False, message=error.message)
    return UploadLine(
        name, case.code, case.name, done=True, message="Terbaca.", problems=tuple(_changed_targets(case, form))
    )


def form_data(form: FilledForm) -> FormData:
    """A filled workbook as the appraisal takes it."""
    lines = tuple(
        LineData(
            line.number,
            line.name,
            line.quantity,
            line.time,
            line.cost,
            line.credit,
            line.note,
            line.realisation,
            line.figure,
        )
        for line in form.lines
    )
    additional = [ExtraData(ExtraKind.ADDITIONAL, task.description, "", task.letter) for task in form.additional_tasks]
    creativity = [
        ExtraData(ExtraKind.CREATIVITY, item.description, item.level.value if item.level else "", item.letter)
        for item in form.creativity
    ]
    return FormData(lines, (*additional, *creativity), form.study)


def _changed_targets(case: Case, form: FilledForm) -> list[Problem]:
    """A target that came back otherwise than it was sent is not taken in, and said so."""
    appraisal: Appraisal = case.appraisal
    if appraisal.plan is None:
        return []
    agreed = {row.number: FormTarget.of(row) for row in activity_rows(appraisal.plan)}
    return [
        Problem(
            f"Kegiatan {line.number}",
            "Target di berkas berbeda dari yang disepakati; yang dipakai tetap yang disepakati.",
        )
        for line in form.lines
        if line.number in agreed and line.target is not None and line.target != agreed[line.number]
    ]
