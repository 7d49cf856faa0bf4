import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.audit.conftest import RINA

from takar.audit import keys
from takar.audit.actions import make_checkpoint, record_many
from takar.audit.models import Checkpoint, Event, Leaf
from takar.audit.notes import Note, from_line
from takar.audit.queries import notes_of_checkpoints
from takar.audit.types import Draft
from takar.common.errors import DomainError
from takar.rules.merkle import Frontier, leaf_hash, root_of

Act = Callable[..., Event]
Make = Callable[[], Checkpoint | None]


def test_checkpoint_signs_the_root_of_all_events(act: Act, checkpoint: Make) -> None:
    events = [act("case:1"), act("case:2"), act("case:1")]
    made = checkpoint()
    assert made is not None
    assert (made.size, made.root) == (3, root_of(leaf_hash(event.hash.encode()) for event in events).hex())
    assert list(Leaf.objects.order_by("index").values_list("index", "event")) == [
        (index, event.pk) for index, event in enumerate(events)
    ]
    note = Note.of(made)
    assert note.signed(keys.signing_key()) == note
    assert list(keys.public_keys()) == [made.key_id]


def test_checkpoint_goes_on_from_the_one_before(act: Act, checkpoint: Make) -> None:
    first = act() and checkpoint()
    second = act() and act() and checkpoint()
    assert (second.previous, second.size, second.origin) == (first, 3, first.origin)
    assert second.root == root_of(leaf_hash(event.hash.encode()) for event in Event.objects.order_by("id")).hex()


def test_checkpoint_without_new_events_is_none(act: Act, checkpoint: Make) -> None:
    assert checkpoint() is None
    act()
    assert checkpoint() is not None
    assert checkpoint() is None
    assert Checkpoint.objects.count() == 1


def test_checkpoint_needs_as_many_statements_for_many_events(checkpoint: Make) -> None:
    statements = []
    for count in (1, 40):
        record_many(Draft(stream=f"case:{number}", verb="opened", by=RINA) for number in range(count))
        with CaptureQueriesContext(connection) as captured:
            checkpoint()
        statements.append(len(captured))
    assert statements[0] == statements[1]


def test_checkpoint_is_also_written_beside_the_database(act: Act, checkpoint: Make, data_dir: Path) -> None:
    made = [Note.of(checkpoint()) for _ in range(2) if act()]
    lines = data_dir.joinpath("checkpoints.jsonl").read_text(encoding="utf-8").splitlines()
    assert [from_line(line, where="Baris") for line in lines] == made == list(notes_of_checkpoints())


def test_checkpoint_that_is_rolled_back_leaves_no_line(act: Act, data_dir: Path) -> None:
    @transaction.atomic
    def rolled_back() -> None:
        make_checkpoint()
        raise RuntimeError

    act()
    with pytest.raises(RuntimeError):
        rolled_back()
    assert not data_dir.joinpath("checkpoints.jsonl").exists()


def test_checkpoint_whose_line_cannot_be_written_says_so(act: Act, checkpoint: Make, data_dir: Path) -> None:
    data_dir.joinpath("checkpoints.jsonl").mkdir()
    act()
    with pytest.raises(DomainError, match="sudah tersimpan di basis data, tetapi salinannya tidak dapat ditulis"):
        checkpoint()


def test_checkpoint_on_a_frontier_that_was_changed_is_refused(
    act: Act, checkpoint: Make, tamper: Callable[..., None]
) -> None:
    act()
    checkpoint()
    tamper("UPDATE audit_checkpoint SET frontier = %s", f'["{"0" * 64}"]')
    act()
    with pytest.raises(DomainError, match="tidak cocok dengan akarnya"):
        checkpoint()


@pytest.mark.parametrize("table", ["audit_leaf", "audit_checkpoint"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {} = 7"])
def test_database_refuses_to_change_leaves_and_checkpoints(act: Act, checkpoint: Make, table: str, sql: str) -> None:
    act()
    checkpoint()
    statement = sql.format(table, '"index"' if table == "audit_leaf" else "size")
    with pytest.raises(IntegrityError, match=f"Tabel {table} hanya dapat ditambah"), transaction.atomic():
        connection.cursor().execute(statement)


def test_key_is_made_once_and_for_its_owner_alone(data_dir: Path) -> None:
    key = keys.signing_key()
    assert keys.signing_key().private_bytes_raw() == key.private_bytes_raw()
    assert stat.S_IMODE(data_dir.joinpath("keys", "checkpoint.pem").stat().st_mode) == 0o600
    assert list(keys.public_keys()) == [keys.fingerprint(key.public_key())]
    assert sorted(path.name for path in data_dir.joinpath("keys").iterdir()) == ["checkpoint.pem", "checkpoint.pub"]


def test_key_gets_its_public_half_back(data_dir: Path) -> None:
    key = keys.signing_key()
    data_dir.joinpath("keys", "checkpoint.pub").unlink()
    keys.signing_key()
    assert list(keys.public_keys()) == [keys.fingerprint(key.public_key())]


def test_key_that_is_lost_is_not_silently_replaced(data_dir: Path) -> None:
    keys.signing_key()
    data_dir.joinpath("keys", "checkpoint.pem").unlink()
    with pytest.raises(DomainError, match=r"hilang, padahal checkpoint\.pub masih ada"):
        keys.signing_key()


def test_machine_without_the_key_of_the_last_checkpoint_makes_none(act: Act, checkpoint: Make, data_dir: Path) -> None:
    """It is a second machine, or lost its folder: what it signed could not be verified on the others."""
    act()
    first = checkpoint()
    data_dir.joinpath("keys").rename(data_dir / "elsewhere")
    act()
    with pytest.raises(DomainError, match="Salin isi folder keys dari komputer lain"):
        checkpoint()
    assert not data_dir.joinpath("keys", "checkpoint.pem").exists()
    second = make_checkpoint(new_key=True)
    assert second is not None
    assert (second.previous, second.key_id == first.key_id) == (first, False)


def test_key_that_is_no_key_is_named(data_dir: Path) -> None:
    keys.signing_key()
    data_dir.joinpath("keys", "checkpoint.pem").write_text("rusak", encoding="ascii")
    with pytest.raises(DomainError, match=r"checkpoint\.pem tidak dapat dibaca"):
        keys.signing_key()


def test_key_of_another_kind_is_refused(data_dir: Path) -> None:
    keys.signing_key()
    other = X25519PrivateKey.generate()
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    data_dir.joinpath("keys", "checkpoint.pem").write_bytes(private)
    data_dir.joinpath("keys", "checkpoint.pub").write_bytes(public)
    with pytest.raises(DomainError, match="bukan kunci Ed25519"):
        keys.signing_key()
    with pytest.raises(DomainError, match="bukan kunci Ed25519"):
        keys.public_keys()


def test_rows_are_called_by_what_a_reader_looks_for(act: Act, checkpoint: Make) -> None:
    event, made = act("case:1"), checkpoint()
    assert (str(event), str(event.leaf), str(made)) == ("case:1 #1", "0", f"{made.origin} 1")


def test_frontier_is_stored_as_small_as_it_can_be(act: Act, checkpoint: Make) -> None:
    for _ in range(5):
        act()
    made = checkpoint()
    assert Frontier(5, tuple(bytes.fromhex(peak) for peak in made.frontier)).root.hex() == made.root
    assert len(made.frontier) == 2
