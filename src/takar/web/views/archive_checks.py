"""Pemeriksaan rak (stock opname): start, take codes in, close, and what earlier checks found."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.archive.models import Box, StockCheck
from takar.archive.places import close_check, confirm_codes, start_check
from takar.archive.policies import can_keep_archive, reads_archive
from takar.archive.queries import running_check
from takar.common.errors import InvalidInput, Problem
from takar.web.http import PersonRequest, as_typed, page, paged, performed


@page("GET", "POST")
def checks(request: PersonRequest) -> HttpResponse:
    """The running check with a place to type codes, and all before it."""
    me = request.employee
    if not reads_archive(me):
        raise Http404
    check = running_check(me.agency_id)
    problems: list[Problem] | None = []
    if request.method == "POST":
        problems = performed(request, _acts(request, check))
        if problems is None:
            return redirect("stock_checks")
    context = {
        "check": check,
        "seen": check.lines.count() if check else 0,
        "boxes": Box.objects.filter(agency=me.agency).count(),
        "page": paged(request, StockCheck.objects.filter(agency=me.agency).select_related("started_by", "closed_by")),
        "keeps": can_keep_archive(me, me.agency),
        "problems": problems,
        "typed": as_typed(request, "nama", "rak", "kode"),
    }
    return render(request, "web/archive/checks.html", context, status=422 if problems else 200)


@page("GET")
def check(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """What one check found, what is wrong first."""
    if not reads_archive(request.employee):
        raise Http404
    found = get_object_or_404(
        StockCheck.objects.select_related("started_by", "closed_by"), pk=check_id, agency=request.employee.agency
    )
    lines = found.lines.select_related("box", "by").order_by("-result", "box__code", "pk")
    return render(request, "web/archive/check.html", {"check": found, "page": paged(request, lines)})


def _acts(request: PersonRequest, check: StockCheck | None) -> dict[str, Callable[[], str]]:
    me, typed = request.employee, request.POST
    if check is None:
        return {
            "mulai": lambda: f"“{start_check(actor=me, agency=me.agency, name=typed.get('nama', '')).name}” dimulai."
        }
    return {
        "ketik": lambda: _typed(request, check),
        "tutup": lambda: f"Pemeriksaan ditutup; {close_check(actor=me, check=check)} box tidak ditemukan.",
    }


def _typed(request: PersonRequest, check: StockCheck) -> str:
    answer = confirm_codes(
        actor=request.employee,
        check=check,
        shelf_code=request.POST.get("rak", ""),
        codes=request.POST.get("kode", ""),
    )
    if answer.problems:
        raise InvalidInput(f"{answer.found} box dicatat; yang berikut perlu dilihat.", answer.problems)
    return f"{answer.found} box dicatat."
