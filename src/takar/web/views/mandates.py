"""Kantor, Plt. dan Plh.: who acts for whom, from when to when; to record a decree, and to revoke one early."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.accounts.adapter import normal_username
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.enums import MANDATED_ROLES, MandatedAct, MandateKind
from takar.organisation.mandates import end_mandate, give_mandate
from takar.organisation.models import Employee, Mandate
from takar.organisation.policies import can_manage_office, check_can_keep_mandates
from takar.organisation.queries import mandates_in
from takar.organisation.types import MandateData
from takar.web.http import PersonRequest, page, paged, sentences


def _date(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class MandateForm(forms.Form):
    """Everything may be left open: what a mandate needs is the act's to say, in one place for page and command."""

    kind = forms.ChoiceField(label="Jenis", choices=MandateKind.choices)
    principal = forms.CharField(
        label="NIP pejabat yang digantikan",
        required=False,
        max_length=40,
        help_text="Tugasnya sebagai atasan langsung beralih selama mandat berlaku. Kosongkan bila memegang peran.",
    )
    with_roles = forms.BooleanField(label="Termasuk peran pejabat itu di kantor", required=False)
    role = forms.ChoiceField(
        label="Atau peran yang dipegang",
        required=False,
        choices=[("", "–"), *((role.value, role.label) for role in MANDATED_ROLES)],
    )
    holder = forms.CharField(label="NIP pemegang mandat", required=False, max_length=40)
    number = forms.CharField(label="Nomor surat perintah", required=False, max_length=100)
    decreed_on = _date("Tanggal surat perintah")
    start = _date("Hari pertama")
    end = _date("Hari terakhir")
    acts = forms.MultipleChoiceField(
        label="Perbuatan yang diliputi",
        required=False,
        choices=MandatedAct.choices,
        initial=MandatedAct.values,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if look := LOOKS.get(type(field.widget)):
                field.widget.attrs["class"] = look


LOOKS: dict[type[forms.Widget], str] = {
    forms.TextInput: "form-control",
    forms.DateInput: "form-control",
    forms.Select: "form-select",
    forms.CheckboxInput: "form-check-input",
}


@page("GET", "POST")
def mandates(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_keep_mandates(request.employee, agency)
    form, problems = MandateForm(request.POST if request.method == "POST" else None), list[Problem]()
    if request.method == "POST" and form.is_valid():
        try:
            given = give_mandate(actor=request.employee, agency=agency, data=_data(request, form.cleaned_data))
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, f"{given.holder.full_name} dicatat sebagai {given.title}.")
            return redirect("mandates")
    today, rows = clock.today(), paged(request, mandates_in(agency.pk))
    context = {
        "form": form,
        "problems": problems,
        "keeps_office": can_manage_office(request.employee, agency),
        "page": rows,
        "rows": [(row, row.state_on(today), row.last_day >= today) for row in rows],
    }
    return render(request, "web/mandates.html", context, status=422 if request.method == "POST" else 200)


@page("POST")
def end(request: PersonRequest, mandate_id: UUID) -> HttpResponse:
    """Revoke one from now on."""
    mandate = get_object_or_404(Mandate.objects.select_related("agency"), pk=mandate_id, agency=request.employee.agency)
    try:
        ended = end_mandate(actor=request.employee, mandate=mandate, reason=request.POST.get("alasan", ""))
    except DomainError as error:
        messages.error(request, " ".join([error.message, *map(str, getattr(error, "problems", ()))]))
    else:
        messages.success(request, f"Mandat {ended.title} dicabut mulai hari ini.")
    return redirect("mandates")


def _data(request: PersonRequest, typed: dict[str, Any]) -> MandateData:
    """What was filled in; a NIP that is nobody's here leaves its place empty, which the act refuses by name."""
    typed = {**typed, "acts": tuple(typed["acts"])}
    return MandateData(**typed | {name: _person(request, typed[name]) for name in ("holder", "principal")})


def _person(request: PersonRequest, text: str) -> Employee | None:
    people = Employee.objects.filter(agency=request.employee.agency)
    return people.filter(user__username=normal_username(text)).first() if text.strip() else None
