"""The worker: it does what is queued, keeps the schedule, and takes up what another worker left behind."""

import logging
import secrets
import threading
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from takar.jobs import tasks
from takar.jobs.actions import keep_schedule, take_up_lost
from takar.jobs.work import STOP

LOG = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0
LOOK_SECONDS = min(15.0, settings.JOB_LEASE_SECONDS / 2)


def work_until(stop: threading.Event = STOP) -> None:
    """One job after another until told to stop; a database that is away is waited for."""
    name, looked = secrets.token_hex(8), -LOOK_SECONDS
    try:
        while not stop.is_set():
            busy = False
            try:
                if time.monotonic() - looked >= LOOK_SECONDS:
                    looked = time.monotonic()
                    look_around()
                busy = tasks.run_next(name)
            except DatabaseError:
                LOG.warning("Basis data tidak dapat dipakai oleh pekerja latar; dicoba lagi.", exc_info=True)
                connections.close_all()
            close_old_connections()
            if not busy:
                stop.wait(PAUSE_SECONDS)
    finally:
        connections.close_all()


def look_around() -> None:
    """The schedule, and what was left behind."""
    keep_schedule()
    take_up_lost()


def work_off() -> int:
    """Do all that is ready now, and say how much it was; for scripts and tests."""
    name, count = secrets.token_hex(8), 0
    while not STOP.is_set() and tasks.run_next(name):
        count += 1
    return count
