"""Errors that are nobody's mistake in the program: the database is away, busy, or has no room left.

What was begun is undone, nothing is lost, and the same can be sent again once the cause is gone.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.db import InterfaceError, OperationalError


@dataclass(frozen=True, slots=True)
class Outage:
    """What a person is told, and the HTTP status that machines understand."""

    status: int
    title: str
    message: str


FULL = Outage(
    507,
    "Ruang penyimpanan penuh",
    "Kiriman ini tidak tercatat karena ruang penyimpanan komputer server penuh atau tidak dapat ditulisi. Yang sudah "
    "tersimpan tetap aman. Sampaikan kepada pengelola sistem agar ruangnya dikosongkan, lalu kirim lagi.",
)
AWAY = Outage(
    503,
    "Basis data tidak dapat dihubungi",
    "Kiriman ini belum dijawab karena basis data sedang tidak dapat dihubungi. Yang sudah tersimpan tetap aman. Tunggu "
    "sebentar, lalu coba lagi; bila lebih dari lima menit, sampaikan kepada pengelola sistem.",
)
BUSY = Outage(
    503,
    "Sedang sangat sibuk",
    "Kiriman ini tidak tercatat karena basis data sedang dipakai pekerjaan lain terlalu lama. Tunggu sebentar, lalu "
    "coba lagi.",
)
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
# What SQLite says has no other sign than its words.
WORDS = {
    "disk is full": FULL,
    "disk i/o error": FULL,
    "no space left": FULL,
    "is locked": BUSY,
    "deadlock detected": BUSY,
    "unable to open database": AWAY,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage behind an error; None when it is none."""
    return next((found for each in _causes(error) if (found := _one(each))), None)


def _one(error: BaseException) -> Outage | None:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return FULL
    if not isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError):
        return None
    said = str(error).lower()
    if named := next((outage for words, outage in WORDS.items() if words in said), None):
        return named
    return AWAY if isinstance(error, psycopg.Error) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, the innermost last."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
