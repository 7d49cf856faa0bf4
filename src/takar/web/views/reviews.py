"""Pemantauan dan evaluasi SOP: the forms, their signing, and the standard times that the records speak against."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, NotAllowed, Problem
from takar.files.queries import read
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import version_in_force
from takar.review import forms
from takar.review.enums import SUGGESTIONS, FormKind, Rating, YesNo
from takar.review.models import SopForm
from takar.review.policies import check_can_oversee
from takar.review.proposals import ENOUGH, draft_from, proposals, recorded_times
from takar.web.http import NO_ACT, PersonRequest, page, paged, sentences

PARTS = ("answer", "note", "action", "initials")


@page("GET", "POST")
def reviews(request: PersonRequest) -> HttpResponse:
    me, agency = request.employee, request.employee.agency
    check_can_oversee(me, agency)
    version = version_in_force(agency, SHIPPED_KEY, clock.today())
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _act(request, version)
        except DomainError as error:
            problems = sentences(error)
    found = list(forms.forms_of(agency))
    measured = recorded_times(reader=me, version=version) if version else []
    context = {
        "version": version,
        "due": _due(version, found),
        "page": paged(request, found),
        "measured": measured,
        "proposals": proposals(measured),
        "enough": ENOUGH,
        "problems": problems,
    }
    return render(request, "web/reviews.html", context, status=422 if problems else 200)


def _act(request: PersonRequest, version: ProcedureVersion | None) -> HttpResponse:
    typed = request.POST
    if version is None:
        raise InvalidInput("Belum ada SOP yang berlaku, sehingga tidak ada yang dipantau.")
    if typed.get("tindakan") == "rancangan":
        draft_from(actor=request.employee, version=version)
        messages.success(request, "Rancangan dibuat dari waktu yang tercatat; periksa di Bengkel SOP.")
        return redirect("workshop")
    if typed.get("mulai") not in FormKind.values:
        raise InvalidInput(NO_ACT)
    span = forms.span_on(FormKind(typed["mulai"]), clock.today())
    form = forms.begin_form(actor=request.employee, version=version, span=span)
    return redirect("review", form.pk)


def _due(version: ProcedureVersion | None, found: list[SopForm]) -> list[tuple[FormKind, forms.Span, SopForm | None]]:
    """The half year and the year of today, with the form if there is one."""
    if version is None:
        return []
    spans = [forms.span_on(kind, clock.today()) for kind in FormKind]
    made = {(form.kind, form.start): form for form in found if form.version_id == version.pk}
    return [(span.kind, span, made.get((span.kind, span.start))) for span in spans]


@page("GET", "POST")
def review(request: PersonRequest, form_id: UUID) -> HttpResponse:
    form = _mine(request, form_id)
    if request.method == "GET":
        return _show(request, form)
    typed = [
        {part: request.POST.get(f"{part}-{number}", "") for part in PARTS} for number in range(1, len(form.rows) + 1)
    ]
    act, remark = request.POST.get("tindakan"), request.POST.get("remark", "")
    if act not in {"simpan", "tandatangan"}:
        return _show(request, form, [Problem("", NO_ACT)])
    try:
        form = forms.save_form(actor=request.employee, form=form, typed=typed, remark=remark)
        if act == "tandatangan":
            forms.sign_form(actor=request.employee, form=form, password=request.POST.get("password", ""))
    except (InvalidInput, NotAllowed) as error:
        form.rows = [{**row, **given} for row, given in zip(form.rows, typed, strict=True)]
        form.remark = remark
        return _show(request, form, sentences(error))
    messages.success(request, DONE[act])
    return redirect("review", form.pk)


DONE = {
    "simpan": "Formulir disimpan.",
    "tandatangan": "Formulir ditandatangani dan disimpan sebagai dokumen pengendalian.",
}


@page("GET")
def review_file(request: PersonRequest, form_id: UUID) -> HttpResponse:
    form = _mine(request, form_id)
    if form.file is None:
        raise Http404
    response = HttpResponse(read(form.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{form.kind}-sop-{form.start}.pdf"'
    return response


def _mine(request: PersonRequest, form_id: UUID) -> SopForm:
    check_can_oversee(request.employee, request.employee.agency)
    return get_object_or_404(forms.forms_of(request.employee.agency), pk=form_id)


def _show(request: PersonRequest, form: SopForm, problems: list[Problem] | None = None) -> HttpResponse:
    monitoring = form.kind == FormKind.MONITORING
    choices = (Rating if monitoring else YesNo).choices
    labels = dict(choices)
    rows: list[dict[str, Any]] = [
        {
            **row,
            "number": number,
            "choices": [(value, label, value == row["answer"]) for value, label in choices],
            "answer_label": labels.get(row["answer"], "–"),
            "suggested_label": SUGGESTIONS.get(row["suggested"], ""),
        }
        for number, row in enumerate(form.rows, start=1)
    ]
    context = {"form": form, "rows": rows, "monitoring": monitoring, "problems": problems or []}
    return render(request, "web/review.html", context, status=422 if problems else 200)
