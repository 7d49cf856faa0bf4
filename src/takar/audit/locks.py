"""Who must wait for whom while the trail is written.

On SQLite an IMMEDIATE transaction is alone in writing. On PostgreSQL a lock per stream makes the second writer of the same
stream wait for the first, and nobody else; it ends with the transaction.
"""

import hashlib
from collections.abc import Collection, Iterable

from django.db import connection

# Each lock takes a place in a table that the whole PostgreSQL server shares and that by default holds some 7,000.
STREAM_LOCKS_AT_MOST = 1000
CHECKPOINTS = "takar-checkpoints"


def hold_streams(streams: Collection[str]) -> None:
    """Be alone in these streams until the transaction ends.

    Beyond STREAM_LOCKS_AT_MOST nothing is locked: the unique place in the stream then lets only one of two writers
    through, and the other fails instead of waiting.
    """
    if len(streams) <= STREAM_LOCKS_AT_MOST:
        _hold(f"takar-stream:{stream}" for stream in streams)


def hold_checkpoints() -> None:
    """Be alone in making a checkpoint until the transaction ends."""
    _hold([CHECKPOINTS])


def _hold(names: Iterable[str]) -> None:
    """Take the locks in one order for everybody, so that no two wait for each other."""
    if connection.vendor == "postgresql":
        keys = sorted(_key(name) for name in names)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
