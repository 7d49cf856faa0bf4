import argparse
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from takar.audit.models import Checkpoint, Event
from takar.audit.notes import Note, parsed
from takar.cli import checkpoint as checkpoint_command
from takar.cli import files_progress
from takar.cli import verify as verify_command
from takar.common.errors import DomainError, InvalidInput
from takar.files.actions import store
from takar.files.models import StoredFile
from takar.files.store import LocalStore, office_store

Act = Callable[..., Event]
Make = Callable[[], Checkpoint | None]
Tamper = Callable[..., None]

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], django_capture_on_commit_callbacks: Any) -> Callable[..., tuple[int, str]]:
    def call(module: ModuleType, *words: object) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        module.configure(parser)
        with django_capture_on_commit_callbacks(execute=True):
            code = module.run(parser.parse_args([str(word) for word in words]))
        return code, capsys.readouterr().out

    return call


Run = Callable[..., tuple[int, str]]


def test_verify_of_what_holds_tells_what_was_examined(run: Run, act: Act, checkpoint: Make) -> None:
    for number in range(1001):
        act(f"case:{number % 2}")
    checkpoint()
    store(b"isi", name="bukti.pdf", media_type="application/pdf")
    assert run(verify_command) == (
        0,
        "Diperiksa: 1.001 peristiwa dalam 2 rangkaian, 1 titik periksa, 1 berkas. Tidak ada kelainan.\n",
    )


def test_verify_names_each_thing_that_does_not_hold(run: Run, act: Act, tamper: Tamper) -> None:
    act("case:1")
    tamper("UPDATE audit_event SET reason = 'lain'")
    stored = store(b"isi", name="bukti.pdf", media_type="application/pdf")
    office_store().path(stored.sha256).unlink()
    code, output = run(verify_command)
    lines = output.splitlines()
    assert code == 1
    assert lines[0].endswith("): Isi peristiwa ini tidak cocok dengan sidiknya: diubah sesudah dicatat.")
    assert lines[1] == f"Berkas “bukti.pdf” ({stored.sha256}): Berkas tidak ada lagi di penyimpanan."
    assert lines[2] == "Diperiksa: 1 peristiwa dalam 1 rangkaian, 0 titik periksa, 1 berkas. 2 kelainan."


def test_verify_mentions_an_unknown_file_without_failing(run: Run) -> None:
    sha256 = office_store().put(b"tanpa baris")
    path = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert run(verify_command, "--files") == (
        0,
        (
            f"Pemberitahuan: {path}: Berkas ini ada di penyimpanan tetapi tidak dikenal basis data.\n"
            "Diperiksa: 0 berkas. Tidak ada kelainan.\n"
        ),
    )


def test_verify_quietly_says_nothing_when_all_holds(run: Run, act: Act) -> None:
    act()
    office_store().put(b"tanpa baris")
    assert run(verify_command, "--quiet") == (0, "")


def test_verify_quietly_still_names_what_does_not_hold(run: Run, act: Act, tamper: Tamper) -> None:
    act()
    tamper("UPDATE audit_event SET reason = 'lain'")
    code, output = run(verify_command, "--quiet")
    assert (code, output.splitlines()[-1]) == (
        1,
        "Diperiksa: 1 peristiwa dalam 1 rangkaian, 0 titik periksa, 0 berkas. 1 kelainan.",
    )


def test_verify_of_files_only_leaves_the_trail_alone(run: Run, act: Act, tamper: Tamper) -> None:
    act()
    tamper("UPDATE audit_event SET reason = 'lain'")
    assert run(verify_command, "--files") == (0, "Diperiksa: 0 berkas. Tidak ada kelainan.\n")


def test_verify_of_files_goes_on_where_it_stopped(run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_progress, "STEP", 2)
    for number in range(5):
        store(str(number).encode(), name=f"{number}.pdf", media_type="application/pdf")
    stored = list(StoredFile.objects.order_by("created_at", "id"))
    office_store().path(stored[0].sha256).unlink()
    office_store().path(stored[4].sha256).unlink()
    examination = LocalStore.size

    def interrupted(self: LocalStore, sha256: str) -> int:
        if sha256 == stored[3].sha256:
            raise KeyboardInterrupt
        return examination(self, sha256)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(LocalStore, "size", interrupted)
        run(verify_command, "--files")
    assert json.loads((data_dir / "verify-files.json").read_text())["count"] == 2
    code, output = run(verify_command, "--resume")
    assert (code, output.splitlines()[-1]) == (1, "Diperiksa: 5 berkas. 2 kelainan.")
    assert output.count("Berkas tidak ada lagi di penyimpanan.") == 2
    assert not (data_dir / "verify-files.json").exists()


@pytest.mark.parametrize("text", ["x", "{}", '{"at": "kemarin", "id": "1", "count": 1, "wrong": 0}'])
def test_place_that_cannot_be_read_is_named(run: Run, data_dir: Path, text: str) -> None:
    data_dir.mkdir(exist_ok=True)
    (data_dir / "verify-files.json").write_text(text)
    with pytest.raises(InvalidInput, match="verify-files.json tidak terbaca; hapus berkas itu"):
        run(verify_command, "--resume")


def test_verify_against_an_exported_note_finds_the_end_cut_off(
    run: Run, act: Act, tamper: Tamper, tmp_path: Path, data_dir: Path
) -> None:
    act()
    note = tmp_path / "catatan.txt"
    run(checkpoint_command, "--export", note)
    assert run(verify_command, "--checkpoint", note)[0] == 0
    data_dir.joinpath("checkpoints.jsonl").unlink()
    for table in ("audit_checkpoint", "audit_leaf", "audit_event"):
        tamper(f"DELETE FROM {table}")
    assert run(verify_command)[0] == 0
    code, output = run(verify_command, "--checkpoint", note)
    assert code == 1
    assert "Yang masih ada hanya 0 peristiwa: 1 peristiwa terakhir hilang." in output


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"rusak", "bukan titik periksa yang utuh"), (b"\xff", "tidak dapat dibaca"), (None, "tidak dapat dibaca")],
)
def test_verify_refuses_a_note_that_is_none(run: Run, tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "catatan.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match=sentence):
        run(verify_command, "--checkpoint", path)


@pytest.mark.parametrize("command", [verify_command, checkpoint_command])
def test_commands_refuse_a_database_that_was_never_prepared(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: ModuleType
) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(DomainError, match="Tidak ada jejak audit di basis data ini"):
        run(command)


def test_checkpoint_makes_one_and_then_says_that_nothing_is_new(run: Run, act: Act) -> None:
    act()
    code, output = run(checkpoint_command)
    made = Checkpoint.objects.get()
    assert (code, output) == (0, f"Titik periksa dibuat: 1 peristiwa, akar {made.root}.\n")
    assert run(checkpoint_command) == (0, "Tidak ada peristiwa baru sejak titik periksa terakhir.\n")


def test_checkpoint_exports_the_newest_as_a_note(run: Run, act: Act, tmp_path: Path) -> None:
    act()
    run(checkpoint_command)
    act()
    path = tmp_path / "catatan.txt"
    assert run(checkpoint_command, "--export", path)[0] == 0
    assert parsed(path.read_text(encoding="utf-8"), where="Berkas") == Note.of(Checkpoint.objects.get(size=2))


def test_checkpoint_lists_without_making_one(run: Run, act: Act) -> None:
    act()
    run(checkpoint_command)
    act()
    code, output = run(checkpoint_command, "--list")
    text = Note.of(Checkpoint.objects.get()).as_text()
    assert (code, output) == (0, f"{text['at']}             1 peristiwa  {text['root']}  kunci {text['key_id'][:16]}\n")


def test_checkpoint_export_needs_an_event(run: Run, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Belum ada titik periksa karena belum ada peristiwa"):
        run(checkpoint_command, "--export", tmp_path / "catatan.txt")


def test_checkpoint_export_into_a_folder_that_is_none_says_so(run: Run, act: Act, tmp_path: Path) -> None:
    act()
    with pytest.raises(InvalidInput, match="tidak dapat ditulis"):
        run(checkpoint_command, "--export", tmp_path / "tidak-ada" / "catatan.txt")
