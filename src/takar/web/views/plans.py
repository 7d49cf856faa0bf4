"""Target SKP: who has agreed targets for a year, and one person's targets typed or corrected."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.appraisal.enums import PlanState, Regulation
from takar.appraisal.figures import column_problem
from takar.appraisal.models import Plan
from takar.appraisal.plan_contents.activities import activity_rows
from takar.appraisal.plan_queries import in_force, newest
from takar.appraisal.plans import check_can_keep_plans, save_plans
from takar.appraisal.types import ActivityData
from takar.common import clock
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.common.words import figure
from takar.organisation.models import Employee
from takar.organisation.queries import assignments_on
from takar.rules.numbers import parse_decimal
from takar.web.http import PersonRequest, page, paged, sentences

SPARE = 3
YEARS_BACK = 5
REQUIRED = {"quantity": "Kuantitas", "quality": "Kualitas", "time": "Waktu"}
OPTIONAL = {"cost": "Biaya", "credit": "Angka kredit"}
TEXTS = {"name": ("Kegiatan", 500), "quantity_unit": ("Satuan kuantitas", 40), "time_unit": ("Satuan waktu", 20)}
USUAL: dict[str, Any] = {"time_unit": "bulan", "quality": Decimal(100)}


@page("GET")
def plans(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_keep_plans(request.employee, agency)
    this_year = clock.today().year
    text = request.GET.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this_year - 1  # noqa: PLR2004
    rows = paged(request, assignments_on(agency.pk, clock.today()).exclude(employee__nip=None))
    shown = [place.employee_id for place in rows]
    agreed = Plan.objects.filter(year=year, method=Regulation.PP46, employee_id__in=shown, state=PlanState.AGREED)
    planned = set(agreed.values_list("employee_id", flat=True))
    found: dict[UUID, list[Plan]] = {}
    for row in newest(Plan.objects.filter(year=year, employee_id__in=shown)).order_by("method", "part"):
        found.setdefault(row.employee_id, []).append(row)
    context = {
        "page": rows,
        "rows": [(place, place.employee_id in planned, found.get(place.employee_id, [])) for place in rows],
        "year": year,
        "years": range(this_year, this_year - YEARS_BACK, -1),
    }
    return render(request, "web/plans.html", context)


@page("GET", "POST")
def plan(request: PersonRequest, year: int, employee_id: UUID) -> HttpResponse:
    agency = request.employee.agency
    check_can_keep_plans(request.employee, agency)
    person = get_object_or_404(Employee.objects.filter(agency=agency), pk=employee_id)
    if not 2014 <= year <= clock.today().year + 1:  # noqa: PLR2004 -- PP 46/2011 was carried out from 2014 on
        raise Http404
    found = in_force(Plan.objects.filter(employee=person, year=year, method=Regulation.PP46)).last()
    kept = activity_rows(found) if found else []
    problems: list[Problem] = []
    typed = request.POST.dict() if request.method == "POST" else None
    if typed is not None:
        try:
            activities = _read(typed, len(kept) + SPARE)
            save_plans(actor=request.employee, agency=agency, year=year, plans={person: activities})
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, f"Target SKP {person.full_name} tahun {year} disimpan.")
            return redirect("plan", year, person.pk)
    context = {
        "person": person,
        "year": year,
        "rows": _rows(kept, typed),
        "problems": problems,
        "kept": kept,
        "found": found,
    }
    return render(request, "web/plan.html", context, status=422 if problems else 200)


def _rows(kept: list[ActivityData], typed: dict[str, str] | None) -> list[dict[str, Any]]:
    """The kept activities and some empty rows, overlaid by what was typed."""
    fields = (*TEXTS, *REQUIRED, *OPTIONAL)
    rows = []
    for number in range(1, len(kept) + SPARE + 1):
        data = kept[number - 1] if number <= len(kept) else None
        row: dict[str, Any] = {"number": number}
        for name in fields:
            value = getattr(data, name) if data else USUAL.get(name, "")
            text = value if isinstance(value, str) else figure(value)
            row[name] = text if typed is None else typed.get(f"{name}-{number}", "")
        rows.append(row)
    return rows


def _read(typed: dict[str, str], count: int) -> list[ActivityData]:
    problems: list[Problem] = []
    activities: list[ActivityData] = []
    for number in range(1, count + 1):
        if not typed.get(f"name-{number}", "").strip():
            continue
        values = {name: _text(typed, number, name, problems) for name in TEXTS}
        figures = {name: _figure(typed, number, name, problems) for name in (*REQUIRED, *OPTIONAL)}
        if not problems:
            activities.append(ActivityData(number=len(activities) + 1, **values, **figures))  # type: ignore[arg-type]
    if problems:
        raise InvalidInput("Target SKP belum disimpan; yang sudah diketik tetap ada di bawah.", problems)
    return activities


def _text(typed: dict[str, str], number: int, name: str, problems: list[Problem]) -> str:
    label, longest = TEXTS[name]
    text = typed.get(f"{name}-{number}", "").strip()
    if not 0 < len(text) <= longest:
        problems.append(Problem(f"Baris {number}, {label}", f"Wajib diisi, paling panjang {longest} huruf."))
    return text


def _figure(typed: dict[str, str], number: int, name: str, problems: list[Problem]) -> Decimal | None:
    label = REQUIRED.get(name) or OPTIONAL[name]
    text = typed.get(f"{name}-{number}", "").strip()
    where = f"Baris {number}, {label}"
    if not text:
        if name in REQUIRED:
            problems.append(Problem(where, "Wajib diisi."))
        return None
    try:
        value = parse_decimal(text)
    except ValueError as error:
        problems.append(Problem(where, f"“{text}”: {error}"))
        return None
    if problem := column_problem(name, value):
        problems.append(Problem(where, f"“{text}”: {problem}"))
    return value if value or name in REQUIRED else None
