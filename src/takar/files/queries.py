"""Reads of the file store, and its examination."""

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from uuid import UUID

from django.db.models import Q, QuerySet

from takar.common import clock, words
from takar.common.errors import DomainError
from takar.common.reads import in_portions
from takar.files.models import StoredFile
from takar.files.store import office_store
from takar.files.types import Finding, Kind, Store

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """How far an examination has come, so that an interrupted one can go on."""

    at: dt.datetime | None = None
    id: UUID | None = None
    count: int = 0
    wrong: int = 0


NOWHERE = Place()
Examination = Generator[Finding, None, int]


def read(stored: StoredFile) -> bytes:
    """The content, if it is still the one that was stored; DomainError otherwise."""
    cure = "Hubungi pengelola sistem: berkas harus dipulihkan dari cadangan."
    try:
        content = office_store().get(stored.sha256)
    except OSError as error:
        if (removal := getattr(stored, "removal", None)) is not None:
            day = words.date(clock.office_date(removal.at))
            raise DomainError(f"Berkas “{stored.name}” dimusnahkan {day} berdasarkan {removal.reference}.") from error
        raise DomainError(f"Berkas “{stored.name}” tidak dapat dibaca ({error.strerror}). {cure}") from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise DomainError(f"Berkas “{stored.name}” tidak ditampilkan karena isinya berubah sejak disimpan. {cure}")
    return content


def count_files() -> int:
    return StoredFile.objects.count()


def verify_files(*, start: Place = NOWHERE, passed: Callable[[Place], None] = lambda _: None) -> Examination:
    """Read every stored file once, from a place on; `passed` hears of each. Returns how many the database knows."""
    store, place = office_store(), start
    for stored in chain.from_iterable(in_portions(_rows_after(start), "created_at", "id")):
        kind, message = _state(store, stored)
        if kind:
            yield Finding(kind=kind, where=f"Berkas “{stored.name}” ({stored.sha256})", message=message)
        place = Place(stored.created_at, stored.pk, place.count + 1, place.wrong + bool(kind))
        passed(place)
    yield from _unknown(store)
    return place.count


def _rows_after(place: Place) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.select_related("removal").order_by("created_at", "id")
    if place.at is None:
        return rows
    return rows.filter(Q(created_at__gt=place.at) | Q(id__gt=place.id), created_at__gte=place.at)


def _state(store: Store, stored: StoredFile) -> tuple[Kind | None, str]:
    destroyed = hasattr(stored, "removal")
    try:
        size = store.size(stored.sha256)
        if destroyed:
            return Kind.REMAINS, "Sudah dimusnahkan menurut berita acara, tetapi masih ada di penyimpanan."
        if size != stored.size:
            return Kind.SIZE, f"Ukurannya {size} bita, seharusnya {stored.size} bita."
        if store.digest(stored.sha256) != stored.sha256:
            return Kind.ALTERED, "Isinya berubah sejak disimpan."
    except FileNotFoundError:
        return (None, "") if destroyed else (Kind.MISSING, "Berkas tidak ada lagi di penyimpanan.")
    except OSError as error:
        return Kind.UNREADABLE, f"Berkas tidak dapat dibaca ({error.strerror})."
    return None, ""


def _unknown(store: Store) -> Iterator[Finding]:
    names = store.names()
    while batch := list(islice(names, ROWS_AT_ONCE)):
        known = StoredFile.objects.filter(sha256__in=[name.rpartition("/")[2] for name in batch])
        places = {store.place(sha256) for sha256 in known.values_list("sha256", flat=True)}
        for name in batch:
            if name not in places:
                message = "Berkas ini ada di penyimpanan tetapi tidak dikenal basis data."
                yield Finding(kind=Kind.UNKNOWN, where=name, message=message)
