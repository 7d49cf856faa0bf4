"""Capaian kinerja organisasi: recorded for a period with its date, and looked up for an appraisal.

The figure that counts is that of the unit which the assessor leads (PermenPANRB 6/2022 p. 94 huruf g); where only the
whole office has one, that is used, and said so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from takar.appraisal.enums import Cycle, Level
from takar.appraisal.models import Achievement, Appraisal
from takar.audit.actions import record
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.common.rights import Over, right
from takar.organisation.enums import Role
from takar.organisation.models import Agency, Employee, Unit
from takar.organisation.policies import roles_here

LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known for an appraisal: the period's achievement and that of the year before."""

    present: Achievement | None
    previous: Achievement | None

    def as_input(self) -> dict[str, Any]:
        """As the method reads it."""
        return {
            "achievement": self.present.level if self.present else None,
            "issued_on": self.present.issued_on.isoformat() if self.present else None,
            "previous": self.previous.level if self.previous else None,
        }


@right("achievement.record", "Mencatat capaian kinerja organisasi", Over.OFFICE)
def check_can_record_achievement(actor: Employee, agency: Agency) -> None:
    if not roles_here(actor, agency) & {Role.KEPALA, Role.KASUBBAG}:
        raise NotAllowed(
            "Capaian kinerja organisasi hanya dicatat oleh Kepala, atau oleh Kasubbag Umum dan Kepegawaian menurut "
            "dokumen yang sudah terbit."
        )


def can_record_achievement(actor: Employee, agency: Agency) -> bool:
    try:
        check_can_record_achievement(actor, agency)
    except NotAllowed:
        return False
    return True


@transaction.atomic
def record_achievement(
    *,
    actor: Employee,
    agency: Agency,
    unit: Unit | None,
    cycle: str,
    start: dt.date,
    end: dt.date,
    level: str,
    issued_on: dt.date | None,
    source: str,
) -> Achievement:
    """Keep one figure; a later one for the same unit and period takes its place, both stay."""
    check_can_record_achievement(actor, agency)
    problems = []
    if level not in Level.values:
        problems.append(Problem("Capaian", "Pilih dari daftar."))
    if issued_on is None or not start <= issued_on <= clock.today():
        problems.append(
            Problem("Terbit tanggal", "Isi tanggal terbitnya: sesudah periode dimulai, paling lambat hari ini.")
        )
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        problems.append(Problem("Dasar", f"Sebutkan dokumennya, paling panjang {LONGEST_SOURCE} huruf."))
    if problems or issued_on is None:
        raise InvalidInput("Capaian belum dicatat.", problems)
    made = Achievement.objects.create(
        agency=agency,
        unit=unit,
        cycle=cycle,
        start=start,
        end=end,
        level=level,
        issued_on=issued_on,
        source=source.strip(),
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    record(
        stream=f"achievement:{agency.pk}",
        verb="achievement.recorded",
        by=actor.by("pengelola"),
        subject=f"achievement:{made.pk}",
        after={
            "unit": unit.name if unit else None,
            "cycle": cycle,
            "start": start,
            "end": end,
            "level": level,
            "issued_on": issued_on,
            "source": made.source,
        },
    )
    return made


def achievements_of(agency: Agency, cycle: str, start: dt.date) -> QuerySet[Achievement]:
    """What was recorded for a period, the latest first."""
    found = Achievement.objects.filter(agency=agency, cycle=cycle, start=start)
    return found.select_related("unit", "recorded_by").order_by("-recorded_at", "-pk")


def figures_for(appraisal: Appraisal) -> Figures:
    """The figures in force for this appraisal, in one query, read once for this instance."""
    if appraisal.known_figures is None:
        appraisal.known_figures = _figures(appraisal)
    found: Figures = appraisal.known_figures
    return found


def _figures(appraisal: Appraisal) -> Figures:
    last_year = dt.date(appraisal.start.year - 1, 1, 1)
    wanted = Q(cycle=appraisal.cycle, start=appraisal.start) | Q(cycle=Cycle.ANNUAL, start=last_year)
    place = Q(unit=appraisal.led_unit_id) | Q(unit__isnull=True) if appraisal.led_unit_id else Q(unit__isnull=True)
    found = list(
        Achievement.objects.filter(wanted, place, agency=appraisal.agency_id)
        .select_related("unit")
        .order_by("-recorded_at", "-pk")
    )
    return Figures(_best(found, appraisal.start, appraisal.cycle), _best(found, last_year, Cycle.ANNUAL))


def _best(found: list[Achievement], start: dt.date, cycle: str) -> Achievement | None:
    """The newest of the unit itself, else the newest of the whole office."""
    mine = [row for row in found if (row.start, row.cycle) == (start, cycle)]
    return next((row for row in mine if row.unit_id), next(iter(mine), None))
