"""Who I am, the office's periods and people, its SOP, how a period goes, and the trail."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from takar.accounts.adapter import normal_username
from takar.api.door import ApiRequest
from takar.api.paging import Paging, Portion
from takar.api.rows import Row, period_row, person_row
from takar.api.schemas import answers
from takar.audit.models import Checkpoint
from takar.casework.models import Period
from takar.casework.queries import periods_of
from takar.common import clock
from takar.organisation.models import Assignment
from takar.organisation.policies import can_read_trail, check_can_manage_office
from takar.organisation.queries import assignments_on, mandates_of, roles_of
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of
from takar.reports import progress as figures
from takar.review.policies import check_can_oversee
from takar.rules.bpmn import to_bpmn

router = Router()
BPMN = "application/xml"


@router.get("/me", response=answers.Me, summary="Siapa saya", tags=["Kantor"])
def me(request: ApiRequest) -> Row:
    """Pemegang kunci: orangnya, kantornya, peran dan mandatnya hari ini."""
    person, today = request.employee, clock.today()
    return {
        "person": person_row(person),
        "agency": person.agency.name,
        "roles": sorted(roles_of(person, today)),
        "mandates": [{"title": mandate.title, "until": mandate.end} for mandate in mandates_of(person, today)],
        "scope": request.token.scope,
        "key": request.token.name,
        "key_expires_at": request.token.expires_at,
    }


@router.get("/periods", response=answers.PeriodsOut, summary="Periode penilaian kantor", tags=["Kantor"])
def periods(request: ApiRequest) -> Row:
    """Semua periode penilaian kantor, yang terbaru lebih dahulu."""
    return {"items": [period_row(period) for period in periods_of(request.employee.agency_id)]}


class Sought(Schema):
    q: str = Field("", max_length=100, description="Nama, NIP, atau unit kerja.")


@router.get("/employees", response=answers.EmployeesOut, summary="Daftar pegawai", tags=["Kantor"])
def employees(request: ApiRequest, wanted: Query[Sought], paging: Query[Paging]) -> Row:
    """Pegawai kantor pada hari ini; untuk Administrator dan Kasubbag, seperti halaman Kantor."""
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    rows = assignments_on(agency.pk, clock.today()).select_related("employee__user")
    compact = normal_username(wanted.q)
    for word in [compact] if compact.isdigit() else wanted.q.split():
        rows = rows.filter(
            Q(employee__name__icontains=word) | Q(employee__nip__startswith=word) | Q(unit__name__icontains=word)
        )
    portion = Portion(rows, {"employee__name": "text", "employee_id": "uuid", "pk": "uuid"}, paging)
    return {"items": [_seat(seat) for seat in portion.rows], "next": portion.next}


def _seat(seat: Assignment) -> Row:
    person = seat.employee
    return {
        **person_row(person),
        "kind": person.kind,
        "rank": person.rank,
        "standing": person.standing,
        "post": seat.post,
        "post_kind": seat.post_kind,
        "unit": seat.unit.name,
        "superior": seat.superior.nip if seat.superior else None,
        "active": person.user.is_active,
    }


@router.get("/sop", response=answers.SopsOut, summary="Versi SOP", tags=["SOP"])
def sops(request: ApiRequest) -> Row:
    """Semua versi SOP kantor, yang terbaru lebih dahulu."""
    return {"items": [_sop_row(version) for version in _versions(request).order_by("-version", "pk")]}


@router.get("/sop/{uuid:version_id}", response=answers.SopOut, summary="Satu versi SOP", tags=["SOP"])
def sop(request: ApiRequest, version_id: UUID) -> Row:
    """Isi SOP sebagai data: pelaksana, langkah, mutu baku, dan pengembaliannya."""
    found = get_object_or_404(_versions(request), pk=version_id)
    return {**_sop_row(found), "content": found.content}


@router.get("/sop/{uuid:version_id}/bpmn", summary="Satu versi SOP sebagai BPMN 2.0", tags=["SOP"])
def bpmn(request: ApiRequest, version_id: UUID) -> HttpResponse:
    """Alur yang sama untuk mesin dan program gambar lain."""
    found = get_object_or_404(_versions(request), pk=version_id)
    response = HttpResponse(to_bpmn(sop_of(found)), content_type=BPMN)
    response["Content-Disposition"] = f'attachment; filename="sop-versi-{found.version}.bpmn"'
    return response


def _versions(request: ApiRequest) -> Any:
    return ProcedureVersion.objects.filter(agency=request.employee.agency)


def _sop_row(version: ProcedureVersion) -> Row:
    names = ("id", "number", "version", "state", "approved_on", "effective_on")
    return {name: getattr(version, name) for name in names}


@router.get(
    "/reports/{uuid:period_id}/progress",
    response=answers.ProgressOut,
    summary="Kemajuan satu periode",
    tags=["Laporan"],
)
def progress(request: ApiRequest, period_id: UUID) -> Row:
    """Di mana berkas berada, apa yang terlambat, dan berapa lama langkahnya; untuk yang mengawasi pelaksanaan SOP."""
    mine = periods_of(request.employee.agency_id).select_related("agency", "version", "sums")
    period: Period = get_object_or_404(mine, pk=period_id)
    check_can_oversee(request.employee, period.agency)
    report = figures.report_of(period, [period])
    return {
        "period": period_row(period),
        "open": report.open,
        "late": report.late,
        "closed": report.closed,
        "steps": report.steps,
        "units": report.units,
        "returns": report.sums.returns if report.sums else [],
        "forecast": report.forecast.day,
        "counted": report.sums is not None,
        "counted_at": report.counted_at,
    }


@router.get("/trail", response=answers.TrailOut, summary="Titik periksa jejak audit", tags=["Jejak"])
def trail(request: ApiRequest, paging: Query[Paging]) -> Row:
    """Titik periksa bertanda tangan atas semua peristiwa, yang terbaru lebih dahulu; seperti halaman Jejak."""
    if not can_read_trail(request.employee):
        raise Http404
    portion = Portion(Checkpoint.objects.all(), {"-size": "number"}, paging)
    return {"items": portion.rows, "next": portion.next}
