"""Reads of the audit trail, and its examination: generators that yield what does not hold and return what was examined."""

from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from takar.audit.models import Checkpoint, Event
from takar.audit.notes import Note
from takar.audit.queries.chains import Chains, verify_chains
from takar.audit.queries.checkpoints import verify_checkpoints
from takar.common.errors import DomainError
from takar.common.reads import in_portions

__all__ = ["Chains", "check_trail_exists", "events_of", "notes_of_checkpoints", "verify_chains", "verify_checkpoints"]


def events_of(stream: str) -> QuerySet[Event]:
    """The events of a stream in their order."""
    return Event.objects.filter(stream=stream).order_by("seq")


def notes_of_checkpoints(*, newest_first: bool = False) -> Iterator[Note]:
    """Every checkpoint as a note that can leave the system."""
    if newest_first:
        return map(Note.of, Checkpoint.objects.order_by("-size"))
    return map(Note.of, chain.from_iterable(in_portions(Checkpoint.objects.all(), "size")))


def check_trail_exists() -> None:
    """Refuse to examine or sign a database in which nothing was ever prepared: most likely it is the wrong one."""
    if "audit_event" not in connection.introspection.table_names():
        raise DomainError(
            f"Tidak ada jejak audit di basis data ini (folder data: {settings.DATA_DIR}). "
            "Periksa TAKAR_DATA dan TAKAR_DATABASE_URL, atau jalankan takar migrate lebih dahulu."
        )
