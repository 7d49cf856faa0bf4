"""Berkas: the office's list, and one case with its steps, people and history."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from takar.appraisal import forms
from takar.appraisal.credit import earned_in
from takar.appraisal.models import Evidence, Form
from takar.appraisal.queries import evidence_of
from takar.audit.queries import events_of
from takar.casework.assessors import can_reassign, superior_now
from takar.casework.capacity import stand_ins
from takar.casework.models import Case
from takar.casework.policies import can_act
from takar.casework.queries import (
    RUNNING,
    CaseFilter,
    case_of,
    counts_by_step,
    filtered,
    oversees,
    periods_of,
    visible_in,
)
from takar.casework.terms import acts_of
from takar.documents.enums import SignedAs
from takar.documents.models import Document
from takar.exchange.outgoing import blank_forms
from takar.files.models import StoredFile
from takar.files.queries import read
from takar.organisation.queries import unit_names
from takar.procedures.queries import history, sop_of
from takar.web.grids import grid_of
from takar.web.history import step_rows, told
from takar.web.http import PersonRequest, page, paged
from takar.web.pages.aftermath import aftermath
from takar.web.results import headlines, outcome
from takar.web.views.home import labelled
from takar.web.views.tasks import XLSX

# What the list shows of a case and of the person in whose hands it is.
SHOWN = (
    *("name", "nip", "unit", "step", "actor", "returned", "since", "due_at", "risk_at"),
    *("assignee__name", "assignee__title_front", "assignee__title_back"),
)
MOST_UNITS = 60
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})


@page("GET")
def cases(request: PersonRequest) -> HttpResponse:
    me, asked = request.employee, request.GET
    periods = list(periods_of(me.agency_id))
    period = next((p for p in periods if p.code == asked.get("periode")), periods[0] if periods else None)
    visible = visible_in(me, period) if period else Case.objects.none()
    step = asked.get("langkah", "")
    wanted = CaseFilter(
        words=asked.get("cari", "").strip()[:100],
        step=int(step) if step.isascii() and step.isdigit() and len(step) < 3 else None,  # noqa: PLR2004
        unit=asked.get("unit", "").strip()[:200],
        returned=asked.get("kembali") == "1",
        time=asked.get("waktu", ""),
    )
    counts = counts_by_step(visible)
    rows = filtered(visible, wanted).select_related("assignee").only(*SHOWN)
    context = {
        "periods": periods,
        "period": period,
        "steps": labelled(counts, period),
        "units": _units(me.agency_id),
        "wanted": wanted,
        "oversees": oversees(me),
        "page": paged(request, rows, count=_count(counts, wanted)),
    }
    return render(request, "web/cases.html", context)


def _units(agency_id: UUID) -> list[str]:
    """The units to choose from; nothing where there are so many that one is typed sooner than found."""
    names = unit_names(agency_id, MOST_UNITS + 1)
    return names if len(names) <= MOST_UNITS else []


def _count(counts: dict[int, int], wanted: CaseFilter) -> int | None:
    """How many rows the list has, where the counts by step tell it already."""
    if wanted not in (CaseFilter(step=wanted.step), CaseFilter(step=wanted.step, time=RUNNING)):
        return None
    known = {step: count for step, count in counts.items() if step or wanted.time != RUNNING}
    return sum(known.values()) if wanted.step is None else known.get(wanted.step, 0)


@page("GET")
def case(request: PersonRequest, case_id: UUID) -> HttpResponse:
    found = _visible(request, case_id)
    sop = sop_of(found.run.version)
    documents = _documents(found)
    found.known_acts = acts_of(found)
    found.known_signing = (_signed(documents),)
    context = {
        "case": found,
        "sop": sop,
        "steps": step_rows(sop.flow, found, history(found.run)),
        "events": told(events_of(found.stream)),
        "people": _people(found),
        **_assessor(request, found),
        "working": _working(found),
        "notices": (found.appraisal.in_force.result or {}).get("notices", []),
        "kept": found.appraisal.in_force,
        "headlines": headlines(found.appraisal.in_force, found.appraisal.method),
        "former": outcome(found.appraisal),
        "aftermath": aftermath(request.employee, found),
        "earned": earned_in(found.appraisal) if found.appraisal.approved_at else None,
        "forms": _forms(found),
        **_document(documents),
        "evidence": evidence_of(found.appraisal, removed=True) if found.supported else (),
        "mine": found.open_step is not None and can_act(request.employee, found, found.open_step),
        "stand_ins": stand_ins(request.employee, found, found.open_step) if found.open_step else [],
        "owner": sop.flow.actor(found.actor).label if found.step else "",
    }
    return render(request, "web/case.html", context)


@page("GET")
def form_workbook(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The blank formulir kinerja of one case."""
    found = _visible(request, case_id)
    content = blank_forms([found])
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="formulir-{found.code}.xlsx"'
    return response


@page("GET")
def form_version(request: PersonRequest, case_id: UUID, form_id: UUID) -> HttpResponse:
    """One version of the formulir kinerja as it was; those that were returned are kept too."""
    found = _visible(request, case_id)
    form = get_object_or_404(_forms(found), pk=form_id)
    context = {
        "case": found,
        "form": form,
        "grid": grid_of(form, forms.data_of(form), spare=False),
        "differences": form.differences.all(),
    }
    return render(request, "web/form_version.html", context)


@page("GET")
def form_file(request: PersonRequest, case_id: UUID, form_id: UUID) -> HttpResponse:
    """The workbook that a version was read from, as it was uploaded."""
    found = _visible(request, case_id)
    form = get_object_or_404(_forms(found), pk=form_id)
    if form.file is None:
        raise Http404
    response = HttpResponse(read(form.file), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}-v{form.version}.xlsx"'
    return response


@page("GET")
def evidence_file(request: PersonRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    found = _visible(request, case_id)
    evidence = get_object_or_404(
        Evidence.objects.select_related("file"), pk=evidence_id, appraisal_id=found.appraisal_id
    )
    return stored_file(evidence.file)


def stored_file(file: StoredFile) -> HttpResponse:
    """What somebody uploaded, kept from doing anything in the reader's browser."""
    response = HttpResponse(read(file), content_type=file.media_type)
    place = "inline" if file.media_type in SHOWN_INLINE else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{file.sha256[:12]}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _forms(case: Case) -> QuerySet[Form]:
    related = ("appraisal__plan", "file", "updated_by")
    return case.appraisal.forms.select_related(*related).order_by("stage", "version")


def _people(case: Case) -> list[tuple[str, dict[str, str]]]:
    labels = (
        ("employee", "Pegawai yang dinilai"),
        ("assessor", "Pejabat penilai"),
        ("superior", "Atasan pejabat penilai"),
    )
    return [(label, case.snapshot[key]) for key, label in labels if case.snapshot[key]]


def _assessor(request: PersonRequest, case: Any) -> dict[str, Any]:
    """Who assessed before, and for who keeps the cases whether another superior has been recorded meanwhile."""
    keeps = case.appraisal.approved_at is None and can_reassign(request.employee, case)
    return {
        "reassignments": case.reassignments.select_related("former", "by") if case.reassigned else (),
        "reassigns": keeps,
        "superior_now": superior_now(case) if keeps else None,
    }


def _working(case: Case) -> list[dict[str, Any]]:
    """The stored working, with its numbers as pairs like a fresh one's."""
    result = case.appraisal.in_force.result or {"lines": []}
    return [{**line, "numbers": [(n["name"], n["value"]) for n in line["numbers"]]} for line in result["lines"]]


def _documents(case: Case) -> list[Document]:
    """What the case has issued, in that order, each with its signatures and its place in the archive."""
    related = ("document__successor", "document__deposit__box__shelf")
    links = case.documents.select_related(*related).prefetch_related("document__signatures").order_by("pk")
    return [link.document for link in links]


def _signed(documents: list[Document]) -> dt.datetime | None:
    """When the employee first signed."""
    signatures = [row for document in documents for row in document.signatures.all()]
    return min((row.signed_at for row in signatures if row.signed_as == SignedAs.EMPLOYEE), default=None)


def _document(issued: list[Document]) -> dict[str, Any]:
    """The document in force with its signatures, copies and place in the archive, and those that it replaced."""
    document = next((found for found in issued if found.superseded_by is None), None)
    if document is None:
        return {"document": None}
    return {
        "document": document,
        "replaced": [found for found in issued if found.superseded_by is not None],
        "signatures": document.signatures.all(),
        "copies": document.copies.all(),
        "deposit": getattr(document, "deposit", None),
    }


def _visible(request: PersonRequest, case_id: UUID) -> Any:
    """The case with what its page needs; whose papers these are is noted when the answer has gone out."""
    found = case_of(request.employee, case_id)
    if found is None:
        raise Http404
    request.about = found.employee_id
    return found
