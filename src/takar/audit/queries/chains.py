"""The examination of each stream's chain: nothing missing, nothing altered, each event tied to the one before it."""

import datetime as dt
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

from django.db import DatabaseError

from takar.audit.canonical import FIELDS, NO_PREVIOUS, event_hash
from takar.audit.models import Event
from takar.audit.types import Finding, Kind
from takar.common import clock

ROWS_AT_ONCE = 2000


class Chains(NamedTuple):
    """How much was examined."""

    events: int
    streams: int


class _Link(NamedTuple):
    stream: str = ""
    seq: int = 0
    hash: str = NO_PREVIOUS


def verify_chains() -> Generator[Finding, None, Chains]:
    """Read every event once, in the order of the streams, holding no more than a batch of them."""
    events, streams, last = 0, 0, _Link()
    rows = Event.objects.order_by("stream", "seq").values(*FIELDS, "hash").iterator(chunk_size=ROWS_AT_ONCE)
    try:
        for row in rows:
            if row["stream"] != last.stream:
                streams, last = streams + 1, _Link(row["stream"])
            for kind, message in _problems(last, row):
                yield Finding(kind=kind, where=_where(row), message=message)
            events, last = events + 1, _Link(row["stream"], row["seq"], row["hash"])
    # What a tampering hand leaves in a column need not be a number, a date or JSON any more.
    except (AttributeError, TypeError, ValueError, DatabaseError) as error:
        yield Finding(
            kind=Kind.UNREADABLE,
            where=f"{last.stream} nomor {last.seq}",
            message=f"Baris sesudah peristiwa ini tidak dapat dibaca ({error}); pemeriksaan rangkaian berhenti di sini.",
        )
    return Chains(events, streams)


def shown(at: dt.datetime) -> str:
    """A moment as the office's clock showed it."""
    return at.astimezone(clock.office_zone()).strftime("%d-%m-%Y %H:%M:%S")


def _problems(last: _Link, row: dict[str, Any]) -> Iterator[tuple[Kind, str]]:
    if row["seq"] != last.seq + 1:
        yield Kind.GAP, f"Peristiwa sebelumnya hilang: sesudah nomor {last.seq} seharusnya nomor {last.seq + 1}."
    elif row["previous"] != last.hash:
        yield Kind.BROKEN, "Peristiwa ini tidak bersambung dengan peristiwa sebelumnya dalam rangkaian."
    if not _is_intact(row):
        yield Kind.ALTERED, "Isi peristiwa ini tidak cocok dengan sidiknya: diubah sesudah dicatat."


def _is_intact(row: dict[str, Any]) -> bool:
    try:
        return event_hash(row) == str(row["hash"])
    except (TypeError, ValueError):
        return False


def _where(row: dict[str, Any]) -> str:
    return f"{row['stream']} nomor {row['seq']} ({shown(row['at'])})"
