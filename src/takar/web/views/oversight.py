"""Pengawasan: whether the cases keep to the SOP, and the event log for those who study it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from takar.casework.models import Period
from takar.casework.queries import periods_of
from takar.jobs.models import Job
from takar.review import conformance as checks
from takar.review.eventlog import event_log
from takar.review.models import ConformanceCheck
from takar.review.policies import check_can_oversee
from takar.rules.conformance import CODES
from takar.web.http import PersonRequest, page, paged


@page("GET")
def oversight(request: PersonRequest) -> HttpResponse:
    check_can_oversee(request.employee, request.employee.agency)
    periods = periods_of(request.employee.agency_id).select_related("version", "conformance")
    shown = paged(request, periods)
    rows = [(period, getattr(period, "conformance", None)) for period in shown]
    return render(request, "web/oversight.html", {"page": shown, "rows": rows})


@page("GET", "POST")
def conformance(request: PersonRequest, period_id: UUID) -> HttpResponse:
    period = _period(request, period_id)
    if request.method == "POST":
        done = checks.check_period(actor=request.employee, period=period)
        if isinstance(done, Job):
            messages.info(request, "Berkasnya banyak, sehingga diperiksa di latar belakang.")
            return redirect("job", done.pk)
        messages.success(request, f"{done.conforming} dari {done.cases} berkas sesuai dengan SOP.")
        return redirect("conformance", period.pk)
    checked = ConformanceCheck.objects.filter(period=period).first()
    code = request.GET.get("jenis", "")
    code = code if code in CODES else ""
    context = {
        "period": period,
        "checked": checked,
        "counts": checks.counts(checked) if checked else [],
        "code": code,
        "label": CODES.get(code, ""),
        "page": paged(request, checks.deviations_of(checked, code)) if checked else None,
    }
    return render(request, "web/conformance.html", context)


@page("GET")
def log(request: PersonRequest, period_id: UUID) -> HttpResponse:
    """The event log as XES, written while it is read; with names only where they are asked for."""
    period = _period(request, period_id)
    portions = event_log(reader=request.employee, period=period, pseudonymous=request.GET.get("nama") != "1")
    response: HttpResponseBase = StreamingHttpResponse(portions, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{period.code}.xes"'
    return response  # type: ignore[return-value]  # Django's decorators name the common kind


def _period(request: PersonRequest, period_id: UUID) -> Period:
    check_can_oversee(request.employee, request.employee.agency)
    mine = Period.objects.filter(agency=request.employee.agency).select_related("agency", "version")
    return get_object_or_404(mine, pk=period_id)
