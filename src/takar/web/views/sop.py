"""The SOP as its official sheet."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from takar.common import clock
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.policies import can_read_workshop
from takar.procedures.queries import sop_of, version_in_force
from takar.review.forms import signed_forms
from takar.rules.bpmn import to_bpmn
from takar.rules.flow import differences
from takar.web.findings import findings_on
from takar.web.http import PersonRequest, page
from takar.web.sheet import sheet_rows


@page("GET")
def sop(request: PersonRequest) -> HttpResponse:
    """The version in force today."""
    found = version_in_force(request.employee.agency, SHIPPED_KEY, clock.today())
    return _sheet(request, found)


@page("GET")
def version(request: PersonRequest, version_id: UUID) -> HttpResponse:
    mine = ProcedureVersion.objects.filter(agency=request.employee.agency)
    return _sheet(request, get_object_or_404(mine, pk=version_id))


@page("GET")
def bpmn(request: PersonRequest, version_id: UUID) -> HttpResponse:
    """The same flow for other engines and drawing programs."""
    mine = ProcedureVersion.objects.filter(agency=request.employee.agency)
    found = get_object_or_404(mine, pk=version_id)
    response = HttpResponse(to_bpmn(sop_of(found)), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="sop-versi-{found.version}.bpmn"'
    return response


def _sheet(request: PersonRequest, found: ProcedureVersion | None) -> HttpResponse:
    content = sop_of(found) if found else None
    others = ProcedureVersion.objects.filter(agency=request.employee.agency).order_by("-version")
    context = {
        "version": found,
        "sop": content,
        "sheet": sheet_rows(content) if content else None,
        "findings": findings_on(content, clock.today()) if content else [],
        "versions": others,
        "changes": _changes(found),
        "control": signed_forms(request.employee, found) if found else [],
        "may_read_workshop": can_read_workshop(request.employee, request.employee.agency),
    }
    return render(request, "web/sop.html", context)


def _changes(found: ProcedureVersion | None) -> tuple[str, ...]:
    """What this version changes in the one before it."""
    if found is None or found.version == 1:
        return ()
    before = ProcedureVersion.objects.filter(procedure=found.procedure_id, version__lt=found.version)
    last = before.order_by("-version").first()
    return differences(sop_of(last), sop_of(found)) if last else ()
