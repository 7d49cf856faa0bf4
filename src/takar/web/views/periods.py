"""Periode: opening one for the whole office, and what was opened."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.evaluation import CARRIED_METHODS
from takar.casework.assessors import with_another_superior
from takar.casework.models import Period
from takar.casework.periods import open_period, outlook
from takar.casework.policies import check_can_open_period
from takar.casework.queries import counts_by_step, periods_of, visible_in
from takar.casework.spans import Span, method_by_dates, spans_of
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.scoring import registry
from takar.web.http import PersonRequest, page, sentences
from takar.web.views.home import labelled

SHOWN_CHANGED = 25
BY_DATES = ("", "Menurut tanggal periodenya (disarankan)")


def _spans() -> list[tuple[str, str]]:
    """The year, its quarters and its months, as a form offers them."""
    return [(span.key, _label(span)) for span in spans_of(clock.today().year)]


def _label(span: Span) -> str:
    return f"{span.part[:1].upper()}{span.part[1:]}" or "Tahunan"


def _methods() -> list[tuple[str, str]]:
    return [BY_DATES, *((key, registry.method_by_id(key).title) for key in CARRIED_METHODS)]


class OpenForm(forms.Form):
    tahun = forms.IntegerField(label="Tahun yang dinilai")
    periode = forms.ChoiceField(label="Periode", choices=_spans, required=False)
    cara = forms.ChoiceField(
        label="Cara penilaian",
        choices=_methods,
        required=False,
        help_text="PP 46/2011 sampai Juni 2021, PermenPANRB 6/2022 sejak 2022. PP 46/2011 tetap dapat dipilih karena "
        "disebut dalam SOP; setiap hasilnya lalu menyatakan bahwa peraturan itu tidak berlaku lagi.",
    )


@page("GET", "POST")
def periods(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_open_period(request.employee, agency)
    this_year = clock.today().year
    text = request.GET.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this_year - 1  # noqa: PLR2004
    asked = request.GET.get("cara", "")
    form = OpenForm(
        request.POST if request.method == "POST" else None, initial={"tahun": year, "periode": "tahunan", "cara": asked}
    )
    method = asked if asked in CARRIED_METHODS else method_by_dates(Span(year))
    version = version_in_force(agency, SHIPPED_KEY, clock.today())
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            cycle, _, number = (chosen["periode"] or "tahunan").partition("-")
            period = open_period(
                actor=request.employee,
                agency=agency,
                year=chosen["tahun"],
                method=chosen["cara"],
                version=version,
                cycle=cycle,
                number=int(number or 1),
            )
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, f"{period.name} dibuka.")
            return redirect("period", period.pk)
    context = {
        "form": form,
        "problems": problems,
        "periods": periods_of(agency.pk).select_related("version", "opened_by"),
        "outlook": outlook(agency, year, clock.today(), method),
        "method": registry.method_by_id(method),
        "by_dates": method == method_by_dates(Span(year)),
        "methods": [registry.method_by_id(key) for key in CARRIED_METHODS if key != method],
        "year": year,
        "version": version,
    }
    return render(request, "web/periods.html", context, status=422 if request.method == "POST" else 200)


@page("GET")
def period(request: PersonRequest, period_id: UUID) -> HttpResponse:
    check_can_open_period(request.employee, request.employee.agency)
    mine = Period.objects.filter(agency=request.employee.agency).select_related("version", "opened_by")
    found = get_object_or_404(mine, pk=period_id)
    counts = counts_by_step(visible_in(request.employee, found))
    context = {
        "period": found,
        "sop": sop_of(found.version),
        "steps": labelled(counts, found),
        "exemptions": found.exemptions.all(),
        "changed": list(with_another_superior(found)[:SHOWN_CHANGED]),
        "count": sum(counts.values()),
    }
    return render(request, "web/period.html", context)
