"""The one clock: everything that needs the present asks here, so that tests and replays can set it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, with its zone (UTC)."""
    return timezone.now()


def office_zone() -> ZoneInfo:
    """The zone of the office's wall clock (WITA for Balangan unless the setting says otherwise)."""
    return ZoneInfo(settings.TIME_ZONE)


def today() -> dt.date:
    """The date on the office's wall."""
    return office_date(now())


def office_date(moment: dt.datetime) -> dt.date:
    """The date on the office's wall at a moment."""
    return moment.astimezone(office_zone()).date()
