"""Penyusutan: what is due, the lists on their way, and each act of one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.archive.models import Reduction
from takar.archive.policies import can_keep_archive, is_kasubbag, reads_archive
from takar.archive.queries import due_for, reductions_of
from takar.archive.reductions import ActData, Person, cancel_reduction, may, perform_act, start_reduction
from takar.common.errors import InvalidInput, Problem
from takar.files.queries import read
from takar.rules.reductions import ReductionKind, acts_of
from takar.rules.retention import Proposal
from takar.web.http import (
    PersonRequest,
    as_typed,
    day_of,
    files,
    identifiers,
    page,
    paged,
    pdf_response,
    performed,
)

DUE = {
    ReductionKind.MOVE: Proposal.MOVE,
    ReductionKind.DESTROY: Proposal.DESTROY,
    ReductionKind.HAND_OVER: Proposal.HAND_OVER,
}


@page("GET", "POST")
def reductions(request: PersonRequest) -> HttpResponse:
    """Every list, and what may be put on a new one today."""
    me = request.employee
    if not reads_archive(me):
        raise Http404
    kind = _kind(request.POST.get("jenis") or request.GET.get("jenis", ""))
    problems: list[Problem] | None = []
    if request.method == "POST":
        chosen = identifiers(request.POST.getlist("pilih"))
        start = {"mulai": lambda: _started(start_reduction(actor=me, agency=me.agency, kind=kind, deposits=chosen))}
        problems = performed(request, start)
        if problems is None:
            return redirect("reductions")
    context = {
        "kind": kind,
        "kinds": [(each.value, each.label) for each in ReductionKind],
        "due": due_for(me.agency_id, DUE[kind]),
        "page": paged(request, reductions_of(me.agency_id)),
        "keeps": can_keep_archive(me, me.agency),
        "problems": problems,
    }
    return render(request, "web/archive/reductions.html", context, status=422 if problems else 200)


@page("GET", "POST")
def reduction(request: PersonRequest, reduction_id: UUID) -> HttpResponse:
    """One list with its acts; whoever may do the next one does it here."""
    me = request.employee
    if not reads_archive(me):
        raise Http404
    found = get_object_or_404(reductions_of(me.agency_id), pk=reduction_id)
    problems: list[Problem] | None = []
    if request.method == "POST":
        problems = performed(request, _acts(request, found))
        if problems is None:
            return redirect("reduction", reduction_id)
    items = list(found.items.order_by("pk"))
    context = {
        "reduction": found,
        "acts": _shown(request, found, items),
        "items": items,
        "can_cancel": found.state == "berjalan" and is_kasubbag(me),
        "problems": problems,
        "typed": as_typed(request, "nomor", "tanggal", "teks", "alasan"),
    }
    return render(request, "web/archive/reduction.html", context, status=422 if problems else 200)


@page("GET")
def record(request: PersonRequest, reduction_id: UUID) -> HttpResponse:
    """The berita acara; it stays for ever."""
    found = get_object_or_404(reductions_of(request.employee.agency_id), pk=reduction_id)
    if found.file is None or not reads_archive(request.employee):
        raise Http404
    return pdf_response(read(found.file), found.number.replace("/", "-"))


@page("GET")
def act_file(request: PersonRequest, reduction_id: UUID, key: str) -> HttpResponse:
    """The letter that belongs to an act."""
    found = get_object_or_404(reductions_of(request.employee.agency_id), pk=reduction_id)
    act = get_object_or_404(found.acts.select_related("file"), kind=key)
    if act.file is None or not reads_archive(request.employee):
        raise Http404
    return pdf_response(read(act.file), f"{found.number.replace('/', '-')}-{key}")


def _acts(request: PersonRequest, found: Reduction) -> dict[str, Any]:
    me, typed = request.employee, request.POST

    def do(key: str, label: str) -> Any:
        return lambda: _done(perform_act(actor=me, reduction=found, key=key, data=_data(request)), label)

    acts = {act.key: do(act.key, act.label) for act in acts_of(ReductionKind(found.kind), found.years)}
    cancel = {"batal": lambda: _cancelled(cancel_reduction(actor=me, reduction=found, reason=typed.get("alasan", "")))}
    return acts | cancel


def _shown(request: PersonRequest, found: Reduction, items: list[Any]) -> list[dict[str, Any]]:
    """Each act of the table with what was recorded of it, or with its form for whoever may do it now."""
    done = {made.kind: made for made in found.acts.select_related("by")}
    names, details = request.POST.getlist("nama"), request.POST.getlist("rincian")
    rows = []
    for act in acts_of(ReductionKind(found.kind), found.years):
        open_now = act.key not in done and may(request.employee, found, act)
        people = [
            (part, names[place] if place < len(names) else "", details[place] if place < len(details) else "")
            for place, part in enumerate(act.parts)
        ]
        rows.append({"act": act, "made": done.get(act.key), "open": open_now, "people": people, "items": items})
    return rows


def _data(request: PersonRequest) -> ActData:
    typed = request.POST
    texts = [typed.getlist(name) for name in ("bagian", "nama", "rincian")]
    people = [Person(*(text.strip() for text in row)) for row in zip(*texts, strict=False)]
    kept = {pk: typed.get(f"sebab-{pk}", "").strip() for pk in identifiers(typed.getlist("simpan"))}
    if typed.get("tanggal") and day_of(typed["tanggal"]) is None:
        raise InvalidInput("Belum dicatat.", [Problem("Tanggal", f"“{typed['tanggal']}” bukan tanggal.")])
    return ActData(
        on=day_of(typed.get("tanggal", "")),
        number=typed.get("nomor", ""),
        text=typed.get("teks", ""),
        people=tuple(person for person in people if person.name or person.detail),
        kept=kept,
        file=files(request, "naskah", settings.MAX_UPLOAD_BYTES)[0] if request.FILES else None,
        password=typed.get("password", ""),
        code=typed.get("code", ""),
    )


def _kind(text: str) -> ReductionKind:
    return ReductionKind(text) if text in set(ReductionKind) else ReductionKind.MOVE


def _started(made: Reduction) -> str:
    return f"Daftar {made.number} dibuat; lanjutkan tindakannya dari daftar di bawah."


def _done(_made: object, label: str) -> str:
    return f"“{label}” selesai."


def _cancelled(made: Reduction) -> str:
    return f"Daftar {made.number} dibatalkan."
