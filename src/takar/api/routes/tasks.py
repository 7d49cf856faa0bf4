"""Tugas Saya: what waits for me, and the acts on an open step."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from takar.accounts.second_factor import has_second_factor
from takar.api.conditions import IF_MATCH, seen_version
from takar.api.door import ACTS, ApiRequest
from takar.api.paging import Paging, Portion
from takar.api.rows import Row, case_row, form_content, step_row
from takar.api.schemas import answers
from takar.api.schemas.requests import FormIn, ReturnIn, StepIn
from takar.api.signing import pen_of
from takar.appraisal import evaluation, forms
from takar.appraisal.assessment_json import draft_from
from takar.appraisal.enums import FormState, Stage
from takar.appraisal.models import Form
from takar.appraisal.regimes import items_of, regime_of
from takar.appraisal.types import FormData
from takar.casework import actions
from takar.casework.capacity import capacity_of
from takar.casework.models import Case
from takar.casework.policies import check_can_act, tell_former_holder
from takar.casework.queries import case_at, own_tasks
from takar.casework.steps import SIGNING, StepData, accepted_data, document_of
from takar.casework.working import Timing, begin_work, pause_work, version_of
from takar.common import words
from takar.common.errors import InvalidInput, Problem
from takar.procedures.queries import sop_of
from takar.rules.flow import Step, StepKind

router = Router(tags=["Tugas"])
STAGES = {StepKind.COLLECT: Stage.COLLECTED, StepKind.CHECK: Stage.COLLECTED, StepKind.ENTER: Stage.ENTERED}


class Wanted(Schema):
    step: int | None = Field(None, ge=1, le=99)


@router.get("/tasks", response=answers.CasesOut, summary="Tugas saya")
def tasks(request: ApiRequest, wanted: Query[Wanted], paging: Query[Paging]) -> Row:
    """Berkas yang langkah terbukanya giliran Anda hari ini, yang menunggu paling lama lebih dahulu."""
    rows = own_tasks(request.employee).select_related("assignee")
    if wanted.step is not None:
        rows = rows.filter(step=wanted.step)
    portion = Portion(rows, {"since": "moment", "name": "text", "pk": "uuid"}, paging)
    return {"items": [case_row(case) for case in portion.rows], "next": portion.next}


@router.get("/tasks/{uuid:task_id}", response=answers.TaskOut, summary="Satu langkah terbuka")
def task(request: ApiRequest, response: HttpResponse, task_id: UUID) -> Row:
    """Langkah yang terbuka, formulirnya, dan apa yang diminta. Kepala ETag memuat versi berkasnya."""
    case, step = _open(request, task_id)
    version, capacity = (
        version_of(case),
        capacity_of(request.employee, case, case.open_step) if case.open_step else None,
    )
    form = _form(case, step.kind)
    response["ETag"] = f'"{version}"'
    return {
        "id": task_id,
        "case": case_row(case),
        "version": version,
        "step": step_row(step),
        "mine": capacity is not None,
        "acting_as": capacity.role if capacity else None,
        "may_return_to": [target.number for target in sop_of(case.run.version).flow.may_return_to(step)],
        "asks_password": step.kind in SIGNING,
        "asks_code": step.kind in SIGNING and has_second_factor(request.employee.user),
        "form": _shown(form) if form else None,
        "differences": _differences(case, form) if form and step.kind is StepKind.ENTER else [],
        "draft": _draft(case) if step.kind is StepKind.ASSESS and capacity is not None else None,
        "seen_sha256": document_of(case).file.sha256 if step.kind is StepKind.SIGN else "",
    }


@router.post("/tasks/{uuid:task_id}/begin", response=answers.Done, auth=ACTS, summary="Mulai atau lanjutkan")
def begin(request: ApiRequest, task_id: UUID, if_match: str = IF_MATCH) -> Row:
    """Mulai mengerjakan langkah, atau lanjutkan sesudah jeda."""
    _visible(request, task_id)
    begin_work(actor=request.employee, step_run_id=task_id, seen=seen_version(if_match))
    return _done(request, task_id, "Pengerjaan dimulai.")


@router.post("/tasks/{uuid:task_id}/pause", response=answers.Done, auth=ACTS, summary="Jeda")
def pause(request: ApiRequest, task_id: UUID, if_match: str = IF_MATCH) -> Row:
    """Hentikan pengerjaan untuk sementara; tindakan berikutnya melanjutkannya."""
    _visible(request, task_id)
    pause_work(actor=request.employee, step_run_id=task_id, seen=seen_version(if_match))
    return _done(request, task_id, "Pengerjaan dijeda.")


@router.put("/tasks/{uuid:task_id}/form", response=answers.Done, auth=ACTS, summary="Simpan formulir")
def save_form(request: ApiRequest, task_id: UUID, body: FormIn, if_match: str = IF_MATCH) -> Row:
    """Langkah 1 dan 3: simpan realisasi tanpa meneruskan berkas. Isi yang tidak disebut menjadi kosong."""
    case = _mine(request, task_id)
    timing = Timing(seen=seen_version(if_match))
    actions.save_form(actor=request.employee, step_run_id=task_id, data=_form_data(case, body), timing=timing)
    return _done(request, task_id, "Isian disimpan.")


class AssessmentIn(Schema):
    assessment: dict[str, Any]


@router.put("/tasks/{uuid:task_id}/assessment", response=answers.Done, auth=ACTS, summary="Simpan penilaian")
def save_assessment(request: ApiRequest, task_id: UUID, body: AssessmentIn, if_match: str = IF_MATCH) -> Row:
    """Langkah 4: simpan penilaian yang belum selesai; bentuknya seperti pada takar act --assessment."""
    case = _mine(request, task_id)
    draft = draft_from(body.assessment, case.appraisal)
    timing = Timing(seen=seen_version(if_match))
    actions.save_assessment(actor=request.employee, step_run_id=task_id, draft=draft, timing=timing)
    return _done(request, task_id, "Penilaian disimpan.")


@router.post("/tasks/{uuid:task_id}/complete", response=answers.Done, auth=ACTS, summary="Selesaikan langkah")
def complete(request: ApiRequest, task_id: UUID, body: StepIn, if_match: str = IF_MATCH) -> Row:
    """Kerjakan langkah yang terbuka dan teruskan berkasnya. Langkah 4 dan 5 meminta kata sandi."""
    case = _mine(request, task_id)
    paper = (body.paper.start, body.paper.end) if body.paper else None
    actions.advance_case(
        actor=request.employee,
        step_run_id=task_id,
        data=_step_data(case, body),
        password=body.password,
        code=body.code,
        timing=Timing(paper=paper, seen=seen_version(if_match)),
    )
    return _done(request, task_id, "Langkah selesai; berkas diteruskan.")


@router.post("/tasks/{uuid:task_id}/return", response=answers.Done, auth=ACTS, summary="Kembalikan")
def send_back(request: ApiRequest, task_id: UUID, body: ReturnIn, if_match: str = IF_MATCH) -> Row:
    """Kembalikan berkas ke langkah yang dapat membetulkannya, dengan alasannya."""
    _visible(request, task_id)
    actions.return_case(
        actor=request.employee,
        step_run_id=task_id,
        to_step=body.to_step,
        reason=body.reason,
        timing=Timing(seen=seen_version(if_match)),
    )
    return _done(request, task_id, f"Berkas dikembalikan ke langkah {body.to_step}.")


def _visible(request: ApiRequest, task_id: UUID) -> Case:
    """The case of this step among those that the reader may see; a stranger learns nothing."""
    found = case_at(request.employee, task_id)
    if found is None:
        tell_former_holder(request.employee, task_id)
        raise Http404
    return found


def _mine(request: ApiRequest, task_id: UUID) -> Case:
    """What is sent is read only from the person whose open step it is; of a closed one the act tells who was first."""
    case = _visible(request, task_id)
    if case.open_step is not None and case.open_step_id == task_id:
        check_can_act(request.employee, case, case.open_step)
    return case


def _open(request: ApiRequest, task_id: UUID) -> tuple[Case, Step]:
    case = _visible(request, task_id)
    if case.open_step_id != task_id:
        raise Http404
    return case, sop_of(case.run.version).flow.step(case.step)


def _step_data(case: Case, body: StepIn) -> StepData:
    data = StepData(
        form=_form_data(case, body.form) if body.form else None,
        answers=body.answers,
        assessment=draft_from(body.assessment, case.appraisal) if body.assessment is not None else None,
        seen_sha256=body.seen_sha256,
        copies=None if body.copies is None else tuple(copy.data() for copy in body.copies),
        classification=body.classification,
        box=body.box,
        shelf=body.shelf,
        note=body.note,
    )
    return replace(data, pen=pen_of(body))


def _form_data(case: Case, body: FormIn) -> FormData:
    """The form, if every line belongs to an item of the plan or has a name of its own."""
    known, problems = {item.number for item in items_of(case.appraisal)}, []
    for number, line in enumerate(body.lines):
        if line.item is not None and line.item not in known:
            name = regime_of(case.appraisal).item_name
            problems.append(Problem(f"lines.{number}.item", f"{name} itu tidak ada dalam SKP pegawai ini."))
        if line.item is None and not line.name.strip():
            problems.append(Problem(f"lines.{number}.name", "Baris tanpa target harus diberi uraian."))
    if problems:
        raise InvalidInput("Formulir belum disimpan.", problems)
    return body.data()


def _form(case: Case, kind: StepKind) -> Form | None:
    """The form that is filled in, checked or assessed now."""
    if kind not in {*STAGES, StepKind.ASSESS}:
        return None
    states = (FormState.DRAFT,) if kind in {StepKind.COLLECT, StepKind.ENTER} else (FormState.SUBMITTED,)
    return forms.latest(case.appraisal, STAGES.get(kind, Stage.ENTERED), *states)


def _shown(form: Form) -> Row:
    return {"stage": form.stage, "version": form.version, "state": form.state, **form_content(forms.data_of(form))}


def _differences(case: Case, form: Form) -> list[Row]:
    found = forms.differences(accepted_data(case), forms.data_of(form))
    return [
        {"key": one.key, "where": one.place, "accepted": _said(one.accepted), "entered": _said(one.entered)}
        for one in found
    ]


def _said(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else words.figure(value)


def _draft(case: Case) -> Row:
    draft: Row = regime_of(case.appraisal).plain(evaluation.draft_of(case.appraisal))
    return draft


def _done(request: ApiRequest, task_id: UUID, message: str) -> Row:
    case = _visible(request, task_id)
    return {"case": case_row(case), "version": version_of(case), "message": message}
