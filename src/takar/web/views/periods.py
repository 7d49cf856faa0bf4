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
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.scoring import registry
from takar.web.http import PersonRequest, page, sentences
from takar.web.views.home import labelled

SHOWN_CHANGED = 25


class OpenForm(forms.Form):
    tahun = forms.IntegerField(label="Tahun yang dinilai")
    cara = forms.ChoiceField(label="Cara penilaian")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cara = self.fields["cara"]
        assert isinstance(cara, forms.ChoiceField)  # noqa: S101 -- declared above
        cara.choices = [(key, registry.method_by_id(key).title) for key in CARRIED_METHODS]


@page("GET", "POST")
def periods(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_open_period(request.employee, agency)
    this_year = clock.today().year
    text = request.GET.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this_year - 1  # noqa: PLR2004
    form = OpenForm(
        request.POST if request.method == "POST" else None, initial={"tahun": year, "cara": CARRIED_METHODS[0]}
    )
    version = version_in_force(agency, SHIPPED_KEY, clock.today())
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            period = open_period(
                actor=request.employee, agency=agency, year=chosen["tahun"], method=chosen["cara"], version=version
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
        "outlook": outlook(agency, year, clock.today()),
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
