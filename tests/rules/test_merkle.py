"""The reference vectors are those that the Certificate Transparency projects publish for RFC 6962 and RFC 9162."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from takar.rules.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

RECORDS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
LEAVES = [leaf_hash(bytes.fromhex(record)) for record in RECORDS]
ROOTS = [
    bytes.fromhex(root)
    for root in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
# The inner nodes that the published proofs name, by the range of leaves that they stand for.
NODES = {
    "0-0": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "1-1": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "4-4": "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "0-1": "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "2-3": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "4-5": "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "6-7": "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0-3": "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4-7": "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}
INCLUSION = [(0, 1, ""), (0, 8, "1-1 2-3 4-7"), (5, 8, "4-4 6-7 0-3"), (2, 3, "0-1"), (1, 5, "0-0 2-3 4-4")]
CONSISTENCY = [(1, 1, ""), (1, 8, "1-1 2-3 4-7"), (6, 8, "4-5 6-7 0-3"), (2, 5, "2-3 4-4")]

records = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def hashes(values: list[bytes]) -> list[bytes]:
    return [leaf_hash(value) for value in values]


def nodes(names: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(NODES[name]) for name in names.split())


def test_leaf_hash_and_node_hash_are_the_published_ones() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize("size", range(9))
def test_root_of_each_size_is_the_published_one(size: int) -> None:
    assert root_of(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "names"), INCLUSION)
def test_inclusion_proof_is_the_published_one(index: int, size: int, names: str) -> None:
    assert inclusion_proof(LEAVES[:size], index) == nodes(names)
    assert is_included(leaf=LEAVES[index], index=index, size=size, proof=nodes(names), root=ROOTS[size])


@pytest.mark.parametrize(("old", "new", "names"), CONSISTENCY)
def test_consistency_proof_is_the_published_one(old: int, new: int, names: str) -> None:
    assert consistency_proof(LEAVES[:new], old) == nodes(names)
    assert is_consistent(old_size=old, old_root=ROOTS[old], new_size=new, new_root=ROOTS[new], proof=nodes(names))


@given(records, st.data())
def test_frontier_extended_in_any_portions_has_the_same_root(values: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(values)))
    leaves = hashes(values)
    part = Frontier().extended(leaves[:cut])
    assert Frontier(part.size, part.peaks).extended(leaves[cut:]) == Frontier().extended(leaves)


def test_frontier_of_a_million_leaves_holds_only_its_perfect_subtrees() -> None:
    assert len(Frontier(999_999, (b"",) * (999_999).bit_count()).peaks) == 12


@pytest.mark.parametrize(("size", "peaks"), [(-1, ()), (0, (b"",)), (3, (b"",)), (4, ())])
def test_frontier_refuses_peaks_that_do_not_fit(size: int, peaks: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="perfect subtrees"):
        Frontier(size, peaks)


@given(records, st.data())
def test_every_leaf_is_included_and_no_other(values: list[bytes], data: st.DataObject) -> None:
    leaves, index = hashes(values), data.draw(st.integers(0, len(values) - 1))
    root, proof = root_of(leaves), inclusion_proof(leaves, index)
    tree = {"size": len(leaves), "root": root, "proof": proof}
    assert is_included(leaf=leaves[index], index=index, **tree)
    assert not is_included(leaf=leaf_hash(b"a record of its own"), index=index, **tree)
    assert not is_included(leaf=leaves[index], index=index, **tree | {"proof": (*proof, b"\x00" * 32)})
    assert not is_included(leaf=leaves[index], index=len(leaves), **tree)
    assert not is_included(leaf=leaves[index], index=-1, **tree)


@given(records, st.data())
def test_every_earlier_state_is_consistent_and_no_other(values: list[bytes], data: st.DataObject) -> None:
    leaves, old_size = hashes(values), data.draw(st.integers(1, len(values)))
    old_root, proof = root_of(leaves[:old_size]), consistency_proof(leaves, old_size)
    tree = {"old_size": old_size, "new_size": len(leaves), "new_root": root_of(leaves), "proof": proof}
    assert is_consistent(old_root=old_root, **tree)
    assert not is_consistent(old_root=leaf_hash(b"another root"), **tree)
    assert not is_consistent(old_root=old_root, **tree | {"proof": (*proof, b"\x00" * 32)})
    assert not is_consistent(old_root=old_root, **tree | {"old_size": 0})
    assert not is_consistent(old_root=old_root, **tree | {"new_size": old_size - 1})


def test_consistency_needs_a_proof_between_different_sizes() -> None:
    assert not is_consistent(old_size=3, old_root=ROOTS[3], new_size=7, new_root=ROOTS[7], proof=())


@pytest.mark.parametrize("index", [-1, 8])
def test_inclusion_proof_outside_the_tree_is_refused(index: int) -> None:
    with pytest.raises(IndexError, match=f"Leaf {index} is not in a tree of 8"):
        inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("size", [0, 9])
def test_consistency_proof_from_outside_the_tree_is_refused(size: int) -> None:
    with pytest.raises(IndexError, match=f"8 leaves has no earlier state of {size}"):
        consistency_proof(LEAVES, size)


@given(records, st.data())
def test_everything_agrees_with_an_independent_implementation(values: list[bytes], data: st.DataObject) -> None:
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(values)
    leaves, position = hashes(values), data.draw(st.integers(1, len(values)))
    old_root, new_root = tree.get_root(position), tree.get_root()
    assert (root_of(leaves[:position]), root_of(leaves)) == (old_root, new_root)
    # The other implementation's path starts with what the verifier holds: the leaf.
    assert inclusion_proof(leaves, position - 1) == tuple(tree.prove_inclusion(position).path[1:])
    proof = consistency_proof(leaves, position)
    sizes = {"old_size": position, "new_size": len(leaves)}
    assert is_consistent(**sizes, old_root=old_root, new_root=new_root, proof=proof)
