"""`takar verify`: name everything in the audit trail and the file store that is not as it was written."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from takar.audit.notes import Note, parsed
from takar.audit.queries import check_trail_exists, verify_chains, verify_checkpoints
from takar.cli import document, files_progress
from takar.common.errors import InvalidInput, Problem
from takar.common.reads import reading_only
from takar.files.queries import verify_files
from takar.files.types import Finding as FileFinding
from takar.files.types import Kind as FileKind

HOLDS, DOES_NOT_HOLD = 0, 1


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Periksa rangkaian peristiwa, titik periksa, dan setiap berkas tersimpan, di folder atau di S3."
    )
    parser.add_argument("document", metavar="BERKAS.pdf", nargs="?", type=Path, help="periksa satu dokumen PDF saja")
    parser.add_argument(
        "--trust", metavar="BERKAS", type=Path, help="dengan berkas kepercayaan (takar trust export), tanpa basis data"
    )
    parser.add_argument(
        "--fingerprint", metavar="SIDIK", default="", help="sidik kunci berkas kepercayaan, dari kantor yang membuatnya"
    )
    parser.add_argument("--checkpoint", metavar="BERKAS", type=Path, help="catatan titik periksa yang disimpan di luar")
    parser.add_argument("--files", action="store_true", help="hanya berkas tersimpan, dengan kemajuannya")
    parser.add_argument(
        "--resume", action="store_true", help="lanjutkan pemeriksaan berkas yang terputus dari berkas terakhirnya"
    )
    parser.add_argument(
        "--quiet", action="store_true", help="tanpa ringkasan dan pemberitahuan bila tidak ada kelainan"
    )


def needs_database(args: argparse.Namespace) -> bool:
    """One document with a trust file is examined on any machine."""
    return args.document is None or args.trust is None


def run(args: argparse.Namespace) -> int:
    """One document if one is named, otherwise everything that is kept."""
    return (
        _everything(args)
        if args.document is None
        else document.examine_file(args.document, args.trust, args.fingerprint)
    )


def _everything(args: argparse.Namespace) -> int:
    """Print each finding as it is found, then the summary; 1 if something does not hold."""
    check_trail_exists()
    given = [] if args.checkpoint is None else [_note(args.checkpoint)]
    examined, count = list[str](), 0
    progress = files_progress.Progress(shown=args.files and not args.quiet, resume=args.resume)
    count += progress.start.wrong
    for finding in _examination(examined, given, progress, files_only=args.files or args.resume):
        harmless = isinstance(finding, FileFinding) and finding.kind is FileKind.UNKNOWN
        count += not harmless
        if not (harmless and args.quiet):
            print(f"Pemberitahuan: {finding}" if harmless else finding)
    if count or not args.quiet:
        result = f"{_number(count)} kelainan." if count else "Tidak ada kelainan."
        print(f"Diperiksa: {', '.join(examined)}. {result}")
    return DOES_NOT_HOLD if count else HOLDS


def _examination(
    examined: list[str], given: list[Note], progress: files_progress.Progress, *, files_only: bool
) -> Iterator[Problem]:
    """Everything that does not hold; what was examined is added to the list on the way."""
    if not files_only:
        with reading_only():
            chains = yield from verify_chains()
            examined.append(f"{_number(chains.events)} peristiwa dalam {_number(chains.streams)} rangkaian")
            checkpoints = yield from verify_checkpoints(given)
        examined.append(f"{_number(checkpoints)} titik periksa")
    files = yield from verify_files(start=progress.start, passed=progress.passed)
    progress.end()
    examined.append(f"{_number(files)} berkas")


def _note(path: Path) -> Note:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Berkas {path} tidak dapat dibaca ({error}). Periksa nama dan izinnya.") from error
    return parsed(text, where=f"Berkas {path}")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
