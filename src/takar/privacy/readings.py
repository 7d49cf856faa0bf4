"""Who read whose papers: noted after the answer has gone out, because a page that is read writes nothing.

The one deliberate exception, with its own ADR: a row for reader, person, kind and day, at most once; the process remembers
what it has noted, so that most pages cost nothing more.
"""

import datetime as dt
from collections import OrderedDict
from uuid import UUID

from django.db.models import QuerySet

from takar.common import clock
from takar.organisation.models import Employee
from takar.privacy.models import Reading

KINDS = {
    "berkas": "Berkas penilaian",
    "dokumen": "Dokumen",
    "skp": "SKP",
    "catatan": "Catatan perilaku",
    "umpan": "Umpan balik",
    "kredit": "Angka kredit",
    "arsip": "Berkas pegawai dalam arsip",
}
MOST_REMEMBERED = 10_000
Key = tuple[UUID, UUID, str, dt.date]
_remembered: OrderedDict[Key, None] = OrderedDict()


def note_reading(reader_id: UUID, person_id: UUID, kind: str) -> bool:
    """Note it unless it is the reader's own or noted already today; whether a row was written."""
    key = (reader_id, person_id, kind, clock.today())
    if reader_id == person_id or key in _remembered:
        return False
    made = Reading(reader_id=reader_id, person_id=person_id, kind=kind, day=key[3], first_at=clock.now())
    Reading.objects.bulk_create([made], ignore_conflicts=True)
    _remembered[key] = None
    if len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)
    return True


def forget() -> None:
    """For tests: another database, nothing noted yet."""
    _remembered.clear()


def readings_of(person: Employee) -> QuerySet[Reading]:
    """Who opened the person's papers, the latest first."""
    return Reading.objects.filter(person=person).select_related("reader").order_by("-day", "-first_at", "pk")
