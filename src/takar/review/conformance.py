"""Holding the cases of a period against their SOP, and keeping what was found with its time."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from takar.audit.actions import record
from takar.casework.models import Case, Period
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.jobs.work import Work
from takar.organisation.models import Employee
from takar.review.models import CaseDeviation, ConformanceCheck
from takar.review.policies import check_can_oversee
from takar.review.visits import PORTION, office_hours, passages, visit_of
from takar.rules.conformance import CODES, NOTES, replay

AT_ONCE = 300
"""More cases than this are held against the SOP in the background."""


@dataclass(frozen=True, slots=True)
class CodeCount:
    code: str
    label: str
    cases: int
    deviations: int
    note: bool


def check_period(*, actor: Employee, period: Period) -> ConformanceCheck | Job:
    """Hold every case of the period against its SOP now, or have it done in the background where there are many."""
    check_can_oversee(actor, period.agency)
    if Case.objects.filter(period=period).count() > AT_ONCE:
        return enqueue(actor=actor, kind="review.conformance", params={"period": str(period.pk)})
    return _check(actor, period)


def run(work: Work) -> None:
    """The same in the background."""
    period = Period.objects.select_related("agency").get(pk=work.params["period"], agency=work.actor.agency)
    check_can_oversee(work.actor, period.agency)
    checked = _check(work.actor, period, work)
    work.message = f"{checked.conforming} dari {checked.cases} berkas sesuai dengan SOP."


def _check(actor: Employee, period: Period, work: Work | None = None) -> ConformanceCheck:
    hours, found, cases, bad = office_hours(period), list[CaseDeviation](), 0, set[UUID]()
    total = Case.objects.filter(period=period).count()
    for passage in passages(period):
        cases += 1
        visits = [visit_of(row, hours) for row in passage.steps]
        for deviation in replay(passage.flow, visits, closed=passage.closed):
            found.append(
                CaseDeviation(
                    case_id=passage.case,
                    code=deviation.code,
                    visit=deviation.visit,
                    step=deviation.step,
                    sentence=deviation.sentence,
                )
            )
            bad |= {passage.case} if deviation.code not in NOTES else set()
        if work is not None and cases % PORTION == 0:
            work.progress(cases, total)
    return _keep(actor, period, cases, cases - len(bad), found)


@transaction.atomic
def _keep(actor: Employee, period: Period, cases: int, conforming: int, found: list[CaseDeviation]) -> ConformanceCheck:
    counted = {"checked_at": clock.now(), "cases": cases, "conforming": conforming}
    checked, _ = ConformanceCheck.objects.update_or_create(period=period, defaults=counted)
    checked.deviations.all().delete()
    for deviation in found:
        deviation.check_run = checked
    CaseDeviation.objects.bulk_create(found, batch_size=PORTION)
    record(
        stream=f"period:{period.pk}",
        verb="conformance.checked",
        by=actor.by(check_can_oversee(actor, period.agency)),
        subject=f"period:{period.pk}",
        after={"cases": cases, "conforming": conforming, **Counter(d.code for d in found)},
    )
    return checked


def counts(checked: ConformanceCheck) -> list[CodeCount]:
    """How many cases deviate in which way, most first."""
    rows = (
        checked.deviations.order_by()
        .values("code")
        .annotate(cases=Count("case", distinct=True), deviations=Count("pk"))
        .order_by("-cases", "code")
    )
    return [
        CodeCount(row["code"], CODES[row["code"]], row["cases"], row["deviations"], row["code"] in NOTES)
        for row in rows
    ]


def deviations_of(checked: ConformanceCheck, code: str = "") -> QuerySet[CaseDeviation]:
    found = checked.deviations.select_related("case")
    return found.filter(code=code) if code else found
