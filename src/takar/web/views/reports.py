"""Laporan: how a period goes, what came of it, and the cases behind each figure; for those who oversee the office."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.casework.models import Case, Period
from takar.casework.queries import periods_of
from takar.common.replica import read_figures
from takar.reports import behind, exports, progress, results
from takar.review.policies import check_can_oversee
from takar.web.http import PersonRequest, page, paged

WIDEST = 300


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart that is also a row of a table: widths in parts of WIDEST."""

    row: progress.StepFigures
    here: int
    late: int


@page("GET")
def reports(request: PersonRequest) -> HttpResponse:
    """Laporan leads to the newest period."""
    check_can_oversee(request.employee, request.employee.agency)
    newest = periods_of(request.employee.agency_id).first()
    return redirect("report", newest.pk) if newest else render(request, "web/reports/none.html")


@page("GET")
def report(request: PersonRequest, period_id: UUID) -> HttpResponse:
    period = _period(request, period_id)
    figures = read_figures(lambda: _progress(period))
    steps = figures.value["steps"]
    most = max((step.here for step in steps), default=0) or 1
    bars = [Bar(step, WIDEST * step.here // most, WIDEST * step.late // most) for step in steps]
    context = {
        "period": period,
        "periods": periods_of(request.employee.agency_id),
        "bars": bars,
        "open": sum(step.here for step in steps),
        "late": sum(step.late for step in steps),
        "figures": figures,
        "widest": WIDEST,
        **figures.value,
    }
    return render(request, "web/reports/progress.html", context)


def _progress(period: Period) -> dict[str, Any]:
    return {
        "steps": progress.steps_of(period),
        "closed": progress.closed_count(period),
        "units": progress.units_of(period),
        "returns": progress.returns_of(period),
        "errors": progress.field_errors_of(period),
        "trend": progress.trend_of(period.agency),
        "forecast": progress.forecast_of(period),
    }


@page("GET")
def summary(request: PersonRequest, period_id: UUID) -> HttpResponse:
    period = _period(request, period_id)
    figures = read_figures(lambda: results.summary_of(period, _by(request)))
    found = figures.value
    shares = [
        (label, count, WIDEST * count // (sum(found.totals) or 1))
        for (_, label), count in zip(found.categories, found.totals, strict=True)
    ]
    context = {
        "period": period,
        "periods": periods_of(request.employee.agency_id),
        "summary": found,
        "figures": figures,
        "heading": results.BY[found.by][0],
        "ways": [(key, label) for key, (label, _) in results.BY.items()],
        "rows": [(group, list(zip(found.categories, group.counts, strict=True))) for group in found.groups],
        "shares": shares,
        "widest": WIDEST,
    }
    return render(request, "web/reports/results.html", context)


@page("GET")
def summary_workbook(request: PersonRequest, period_id: UUID) -> HttpResponse:
    period = _period(request, period_id)
    content = exports.workbook(period, results.summary_of(period, _by(request)))
    return _download(content, f"rekapitulasi-{period.code}.xlsx", XLSX)


@page("GET")
def summary_paper(request: PersonRequest, period_id: UUID) -> HttpResponse:
    period = _period(request, period_id)
    content = exports.paper(period, results.summary_of(period, _by(request)))
    return _download(content, f"rekapitulasi-{period.code}.pdf", "application/pdf")


@page("GET")
def cases(request: PersonRequest, period_id: UUID) -> HttpResponse:
    """The cases behind one figure."""
    period = _period(request, period_id)
    told, found = behind.cases_behind(period, request.GET)
    figures = read_figures(lambda: _listed(paged(request, found)))
    context = {"period": period, "told": told, "page": figures.value, "figures": figures}
    return render(request, "web/reports/cases.html", context)


def _listed(shown: Page[Case]) -> Page[Case]:
    shown.object_list = list(shown.object_list)
    return shown


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _by(request: PersonRequest) -> str:
    asked = request.GET.get("menurut", "unit")
    return asked if asked in results.BY else "unit"


def _period(request: PersonRequest, period_id: UUID) -> Period:
    """A stranger's period is no period; of the own office's, only those who oversee it get figures."""
    mine = periods_of(request.employee.agency_id).select_related("agency", "version")
    period = get_object_or_404(mine, pk=period_id)
    check_can_oversee(request.employee, period.agency)
    return period
