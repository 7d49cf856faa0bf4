"""Letters: one to each person and time of the day, written and sent by the schedule, in office hours only."""

import datetime as dt
import secrets
import smtplib
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from takar.common import clock, words
from takar.jobs.work import STOP, Work
from takar.notices.actions import message_id
from takar.notices.enums import Rhythm
from takar.notices.models import Letter, Notice, Preference
from takar.organisation.hours import hours_of
from takar.organisation.models import Agency, Employee
from takar.rules.worktime import OfficeHours, is_open

SENDING = dt.timedelta(minutes=5)
MOST_ATTEMPTS, LETTERS_AT_ONCE, LINES = 5, 500, 40


def post(work: Work) -> None:
    """Write what is to be written now, then send what has not gone out."""
    if not settings.EMAIL_HOST:
        return
    for agency in Agency.objects.order_by("pk"):
        write_letters(agency)
    sent = sum(_send(pk) for pk in _waiting() if not STOP.is_set())
    work.message = f"{sent} surel terkirim." if sent else ""


def write_letters(agency: Agency) -> int:
    """For everybody for whom there is something new and whose time has come; nothing outside office hours."""
    now, office = clock.now(), hours_of(agency)
    if not is_open(now, office):
        return 0
    waiting = Preference.objects.filter(person__agency=agency, person__notices__mailed=True)
    waiting = waiting.filter(person__notices__letter__isnull=True).exclude(address="").distinct()
    people = list(waiting.select_related("person__user").order_by("person_id")[:LETTERS_AT_ONCE])
    return sum(_write(preference, slot_of(Rhythm(preference.rhythm), now, office)) for preference in people)


def slot_of(rhythm: Rhythm, now: dt.datetime, office: OfficeHours) -> str:
    """The time of the day that a letter belongs to: one letter a slot."""
    local = now.astimezone(office.zone)
    part = {
        Rhythm.DAILY: "hari",
        Rhythm.TWICE: _half(now, office),
        Rhythm.HOURLY: f"jam-{local.hour:02}",
    }[rhythm]
    return f"{local.date().isoformat()}/{part}"


def _half(now: dt.datetime, office: OfficeHours) -> str:
    spans = office.spans_on(office.date_of(now))
    return "siang" if len(spans) > 1 and now >= spans[-1][0] else "pagi"


@transaction.atomic
def _write(preference: Preference, slot: str) -> bool:
    """False when this slot had its letter; the notices wait for the next."""
    person = preference.person
    Employee.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if Letter.objects.filter(person=person, slot=slot).exists():
        return False
    notices = list(Notice.objects.filter(person=person, mailed=True, letter__isnull=True).order_by("created_at", "pk"))
    if not notices:
        return False
    letter = Letter.objects.create(
        person=person,
        slot=slot,
        address=preference.address,
        subject=f"Takar: {len(notices)} pemberitahuan, {words.date(clock.today())}",
        body=_body(person, notices),
        message_id=message_id(secrets.token_hex(16)),
        created_at=clock.now(),
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(letter=letter)
    return True


def _body(person: Employee, notices: Sequence[Notice]) -> str:
    lines = [f"- {notice.text}" for notice in notices[:LINES]]
    if len(notices) > LINES:
        lines.append(f"- dan {len(notices) - LINES} lagi, di halaman Pemberitahuan.")
    return (
        f"Yth. {person.full_name},\n\n" + "\n".join(lines) + f"\n\nBuka {settings.ADDRESS}/pemberitahuan/ untuk "
        "menindaklanjutinya. Apa yang dikirim dan kapan dapat diubah di Pengaturan pemberitahuan.\n\nTakar\n"
    )


def _waiting() -> list[UUID]:
    now = clock.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    rows = Letter.objects.filter(free, sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True)[:LETTERS_AT_ONCE])


def _send(letter_id: UUID) -> bool:
    """Claim it, send it, note it: no transaction is held while a distant machine is waited for."""
    now = clock.now()
    letter = Letter.objects.get(pk=letter_id)
    free = Letter.objects.filter(pk=letter_id, sent_at__isnull=True, attempts=letter.attempts)
    if not free.update(claimed_until=now + SENDING, attempts=letter.attempts + 1):
        return False
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=settings.MAIL_FROM,
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT),
    )
    mine = Letter.objects.filter(pk=letter_id, sent_at__isnull=True)
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        mine.update(error=f"{type(error).__name__}: {error}"[:300])
        return False
    return bool(mine.update(sent_at=clock.now(), claimed_until=None, error=""))
