"""Where an account is signed in: each browser with its address, since when, last seen; one or all others ended at once.

allauth notes each sign-in; the session itself says when it was last seen, because a page that is read writes nothing.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from takar.audit.actions import record
from takar.audit.types import By
from takar.common import clock

# Where an ended session keeps whose it was, and how long that is known.
OWNER, ENDED_KEPT = "ended_of", dt.timedelta(days=1)
# What a browser calls itself, the more special names first.
BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser in which the account is signed in."""

    pk: int
    device: str
    address: str
    since: dt.datetime
    seen: dt.datetime
    current: bool


def sign_ins(user_id: UUID, current_key: str) -> list[SignIn]:
    """Those that are still open, the one that asks first."""
    noted = list(UserSession.objects.filter(user_id=user_id).order_by("-created_at", "pk"))
    alive = Session.objects.filter(session_key__in=[row.session_key for row in noted], expire_date__gt=clock.now())
    data = {row.session_key: SessionStore().decode(row.session_data) for row in alive.order_by("pk")}
    found = [
        SignIn(
            row.pk,
            device_of(row.user_agent),
            row.ip,
            row.created_at,
            _seen(data[row.session_key], row.created_at),
            row.session_key == current_key,
        )
        for row in noted
        if row.session_key in data
    ]
    return sorted(found, key=lambda row: not row.current)


@transaction.atomic
def end_sign_in(*, user_id: UUID, by: By, sign_in_id: int) -> int:
    """End one of the account's own; gives how many were ended."""
    return _end(user_id, by, list(UserSession.objects.filter(user_id=user_id, pk=sign_in_id).order_by("pk")))


@transaction.atomic
def end_sign_ins(*, user_id: UUID, by: By, keep: str = "") -> int:
    """End all of the account's but the one to keep; gives how many were ended."""
    return _end(user_id, by, list(UserSession.objects.filter(user_id=user_id).exclude(session_key=keep).order_by("pk")))


def owner_of_ended(key: str) -> str:
    """Whose session this was, when it has ended and is still remembered; else empty."""
    if not key:
        return ""
    row = Session.objects.filter(session_key=key).first()
    data = SessionStore().decode(row.session_data) if row is not None else {}
    if found := data.get(OWNER) or data.get(SESSION_KEY):
        return str(found)
    noted = UserSession.objects.filter(session_key=key).values_list("user_id", flat=True).first()
    return str(noted) if noted is not None else ""


def forget_sessions() -> int:
    """Sessions that ended a day ago, with all that was in them."""
    return Session.objects.filter(expire_date__lt=clock.now() - ENDED_KEPT).delete()[0]


def device_of(agent: str) -> str:
    """The browser and the system in words, as far as the browser says it."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "Peramban lain")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return f"{browser} di {system}" if system else browser


def _end(user_id: UUID, by: By, rows: list[UserSession]) -> int:
    """An ended session opens nothing; for a day it still says whose it was, so that what is typed there is not lost."""
    now, empty = clock.now(), SessionStore().encode({OWNER: str(user_id)})
    open_ones = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now)
    ended = open_ones.update(session_data=empty, expire_date=now)
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if ended:
        stream = f"account:{user_id}"
        record(stream=stream, verb="account.sessions_ended", by=by, subject=stream, after={"count": ended})
    return ended


def _seen(data: dict[str, object], otherwise: dt.datetime) -> dt.datetime:
    seen = data.get("seen")
    return dt.datetime.fromtimestamp(seen, tz=dt.UTC) if isinstance(seen, int) else otherwise
