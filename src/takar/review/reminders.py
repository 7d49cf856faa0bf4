"""Telling the Kasubbag and the Sekretaris, once, that a form of the SOP's review is due."""

import datetime as dt
from collections.abc import Iterable

from takar.common import clock, words
from takar.jobs.work import Work
from takar.notices.actions import tell
from takar.notices.enums import NoticeKind, Place
from takar.notices.types import Message
from takar.organisation.enums import Role
from takar.organisation.hours import hours_of
from takar.organisation.models import Agency
from takar.organisation.queries import holders_of
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force
from takar.review.enums import FormKind
from takar.review.forms import span_on
from takar.review.models import SopForm
from takar.rules.worktime import is_open

REMIND = "review.remind"
BEFORE = dt.timedelta(days=14)
TOLD = (Role.KASUBBAG, Role.SEKRETARIS)


def remind(work: Work) -> None:
    """One turn for every office that is open now."""
    now = clock.now()
    told = sum(
        tell(_messages(agency, now)) for agency in Agency.objects.order_by("pk") if is_open(now, hours_of(agency))
    )
    work.message = f"{told} pemberitahuan." if told else ""


def _messages(agency: Agency, now: dt.datetime) -> Iterable[Message]:
    """For each form that nobody has signed while its half year or year draws to its end."""
    today = clock.office_date(now)
    version = version_in_force(agency, SHIPPED_KEY, today)
    if version is None:
        return
    for kind in FormKind:
        span = span_on(kind, today)
        signed = SopForm.objects.filter(agency=agency, kind=kind, start=span.start, signed_at__isnull=False)
        if today < span.end - BEFORE or signed.exists():
            continue
        text = (
            f"Formulir {kind.label} masa {words.period(span.start, span.end)} belum ditandatangani; "
            f"selesaikan paling lambat {words.date(span.end)}."
        )
        for role in TOLD:
            for person in holders_of(agency.pk, role, today):
                yield Message(
                    person=person,
                    key=f"sopform:{kind}:{span.start}",
                    kind=NoticeKind.LEGAL,
                    text=text,
                    place=Place.REVIEWS,
                    case_key=None,
                    step=None,
                )
