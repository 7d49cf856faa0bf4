"""Writes of the file store."""

from takar.common import clock
from takar.files.models import StoredFile
from takar.files.store import office_store


def store(content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Keep a content; the same bytes again are the same row, under the name and type with which they first came.

    The content is on the disk before the row is: a transaction that fails leaves a file that no row knows, never a row
    without its file.
    """
    sha256 = office_store().put(content)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": len(content), "media_type": media_type, "name": name[-255:], "created_at": clock.now()},
    )
    return stored
