"""What is known of resets: the office's rule, its requests, and what happened to an account."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from takar.accounts.models import User
from takar.audit.models import Event
from takar.audit.queries import events_of
from takar.common import words
from takar.organisation.models import Agency
from takar.resets.models import ResetRequest, ResetRule

ISSUED, ACTIVATED = "account.code_issued", "account.activated"
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an account's history: a code was made, or used."""

    event: Event
    text: str


def needs_second(agency: Agency) -> bool:
    return ResetRule.objects.filter(agency=agency, second_person=True).exists()


def requests_in(agency: Agency) -> QuerySet[ResetRequest]:
    """Those that wait first, then the newest."""
    found = ResetRequest.objects.filter(agency=agency).select_related("person", "asked_by", "decided_by")
    return found.order_by(F("decided_at").desc(nulls_first=True), "-asked_at", "pk")


def history_of(user_id: UUID) -> list[Happened]:
    """Codes for the account, the newest first: who made each, and from where each was used."""
    rows = events_of(f"account:{user_id}").filter(verb__in=(ISSUED, ACTIVATED)).order_by("-seq")[:MOST_SHOWN]
    return [Happened(event, _text(event)) for event in rows]


def reset_used(user: User) -> str:
    """For whoever just chose a password with a code of somebody else, when the account had one before; else empty."""
    made = events_of(f"account:{user.pk}").filter(verb=ISSUED).order_by("-seq").first()
    if made is None or not _is_reset(made) or made.actor_id == str(user.pk):
        return ""
    return (
        f"Kata sandi lama akun ini sudah diganti. Kodenya dibuat oleh {_makers(made)} pada {words.moment(made.at)}. Bila "
        "bukan Anda yang memintanya, atau Anda menemukan kode lain di halaman Akun, sampaikan kepada Kepala."
    )


def _is_reset(event: Event) -> bool:
    return isinstance(event.after, dict) and bool(event.after.get("reset"))


def _makers(event: Event) -> str:
    asked = event.after.get("asked_by") if isinstance(event.after, dict) else None
    return f"{event.actor_name} atas permintaan {asked}" if asked else event.actor_name


def _text(event: Event) -> str:
    if event.verb == ISSUED:
        return f"Kode dibuat oleh {_makers(event)}"
    where = f" dari alamat {event.address}" if event.address else ""
    return f"Kode dipakai{where}; kata sandi baru ditetapkan"
