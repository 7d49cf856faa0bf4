"""Capaian kinerja organisasi: recorded for the periods that are evaluated under PermenPANRB 6/2022."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from takar.appraisal.achievements import check_can_record_achievement, record_achievement
from takar.appraisal.enums import Cycle, Level, Regulation
from takar.appraisal.models import Achievement
from takar.casework.queries import periods_of
from takar.casework.spans import Span
from takar.common.errors import DomainError, InvalidInput, Problem
from takar.organisation.models import Agency, Unit
from takar.web.http import PersonRequest, page, sentences

SHOWN = 100
FIELDS = ("periode", "unit", "capaian", "terbit", "dasar")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A period for which a figure can be recorded; the year before too, which counts when this year's comes late."""

    key: str
    label: str
    cycle: str
    start: dt.date
    end: dt.date


@page("GET", "POST")
def achievements(request: PersonRequest) -> HttpResponse:
    me = request.employee
    agency = me.agency
    check_can_record_achievement(me, agency)
    wanted = wanted_of(agency)
    units = list(Unit.objects.filter(agency=agency).order_by("name"))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            message = _record(request, wanted, units)
        except DomainError as error:
            problems = sentences(error)
        else:
            messages.success(request, message)
            return redirect("achievements")
    rows = Achievement.objects.filter(agency=agency).select_related("unit", "recorded_by")
    context = {
        "wanted": wanted,
        "units": units,
        "levels": Level.choices,
        "rows": rows.order_by("-recorded_at", "-pk")[:SHOWN],
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
        "problems": problems,
    }
    return render(request, "web/achievements.html", context, status=422 if problems else 200)


def wanted_of(agency: Agency) -> list[Wanted]:
    found: dict[str, Wanted] = {}
    for period in periods_of(agency.pk).filter(method=Regulation.PERMENPAN6):
        found.setdefault(period.code, Wanted(period.code, period.name, period.cycle, period.start, period.end))
        if period.cycle == Cycle.ANNUAL:
            before = Span(period.year - 1)
            label = f"Tahun {before.year} (dipakai bila capaian {period.year} terlambat)"
            found.setdefault(before.code, Wanted(before.code, label, before.cycle, before.start, before.end))
    return list(found.values())


def _record(request: PersonRequest, wanted: list[Wanted], units: list[Unit]) -> str:
    typed = request.POST
    period = next((item for item in wanted if item.key == typed.get("periode")), None)
    unit = next((item for item in units if str(item.pk) == typed.get("unit")), None)
    if period is None or (typed.get("unit") and unit is None):
        raise InvalidInput("Capaian belum dicatat.", [Problem("Periode dan unit", "Pilih dari daftar.")])
    made = record_achievement(
        actor=request.employee,
        agency=request.employee.agency,
        unit=unit,
        cycle=period.cycle,
        start=period.start,
        end=period.end,
        level=typed.get("capaian", ""),
        issued_on=_date(typed.get("terbit", "")),
        source=typed.get("dasar", ""),
    )
    return f"Capaian {unit.name if unit else 'seluruh instansi'}, {period.label}: {made.get_level_display()}."


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
