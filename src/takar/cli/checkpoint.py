"""`takar checkpoint`: sign how many events there are and what they are, and take the note out of the system."""

import argparse
from pathlib import Path

from takar.audit.actions import make_checkpoint
from takar.audit.notes import printed
from takar.audit.queries import check_trail_exists, notes_of_checkpoints
from takar.common.errors import DomainError, InvalidInput

DONE = 0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Buat titik periksa bertanda tangan atas seluruh jejak audit."
    parser.add_argument("--export", metavar="BERKAS", type=Path, help="tulis catatan titik periksa terbaru ke berkas")
    parser.add_argument("--list", action="store_true", help="daftar titik periksa; tidak membuat yang baru")
    parser.add_argument(
        "--new-key", action="store_true", help="buat kunci baru: hanya bila kunci titik periksa hilang untuk selamanya"
    )


def run(args: argparse.Namespace) -> int:
    """Make a checkpoint if there is anything new, then do what was asked for with the newest."""
    check_trail_exists()
    if args.list:
        _print_all()
    else:
        _make(new_key=args.new_key)
    if args.export is not None:
        _export(args.export)
    return DONE


def _make(*, new_key: bool) -> None:
    checkpoint = make_checkpoint(new_key=new_key)
    if checkpoint is None:
        print("Tidak ada peristiwa baru sejak titik periksa terakhir.")
    else:
        print(f"Titik periksa dibuat: {checkpoint.size} peristiwa, akar {checkpoint.root}.")


def _print_all() -> None:
    for note in notes_of_checkpoints():
        text = note.as_text()
        print(f"{text['at']}  {text['size']:>12} peristiwa  {text['root']}  kunci {note.key_id[:16]}")


def _export(path: Path) -> None:
    newest = next(notes_of_checkpoints(newest_first=True), None)
    if newest is None:
        raise DomainError("Belum ada titik periksa karena belum ada peristiwa. Ulangi sesudah ada yang dikerjakan.")
    try:
        path.write_text(printed(newest), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            f"{path} tidak dapat ditulis ({error.strerror}). Periksa nama dan izin foldernya."
        ) from error
    print(f"Catatan titik periksa ditulis ke {path}; simpan di luar komputer ini.")
