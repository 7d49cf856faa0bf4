"""Realisasi sepanjang tahun: what was achieved of each row of the plan, as it happens, with its evidence."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Plan, ProgressFile
from takar.appraisal.progress import add_progress, can_record, items_of_plan, progress_of, remove_progress
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.rules.numbers import parse_decimal
from takar.web.http import PersonRequest, files, identifiers, page, sentences, small_number
from takar.web.views.cases import stored_file
from takar.web.views.skp import find

FIGURES = {"angka": "Angka", "biaya": "Biaya"}


@page("GET", "POST")
def progress(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    plan = find(request, plan_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _act(request, plan)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Realisasi tersimpan.")
            return redirect("progress", plan.pk)
    rows, items = list(progress_of(plan)), items_of_plan(plan)
    keys = {item.row.key for item in items}
    context = {
        "plan": plan,
        "adds_up": plan.method == Regulation.PP46,
        "items": [(item, [row for row in rows if row.row.key == item.row.key]) for item in items],
        "keys_gone": [row for row in rows if row.row.key not in keys],
        "writes": can_record(request.employee, plan),
        "problems": problems,
        "typed": {name: request.POST.get(name, "") for name in ("baris", "tanggal", "uraian", *FIGURES)},
        "today": clock.today().isoformat(),
    }
    return render(request, "web/skp/progress.html", context, status=422 if problems else 200)


@page("GET")
def progress_file(request: PersonRequest, plan_id: UUID, file_id: UUID) -> HttpResponse:
    plan = find(request, plan_id)
    entries = progress_of(plan).values("pk")
    found = get_object_or_404(ProgressFile.objects.select_related("file"), pk=file_id, progress__in=entries)
    return stored_file(found.file)


def _act(request: PersonRequest, plan: Plan) -> None:
    typed = request.POST
    if removed := identifiers([typed.get("cabut", "")]):
        remove_progress(actor=request.employee, plan=plan, progress_id=removed[0])
        return
    problems: list[Problem] = []
    figures = {name: _figure(typed.get(name, ""), label, problems) for name, label in FIGURES.items()}
    if problems:
        raise InvalidInput("Realisasi belum dicatat; yang sudah diketik tetap ada.", problems)
    add_progress(
        actor=request.employee,
        plan=plan,
        item=small_number(typed.get("baris", "")),
        on=_date(typed.get("tanggal", "")),
        text=typed.get("uraian", ""),
        figure=figures["angka"],
        cost=figures["biaya"],
        files=files(request, "bukti", settings.MAX_UPLOAD_BYTES) if request.FILES.getlist("bukti") else (),
    )


def _figure(text: str, label: str, problems: list[Problem]) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return parse_decimal(text)
    except ValueError as error:
        problems.append(Problem(label, f"“{text}”: {error}"))
        return None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
