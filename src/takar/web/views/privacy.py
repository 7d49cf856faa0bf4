"""Data saya, the requests to put data right, and the record of processing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.privacy.actions import (
    ask_correction,
    ask_export,
    check_can_decide,
    check_can_read_record,
    corrections_in,
    decide_correction,
)
from takar.privacy.models import Correction
from takar.privacy.processing import PROCESSING, RIGHTS_TOLD, recipients
from takar.privacy.readings import KINDS, readings_of
from takar.web.http import PersonRequest, page, paged, sentences


@page("GET", "POST")
def my_data(request: PersonRequest) -> HttpResponse:
    """What is kept about the reader, who read it, and how it is put right or taken along."""
    me, typed = request.employee, request.POST
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _done(request)
        except DomainError as error:
            problems = sentences(error)
    shown = paged(request, readings_of(me))
    context = {
        "processing": PROCESSING,
        "recipients": recipients(),
        "rights": RIGHTS_TOLD,
        "page": shown,
        "readings": [(row, KINDS.get(row.kind, row.kind)) for row in shown],
        "corrections": Correction.objects.filter(person=me).select_related("decided_by").order_by("-asked_at", "pk"),
        "problems": problems,
        "what": typed.get("data", ""),
        "text": typed.get("seharusnya", ""),
    }
    return render(request, "web/privacy/my_data.html", context, status=422 if problems else 200)


def _done(request: PersonRequest) -> HttpResponse:
    if request.POST.get("tindakan") == "salinan":
        return redirect("job", ask_export(actor=request.employee).pk)
    ask_correction(actor=request.employee, what=request.POST.get("data", ""), text=request.POST.get("seharusnya", ""))
    messages.success(request, "Permintaan dikirim kepada Kasubbag; jawabannya tampil di halaman ini.")
    return redirect("my_data")


@page("GET")
def corrections(request: PersonRequest) -> HttpResponse:
    """Every request of the office, those that wait first."""
    agency = request.employee.agency
    check_can_read_record(request.employee, agency)
    shown = paged(request, corrections_in(agency))
    rows = [(row, row.decided_at is None and row.due_at < clock.now()) for row in shown]
    return render(request, "web/privacy/corrections.html", {"page": shown, "rows": rows})


@page("GET", "POST")
def correction(request: PersonRequest, correction_id: UUID) -> HttpResponse:
    """One request, to be answered."""
    agency = request.employee.agency
    wanted = Correction.objects.filter(agency=agency).select_related("person", "decided_by")
    found = get_object_or_404(wanted, pk=correction_id)
    check_can_decide(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            decide_correction(
                actor=request.employee,
                correction_id=found.pk,
                granted=request.POST.get("putusan") == "ya",
                answer=request.POST.get("jawaban", ""),
            )
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Jawaban dikirim; pemohon membacanya pada Data saya.")
            return redirect("corrections")
    context = {"found": found, "problems": problems, "answer": request.POST.get("jawaban", "")}
    return render(request, "web/privacy/correction.html", context, status=422 if problems else 200)


@page("GET")
def processing(request: PersonRequest) -> HttpResponse:
    """The record of Pasal 31."""
    check_can_read_record(request.employee, request.employee.agency)
    return render(request, "web/privacy/processing.html", {"processing": PROCESSING, "recipients": recipients()})
