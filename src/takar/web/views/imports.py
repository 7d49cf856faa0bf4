"""Files from the office: upload, preview with every problem, and the decision to take the good rows in."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.exchange import actions
from takar.exchange import preview as previews
from takar.exchange.formats.staff import staff_template
from takar.exchange.models import ImportBatch, ImportKind
from takar.exchange.outgoing import blank_targets, work_plans
from takar.organisation.models import Agency
from takar.web.http import PersonRequest, one_file, page, sentences
from takar.web.views.tasks import XLSX

PROBLEMS_A_PAGE = 50
TEMPLATES: dict[ImportKind, Callable[[Agency, int], bytes]] = {
    ImportKind.STAFF: lambda _agency, _year: staff_template(),
    ImportKind.TARGETS: blank_targets,
    ImportKind.WORK_PLANS: work_plans,
}
FIRST_ROWS = 10


@page("GET", "POST")
def upload(request: PersonRequest, kind: str) -> HttpResponse:
    chosen = _kind(kind)
    agency = request.employee.agency
    actions.CHECKS[chosen](request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            name, content = one_file(request, "berkas", settings.MAX_UPLOAD_BYTES)
            batch = actions.upload(actor=request.employee, agency=agency, kind=chosen, name=name, content=content)
            return redirect("import_preview", batch.pk)
        except DomainError as error:
            problems = sentences(error)
    recent = ImportBatch.objects.filter(agency=agency, kind=chosen).select_related("uploaded_by")[:FIRST_ROWS]
    context = {"kind": chosen, "problems": problems, "recent": recent, "year": clock.today().year}
    return render(request, "web/import_upload.html", context, status=422 if problems else 200)


@page("GET", "POST")
def preview(request: PersonRequest, batch_id: UUID) -> HttpResponse:
    batches = ImportBatch.objects.filter(agency=request.employee.agency).select_related("agency", "file")
    batch = get_object_or_404(batches, pk=batch_id)
    actions.CHECKS[ImportKind(batch.kind)](request.employee, batch.agency)
    if request.method == "POST":
        applied = actions.apply(actor=request.employee, batch_id=batch.pk, on=clock.today())
        messages.success(request, f"Sudah dimasukkan. {applied.summary}")
        return redirect("office" if batch.kind == ImportKind.STAFF else "plans")
    found = previews.preview(batch)
    pages = Paginator(found.problems, PROBLEMS_A_PAGE)
    context = {
        "batch": batch,
        "kind": ImportKind(batch.kind),
        "good": len(found.rows),
        "first_rows": found.rows[:FIRST_ROWS],
        "roles": getattr(found, "roles", ()),
        "ignored": found.ignored,
        "page": pages.get_page(request.GET.get("halaman")),
    }
    return render(request, "web/import_preview.html", context)


@page("GET")
def template(request: PersonRequest, kind: str) -> HttpResponse:
    chosen = _kind(kind)
    agency = request.employee.agency
    actions.CHECKS[chosen](request.employee, agency)
    year = request.GET.get("tahun", "")
    chosen_year = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else clock.today().year  # noqa: PLR2004
    content = TEMPLATES[chosen](agency, chosen_year)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="templat-{chosen.value}.xlsx"'
    return response


def _kind(text: str) -> ImportKind:
    if text not in ImportKind.values:
        raise Http404
    return ImportKind(text)
