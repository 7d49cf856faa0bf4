"""The examination of the checkpoints: what each of them signed must still be there, to the last event.

Three witnesses are heard, each with its own strength: the rows of the database, the file checkpoints.jsonl beside it, and
notes that were kept elsewhere, which nobody who changes this machine can reach.
"""

import base64
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError

from takar.audit import journal, keys
from takar.audit.models import Checkpoint, Leaf
from takar.audit.notes import Note, from_line
from takar.audit.queries.chains import ROWS_AT_ONCE, shown
from takar.audit.types import Finding, Kind
from takar.common.errors import DomainError, InvalidInput
from takar.rules.merkle import Frontier, leaf_hash

DATABASE, JOURNAL, GIVEN = "basis data", "checkpoints.jsonl", "catatan di luar sistem"


class Witness(NamedTuple):
    """A note and who holds it."""

    source: str
    note: Note

    def finding(self, kind: Kind, message: str) -> Finding:
        where = f"Titik periksa {self.note.size} peristiwa ({shown(self.note.at)}, {self.source})"
        return Finding(kind=kind, where=where, message=message)


def verify_checkpoints(given: Sequence[Note] = ()) -> Generator[Finding, None, int]:
    """Compare every witness with the tree over the events as they are now; returns the number of the database's own."""
    count = 0
    try:
        # The journal first: what stands in it was committed before, so the rows and leaves read after it must cover it.
        written = yield from _journal()
        rows = list(Checkpoint.objects.order_by("size"))
        count = len(rows)
        stored = [Witness(DATABASE, Note.of(row)) for row in rows]
        yield from _disagreements(written, stored)
        yield from _disconnected(rows)
        witnesses = [*stored, *written, *(Witness(GIVEN, note) for note in given)]
        yield from _badly_signed(witnesses)
        yield from _against_the_tree(sorted(witnesses, key=lambda witness: witness.note.size))
    # What a tampering hand leaves in a column need not be a number, a date or JSON any more.
    except (AttributeError, TypeError, ValueError, DatabaseError) as error:
        message = f"Isi tabel titik periksa tidak dapat dibaca ({error}); pemeriksaannya berhenti di sini."
        yield Finding(kind=Kind.UNREADABLE, where=DATABASE, message=message)
    return count


def _journal() -> Generator[Finding, None, list[Witness]]:
    witnesses = []
    for number, line in journal.lines():
        where = f"{JOURNAL} baris {number}"
        try:
            witnesses.append(Witness(JOURNAL, from_line(line, where="Baris ini")))
        except InvalidInput as error:
            yield Finding(kind=Kind.UNREADABLE, where=where, message=error.message)
    return witnesses


def _disagreements(written: Sequence[Witness], stored: Sequence[Witness]) -> Iterator[Finding]:
    if stored and not written:
        message = "Salinan titik periksa di samping basis data tidak ada lagi."
        yield Finding(kind=Kind.GAP, where=JOURNAL, message=message)
    known = {witness.note.signature for witness in stored}
    missing = [witness for witness in written if witness.note.signature not in known]
    if missing:
        message = f"{len(missing)} titik periksa, yang terakhir ini, tidak ada lagi di basis data."
        yield missing[-1].finding(Kind.GAP, message)


def _disconnected(rows: Sequence[Checkpoint]) -> Iterator[Finding]:
    """Rows that do not follow each other, or whose stored frontier is not the one that was signed."""
    previous = None
    for row in rows:
        witness = Witness(DATABASE, Note.of(row))
        if row.previous_id != previous:
            yield witness.finding(Kind.BROKEN, "Titik periksa ini tidak bersambung dengan yang sebelumnya.")
        if Frontier(row.size, tuple(map(bytes.fromhex, row.frontier))).root.hex() != row.root:
            yield witness.finding(Kind.ALTERED, "Tepi pohon yang disimpan tidak cocok dengan akarnya.")
        previous = row.pk


def _badly_signed(witnesses: Sequence[Witness]) -> Iterator[Finding]:
    try:
        known = keys.public_keys()
    except DomainError as error:
        yield Finding(kind=Kind.SIGNATURE, where=str(keys.folder()), message=error.message)
        return
    unknown = Counter(witness.note.key_id for witness in witnesses if witness.note.key_id not in known)
    for key_id, count in unknown.items():
        message = (
            f"{count} titik periksa ditandatangani dengan kunci ini, yang tidak dikenal di folder {keys.folder()}."
        )
        yield Finding(kind=Kind.SIGNATURE, where=f"Kunci {key_id}", message=message)
    for witness in witnesses:
        if witness.note.key_id in known and not _is_signed(known, witness.note):
            yield witness.finding(Kind.SIGNATURE, "Tanda tangannya tidak cocok dengan isinya.")


def _is_signed(known: Mapping[str, Ed25519PublicKey], note: Note) -> bool:
    try:
        return keys.is_signed(known[note.key_id], base64.b64decode(note.signature), note.body())
    except ValueError:
        return False


def _against_the_tree(witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """One walk over the leaves, stopping where a witness stopped; of each source the first that differs, and the cut."""
    frontier, gaps = Frontier(), list[Finding]()
    leaves = _leaves(gaps)
    cut, doubted = dict[str, Witness](), set[str]()
    for witness in witnesses:
        frontier = frontier.extended(islice(leaves, witness.note.size - frontier.size))
        yield from gaps
        gaps.clear()
        if frontier.size < witness.note.size:
            cut[witness.source] = witness
        elif frontier.root.hex() != witness.note.root and witness.source not in doubted:
            doubted.add(witness.source)
            yield witness.finding(Kind.REWRITTEN, "Peristiwa yang dicakupnya bukan lagi yang dahulu ditandatangani.")
    for witness in cut.values():
        missing = witness.note.size - frontier.size
        message = f"Yang masih ada hanya {frontier.size} peristiwa: {missing} peristiwa terakhir hilang."
        yield witness.finding(Kind.CUT_OFF, message)


def _leaves(gaps: list[Finding]) -> Iterator[bytes]:
    expected = 0
    rows = Leaf.objects.order_by("index").values_list("index", "event__hash", "event__stream", "event__seq")
    for index, value, stream, seq in rows.iterator(chunk_size=ROWS_AT_ONCE):
        if index != expected:
            message = f"{index - expected} peristiwa yang sudah dicakup titik periksa hilang sebelum peristiwa ini."
            where = f"{stream} nomor {seq} (urutan umum {index + 1})"
            gaps.append(Finding(kind=Kind.GAP, where=where, message=message))
        expected = index + 1
        yield leaf_hash(value.encode())
