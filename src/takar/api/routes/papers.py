"""Documents, plans and notices."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from takar.accounts.actions import throttle
from takar.api.door import ACTS, ApiRequest, TooOften
from takar.api.paging import Paging, Portion
from takar.api.rows import Row, document_row, plain, plan_row
from takar.api.schemas import answers
from takar.api.schemas.requests import CheckIn, ReadIn
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.plan_policies import visible_plans
from takar.appraisal.plan_queries import newest
from takar.casework.models import CaseDocument
from takar.casework.queries import visible_cases
from takar.common.addresses import client_address
from takar.common.errors import InvalidInput, NotAllowed
from takar.documents.checking import TITLES
from takar.documents.models import Document
from takar.documents.registry import document_with, entry_of
from takar.files.queries import read
from takar.notices.actions import mark_read
from takar.notices.queries import notices_of

router = Router()
RELATED = ("file", "signed_file", "successor")
TRIES, SECONDS = 20, 300
TOO_OFTEN = "Terlalu banyak pemeriksaan dari alamat ini. Tunggu lima menit, lalu coba lagi."
UNKNOWN_WORD = "Tidak ada dokumen dengan nomor dan kata periksa itu. Periksa kembali keduanya pada blok tanda tangan."


class WantedDocuments(Schema):
    year: int | None = Field(None, ge=1900, le=9999)


@router.get("/documents", response=answers.DocumentsOut, summary="Daftar dokumen", tags=["Dokumen"])
def documents(request: ApiRequest, wanted: Query[WantedDocuments], paging: Query[Paging]) -> Row:
    """Dokumen dari berkas yang boleh Anda lihat, menurut nomornya."""
    rows = Document.objects.filter(case_link__case__in=visible_cases(request.employee).values("pk"))
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    rows = rows.select_related(*RELATED).prefetch_related("signatures__file")
    portion = Portion(rows, {"number": "text", "pk": "uuid"}, paging)
    return {"items": [document_row(document) for document in portion.rows], "next": portion.next}


@router.get("/documents/{uuid:document_id}", response=answers.DocumentOut, summary="Satu dokumen", tags=["Dokumen"])
def document(request: ApiRequest, document_id: UUID) -> Row:
    """Dokumen dengan tanda tangannya dan kata periksanya."""
    found = _visible(request, document_id)
    signatures = [
        {"name": one.name, "signed_as": one.signed_as, "method": one.method, "signed_at": one.signed_at}
        for one in sorted(found.signatures.all(), key=lambda one: one.pk)
    ]
    return {**document_row(found), "check_word": found.check_word, "signatures": signatures}


@router.get("/documents/{uuid:document_id}/content", summary="Isi dokumen", tags=["Dokumen"])
def content(request: ApiRequest, document_id: UUID) -> HttpResponse:
    """Terbitan yang berlaku, dengan semua tanda tangannya: PDF, atau pindaian bila ditandatangani dengan pena."""
    found = _visible(request, document_id)
    edition = found.final_file
    response = HttpResponse(read(edition), content_type=edition.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.number.replace("/", "-")}"'
    response["ETag"] = f'"{edition.sha256}"'
    return response


@router.post("/documents/check", response=answers.CheckOut, auth=None, summary="Periksa dokumen", tags=["Dokumen"])
def check(request: ApiRequest, body: CheckIn) -> Row:
    """Keaslian dokumen menurut nomor dan kata periksanya; tanpa kunci, seperti halaman Periksa."""
    try:
        throttle(key=f"periksa:{client_address(request)}"[:100], most=TRIES, told=TOO_OFTEN)
    except NotAllowed as error:
        raise TooOften(error.message, SECONDS) from error
    found = document_with(number=body.number, word=body.word)
    if found is None:
        raise InvalidInput(UNKNOWN_WORD)
    entry = entry_of(found)
    return {
        "state": entry.state.value,
        "title": TITLES[entry.state],
        "sentence": entry.sentence,
        "number": entry.number,
        "agency": entry.agency,
        "issued_at": entry.issued_at,
    }


def _visible(request: ApiRequest, document_id: UUID) -> Document:
    """The document, if the reader may see its case."""
    cases = visible_cases(request.employee).values("pk")
    links = CaseDocument.objects.select_related(*(f"document__{name}" for name in RELATED))
    found: Document = get_object_or_404(links, document=document_id, case__in=cases).document
    return found


class WantedPlans(Schema):
    year: int | None = Field(None, ge=1900, le=9999)
    state: Literal["", "draf", "diajukan", "diserahkan", "disepakati"] = ""


@router.get("/plans", response=answers.PlansOut, summary="Daftar SKP", tags=["SKP"])
def plans(request: ApiRequest, wanted: Query[WantedPlans], paging: Query[Paging]) -> Row:
    """Versi terbaru SKP yang boleh Anda lihat, menurut tahun."""
    rows = newest(visible_plans(request.employee)).select_related("employee")
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    portion = Portion(rows, {"-year": "number", "pk": "uuid"}, paging)
    return {"items": [plan_row(plan) for plan in portion.rows], "next": portion.next}


@router.get("/plans/{uuid:plan_id}", response=answers.PlanOut, summary="Satu SKP", tags=["SKP"])
def plan(request: ApiRequest, plan_id: UUID) -> Row:
    """SKP dengan isinya."""
    found = get_object_or_404(visible_plans(request.employee).select_related("employee"), pk=plan_id)
    content = CONTENTS[found.method]
    return {**plan_row(found), "content": plain(content.plain(content.read(found)))}


@router.get("/notices", response=answers.NoticesOut, summary="Pemberitahuan", tags=["Pemberitahuan"])
def notices(request: ApiRequest, paging: Query[Paging]) -> Row:
    """Pemberitahuan untuk Anda, yang terbaru lebih dahulu."""
    portion = Portion(notices_of(request.employee), {"-created_at": "moment", "-pk": "uuid"}, paging)
    rows = [
        {
            "id": notice.pk,
            "kind": notice.kind,
            "text": notice.text,
            "case": notice.case_key,
            "step": notice.step,
            "created_at": notice.created_at,
            "read_at": notice.read_at,
        }
        for notice in portion.rows
    ]
    return {"items": rows, "next": portion.next}


@router.post("/notices/read", response=answers.Read, auth=ACTS, summary="Tandai dibaca", tags=["Pemberitahuan"])
def read_notices(request: ApiRequest, body: ReadIn) -> Row:
    """Tandai pemberitahuan ini sudah dibaca; null berarti semuanya."""
    mark_read(actor=request.employee, notice_ids=body.ids)
    return {"unread": notices_of(request.employee).filter(read_at__isnull=True).count()}
