"""The two kinds of file that the SOP names: dokumen kepegawaian of a person, dokumen pengendalian of a period."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.archive.enums import EndGround
from takar.archive.policies import is_kasubbag, reads_archive
from takar.archive.queries import lives_of, visible_deposits
from takar.archive.retention import record_end_of_service
from takar.casework.queries import control_file, periods_of
from takar.common.errors import Problem
from takar.documents.registers import delivered_to
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, as_typed, day_of, page, paged, performed


@page("GET", "POST")
def personnel(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    """Dokumen kepegawaian: everything archived about one person, over the years."""
    me = request.employee
    employee = get_object_or_404(
        Employee.objects.select_related("agency", "end_of_service__recorded_by"), pk=employee_id, agency=me.agency
    )
    if not (reads_archive(me) or employee == me):
        raise Http404
    problems: list[Problem] | None = []
    if request.method == "POST":
        problems = performed(request, {"akhir": lambda: _ended(request, employee)})
        if problems is None:
            return redirect("personnel_file", employee_id)
    rows = paged(request, visible_deposits(me).filter(subject=employee))
    context = {
        "employee": employee,
        "page": rows,
        "rows": lives_of(employee.agency_id, rows),
        "ended": getattr(employee, "end_of_service", None),
        "copies": delivered_to(employee).prefetch_related(None)[:10],
        "grounds": EndGround.choices,
        "is_kasubbag": is_kasubbag(me),
        "problems": problems,
        "typed": as_typed(request, "tanggal", "sebab", "surat"),
    }
    return render(request, "web/archive/personnel.html", context, status=422 if problems else 200)


@page("GET")
def controls(request: PersonRequest) -> HttpResponse:
    """Dokumen pengendalian: one file for each period."""
    if not reads_archive(request.employee):
        raise Http404
    return render(
        request, "web/archive/controls.html", {"page": paged(request, periods_of(request.employee.agency_id))}
    )


@page("GET")
def control(request: PersonRequest, period_id: UUID) -> HttpResponse:
    """Every case of the period: its document, its copies, its box, or what is missing."""
    me = request.employee
    if not reads_archive(me):
        raise Http404
    period = get_object_or_404(periods_of(me.agency_id), pk=period_id)
    rows, counts = control_file(period)
    shown = paged(request, rows)
    return render(request, "web/archive/control.html", {"period": period, "page": shown, "counts": counts})


def _ended(request: PersonRequest, employee: Employee) -> str:
    typed = request.POST
    record_end_of_service(
        actor=request.employee,
        employee=employee,
        on=day_of(typed.get("tanggal", "")),
        ground=typed.get("sebab", ""),
        letter=typed.get("surat", ""),
    )
    return f"Akhir masa kerja {employee.full_name} dicatat; retensi arsipnya dihitung sejak itu."
