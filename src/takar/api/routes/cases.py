"""Cases: the list, one of them with its visits, documents, history and result, and what follows the approval."""

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from takar.api.conditions import IF_MATCH, seen_version
from takar.api.door import ACTS, ApiRequest
from takar.api.paging import Paging, Portion
from takar.api.rows import Row, case_row, document_row, figure, period_row, step_row, visit_row
from takar.api.schemas import answers
from takar.api.schemas.requests import ActIn, decoded
from takar.api.signing import pen_of
from takar.appraisal.assessment_json import draft_from
from takar.appraisal.queries import difference_of
from takar.audit.queries import events_of
from takar.casework import terms
from takar.casework.act_policies import can_read_texts, check_can_record
from takar.casework.acts import record_act
from takar.casework.aftermath import DESK, TOLD, hindrance
from takar.casework.models import Act, Case
from takar.casework.queries import CaseFilter, filtered, periods_of, visible_cases
from takar.casework.working import version_of
from takar.common.errors import NotAllowed
from takar.procedures.queries import history, sop_of

router = Router(tags=["Berkas"])
RELATED = (
    "period", "run__version", "open_step", "appraisal__plan", "appraisal__decision", "agency", "assignee", "employee",
    "assessor", "assessor_superior",
)  # fmt: skip


class Wanted(Schema):
    period: str = Field("", max_length=20, description="Kode periode; kosong berarti semua.")
    q: str = Field("", max_length=100, description="Nama, nomor berkas, atau awal NIP.")
    step: int | None = Field(None, ge=0, le=99, description="Nomor langkah; 0 berarti selesai.")
    unit: str = Field("", max_length=200)
    returned: bool = False
    time: Literal["", "terlambat", "hampir"] = ""


@router.get("/cases", response=answers.CasesOut, summary="Daftar berkas")
def cases(request: ApiRequest, wanted: Query[Wanted], paging: Query[Paging]) -> Row:
    """Berkas yang boleh Anda lihat, menurut nama."""
    rows = visible_cases(request.employee)
    if wanted.period:
        rows = rows.filter(period__in=periods_of(request.employee.agency_id).filter(code=wanted.period).order_by())
    found = filtered(rows, CaseFilter(wanted.q, wanted.step, wanted.unit, wanted.returned, wanted.time))
    portion = Portion(found.select_related("assignee"), {"name": "text", "pk": "uuid"}, paging)
    return {"items": [case_row(case) for case in portion.rows], "next": portion.next}


@router.get("/cases/{uuid:case_id}", response=answers.CaseOut, summary="Satu berkas")
def case(request: ApiRequest, response: HttpResponse, case_id: UUID) -> Row:
    """Berkas dengan langkah-langkahnya, orangnya, dan dokumennya. Kepala ETag memuat versinya."""
    found = _visible(request, case_id)
    links = found.documents.select_related("document__file", "document__signed_file", "document__successor")
    kept, version = found.appraisal.in_force, version_of(found)
    response["ETag"] = f'"{version}"'
    return {
        **case_row(found),
        "version": version,
        "period": period_row(found.period),
        "method": found.appraisal.method,
        "people": {key: who["name"] for key, who in found.snapshot.items() if isinstance(who, dict) and "name" in who},
        "steps": [step_row(step) for step in sop_of(found.run.version).flow.steps],
        "visits": [visit_row(run) for run in history(found.run)],
        "documents": [document_row(link.document) for link in links.order_by("pk")],
        "approved_at": found.appraisal.approved_at,
        "category": kept.category or None,
        "final_value": figure(kept.final_value),
    }


@router.get("/cases/{uuid:case_id}/history", response=answers.HistoryOut, summary="Riwayat satu berkas")
def case_history(request: ApiRequest, case_id: UUID, paging: Query[Paging]) -> Row:
    """Peristiwa berkas menurut urutannya, masing-masing dengan sidiknya dalam rangkaian."""
    found = _visible(request, case_id)
    portion = Portion(events_of(found.stream), {"seq": "number"}, paging)
    rows = [
        {
            "number": event.seq,
            "at": event.at,
            "who": event.actor_name,
            "acting_as": event.acting_as,
            "what": event.verb,
            "reason": event.reason,
            "hash": event.hash,
        }
        for event in portion.rows
    ]
    return {"items": rows, "next": portion.next}


@router.get("/cases/{uuid:case_id}/result", response=answers.ResultOut, summary="Hasil dengan perhitungannya")
def result(request: ApiRequest, case_id: UUID) -> Row:
    """Hasil yang berlaku, setiap baris perhitungannya dengan pasalnya. 404 selama belum disetujui."""
    kept = _visible(request, case_id).appraisal
    stored = kept.in_force.result
    if stored is None:
        raise Http404
    return {**stored, "decided": kept.in_force is not kept}


@router.get("/cases/{uuid:case_id}/recompute", response=answers.RecomputeOut, summary="Hitung ulang satu hasil")
def recompute(request: ApiRequest, case_id: UUID) -> Row:
    """Hitung ulang dari masukan yang tersimpan dan bandingkan; hasil tersimpan tidak berubah."""
    kept = _visible(request, case_id).appraisal
    if kept.in_force.result is None:
        raise Http404
    difference = difference_of(kept)
    return {"same": not difference, "difference": difference}


@router.get("/cases/{uuid:case_id}/acts", response=answers.ActsOut, summary="Sesudah penilaian")
def acts(request: ApiRequest, case_id: UUID) -> Row:
    """Tindakan sesudah penilaian, tenggatnya, dan tindakan yang kini dapat Anda lakukan."""
    found = _visible(request, case_id)
    return _acts(request, found)


@router.post("/cases/{uuid:case_id}/acts", response=answers.ActsOut, auth=ACTS, summary="Catat tindakan")
def record(request: ApiRequest, case_id: UUID, body: ActIn, if_match: str = IF_MATCH) -> Row:
    """Lakukan satu tindakan sesudah penilaian, misalnya menyerahkan, menerima, atau berkeberatan."""
    found = _visible(request, case_id)
    draft = draft_from(body.assessment, found.appraisal) if body.assessment is not None else None
    record_act(
        actor=request.employee,
        case_id=found.pk,
        kind=body.kind,
        text=body.text,
        on=body.on,
        files=[(file.name, decoded(file.content)) for file in body.files],
        draft=draft,
        password=body.password,
        code=body.code,
        seen_sha256=body.seen_sha256,
        pen=pen_of(body),
        seen=seen_version(if_match),
    )
    return _acts(request, _visible(request, case_id))


def _acts(request: ApiRequest, found: Case) -> Row:
    state, readable = terms.state_of(found), can_read_texts(request.employee, found)
    rows = Act.objects.filter(case=found).select_related("by").order_by("at", "pk")
    return {
        "version": version_of(found),
        "acts": [_act(act, readable=readable) for act in rows],
        "terms": [
            {
                "rule": standing.rule.key,
                "who": standing.rule.who,
                "sentence": standing.sentence,
                "due": standing.due,
                "passed": standing.passed,
                "basis": standing.rule.basis,
            }
            for standing in state.standings
        ],
        "open": list(_open(request, found, state)),
        "in_effect_since": state.in_effect_since,
    }


def _act(act: Act, *, readable: bool) -> Row:
    return {
        "kind": act.kind,
        "what": TOLD[act.kind],
        "at": act.at,
        "recorded_at": act.recorded_at,
        "by": act.by.full_name,
        "acting_as": act.acting_as,
        "text": act.text if readable else "",
    }


def _open(request: ApiRequest, found: Case, state: terms.State) -> Any:
    for kind in state.regime.kinds:
        if hindrance(kind, state.facts):
            continue
        try:
            role = check_can_record(request.employee, found, kind)
        except NotAllowed:
            continue
        yield {
            "kind": kind.key,
            "label": kind.label,
            "acting_as": role,
            "asks_password": kind.binding and role != DESK,
            "text_required": kind.text_required or role == DESK,
        }


def _visible(request: ApiRequest, case_id: UUID) -> Case:
    """A stranger learns nothing."""
    return get_object_or_404(visible_cases(request.employee).select_related(*RELATED), pk=case_id)
