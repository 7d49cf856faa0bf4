"""Writes of the file store."""

from collections.abc import Collection
from contextlib import suppress

from django.db import transaction

from takar.common import clock
from takar.common.errors import InvalidInput
from takar.files.models import Removal, StoredFile
from takar.files.store import office_store
from takar.files.types import Content, size_of


def store(content: Content, *, name: str, media_type: str) -> StoredFile:
    """Keep a content; the same bytes again are the same row, under the name and type with which they first came.

    The content is on the disk before the row is: a transaction that fails leaves a file that no row knows, never a row
    without its file. What an act of the archive has destroyed is refused.
    """
    size, sha256 = size_of(content), office_store().put(content)
    stored, new = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": size, "media_type": media_type, "name": name[-255:], "created_at": clock.now()},
    )
    destroyed = None if new else Removal.objects.filter(file=stored).first()
    if destroyed is not None:
        _remove([sha256])
        raise InvalidInput(
            f"Isi berkas {name} pernah dimusnahkan berdasarkan {destroyed.reference}, sehingga tidak disimpan lagi. "
            "Bila isinya memang harus disimpan, mintalah Kasubbag memeriksa berita acara itu."
        )
    return stored


def destroy(files: Collection[StoredFile], *, reference: str, by: str) -> None:
    """Note in the act's transaction that these contents are destroyed; they leave the store once it is committed.

    What could not be removed then (the disk is away) is named by `takar verify`, and `finish_removals` tries again.
    """
    kept = office_store()
    for file in files:
        kept.check_removable(file.sha256)
    Removal.objects.bulk_create(Removal(file=file, reference=reference, by=by, at=clock.now()) for file in files)
    hashes = [file.sha256 for file in files]
    transaction.on_commit(lambda: _remove(hashes))


def finish_removals() -> int:
    """Remove what is destroyed by the books and still lies in the store; gives how many there are of the books."""
    hashes = list(Removal.objects.order_by("pk").values_list("file__sha256", flat=True))
    _remove(hashes)
    return len(hashes)


def _remove(hashes: Collection[str]) -> None:
    kept = office_store()
    for sha256 in hashes:
        with suppress(OSError):
            kept.remove(sha256)
