"""Salinan: the office's register, one document's copies, what was delivered to me, and the distribution list."""

import datetime as dt
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.accounts.adapter import normal_username
from takar.casework.queries import oversees
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.documents.copies import CopyData, add_copy, confirm_receipt, record_copy_event
from takar.documents.distribution import Line, lines_of, set_distribution
from takar.documents.enums import CopyEventKind, CopyForm, CopyState, DocumentKind, Recipient
from takar.documents.models import Copy
from takar.documents.policies import can_keep_copies
from takar.documents.registers import RECORDED_AFTER, copy_state, delivered_to, register_of
from takar.organisation.models import Employee
from takar.organisation.policies import check_can_manage_office
from takar.web.http import PersonRequest, as_typed, page, paged, sentences
from takar.web.views.documents import visible_document

FILTERS = (
    ("", "Semua"),
    ("serah", "Belum diserahkan"),
    ("terima", "Belum ada tanda terima"),
    ("tarik", "Harus ditarik"),
)
SPARE_LINES = 2


@page("GET")
def register(request: PersonRequest) -> HttpResponse:
    """Every copy of the office: what waits for a receipt, and what must come back."""
    me = request.employee
    if not oversees(me):
        raise Http404
    wanted = request.GET.get("keadaan", "")
    rows = paged(request, register_of(me.agency_id, wanted))
    context = {
        "filters": FILTERS,
        "wanted": wanted,
        "page": rows,
        "rows": [(copy, copy_state(copy)) for copy in rows],
        "keeps": can_keep_copies(me, me.agency),
    }
    return render(request, "web/copy_register.html", context)


@page("GET", "POST")
def of_document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """One document's copies with what happened to each; the desk adds one here."""
    found, problems = visible_document(request, document_id), list[Problem]()
    if request.method == "POST":
        try:
            made = add_copy(actor=request.employee, document=found, copy=_typed_copy(request))
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, f"Salinan {made.number} untuk {made.recipient} dicatat; cetak dari daftar ini.")
            return redirect("document_copies", document_id)
    copies = register_of(found.agency_id).filter(document=found).order_by("number")
    keeps = can_keep_copies(request.employee, found.agency)
    context = {
        "document": found,
        "rows": [(copy, state, _acts(state) if keeps else []) for copy, state in _stated(copies)],
        "keeps": keeps and found.superseded_by is None,
        "typed": as_typed(request, "untuk", "dasar", "bentuk", "tanggal"),
        "today": clock.today().isoformat(),
        "forms": CopyForm.choices,
        "problems": problems,
    }
    return render(request, "web/document_copies.html", context, status=422 if problems else 200)


@page("POST")
def event(request: PersonRequest, copy_id: UUID) -> HttpResponse:
    """Handed over, received, returned, lost: recorded by the desk."""
    copy = get_object_or_404(register_of(request.employee.agency_id), pk=copy_id)
    try:
        kind = _kind(request.POST.get("kejadian", ""))
        on, note = _day(request.POST.get("tanggal", "")), request.POST.get("keterangan", "")
        record_copy_event(actor=request.employee, copy=copy, kind=kind, on=on, note=note)
    except DomainError as error:
        messages.error(request, " ".join(str(problem) for problem in sentences(error)))
    else:
        messages.success(request, f"Salinan {copy.number} untuk {copy.recipient}: {kind.label.lower()}.")
    return redirect("document_copies", copy.document_id)


@page("GET")
def mine(request: PersonRequest) -> HttpResponse:
    """What was delivered to the reader."""
    rows = paged(request, delivered_to(request.employee))
    context = {"page": rows, "rows": [(copy, state, _may_confirm(state)) for copy, state in _stated(rows)]}
    return render(request, "web/my_copies.html", context)


@page("POST")
def receive(request: PersonRequest, copy_id: UUID) -> HttpResponse:
    """The reader says that he or she has got it."""
    copy = get_object_or_404(delivered_to(request.employee), pk=copy_id)
    try:
        confirm_receipt(actor=request.employee, copy=copy)
    except DomainError as error:
        messages.error(request, " ".join(str(problem) for problem in sentences(error)))
    else:
        messages.success(request, f"Tanda terima salinan {copy.number} dari {copy.document.number} dicatat.")
    return redirect("my_copies")


@page("GET", "POST")
def distribution(request: PersonRequest) -> HttpResponse:
    """Whom each kind of document goes to."""
    agency, problems = request.employee.agency, list[Problem]()
    check_can_manage_office(request.employee, agency)
    kind = request.POST.get("jenis") or request.GET.get("jenis") or DocumentKind.MEASUREMENT.value
    lines = _typed_lines(request) if request.method == "POST" else list(lines_of(agency.pk, kind))
    if request.method == "POST":
        try:
            kept = [line for line in lines if line.to or line.name or line.ground]
            set_distribution(actor=request.employee, agency=agency, kind=kind, lines=kept)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Daftar distribusi disimpan; berlaku bagi penggandaan berikutnya.")
            return redirect("distribution")
    rows = [*lines, *[Line("")] * (SPARE_LINES if request.method == "GET" else 0)]
    context = {
        "kinds": DocumentKind.choices,
        "kind": kind,
        "rows": list(enumerate(rows, start=1)),
        "recipients": Recipient.choices,
        "forms": CopyForm.choices,
        "problems": problems,
    }
    return render(request, "web/distribution.html", context, status=422 if problems else 200)


def _stated(copies: Any) -> list[tuple[Copy, CopyState]]:
    return [(copy, copy_state(copy)) for copy in copies]


def _acts(state: CopyState) -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in RECORDED_AFTER[state]]


def _may_confirm(state: CopyState) -> bool:
    return CopyEventKind.RECEIVED in RECORDED_AFTER[state]


def _kind(text: str) -> CopyEventKind:
    try:
        return CopyEventKind(text)
    except ValueError as error:
        raise InvalidInput("Belum dicatat.", [Problem("Kejadian", "Pilih dari daftar.")]) from error


def _day(text: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(text) if text.strip() else None
    raise InvalidInput("Belum dicatat.", [Problem("Tanggal", f"“{text}” bukan tanggal.")])


def _typed_copy(request: PersonRequest) -> CopyData:
    typed = request.POST
    name = typed.get("untuk", "").strip()
    people = Employee.objects.filter(agency=request.employee.agency)
    person = people.filter(user__username=normal_username(name)).first() if name else None
    return CopyData(
        person.full_name if person else name,
        typed.get("bentuk", ""),
        _day(typed.get("tanggal", "")),
        typed.get("dasar", ""),
        person,
    )


def _typed_lines(request: PersonRequest) -> list[Line]:
    columns = [request.POST.getlist(name) for name in ("untuk", "bentuk", "dasar", "nama")]
    return [Line(*(text.strip() for text in row)) for row in zip(*columns, strict=False)]
