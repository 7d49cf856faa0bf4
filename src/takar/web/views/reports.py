"""Laporan: how a period goes, what came of it, and the cases behind each figure; for those who oversee the office."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from takar.casework.models import Case, Period
from takar.casework.queries import periods_of
from takar.common import clock
from takar.common.errors import InvalidInput
from takar.common.replica import read_figures
from takar.reports import behind, exports, progress, results
from takar.reports.keeping import ask_count
from takar.review.policies import check_can_oversee
from takar.web.chart import Completion, Trend, completion_chart, trend_chart
from takar.web.http import NO_ACT, PersonRequest, page, paged

WIDEST = 300
# Beyond so many units the page names how many more there are.
MOST_UNITS = 100


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


@page("GET", "POST")
def report(request: PersonRequest, period_id: UUID) -> HttpResponse:
    """How a period goes; sending it has the heavier sums of a large one counted again."""
    periods = _periods(request)
    period = _one_of(periods, period_id)
    if request.method == "POST":
        if request.POST.get("tindakan") != "hitung":
            raise InvalidInput(NO_ACT)
        job = ask_count(actor=request.employee, period=period)
        messages.info(request, "Laporan dihitung ulang di latar belakang; buka lagi sesudah pekerjaan ini selesai.")
        return redirect("job", job.pk)
    figures = read_figures(lambda: progress.report_of(period, periods))
    steps = figures.value.steps
    most = max((step.here for step in steps), default=0) or 1
    bars = [Bar(step, WIDEST * step.here // most, WIDEST * step.late // most) for step in steps]
    context = {
        "period": period,
        "periods": periods,
        "report": figures.value,
        "units": figures.value.units[:MOST_UNITS],
        "more_units": len(figures.value.units[MOST_UNITS:]),
        "figures": figures,
        "bars": bars,
        "widest": WIDEST,
        "trend": _trend(figures.value),
        "completion": _completion(period, figures.value),
    }
    return render(request, "web/reports/progress.html", context)


def _trend(report: progress.Report) -> Trend | None:
    known = [(row.code.removeprefix("SKP-"), row.sums) for row in report.trend if row.sums]
    percents = [("Terlambat", [sums.late_percent for _, sums in known])]
    percents.append(("Dikembalikan", [sums.returned_percent for _, sums in known]))
    return trend_chart([code for code, _ in known], percents)


def _completion(period: Period, report: progress.Report) -> Completion | None:
    opened, total = clock.office_date(period.opened_at), report.open + report.closed
    return completion_chart(report.closings, total, opened, clock.today(), report.forecast.day)


@page("GET")
def summary(request: PersonRequest, period_id: UUID) -> HttpResponse:
    periods = _periods(request)
    period = _one_of(periods, period_id)
    figures = read_figures(lambda: results.summary_of(period, _by(request)))
    found = figures.value
    shares = [
        (label, count, WIDEST * count // (sum(found.totals) or 1))
        for (_, label), count in zip(found.categories, found.totals, strict=True)
    ]
    context = {
        "period": period,
        "periods": periods,
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
    return _one_of(_periods(request), period_id)


def _periods(request: PersonRequest) -> list[Period]:
    """The office's, newest first, each with what was counted of it; figures are only for those who oversee."""
    check_can_oversee(request.employee, request.employee.agency)
    rows = periods_of(request.employee.agency_id).select_related("agency", "version", "sums")
    return list(rows.defer("version__content", "version__typed"))


def _one_of(periods: list[Period], period_id: UUID) -> Period:
    """A stranger's period is no period."""
    found = next((period for period in periods if period.pk == period_id), None)
    if found is None:
        raise Http404
    return found
