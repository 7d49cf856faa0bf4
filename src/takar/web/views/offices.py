"""Kantor lain pada pemasangan ini: how many there are, and a further one, for whoever looks after the installation."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from takar.casework.installing import found_office
from takar.common import clock
from takar.common.errors import DomainError
from takar.organisation.policies import check_can_add_office
from takar.organisation.queries import offices as offices_on
from takar.web.http import PersonRequest, page, sentences


class OfficeForm(forms.Form):
    """What is missing or taken is the act's to say, in one place for page and command."""

    name = forms.CharField(label="Nama instansi", max_length=200, required=False)
    short_name = forms.CharField(
        label="Nama singkat", max_length=40, required=False, help_text="Dipakai dalam nomor dokumen, misalnya DPMPTSP."
    )
    region = forms.CharField(label="Pemerintah daerah", max_length=120, required=False)
    place = forms.CharField(label="Tempat kedudukan", max_length=80, required=False)
    nip = forms.CharField(label="NIP Administrator", max_length=24, required=False)
    admin_name = forms.CharField(label="Nama Administrator", max_length=150, required=False)


@page("GET", "POST")
def offices(request: PersonRequest) -> HttpResponse:
    """The activation code of the new office's administrator is shown once, to be printed and handed over."""
    me = request.employee
    check_can_add_office(me, me.agency)
    given = {"region": me.agency.region, "place": me.agency.place}
    form = OfficeForm(request.POST) if request.method == "POST" else OfficeForm(initial=given)
    problems: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            issued = [found_office(actor=me, **form.cleaned_data)]
        except DomainError as error:
            problems = list(sentences(error))
        else:
            return render(
                request,
                "web/activation_codes.html",
                {"issued": issued, "address": request.build_absolute_uri("/aktivasi/")},
            )
    context = {"form": form, "problems": problems, "offices": offices_on(clock.today())}
    return render(request, "web/offices.html", context, status=422 if request.method == "POST" else 200)
