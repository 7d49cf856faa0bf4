"""Reads of the file store, and its examination."""

import hashlib
from collections.abc import Generator, Iterator
from itertools import islice

from takar.common.errors import DomainError
from takar.files.models import StoredFile
from takar.files.store import LocalStore, office_store
from takar.files.types import Finding, Kind

ROWS_AT_ONCE = 500


def read(stored: StoredFile) -> bytes:
    """The content, if it is still the one that was stored; DomainError otherwise."""
    cure = "Hubungi pengelola sistem: berkas harus dipulihkan dari cadangan."
    try:
        content = office_store().get(stored.sha256)
    except OSError as error:
        raise DomainError(f"Berkas “{stored.name}” tidak dapat dibaca ({error.strerror}). {cure}") from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise DomainError(f"Berkas “{stored.name}” tidak ditampilkan karena isinya berubah sejak disimpan. {cure}")
    return content


def verify_files() -> Generator[Finding, None, int]:
    """Read every stored file once; returns how many the database knows."""
    store, count = office_store(), 0
    for stored in StoredFile.objects.order_by("created_at", "id").iterator(chunk_size=ROWS_AT_ONCE):
        count += 1
        kind, message = _state(store, stored)
        if kind:
            yield Finding(kind=kind, where=f"Berkas “{stored.name}” ({stored.sha256})", message=message)
    yield from _unknown(store)
    return count


def _state(store: LocalStore, stored: StoredFile) -> tuple[Kind | None, str]:
    try:
        size = store.size(stored.sha256)
        if size != stored.size:
            return Kind.SIZE, f"Ukurannya {size} bita, seharusnya {stored.size} bita."
        if store.digest(stored.sha256) != stored.sha256:
            return Kind.ALTERED, "Isinya berubah sejak disimpan."
    except FileNotFoundError:
        return Kind.MISSING, "Berkas tidak ada lagi di penyimpanan."
    except OSError as error:
        return Kind.UNREADABLE, f"Berkas tidak dapat dibaca ({error.strerror})."
    return None, ""


def _unknown(store: LocalStore) -> Iterator[Finding]:
    names = store.names()
    while batch := list(islice(names, ROWS_AT_ONCE)):
        known = StoredFile.objects.filter(sha256__in=[name.rpartition("/")[2] for name in batch])
        places = {
            store.path(sha256).relative_to(store.root).as_posix() for sha256 in known.values_list("sha256", flat=True)
        }
        for name in batch:
            if name not in places:
                message = "Berkas ini ada di penyimpanan tetapi tidak dikenal basis data."
                yield Finding(kind=Kind.UNKNOWN, where=name, message=message)
