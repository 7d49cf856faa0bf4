"""Writes to the audit trail: events beside the acts that they tell of, and the checkpoints over all events."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from takar.audit import journal, keys, locks
from takar.audit.canonical import NO_PREVIOUS, event_hash, plain
from takar.audit.context import current
from takar.audit.models import Checkpoint, Event
from takar.audit.notes import Note
from takar.audit.types import By, Draft
from takar.common import clock
from takar.common.errors import DomainError
from takar.repeats.actions import claim
from takar.rules.merkle import Frontier, leaf_hash

STREAMS_PER_QUERY = 900
# Written out because this runs in every act, and building it costs the ORM forty times what the database needs.
HEADS = """
    SELECT head.stream, head.seq, head.hash FROM audit_event first JOIN audit_event head ON head.stream = first.stream
    AND head.seq = (SELECT MAX(seq) FROM audit_event WHERE stream = first.stream)
    WHERE first.seq = 1 AND first.stream IN ({})
"""

Head = tuple[int, str]


def record(
    *, stream: str, verb: str, by: By, subject: str = "", before: object = None, after: object = None, reason: str = ""
) -> Event:
    """Add an event to its stream, in the transaction of the act that it tells of: both happen or neither."""
    draft = Draft(stream=stream, verb=verb, by=by, subject=subject, before=before, after=after, reason=reason)
    return _append([draft])[0]


def record_many(drafts: Iterable[Draft]) -> int:
    """Add events to any number of streams in few statements, all at one moment, in the order given."""
    return len(_append(list(drafts)))


def _append(drafts: Sequence[Draft]) -> list[Event]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event belongs in the transaction of its act.")
    claim()
    streams = list(dict.fromkeys(draft.stream for draft in drafts))
    locks.hold_streams(streams)
    return Event.objects.bulk_create(_chained(drafts, _heads(streams)))


def _chained(drafts: Sequence[Draft], heads: dict[str, Head]) -> Iterator[Event]:
    at, origin = clock.now(), asdict(current())
    for draft in drafts:
        seq, previous = heads.get(draft.stream, (0, NO_PREVIOUS))
        fields = _described(draft) | origin | {"at": at, "seq": seq + 1, "previous": previous}
        event = Event(**fields, hash=event_hash(fields))
        heads[draft.stream] = (event.seq, event.hash)
        yield event


def _described(draft: Draft) -> dict[str, object]:
    return {
        "stream": draft.stream,
        "verb": draft.verb,
        "actor_id": draft.by.id,
        "actor_name": draft.by.name,
        "acting_as": draft.by.role,
        "subject": draft.subject,
        "before": plain(draft.before),
        "after": plain(draft.after),
        "reason": draft.reason,
    }


def _heads(streams: Sequence[str]) -> dict[str, Head]:
    """The last number and hash of each stream that has events: looked up from its first event, never over all of them."""
    heads = dict[str, Head]()
    with connection.cursor() as cursor:
        for start in range(0, len(streams), STREAMS_PER_QUERY):
            names = streams[start : start + STREAMS_PER_QUERY]
            cursor.execute(HEADS.format(", ".join(["%s"] * len(names))), names)
            heads |= {stream: (seq, value) for stream, seq, value in cursor.fetchall()}
    return heads


def make_checkpoint(*, new_key: bool = False) -> Checkpoint | None:
    """Sign the number and the root of all events so far; None when there is no new one.

    The cost is that of the new events. The signed note is also written to checkpoints.jsonl once the row is committed.
    `new_key`: the key of the last one is lost for ever.
    """
    with transaction.atomic():
        locks.hold_checkpoints()
        last = Checkpoint.objects.order_by("-size").first()
        frontier = _frontier(last)
        if not _give_leaves(frontier.size):
            return None
        key = keys.signing_key(last=last.key_id if last and not new_key else "")
        checkpoint = _signed(last, frontier.extended(_leaves_from(frontier.size)), key)
        checkpoint.save(force_insert=True)
        transaction.on_commit(lambda: journal.append(Note.of(checkpoint)))
    return checkpoint


def _frontier(last: Checkpoint | None) -> Frontier:
    if last is None:
        return Frontier()
    frontier = Frontier(last.size, tuple(bytes.fromhex(peak) for peak in last.frontier))
    if frontier.root.hex() != last.root:
        raise DomainError(
            "Titik periksa baru tidak dibuat karena isi titik periksa terakhir tidak cocok dengan akarnya. "
            "Jalankan takar verify, lalu pulihkan basis data dari cadangan."
        )
    return frontier


def _give_leaves(size: int) -> int:
    """Give every event without a leaf the next places in the tree, oldest row first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO audit_leaf ("index", event_id)'
            " SELECT %s + ROW_NUMBER() OVER (ORDER BY event.id) - 1, event.id FROM audit_event event"
            " WHERE NOT EXISTS (SELECT 1 FROM audit_leaf leaf WHERE leaf.event_id = event.id)",
            [size],
        )
        return int(cursor.rowcount)


def _leaves_from(size: int) -> Iterator[bytes]:
    hashes = Event.objects.filter(leaf__index__gte=size).order_by("leaf__index").values_list("hash", flat=True)
    return (leaf_hash(value.encode()) for value in hashes.iterator())


def _signed(last: Checkpoint | None, frontier: Frontier, key: Ed25519PrivateKey) -> Checkpoint:
    key_id = keys.fingerprint(key.public_key())
    note = Note(
        origin=last.origin if last else f"takar-{key_id[:16]}",
        size=frontier.size,
        root=frontier.root.hex(),
        at=clock.now(),
        key_id=key_id,
    )
    return Checkpoint(**note.signed(key).fields(), frontier=[peak.hex() for peak in frontier.peaks], previous=last)
