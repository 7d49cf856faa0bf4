"""SKP: my plan, those of my staff, one plan with its history, and what may be done with it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.enums import PlanMoveKind, Regulation
from takar.appraisal.models import Plan
from takar.appraisal.plan_contents import CONTENTS
from takar.appraisal.plan_policies import RULES, can_read_matrix, check_can_draft, moves_of, visible_plans, waiting_for
from takar.appraisal.plan_queries import newest, versions_of
from takar.appraisal.planning import EARLIEST_YEAR, draft_plan, move_plan
from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.models import Employee
from takar.organisation.queries import assignments_on
from takar.web.http import PersonRequest, page, paged, sentences
from takar.web.plan_forms import PLAN_FORMS
from takar.web.plan_forms.values import value_rows

YEARS = 5
# Moves that the page offers as a button of its own; to fill in is a page of its own.
WRITING = frozenset({PlanMoveKind.EDIT, PlanMoveKind.CORRECT})
MAIN = frozenset({PlanMoveKind.SUBMIT, PlanMoveKind.AGREE, PlanMoveKind.DECIDE})


@page("GET")
def overview(request: PersonRequest) -> HttpResponse:
    """What is mine, what waits for me, and how far my staff is."""
    me, year = request.employee, year_of(request)
    staff = paged(request, assignments_on(me.agency_id, clock.today()).filter(superior=me))
    plans: dict[UUID, list[Plan]] = {}
    for plan in newest(Plan.objects.filter(year=year, employee_id__in=[seat.employee_id for seat in staff])):
        plans.setdefault(plan.employee_id, []).append(plan)
    context = {
        "mine": newest(Plan.objects.filter(employee=me)).order_by("-year", "method", "part"),
        "waiting": waiting_for(me).select_related("employee"),
        "page": staff,
        "staff": [(seat, plans.get(seat.employee_id, [])) for seat in staff],
        "year": year,
        "years": years(),
    }
    return render(request, "web/skp/overview.html", context)


@page("GET", "POST")
def begin(request: PersonRequest, employee_id: UUID) -> HttpResponse:
    """Begin a plan for oneself, or at the desk for somebody else."""
    me = request.employee
    person = get_object_or_404(Employee.objects.filter(agency=me.agency).select_related("agency"), pk=employee_id)
    check_can_draft(me, person)
    problems: list[Problem] = []
    typed = {"tahun": str(clock.today().year), "cara": Regulation.PERMENPAN6.value}
    if request.method == "POST":
        typed = request.POST.dict()
        year, method = _year(typed.get("tahun", "")), typed.get("cara", "")
        try:
            plan = draft_plan(actor=me, employee=person, year=year, method=method, copied="salin" in typed)
        except DomainError as error:
            problems = sentences(error)
        else:
            return redirect("skp_edit", plan.pk)
    context = {"person": person, "years": years(), "methods": Regulation.choices, "typed": typed, "problems": problems}
    return render(request, "web/skp/begin.html", context, status=422 if problems else 200)


@page("GET", "POST")
def plan(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The plan as it stands, its versions and history, and the moves that are this person's."""
    found = find(request, plan_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            moved = _move(request, found)
        except DomainError as error:
            problems, found = sentences(error), find(request, plan_id)
        else:
            messages.success(request, DONE.get(request.POST.get("tindakan", ""), "Tersimpan."))
            return redirect("skp_edit" if moved.pk != found.pk else "skp_plan", moved.pk)
    content = CONTENTS[found.method]
    moves = moves_of(request.employee, found)
    shown: dict[str, Any] = {
        "plan": found,
        "content": content.read(found),
        "values": value_rows(found),
        "moves": found.moves.select_related("by"),
        "versions": versions_of(found),
        "writes": bool(WRITING & set(moves)),
        "buttons": [(kind.value, RULES[kind], kind in MAIN) for kind in moves if kind not in WRITING],
        "problems": problems,
        "typed": request.POST.dict(),
        "today": clock.today().isoformat(),
        "matrix": found.superior is not None and can_read_matrix(request.employee, found.superior),
        "shown": PLAN_FORMS[found.method].shown,
    }
    return render(request, "web/skp/plan.html", shown, status=422 if problems else 200)


DONE = {
    "ajukan": "SKP diajukan kepada atasan langsung.",
    "tarik": "SKP ditarik kembali dan dapat diubah lagi.",
    "setujui": "SKP disetujui dan ditetapkan.",
    "kembalikan": "SKP dikembalikan dengan alasannya.",
    "serahkan": "SKP diserahkan kepada atasan pejabat penilai.",
    "tetapkan": "SKP ditetapkan; keputusan ini final.",
    "kertas": "SKP dicatat sebagai disepakati di atas kertas.",
    "ubah": "Versi baru dibuat dari yang berlaku. Ubahlah, lalu ajukan; sampai disetujui, versi lama tetap berlaku.",
    "akhiri": "Bagian ini diakhiri. SKP bagian berikutnya sekarang dapat disusun.",
    "batalkan": "Draf dibatalkan.",
}


def find(request: PersonRequest, plan_id: UUID) -> Plan:
    """The plan, as far as this person may see it; a stranger gets 404."""
    return get_object_or_404(with_content(visible_plans(request.employee).filter(pk=plan_id)))


def with_content(plans: "QuerySet[Plan]") -> "QuerySet[Plan]":
    everything = {name for content in CONTENTS.values() for name in content.prefetch}
    return plans.select_related("employee", "superior__agency", "agency").prefetch_related(*sorted(everything))


def years() -> range:
    """Next year's plan may be made already; older ones than these are in the archive."""
    this = clock.today().year
    return range(this + 1, this - YEARS, -1)


def year_of(request: PersonRequest) -> int:
    return _year(request.GET.get("tahun", "")) or clock.today().year


def _year(text: str) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else 0
    return year if EARLIEST_YEAR <= year <= clock.today().year + 1 else 0


def _move(request: PersonRequest, found: Plan) -> Plan:
    typed = request.POST
    kind = typed.get("tindakan", "")
    if kind not in PlanMoveKind.values or PlanMoveKind(kind) in WRITING:
        raise DomainError("Kiriman ini tidak menyebut tindakannya, sehingga tidak ada yang berubah.")
    reason = typed.get(f"alasan-{kind}", "")
    return move_plan(
        actor=request.employee,
        plan_id=found.pk,
        kind=PlanMoveKind(kind),
        reason=reason,
        on=_date(typed.get(f"tanggal-{kind}", "")),
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
