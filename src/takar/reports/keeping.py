"""Keeping the heavier sums of large periods: counted in the background when something has changed, or when asked."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from takar.casework.models import Case, Period
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.jobs.work import Work
from takar.organisation.models import Employee
from takar.reports.models import PeriodSums
from takar.reports.sums import FieldErrors, Return, Spread, Sums, count_sums
from takar.review.policies import check_can_oversee

COUNT, KEEP = "reports.count", "reports.keep"
AT_ONCE, KEPT_FROM = 1000, 150
"""More cases than the first are not counted while somebody waits for a page; what is kept begins with the second, so that
the few periods that a page sets side by side stay below the first."""


def ask_count(*, actor: Employee, period: Period) -> Job:
    """Have a period counted again in the background."""
    check_can_oversee(actor, period.agency)
    return enqueue(actor=actor, kind=COUNT, params={"period": str(period.pk)})


def run(work: Work) -> None:
    """Count the period that somebody asked for."""
    period = Period.objects.select_related("agency").get(pk=work.params["period"], agency=work.actor.agency)
    check_can_oversee(work.actor, period.agency)
    keep_sums(period)
    work.message = f"Laporan {period.name} sudah dihitung."


def keep_all(work: Work) -> None:
    """Count each period of some size of which something has changed since it was counted; one after the other."""
    found = list(outdated())
    for done, period in enumerate(found, start=1):
        keep_sums(period)
        work.progress(done, len(found))
    work.message = f"{len(found)} periode dihitung." if found else ""


def outdated() -> list[Period]:
    """Periods of some size that were never counted, or of which a case or the calendar has changed since."""
    large = Case.objects.order_by().values("period").annotate(count=Count("pk")).filter(count__gt=KEPT_FROM)
    periods = Period.objects.filter(Q(pk__in=large.values("period")) | Q(sums__isnull=False))
    rows = periods.select_related("agency", "sums").order_by("pk")
    return [period for period in rows if _is_outdated(period)]


def _is_outdated(period: Period) -> bool:
    sums = getattr(period, "sums", None)
    if sums is None or sums.calendar_version != period.agency.calendar_version:
        return True
    return Case.objects.filter(period=period, since__gte=sums.counted_at).exists()


def keep_sums(period: Period) -> PeriodSums:
    """Count now and keep it. Figures that the records give at any time are no act: they leave no event.

    Counted before anything is locked: a large period takes many seconds, and nobody's act may wait for that.
    """
    now = clock.now()
    found = count_sums([period.pk]).get(period.pk, Sums())
    kept = {"counted_at": now, "calendar_version": period.agency.calendar_version, "content": asdict(found)}
    with transaction.atomic():
        return PeriodSums.objects.update_or_create(period=period, defaults=kept)[0]


def kept_sums(period: Period) -> tuple[Sums, dt.datetime] | None:
    """What was kept of a period that was read with its `sums`."""
    row = getattr(period, "sums", None)
    return (_read(row.content), row.counted_at) if row is not None else None


def _read(content: Mapping[str, Any]) -> Sums:
    by_step = {name: {int(step): Spread(**found) for step, found in content[name].items()} for name in ("work", "wait")}
    returned = {int(step): count for step, count in content["returned"].items()}
    returns = tuple(Return(**row) for row in content["returns"])
    errors = tuple(FieldErrors(**row) for row in content["errors"])
    return Sums(**{**content, **by_step, "returned": returned, "returns": returns, "errors": errors})
