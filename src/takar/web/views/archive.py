"""Arsip: finding what was archived, one document of it, boxes and their labels."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.accounts.adapter import normal_username
from takar.archive.enums import DepositState, HoldGround
from takar.archive.loans import LoanData, lend, take_back
from takar.archive.models import Box, Hold, Loan, Shelf
from takar.archive.places import add_box, confirm_box, move_box
from takar.archive.policies import can_keep_archive, is_kasubbag, reads_archive
from takar.archive.queries import (
    boxes_of,
    deposits_in,
    holds_on,
    kinds_in,
    lives_of,
    open_loans,
    running_check,
    search,
    visible_deposits,
)
from takar.archive.retention import hold_deposit, lift_hold
from takar.archive.sheets import print_box_list, print_labels
from takar.common import clock
from takar.common.errors import Problem
from takar.organisation.models import Employee
from takar.web.http import PersonRequest, as_typed, day_of, page, paged, pdf_response, performed
from takar.web.views.cases import stored_file

LONGEST_SEARCH, LONGEST_KIND = 100, 40
MOST_LABELS = 500


@page("GET")
def archive(request: PersonRequest) -> HttpResponse:
    words = request.GET.get("cari", "").strip()[:LONGEST_SEARCH]
    state, kind = request.GET.get("keadaan", ""), request.GET.get("jenis", "")
    found = search(request.employee, words)
    if state in DepositState.values:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind[:LONGEST_KIND])
    kinds = kinds_in(request.employee)
    context = {
        "words": words,
        "several": bool(kind) or len(kinds) > 1,
        "state": state,
        "states": DepositState.choices,
        "kind": kind,
        "kinds": kinds,
        "page": paged(request, found),
    }
    return render(request, "web/archive.html", context)


@page("GET", "POST")
def deposit(request: PersonRequest, deposit_id: UUID) -> HttpResponse:
    """One archived document: where it lies, how long, who has it, and what holds it."""
    me = request.employee
    found = get_object_or_404(visible_deposits(me).select_related("agency", "document__successor"), pk=deposit_id)
    problems: list[Problem] | None = []
    if request.method == "POST":
        acts = {
            "pinjam": lambda: _lent(lend(actor=me, deposit=found, data=_loan(request))),
            "tahan": lambda: _held(
                hold_deposit(
                    actor=me,
                    deposit=found,
                    ground=request.POST.get("sebab", ""),
                    reference=request.POST.get("dasar", ""),
                )
            ),
        }
        problems = performed(request, acts)
        if problems is None:
            return redirect("deposit", deposit_id)
    keeps = can_keep_archive(me, found.agency)
    context = {
        "deposit": found,
        "successor": found.document.superseded_by if found.document else None,
        "living": lives_of(found.agency_id, [found])[0],
        "holds": holds_on(found),
        "loans": found.loans.select_related("returned_to").order_by("-lent_on", "-pk"),
        "keeps": keeps,
        "is_kasubbag": is_kasubbag(me),
        "grounds": [(ground.value, ground.label) for ground in (HoldGround.CASE, HoldGround.INSPECTION)],
        "problems": problems,
        "typed": as_typed(request, "peminjam", "keperluan", "kembali", "sebab", "dasar"),
    }
    return render(request, "web/archive/deposit.html", context, status=422 if problems else 200)


@page("GET")
def content(request: PersonRequest, deposit_id: UUID) -> HttpResponse:
    """The document as it was archived."""
    found = get_object_or_404(visible_deposits(request.employee).select_related("file"), pk=deposit_id)
    return stored_file(found.document.final_file if found.document else found.file)


@page("POST")
def release(request: PersonRequest, hold_id: UUID) -> HttpResponse:
    """Lift one hold."""
    hold = get_object_or_404(Hold, pk=hold_id, agency=request.employee.agency)
    lift_hold(actor=request.employee, hold=hold, reason=request.POST.get("alasan", ""))
    messages.success(request, "Penahanan dilepas.")
    return redirect("deposit", hold.deposit_id) if hold.deposit_id else redirect("archive")


@page("GET", "POST")
def boxes(request: PersonRequest) -> HttpResponse:
    """Every box file by its shelf; a new one."""
    me = _reader(request)
    problems: list[Problem] | None = []
    if request.method == "POST":
        typed = request.POST
        given = {"box_code": typed.get("box", ""), "shelf_code": typed.get("rak", ""), "room": typed.get("ruang", "")}
        add = {"box": lambda: f"Box {add_box(actor=me, agency=me.agency, **given).code} dicatat."}
        problems = performed(request, add)
        if problems is None:
            return redirect("boxes")
    context = {
        "page": paged(request, boxes_of(me.agency_id)),
        "keeps": can_keep_archive(me, me.agency),
        "problems": problems,
        "typed": as_typed(request, "box", "rak", "ruang"),
    }
    return render(request, "web/archive/boxes.html", context, status=422 if problems else 200)


@page("GET", "POST")
def box(request: PersonRequest, box_id: UUID) -> HttpResponse:
    """What a box's label leads to: its contents, its history, and its place in the running check."""
    me = _reader(request)
    found = get_object_or_404(Box.objects.select_related("shelf", "agency"), pk=box_id, agency=me.agency)
    check = running_check(me.agency_id)
    problems: list[Problem] | None = []
    if request.method == "POST":
        acts = {
            "pindah": lambda: _moved(
                move_box(
                    actor=me,
                    box=found,
                    shelf_code=request.POST.get("rak", ""),
                    reason=request.POST.get("alasan", ""),
                )
            )
        }
        if check is not None:
            seen = request.POST.get("rak-terlihat", "")
            acts["cek"] = lambda: _checked(confirm_box(actor=me, check=check, box=found, shelf_code=seen))
        problems = performed(request, acts)
        if problems is None:
            return redirect("box", box_id)
    context = {
        "box": found,
        "check": check,
        "line": check.lines.filter(box=found).first() if check else None,
        "page": paged(request, deposits_in(found)),
        "moves": found.moves.select_related("origin", "target", "by"),
        "keeps": can_keep_archive(me, me.agency),
        "problems": problems,
        "typed": as_typed(request, "rak", "alasan"),
    }
    return render(request, "web/archive/box.html", context, status=422 if problems else 200)


@page("GET")
def shelf(request: PersonRequest, shelf_id: UUID) -> HttpResponse:
    """What a shelf's label leads to."""
    me = _reader(request)
    found = get_object_or_404(Shelf, pk=shelf_id, agency=me.agency)
    context = {"shelf": found, "page": paged(request, boxes_of(me.agency_id).filter(shelf=found))}
    return render(request, "web/archive/shelf.html", context)


@page("GET")
def labels(request: PersonRequest) -> HttpResponse:
    """Labels of all boxes and shelves, or of one shelf's."""
    me = _reader(request)
    found = list(boxes_of(me.agency_id)[:MOST_LABELS])
    shelves = {row.shelf.pk: row.shelf for row in found}
    return pdf_response(print_labels(me.agency, found, list(shelves.values())), "label-arsip")


@page("GET")
def box_label(request: PersonRequest, box_id: UUID) -> HttpResponse:
    me = _reader(request)
    found = get_object_or_404(Box.objects.select_related("shelf"), pk=box_id, agency=me.agency)
    return pdf_response(print_labels(me.agency, [found]), "label-box")


@page("GET")
def box_list(request: PersonRequest, box_id: UUID) -> HttpResponse:
    """What lies in the box, as a sheet to lay in it."""
    me = _reader(request)
    found = get_object_or_404(Box.objects.select_related("shelf", "agency"), pk=box_id, agency=me.agency)
    inside = deposits_in(found).filter(state__in=[DepositState.ACTIVE, DepositState.INACTIVE])
    return pdf_response(print_box_list(found, list(inside)), "daftar-isi-box")


@page("GET", "POST")
def loans(request: PersonRequest) -> HttpResponse:
    """What is out of its box, and since when it should be back."""
    me = _reader(request)
    problems: list[Problem] | None = []
    if request.method == "POST":
        known = Loan.objects.select_related("deposit__agency").filter(deposit__agency=me.agency)
        loan = known.filter(pk__in=_identifier(request)).first()
        acts = {"kembali": lambda: _returned(take_back(actor=me, loan=loan))} if loan else {}
        problems = performed(request, acts)
        if problems is None:
            return redirect("loans")
    today = clock.today()
    rows = paged(request, open_loans(me.agency_id))
    context = {
        "page": rows,
        "rows": [(row, row.due_on < today) for row in rows],
        "keeps": can_keep_archive(me, me.agency),
        "problems": problems,
    }
    return render(request, "web/archive/loans.html", context, status=422 if problems else 200)


def _reader(request: PersonRequest) -> Employee:
    if not reads_archive(request.employee):
        raise Http404
    return request.employee


def _identifier(request: PersonRequest) -> list[UUID]:
    try:
        return [UUID(request.POST.get("pinjaman", ""))]
    except ValueError:
        return []


def _loan(request: PersonRequest) -> LoanData:
    typed = request.POST
    name = typed.get("peminjam", "").strip()
    people = Employee.objects.filter(agency=request.employee.agency, user__username=normal_username(name))
    person = people.first() if name else None
    due = day_of(typed.get("kembali", ""))
    return LoanData(person.full_name if person else name, typed.get("keperluan", ""), due, person)


def _lent(loan: Loan) -> str:
    return f"Dipinjamkan kepada {loan.borrower}."


def _returned(loan: Loan) -> str:
    return f"{loan.deposit.number} kembali ke tempatnya."


def _held(_hold: Hold) -> str:
    return "Arsip ini ditahan: tidak dapat dimusnahkan atau diserahkan sampai dilepas."


def _moved(move: object) -> str:
    return f"Box dipindahkan ke rak {getattr(move, 'target', '')}."


def _checked(line: object) -> str:
    return f"Dicatat: {getattr(line, 'get_result_display', str)().lower()}."
