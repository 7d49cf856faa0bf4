"""`takar verify` after the database, the files or the end of the trail were tampered with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.audit.tampering import lifted
from tests.cli.conftest import CODE, DEMO, KASUBBAG, STAF, Takar

from takar.audit.models import Event
from takar.casework.models import Case
from takar.documents.models import Document
from takar.files.store import office_store


@pytest.fixture
def note(takar: Takar, tmp_path: Path) -> Path:
    """Acts, then a checkpoint whose note somebody has printed and filed."""
    path = tmp_path / "titik-periksa.txt"
    takar("forms", "--as", STAF, "--collect", DEMO / "formulir" / "budi-hartono.xlsx")
    assert takar("act", "--as", STAF, CODE).code == 0
    assert takar("checkpoint", "--export", path).code == 0
    return path


def execute(*statements: str) -> None:
    with lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def findings(takar: Takar, note: Path) -> list[str]:
    """The lines before the summary."""
    code, out, err = takar("verify", "--checkpoint", note)
    assert (code, err) == (1, "")
    *lines, summary = out.splitlines()
    assert summary.endswith(f"{len(lines)} kelainan.")
    return lines


def test_what_nobody_touched_holds(takar: Takar, note: Path) -> None:
    code, out, err = takar("verify", "--checkpoint", note)
    assert (code, err) == (0, "")
    assert out.endswith(" 1 titik periksa, 22 berkas. Tidak ada kelainan.\n")


def test_changed_row_is_named(takar: Takar, note: Path) -> None:
    case = Case.objects.get(code=CODE)
    execute(f"UPDATE audit_event SET actor_name = 'Orang Lain' WHERE stream = '{case.stream}' AND seq = 2")
    [finding] = findings(takar, note)
    assert finding.startswith(f"{case.stream} nomor 2 (12-01-2026 09:30:00): Isi peristiwa ini tidak cocok")


def test_removed_row_is_named(takar: Takar, note: Path) -> None:
    case = Case.objects.get(code=CODE)
    removed = Event.objects.get(stream=case.stream, seq=2)
    execute(
        "PRAGMA foreign_keys = OFF",
        f"DELETE FROM audit_leaf WHERE event_id = {removed.pk}",
        f"DELETE FROM audit_event WHERE id = {removed.pk}",
    )
    lines = findings(takar, note)
    assert lines[0].startswith(f"{case.stream} nomor 3 (12-01-2026 09:30:00): Peristiwa sebelumnya hilang")


def changed(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%pdf", 1))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (changed, "Isinya berubah sejak disimpan."),
        (Path.unlink, "Berkas tidak ada lagi di penyimpanan."),
    ],
)
def test_harmed_document_is_named(takar: Takar, note: Path, harm: Callable[[Path], None], said: str) -> None:
    stored = Document.objects.order_by("number")[0].file
    harm(office_store().path(stored.sha256))
    assert findings(takar, note) == [f"Berkas “{stored.name}” ({stored.sha256}): {said}"]


def test_end_that_was_cut_off_with_every_trace_of_it_is_known_from_the_printed_note(takar: Takar, note: Path) -> None:
    """Whoever rules the machine can take away the last events, their leaves, the checkpoint and its journal."""
    last = Event.objects.order_by("-pk")[0].pk
    execute(
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM audit_checkpoint",
        "DELETE FROM audit_leaf",
        f"DELETE FROM audit_event WHERE id > {last - 2}",
    )
    Path(settings.DATA_DIR, "checkpoints.jsonl").unlink()
    takar("checkpoint")
    assert takar("verify", "--quiet").code == 0
    [finding] = findings(takar, note)
    assert finding.startswith("Titik periksa ")
    assert "catatan di luar sistem" in finding
    assert finding.endswith(": 2 peristiwa terakhir hilang.")


def test_note_that_is_none_is_refused(takar: Takar, tmp_path: Path) -> None:
    path = tmp_path / "catatan.txt"
    path.write_text("bukan catatan", encoding="utf-8")
    code, out, err = takar("verify", "--checkpoint", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"Berkas {path} bukan titik periksa yang utuh.\n")
    assert takar("act", "--as", KASUBBAG, CODE).code == 1
