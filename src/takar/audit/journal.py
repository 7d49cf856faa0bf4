"""checkpoints.jsonl beside the database: every signed note, one a line, so that a database put back in time is noticed."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from takar.audit.notes import Note, as_line
from takar.common.errors import DomainError


def path() -> Path:
    return Path(settings.DATA_DIR) / "checkpoints.jsonl"


def append(note: Note) -> None:
    """Add a note at the end and see it on the disk."""
    try:
        with path().open("a", encoding="utf-8") as file:
            file.write(f"{as_line(note)}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DomainError(
            f"Titik periksa sudah tersimpan di basis data, tetapi salinannya tidak dapat ditulis ke {path()} "
            f"({error.strerror}). Periksa ruang dan izin foldernya; titik periksa berikutnya ditulis lagi di sana."
        ) from error


def lines() -> Iterator[tuple[int, str]]:
    """Every line with its number; nothing when there is no file."""
    if path().exists():
        with path().open(encoding="utf-8", errors="replace") as file:
            yield from enumerate(file, start=1)
