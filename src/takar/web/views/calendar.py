"""Kalender kantor: holidays, working weekdays, and how the office reads "hari"."""

import datetime as dt
from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.common import clock
from takar.common.errors import DomainError, Problem
from takar.organisation.calendar import (
    FIRST_ESTIMATED_YEAR,
    WEEKDAYS,
    add_holidays,
    national_holidays,
    read_holidays,
    set_calendar,
)
from takar.organisation.enums import DayCount
from takar.organisation.models import Agency
from takar.organisation.policies import check_can_manage_office
from takar.web.http import PersonRequest, page, sentences

YEARS_BACK, YEARS_AHEAD = 10, 4


@page("GET", "POST")
def calendar(request: PersonRequest) -> HttpResponse:
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _save(request, agency)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, "Kalender kantor disimpan.")
            return redirect("calendar")
    context = {"problems": problems, "day_counts": DayCount.choices, **_shown(request, agency)}
    return render(request, "web/calendar.html", context, status=422 if problems else 200)


@page("GET", "POST")
def holidays(request: PersonRequest) -> HttpResponse:
    """The national list of one year, to be looked over before it is taken."""
    agency = request.employee.agency
    check_can_manage_office(request.employee, agency)
    year = _year((request.POST if request.method == "POST" else request.GET).get("tahun", ""))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            chosen = _dates(request.POST.getlist("pilih"))
            count = add_holidays(actor=request.employee, agency=agency, year=year, dates=chosen)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, f"{count} hari libur tahun {year} ditambahkan.")
            return redirect("calendar")
    known = set(agency.holidays.order_by().values_list("date", flat=True))
    today = clock.today().year
    context = {
        "year": year,
        "years": range(today - 1, today + YEARS_AHEAD),
        "estimated": year >= FIRST_ESTIMATED_YEAR,
        "days": [(day, day.date.isoformat(), day.date in known) for day in national_holidays(year)],
        "problems": problems,
    }
    return render(request, "web/holidays.html", context, status=422 if problems else 200)


def _year(text: str) -> int:
    """A year that the list can be had for; next to today's anything else gives this one."""
    today = clock.today().year
    near = {str(year): year for year in range(today - YEARS_BACK, today + YEARS_AHEAD)}
    return near.get(text, today)


def _dates(texts: list[str]) -> set[dt.date]:
    found = set()
    for text in texts:
        with suppress(ValueError):
            found.add(dt.date.fromisoformat(text))
    return found


def _save(request: PersonRequest, agency: Agency) -> None:
    typed = request.POST
    set_calendar(
        actor=request.employee,
        agency=agency,
        day_count=typed.get("hari", ""),
        working_weekdays=_weekdays(typed.getlist("kerja")),
        holidays=read_holidays(typed.get("libur", "")),
    )


def _shown(request: PersonRequest, agency: Agency) -> dict[str, object]:
    """What is kept, or what was just typed."""
    typed = request.POST if request.method == "POST" else None
    chosen = _weekdays(typed.getlist("kerja") if typed else list(agency.working_weekdays))
    rows = agency.holidays.order_by("date")
    kept = "\n".join("; ".join(filter(None, (row.date.isoformat(), row.name, row.source))) for row in rows)
    return {
        "day_count": typed.get("hari", "") if typed else agency.day_count,
        "weekdays": [(number, label, number in chosen) for number, label in enumerate(WEEKDAYS)],
        "holidays": typed.get("libur", "") if typed else kept,
    }


def _weekdays(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text in set("0123456")}
