"""Formulir: every form of the program, blank, and the SOP's sheet, as PDF."""

from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from takar.documents.emblems import emblems_of, pictures_of
from takar.documents.forms.blank import blank_data
from takar.documents.forms.catalogue import BY_KEY, FORMS
from takar.documents.forms.render import render as set_form
from takar.procedures.models import ProcedureVersion
from takar.web.http import PersonRequest, page, pdf
from takar.web.sop_pdf import sheet_pdf


@page("GET")
def blank_forms(request: PersonRequest) -> HttpResponse:
    groups = [(regulation, list(forms)) for regulation, forms in groupby(FORMS, key=lambda form: form.regulation)]
    return render(request, "web/blank_forms.html", {"groups": groups})


@page("GET")
def blank_form(request: PersonRequest, key: str) -> HttpResponse:
    form, agency = BY_KEY.get(key), request.employee.agency
    if form is None:
        raise Http404
    office = {"name": agency.name, "region": agency.region, "place": agency.place}
    data = blank_data(form, office, pictures_of(emblems_of(agency)))  # type: ignore[arg-type]
    return pdf(set_form(form.template, data), f"{form.label} kosong")


@page("GET")
def sop_sheet(request: PersonRequest, version_id: UUID) -> HttpResponse:
    mine = ProcedureVersion.objects.filter(agency=request.employee.agency).select_related("agency")
    found = get_object_or_404(mine, pk=version_id)
    return pdf(sheet_pdf(found), f"SOP {found.number} versi {found.version}")
