"""Workbooks that the office downloads, filled with what is known already."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from takar.appraisal.enums import Regulation
from takar.appraisal.models import Indicator, Plan
from takar.appraisal.plan_contents.activities import activity_rows
from takar.appraisal.plan_contents.works import WORKS, work_plan
from takar.appraisal.plan_queries import in_force
from takar.appraisal.regimes import REGIMES, Item
from takar.casework.models import Case
from takar.common import clock, words
from takar.exchange.formats.forms import FormSheet, IndicatorLine, write_forms
from takar.exchange.formats.targets import Person, targets_template
from takar.exchange.formats.work_plans import write_work_plans
from takar.organisation.models import Agency
from takar.organisation.queries import assignments_on


def blank_forms(cases: Sequence[Case]) -> bytes | None:
    """The formulir kinerja of these cases, one sheet each; None when none of them has targets yet."""
    reporting = Q(appraisal__plan__isnull=False) | Q(appraisal__study=True)
    found = (
        Case.objects.filter(reporting, pk__in=[case.pk for case in cases])
        .select_related("appraisal__plan", "period")
        .prefetch_related("appraisal__plan__activities")
        .order_by("name", "pk")
    )
    plans = [plan for case in found if case.period.method == Regulation.PERMENPAN6 and (plan := case.appraisal.plan)]
    items = REGIMES[Regulation.PERMENPAN6.value].items(plans)
    sheets = [_sheet(case, items.get(case.appraisal.plan_id, ())) for case in found]
    return write_forms(sheets) if sheets else None


def work_plans(agency: Agency, year: int) -> bytes:
    """The year's plans under PermenPANRB 6/2022 as they stand, with blank lines for those who have none."""
    seats = [place for place in assignments_on(agency.pk, clock.today()) if place.employee.nip]
    mine = Plan.objects.filter(agency=agency, year=year, method=Regulation.PERMENPAN6)
    kept = in_force(mine).prefetch_related(*WORKS.prefetch)
    contents = {plan.employee_id: work_plan(plan) for plan in kept}
    rows = [(Person(seat.employee.nip or "", seat.employee.full_name), seat.employee_id) for seat in seats]
    return write_work_plans([(person, year, contents.get(pk)) for person, pk in rows])


def blank_targets(agency: Agency, year: int) -> bytes:
    """The year's target list with the office's people filled in."""
    people = [
        Person(place.employee.nip, place.employee.full_name)
        for place in assignments_on(agency.pk, clock.today())
        if place.employee.nip
    ]
    return targets_template(people, year)


def _sheet(case: Case, items: Sequence[Item]) -> FormSheet:
    """With the kegiatan of all parts of the year, or with the indicators."""
    appraisal = case.appraisal
    rows = [] if items or appraisal.study else [row for plan in appraisal.plans for row in activity_rows(plan)]
    activities = tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))
    return FormSheet(
        code=case.code,
        nip=case.nip,
        name=case.name,
        post=case.post,
        unit=case.unit,
        period=words.period(case.period.start, case.period.end),
        activities=activities,
        indicators=tuple(_indicator(item.number, item.row) for item in items if isinstance(item.row, Indicator)),
        study=appraisal.study,
    )


def _indicator(number: int, row: Indicator) -> IndicatorLine:
    return IndicatorLine(number, f"{row.work.number}. {row.work.name}", row.name, row.target)
