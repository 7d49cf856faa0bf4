"""Jam kerja: the office's hours in the usual week and in seasons like Ramadhan."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from takar.common.errors import DomainError, Problem
from takar.organisation.calendar import WEEKDAYS
from takar.organisation.hours import (
    FIELDS,
    SeasonData,
    drop_season,
    set_hours,
    set_season,
    weeks_of,
)
from takar.organisation.models import Agency, HoursSeason
from takar.organisation.policies import check_can_manage_office
from takar.rules.worktime import DayHours
from takar.web.http import PersonRequest, page, sentences

Row = tuple[str, list[tuple[str, str, str]], str]
NAMES = {"start": "buka", "break_start": "istirahat", "break_end": "kembali", "end": "tutup"}


@page("GET", "POST")
def hours(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    typed = request.POST
    if request.method == "POST":
        try:
            set_hours(actor=request.employee, agency=agency, week=_typed(typed), risk_percent=typed.get("ingat", ""))
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Jam kerja disimpan; jatuh tempo yang berjalan dihitung ulang.")
            return redirect("hours")
    context = {
        "problems": problems,
        "rows": _rows(agency, weeks_of(agency), typed if problems else None),
        "percent": typed.get("ingat", "") if problems else agency.risk_percent,
        "seasons": agency.seasons.order_by("-start"),
    }
    return render(request, "web/hours.html", context, status=422 if problems else 200)


@page("GET", "POST")
def new_season(request: PersonRequest) -> HttpResponse:
    return _season(request, None)


@page("GET", "POST")
def season(request: PersonRequest, season_id: UUID) -> HttpResponse:
    check_can_manage_office(request.employee, request.employee.agency)
    return _season(request, get_object_or_404(HoursSeason, pk=season_id, agency=request.employee.agency))


def _season(request: PersonRequest, found: HoursSeason | None) -> HttpResponse:
    agency, typed = request.employee.agency, request.POST
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            message = _act(request, agency, found)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, message)
            return redirect("hours")
    kept = {"nama": found.name, "mulai": f"{found.start}", "sampai": f"{found.end}"} if found else {}
    context = {
        "season": found,
        "problems": problems,
        "rows": _rows(agency, weeks_of(agency, found, special=True), typed if problems else None),
        **{key: (typed if problems else kept).get(key, "") for key in ("nama", "mulai", "sampai")},
    }
    return render(request, "web/season.html", context, status=422 if problems else 200)


def _act(request: PersonRequest, agency: Agency, found: HoursSeason | None) -> str:
    typed = request.POST
    if found is not None and typed.get("tindakan") == "hapus":
        drop_season(actor=request.employee, agency=agency, season_id=found.pk)
        return "Jam kerja khusus dihapus; jatuh tempo yang berjalan dihitung ulang."
    data = SeasonData(typed.get("nama", ""), typed.get("mulai", ""), typed.get("sampai", ""), _typed(typed))
    set_season(actor=request.employee, agency=agency, season_id=found.pk if found else None, data=data)
    return "Jam kerja khusus disimpan; jatuh tempo yang berjalan dihitung ulang."


def _typed(typed: Mapping[str, str]) -> dict[int, dict[str, str]]:
    return {
        weekday: {field: typed.get(f"{NAMES[field]}-{weekday}", "") for field in FIELDS}
        for weekday in range(len(WEEKDAYS))
    }


def _rows(agency: Agency, week: Mapping[int, DayHours], typed: Mapping[str, str] | None) -> list[Row]:
    """One row for each weekday that the office works, as kept or as just typed."""
    rows = []
    for weekday in (int(day) for day in agency.working_weekdays):
        kept = week[weekday]
        values = {field: getattr(kept, field) for field in FIELDS}
        shown = [
            (
                f"{NAMES[field]}-{weekday}",
                NAMES[field],
                typed.get(f"{NAMES[field]}-{weekday}", "") if typed else (f"{value:%H:%M}" if value else ""),
            )
            for field, value in values.items()
        ]
        rows.append((WEEKDAYS[weekday], shown, f"{kept.minutes // 60} jam {kept.minutes % 60} menit"))
    return rows
