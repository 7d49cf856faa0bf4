"""Bengkel SOP: the draft of a revision is written by the Kasubbag, and approved by the Kepala."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, NotAllowed, Problem
from takar.procedures import actions, policies
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import draft_of, sop_of, version_in_force
from takar.rules.flow import Sop, SopError, differences, parse_sop, unexecutable
from takar.web.findings import findings_on
from takar.web.http import NO_ACT, PersonRequest, page, sentences
from takar.web.sheet import sheet_rows
from takar.web.workshop import Content, changed, content_of
from takar.web.workshop_form import editor, in_words


@page("GET", "POST")
def workshop(request: PersonRequest) -> HttpResponse:
    policies.check_can_read_workshop(request.employee, request.employee.agency)
    draft = draft_of(request.employee.agency_id, SHIPPED_KEY)
    if request.method == "GET":
        return _show(request, draft, _content(draft))
    act = ACTS.get(request.POST.get("tindakan", "simpan" if "ubah" in request.POST else ""))
    if act is None:
        return _show(request, draft, _content(draft), [Problem("", NO_ACT)])
    return act(request, draft)


@page("POST")
def preview(request: PersonRequest) -> HttpResponse:
    """What the draft on the screen would be, without keeping it."""
    agency = request.employee.agency
    policies.check_can_install(request.employee, agency)
    draft = draft_of(agency.pk, SHIPPED_KEY)
    if draft is None:
        raise Http404
    context = _outlook(draft, content_of(request.POST.dict(), draft.typed or draft.content))
    return render(request, "web/sop/outlook.html", context)


def _content(draft: ProcedureVersion | None) -> Content | None:
    """The draft as it was typed last."""
    return (draft.typed or draft.content) if draft else None


def _begin(request: PersonRequest, draft: ProcedureVersion | None) -> HttpResponse:
    agency = request.employee.agency
    current = version_in_force(agency, SHIPPED_KEY, clock.today())
    if current is None:
        raise InvalidInput("Belum ada SOP yang berlaku untuk disalin. Sahkan dahulu SOP bawaan program.")
    try:
        actions.revise_version(actor=request.employee, version=current)
    except DomainError as error:
        return _show(request, draft, _content(draft), sentences(error))
    messages.success(request, "Rancangan dibuat sebagai salinan versi yang berlaku.")
    return redirect("workshop")


def _save(request: PersonRequest, draft: ProcedureVersion | None) -> HttpResponse:
    """Keep the form, after what a button beside a step changes in it."""
    found, me = _required(draft), request.employee
    policies.check_can_install(me, me.agency)
    content = content_of(request.POST.dict(), found.typed or found.content)
    content, at = changed(content, request.POST.get("ubah", ""))
    try:
        problems = actions.save_draft(actor=me, version=found, content=content, seen=request.POST.get("sidik", ""))
    except InvalidInput as error:
        return _show(request, found, content, sentences(error))
    if problems:
        messages.warning(request, "Isian tersimpan, tetapi belum dapat disahkan; lihat yang harus diperbaiki di bawah.")
    else:
        messages.success(request, "Rancangan disimpan.")
    return redirect(reverse("workshop") + (f"#langkah-{at}" if at else ""))


def _discard(request: PersonRequest, draft: ProcedureVersion | None) -> HttpResponse:
    actions.discard_draft(actor=request.employee, version=_required(draft))
    messages.success(request, "Rancangan dibuang; jejaknya tetap tercatat.")
    return redirect("workshop")


def _approve(request: PersonRequest, draft: ProcedureVersion | None) -> HttpResponse:
    found, typed = _required(draft), request.POST
    policies.check_can_approve(request.employee, request.employee.agency)
    try:
        approved = actions.approve_draft(
            actor=request.employee,
            password=typed.get("password", ""),
            version=found,
            on=_day(typed.get("on", ""), "Tanggal pengesahan") or clock.today(),
            effective_on=_day(typed.get("effective_on", ""), "Tanggal efektif"),
            by=typed.get("by", ""),
            number=typed.get("number", ""),
        )
    except (InvalidInput, NotAllowed) as error:
        return _show(request, found, found.typed or found.content, sentences(error))
    messages.success(request, f"{approved} disahkan. Berkas yang sedang berjalan tetap memakai versinya sendiri.")
    return redirect("sop_version", approved.pk)


ACTS: dict[str, Callable[[PersonRequest, ProcedureVersion | None], HttpResponse]] = {
    "mulai": _begin,
    "simpan": _save,
    "buang": _discard,
    "sahkan": _approve,
}


def _required(draft: ProcedureVersion | None) -> ProcedureVersion:
    if draft is None:
        raise InvalidInput("Rancangan SOP itu tidak ada lagi: sudah disahkan atau dibuang. Buka kembali Bengkel SOP.")
    return draft


def _day(text: str, label: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        message = f"“{text}” bukan tanggal; isi seperti 2026-01-31."
        raise InvalidInput("SOP belum disahkan.", [Problem(label, message)]) from error


def _show(
    request: PersonRequest,
    draft: ProcedureVersion | None,
    content: Content | None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    me, agency = request.employee, request.employee.agency
    context: dict[str, Any] = {
        "draft": draft,
        "current": version_in_force(agency, SHIPPED_KEY, clock.today()),
        "may_draft": policies.can_install(me, agency),
        "may_approve": policies.can_approve(me, agency),
        "problems": in_words(problems or ()),
        "typed": request.POST.dict(),
        "today": clock.today(),
    }
    if draft is not None and content is not None:
        context |= {"editor": editor(content), **_outlook(draft, content)}
    return render(request, "web/workshop.html", context, status=422 if problems else 200)


def _outlook(draft: ProcedureVersion, content: Content) -> dict[str, Any]:
    """What is wrong with the content, what the lint says, how its sheet looks, and what it changes."""
    try:
        sop = parse_sop(content)
    except SopError as error:
        findings = [Problem(finding.where, finding.message) for finding in error.findings]
        return {"hindrances": in_words(findings), "sop": None}
    hindrances = [Problem(finding.where, finding.message) for finding in unexecutable(sop.flow)]
    return {
        "hindrances": in_words(hindrances),
        "sop": sop,
        "version": draft,
        "sheet": sheet_rows(sop),
        "findings": findings_on(sop, clock.today()),
        "changes": _changes(draft, sop),
    }


def _changes(draft: ProcedureVersion, sop: Sop) -> tuple[str, ...]:
    current = version_in_force(draft.agency, SHIPPED_KEY, clock.today())
    return differences(sop_of(current), sop) if current else ()
