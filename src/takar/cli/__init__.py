"""The takar command line: `takar --help` lists the commands, `takar COMMAND --help` tells about one.

`score` needs no database and no configuration; every other command prepares Django first.
"""

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from typing import Any

from takar.cli import indonesian, score


@dataclass(frozen=True, slots=True)
class Command:
    """A word on the command line; its module has `configure(parser)` and `run(args) -> int`."""

    name: str
    help: str
    module: str
    prepares: bool = False


COMMANDS = (
    Command("demo", "jalankan kantor peragaan (diisi sekali dari berkas di demo/)", "demo", prepares=True),
    Command("serve", "jalankan Takar untuk kantor sendiri", "serve", prepares=True),
    Command("worker", "kerjakan antrean latar dan jadwalnya (serve sudah membawa satu)", "work"),
    Command("migrate", "siapkan atau perbarui basis data", "migrate", prepares=True),
    Command("import", "masukkan daftar pegawai atau target SKP dari XLSX", "import_file"),
    Command("office", "daftar kantor pada pemasangan ini, atau tambahkan satu", "office"),
    Command("codes", "buat kode aktivasi akun", "codes"),
    Command("open-period", "buka periode penilaian untuk seluruh kantor", "open_period"),
    Command("tasks", "daftar tugas seseorang", "tasks"),
    Command("forms", "unduh formulir kinerja kosong, atau kumpulkan yang sudah diisi", "forms"),
    Command("print", "cetak formulir resmi satu periode sebagai satu PDF atau ZIP", "print_forms"),
    Command("act", "kerjakan satu langkah SOP atas satu atau banyak berkas", "act"),
    Command("sign", "tandatangani banyak dokumen, catat pindaian bertanda tangan, atau pilih caranya", "sign"),
    Command("return", "kembalikan berkas ke langkah sebelumnya dengan alasan", "return_case"),
    Command("aftermath", "lihat tenggat sesudah penilaian, atau catat satu tindakan", "aftermath"),
    Command("mandate", "catat, lihat, atau cabut mandat Plt./Plh.", "mandate"),
    Command("sop", "periksa SOP sebagai naskah, atau ekspor sebagai BPMN", "sop", prepares=True),
    Command("conformance", "periksa kesesuaian berkas dengan SOP-nya", "conformance"),
    Command("whatif", "mainkan satu periode dengan orang, waktu, atau batas yang lain", "whatif"),
    Command("log", "tulis log peristiwa satu periode sebagai XES", "log"),
    Command("archive", "tulis atau terima paket arsip (BagIt)", "archive"),
    Command("checkpoint", "buat atau ekspor titik periksa jejak audit", "checkpoint"),
    Command("recompute", "periksa apakah setiap hasil tersimpan terhitung sama", "recompute"),
    Command("backup", "buat cadangan seluruh isi selagi Takar berjalan, atau periksa satu cadangan", "backup"),
    Command("restore", "pulihkan cadangan ke pemasangan yang kosong", "restore", prepares=True),
    Command("move", "salin seluruh isi basis data ke PostgreSQL yang kosong", "move"),
    Command("trust", "tulis berkas kepercayaan untuk memeriksa dokumen di komputer lain", "trust"),
    Command(
        "verify",
        "periksa rangkaian peristiwa, titik periksa, dan semua berkas tersimpan; atau satu dokumen PDF",
        "verify",
    ),
)

# A database that is away, locked, full or no database at all; the other kinds of error are the program's own.
UNUSABLE = frozenset({"DatabaseError", "OperationalError"})
CURE = "Periksa TAKAR_DATA, TAKAR_DATABASE_URL dan ruang penyimpanan, lalu ulangi; tidak ada yang berubah."


def main(argv: list[str]) -> int:
    """Run one command; a sentence and exit code 1 for what cannot be done, 2 for a wrong call."""
    indonesian.speak()
    if argv[:1] == ["score"]:
        return score.run(argv[1:])
    parser = argparse.ArgumentParser(prog="takar", description="Takar: pelaksanaan SOP Penilaian SKP.")
    words = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    words.add_parser("score", help="hitung satu penilaian dari berkas JSON, tanpa basis data")
    module: Any = None
    chosen = next((command for command in COMMANDS if argv and argv[0] == command.name), None)
    for command in COMMANDS:
        description = f"{command.help[0].upper()}{command.help[1:]}."
        sub = words.add_parser(command.name, help=command.help, description=description)
        if command is chosen:
            _prepare(command)
            module = importlib.import_module(f"takar.cli.{command.module}")
            module.configure(sub)
    arguments = parser.parse_args(argv)
    assert chosen is not None  # noqa: S101 -- the parser lets nothing else through but --help
    return _run(module, arguments, chosen)


def _prepare(command: Command) -> None:
    """Settings are read once, so the demonstration must say what it is before that."""
    if command.name == "demo":
        os.environ["TAKAR_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- `score` and `--help` must not need it
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- likewise

    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as error:
        raise SystemExit(f"Pengaturan Takar tidak dapat dipakai: {error}") from error


def _run(module: Any, arguments: argparse.Namespace, command: Command) -> int:
    from django.db import DatabaseError  # noqa: PLC0415 -- needs Django

    from takar.audit.context import using  # noqa: PLC0415 -- needs Django
    from takar.cli.migrate import check_database  # noqa: PLC0415 -- needs Django
    from takar.common.errors import DomainError  # noqa: PLC0415 -- needs Django

    try:
        needs = getattr(module, "needs_database", None)
        if not command.prepares and (needs is None or needs(arguments)):
            check_database()
        with using(channel="cli"):
            return int(module.run(arguments))
    except DomainError as error:
        print(error.message, file=sys.stderr)
        for problem in getattr(error, "problems", ()):
            if problem.message != error.message:
                print(f"  {problem}", file=sys.stderr)
    except DatabaseError as error:
        if type(error).__name__ not in UNUSABLE:
            raise
        print(f"Basis data tidak dapat dipakai ({str(error).strip()}). {CURE}", file=sys.stderr)
    return 1
