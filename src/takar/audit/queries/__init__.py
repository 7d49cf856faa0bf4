"""Reads of the audit trail, and its examination: generators that yield what does not hold and return what was examined."""

from collections.abc import Iterator

from django.db.models import QuerySet

from takar.audit.models import Checkpoint, Event
from takar.audit.notes import Note
from takar.audit.queries.chains import Chains, verify_chains
from takar.audit.queries.checkpoints import verify_checkpoints

__all__ = ["Chains", "events_of", "notes_of_checkpoints", "verify_chains", "verify_checkpoints"]


def events_of(stream: str) -> QuerySet[Event]:
    """The events of a stream in their order."""
    return Event.objects.filter(stream=stream).order_by("seq")


def notes_of_checkpoints(*, newest_first: bool = False) -> Iterator[Note]:
    """Every checkpoint as a note that can leave the system."""
    return map(Note.of, Checkpoint.objects.order_by("-size" if newest_first else "size").iterator())
