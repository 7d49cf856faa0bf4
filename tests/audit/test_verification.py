import json
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.audit.conftest import RINA

from takar.audit import keys
from takar.audit.actions import record_many
from takar.audit.canonical import FIELDS, event_hash
from takar.audit.models import Checkpoint, Event
from takar.audit.notes import Note, as_line
from takar.audit.queries import Chains, verify_chains, verify_checkpoints
from takar.audit.types import Draft, Finding, Kind

Act = Callable[..., Event]
Make = Callable[[], Checkpoint | None]
Tamper = Callable[..., None]


def all_of(examination: Generator[Finding, None, Any]) -> tuple[list[Finding], Any]:
    findings = []
    while True:
        try:
            findings.append(next(examination))
        except StopIteration as end:
            return findings, end.value


def kinds(findings: list[Finding]) -> list[Kind]:
    return [finding.kind for finding in findings]


@pytest.fixture
def history(act: Act, checkpoint: Make) -> list[Event]:
    """Two streams of three events; a checkpoint over the first four and one over all six."""
    events = [act("case:1"), act("case:2"), act("case:1"), act("case:2")]
    checkpoint()
    events += [act("case:1", after={"nilai": "91.00"}), act("case:2")]
    checkpoint()
    return events


def test_chains_as_they_were_written_hold(history: list[Event]) -> None:
    assert all_of(verify_chains()) == ([], Chains(events=6, streams=2))


def test_checkpoints_as_they_were_made_hold(history: list[Event]) -> None:
    newest = Note.of(Checkpoint.objects.get(size=6))
    assert all_of(verify_checkpoints([newest])) == ([], 2)


def test_nothing_yet_holds(db: None) -> None:
    assert all_of(verify_chains()) == ([], Chains(0, 0))
    assert all_of(verify_checkpoints()) == ([], 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "Orang Lain"),
        ("acting_as", "Kepala"),
        ("at", "2020-01-01 00:00:00"),
        ("after", '{"nilai": "99.00"}'),
        ("after", "99.5"),
        ("before", "1"),
        ("reason", "lain"),
        ("hash", "0" * 64),
    ],
)
def test_altered_event_is_named(history: list[Event], tamper: Tamper, column: str, value: str) -> None:
    tamper(f'UPDATE audit_event SET "{column}" = %s WHERE stream = %s AND seq = 3', value, "case:1")
    findings, _ = all_of(verify_chains())
    assert kinds(findings) == [Kind.ALTERED]
    assert findings[0].where.startswith("case:1 nomor 3 (")
    assert findings[0].message == "Isi peristiwa ini tidak cocok dengan sidiknya: diubah sesudah dicatat."


def test_event_missing_from_the_middle_is_named(history: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event WHERE id = %s", history[2].pk)
    findings, _ = all_of(verify_chains())
    assert kinds(findings) == [Kind.GAP]
    assert findings[0].where.startswith("case:1 nomor 3 (")
    assert findings[0].message == "Peristiwa sebelumnya hilang: sesudah nomor 1 seharusnya nomor 2."


def test_first_event_missing_is_named(history: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event WHERE id = %s", history[0].pk)
    findings, _ = all_of(verify_chains())
    assert [finding.message for finding in findings] == [
        "Peristiwa sebelumnya hilang: sesudah nomor 0 seharusnya nomor 1."
    ]


def test_event_rewritten_with_its_own_hash_breaks_the_chain(history: list[Event], tamper: Tamper) -> None:
    rewrite(tamper, history[2], reason="lain")
    findings, _ = all_of(verify_chains())
    assert kinds(findings) == [Kind.BROKEN]
    assert findings[0].where.startswith("case:1 nomor 3 (")


def test_chain_rewritten_to_its_end_is_found_by_the_checkpoints(history: list[Event], tamper: Tamper) -> None:
    rewrite(tamper, history[2], reason="lain")
    previous = Event.objects.get(pk=history[2].pk).hash
    rewrite(tamper, history[4], previous=previous)
    assert all_of(verify_chains())[0] == []
    findings, _ = all_of(verify_checkpoints())
    assert [(finding.kind, finding.where.split(" (")[0]) for finding in findings] == [
        (Kind.REWRITTEN, "Titik periksa 4 peristiwa"),
        (Kind.REWRITTEN, "Titik periksa 4 peristiwa"),
    ]
    assert "basis data" in findings[0].where
    assert "checkpoints.jsonl" in findings[1].where


def rewrite(tamper: Tamper, event: Event, **changes: object) -> None:
    """What a careful forger does: change the event and its hash with it."""
    fields = Event.objects.values(*FIELDS).get(pk=event.pk) | changes
    columns = {**changes, "hash": event_hash(fields)}
    assignments = ", ".join(f'"{name}" = %s' for name in columns)
    tamper(f"UPDATE audit_event SET {assignments} WHERE id = {event.pk}", *columns.values())


def test_cutting_the_end_of_a_chain_is_found(history: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_event WHERE id = %s", history[5].pk)
    assert all_of(verify_chains())[0] == []
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.CUT_OFF, Kind.CUT_OFF]
    assert findings[0].message == "Yang masih ada hanya 5 peristiwa: 1 peristiwa terakhir hilang."


def test_event_cut_off_before_the_end_of_the_tree_is_named_by_its_neighbour(
    history: list[Event], tamper: Tamper
) -> None:
    tamper("DELETE FROM audit_event WHERE id = %s", history[4].pk)
    findings, _ = all_of(verify_checkpoints())
    assert findings[0].kind == Kind.GAP
    assert findings[0].where == "case:2 nomor 3 (urutan umum 6)"
    assert findings[0].message == "1 peristiwa yang sudah dicakup titik periksa hilang sebelum peristiwa ini."


def test_end_cut_off_with_all_that_speaks_of_it_is_found_by_the_note_kept_elsewhere(
    history: list[Event], tamper: Tamper, data_dir: Path
) -> None:
    note = Note.of(Checkpoint.objects.get(size=6))
    lines = data_dir.joinpath("checkpoints.jsonl")
    lines.write_text(lines.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    tamper("DELETE FROM audit_checkpoint WHERE size = 6")
    tamper('DELETE FROM audit_leaf WHERE "index" >= 4')
    tamper("DELETE FROM audit_event WHERE id >= %s", history[4].pk)
    assert all_of(verify_chains())[0] == []
    assert all_of(verify_checkpoints())[0] == []
    findings, _ = all_of(verify_checkpoints([note]))
    assert kinds(findings) == [Kind.CUT_OFF]
    assert "catatan di luar sistem" in findings[0].where
    assert findings[0].message == "Yang masih ada hanya 4 peristiwa: 2 peristiwa terakhir hilang."


def test_history_written_anew_is_found_by_the_note_kept_elsewhere(
    history: list[Event], tamper: Tamper, act: Act, checkpoint: Make, data_dir: Path
) -> None:
    note = Note.of(Checkpoint.objects.get(size=6))
    data_dir.joinpath("checkpoints.jsonl").unlink()
    for table in ("audit_checkpoint", "audit_leaf", "audit_event"):
        tamper(f"DELETE FROM {table}")
    for _ in range(7):
        act("case:1")
    checkpoint()
    assert all_of(verify_checkpoints())[0] == []
    findings, _ = all_of(verify_checkpoints([note]))
    assert kinds(findings) == [Kind.REWRITTEN]


def test_database_put_back_in_time_is_found_by_the_file_beside_it(history: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_checkpoint WHERE size = 6")
    tamper('DELETE FROM audit_leaf WHERE "index" >= 4')
    tamper("DELETE FROM audit_event WHERE id >= %s", history[4].pk)
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.GAP, Kind.CUT_OFF]
    assert findings[0].message == "1 titik periksa, yang terakhir ini, tidak ada lagi di basis data."


def test_file_beside_the_database_that_is_gone_is_found(history: list[Event], data_dir: Path) -> None:
    data_dir.joinpath("checkpoints.jsonl").unlink()
    findings, _ = all_of(verify_checkpoints())
    assert [(finding.kind, finding.where) for finding in findings] == [(Kind.GAP, "checkpoints.jsonl")]


def test_line_beside_the_database_that_is_no_note_is_named(history: list[Event], data_dir: Path) -> None:
    with data_dir.joinpath("checkpoints.jsonl").open("a", encoding="utf-8") as file:
        file.write("rusak\n")
    findings, _ = all_of(verify_checkpoints())
    assert [(finding.kind, finding.where) for finding in findings] == [(Kind.UNREADABLE, "checkpoints.jsonl baris 3")]


def test_checkpoint_with_another_root_is_named(history: list[Event], tamper: Tamper) -> None:
    tamper("UPDATE audit_checkpoint SET root = %s WHERE size = 4", "0" * 64)
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.ALTERED, Kind.SIGNATURE, Kind.REWRITTEN]
    assert {finding.where.split(" (")[0] for finding in findings} == {"Titik periksa 4 peristiwa"}


@pytest.mark.parametrize("signature", ["", "bukan base64", "AAAA"])
def test_checkpoint_with_another_signature_is_named(history: list[Event], tamper: Tamper, signature: str) -> None:
    tamper("UPDATE audit_checkpoint SET signature = %s WHERE size = 4", signature)
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.GAP, Kind.SIGNATURE]


@pytest.mark.parametrize(("peak", "kind"), [("bukan heksadesimal", Kind.UNREADABLE), ("00", Kind.ALTERED)])
def test_checkpoint_with_another_frontier_is_found(history: list[Event], tamper: Tamper, peak: str, kind: Kind) -> None:
    tamper("UPDATE audit_checkpoint SET frontier = %s WHERE size = 4", json.dumps([peak]))
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [kind]


def test_checkpoint_taken_out_of_the_middle_is_found(history: list[Event], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_checkpoint WHERE size = 4")
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.GAP, Kind.BROKEN]


def test_note_signed_with_an_unknown_key_is_found(history: list[Event], data_dir: Path) -> None:
    old = data_dir.joinpath("keys", "checkpoint.pub")
    old.rename(data_dir / "elsewhere.pub")
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.SIGNATURE]
    assert findings[0].message.startswith("4 titik periksa ditandatangani dengan kunci ini, yang tidak dikenal")


def test_note_of_a_replaced_key_still_holds(history: list[Event], data_dir: Path, act: Act, checkpoint: Make) -> None:
    folder = data_dir / "keys"
    folder.joinpath("checkpoint.pub").rename(folder / "checkpoint-lama.pub")
    folder.joinpath("checkpoint.pem").unlink()
    act()
    made = checkpoint()
    assert len({row.key_id for row in Checkpoint.objects.all()}) == 2
    assert made.origin == Checkpoint.objects.get(size=4).origin
    assert all_of(verify_checkpoints()) == ([], 3)


def test_note_with_a_forged_signature_is_found(history: list[Event], data_dir: Path) -> None:
    note = Note.of(Checkpoint.objects.get(size=4))
    forged = replace(note, signature=Note.of(Checkpoint.objects.get(size=6)).signature)
    findings, _ = all_of(verify_checkpoints([forged]))
    assert kinds(findings) == [Kind.SIGNATURE]
    assert as_line(forged) != as_line(note)


def test_public_key_that_cannot_be_read_is_found(history: list[Event]) -> None:
    keys.folder().joinpath("checkpoint.pub").write_text("rusak", encoding="ascii")
    findings, _ = all_of(verify_checkpoints())
    assert kinds(findings) == [Kind.SIGNATURE]
    assert "tidak dapat dibaca" in findings[0].message


def test_row_that_cannot_be_read_ends_the_examination_with_a_finding(history: list[Event], tamper: Tamper) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the types of PostgreSQL keep such a value out")
    tamper("UPDATE audit_event SET at = 'rusak' WHERE stream = 'case:2' AND seq = 2")
    findings, chains = all_of(verify_chains())
    assert kinds(findings) == [Kind.UNREADABLE]
    assert findings[0].where == "case:2 nomor 1"
    assert chains == Chains(events=4, streams=2)


def test_ten_thousand_events_are_read_in_one_statement(db: None, django_assert_num_queries: Any) -> None:
    record_many(Draft(stream=f"case:{number % 100}", verb="opened", by=RINA) for number in range(10_000))
    with django_assert_num_queries(1):
        assert all_of(verify_chains()) == ([], Chains(events=10_000, streams=100))
