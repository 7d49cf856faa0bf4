"""Merkle trees of RFC 9162, section 2.1, with SHA-256: many records under one short value.

Basis: PP 71/2019, article 22 (a system keeps an audit trail of all its activities) and article 26 paragraph (1) (it
guards the integrity and traceability of electronic information); the method is left open, this is ours. The root of a tree is 32 bytes; whoever keeps it can later tell whether any record
was changed, removed or cut off the end. Leaves enter as leaf hashes; all hashes are 32 raw bytes; indexes count from 0.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162, 2.1.1: the hash of one record is SHA-256 of the byte 0x00 and the record."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162, 2.1.1: the hash of two subtrees is SHA-256 of the byte 0x01, the left hash and the right hash."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed of a tree to go on appending: its size and the roots of its perfect subtrees, widest first.

    RFC 9162, 2.1.2: there is one perfect subtree for each binary 1 in the size, so a million leaves are 20 hashes.
    `peaks` that do not fit `size` raise ValueError.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves does not have {len(self.peaks)} perfect subtrees.")

    @property
    def root(self) -> bytes:
        """RFC 9162, 2.1.1: the peaks folded from the right; the hash of nothing for an empty tree."""
        return _fold(self.peaks) if self.peaks else EMPTY_ROOT

    def extended(self, leaves: Iterable[bytes]) -> "Frontier":
        """RFC 9162, 2.1.2: the tree with these leaf hashes at its end; the cost is that of the new leaves alone."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            peaks.append(leaf)
            size += 1
            for _ in range(_trailing_zeros(size)):
                right = peaks.pop()
                peaks.append(node_hash(peaks.pop(), right))
        return Frontier(size, tuple(peaks))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """RFC 9162, 2.1.1: the root over these leaf hashes in their order."""
    return Frontier().extended(leaves).root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """RFC 9162, 2.1.3.1: the sibling hashes from the leaf at `index` up to the root; IndexError outside the tree."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"Leaf {index} is not in a tree of {len(leaves)}.")
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion_proof(leaves[:split], index), root_of(leaves[split:]))
    return (*inclusion_proof(leaves[split:], index - split), root_of(leaves[:split]))


def is_included(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2: whether the proof leads from the leaf hash at `index` to the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    sides = tuple(_sides(index, size - 1))
    if len(sides) != len(proof):
        return False
    value = leaf
    for sibling, on_left in zip(proof, sides, strict=True):
        value = node_hash(sibling, value) if on_left else node_hash(value, sibling)
    return value == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """RFC 9162, 2.1.4.1: the hashes that show the tree's first `old_size` leaves unchanged; IndexError outside it."""
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"A tree of {len(leaves)} leaves has no earlier state of {old_size}.")
    return _subproof(leaves, old_size, known=True)


def is_consistent(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2: whether the proof shows the newer tree to begin with exactly the leaves of the older one."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    # The proof leaves out a first hash that the verifier holds already: an old tree that is one perfect subtree.
    first, *rest = (old_root, *proof) if old_size.bit_count() == 1 else (*proof,) or (b"",)
    rise = _trailing_zeros(old_size)
    sides = tuple(_sides((old_size - 1) >> rise, (new_size - 1) >> rise))
    if len(sides) != len(rest):
        return False
    old_value = new_value = first
    for sibling, on_left in zip(rest, sides, strict=True):
        old_value = node_hash(sibling, old_value) if on_left else old_value
        new_value = node_hash(sibling, new_value) if on_left else node_hash(new_value, sibling)
    return (old_value, new_value) == (old_root, new_root)


def _subproof(leaves: Sequence[bytes], old_size: int, *, known: bool) -> tuple[bytes, ...]:
    """SUBPROOF of RFC 9162: `known` while the subtree's root is the old root, which the verifier holds."""
    if old_size == len(leaves):
        return () if known else (root_of(leaves),)
    split = _split(len(leaves))
    if old_size <= split:
        return (*_subproof(leaves[:split], old_size, known=known), root_of(leaves[split:]))
    return (*_subproof(leaves[split:], old_size - split, known=False), root_of(leaves[:split]))


def _sides(position: int, last: int) -> Iterator[bool]:
    """On the way from a node to the root: whether each sibling stands on the left (levels without one are skipped)."""
    while last:
        on_left = bool(position & 1) or position == last
        yield on_left
        rise = 1 + _trailing_zeros(position) if on_left else 1
        position, last = position >> rise, last >> rise


def _fold(peaks: Sequence[bytes]) -> bytes:
    return reduce(lambda right, left: node_hash(left, right), reversed(peaks))


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1
