"""takar backup: everything in one file, while the program runs."""

import argparse
import os
from pathlib import Path

from django.conf import settings

from takar.cli.common import recovery_key_for
from takar.common.errors import InvalidInput
from takar.upkeep.backup import check_backup, make_backup
from takar.upkeep.package import new_key


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="tempat cadangan ditulis")
    parser.add_argument("--keep", type=int, default=0, metavar="N", help="sisakan N cadangan terbaru di folder itu")
    parser.add_argument("--check", type=Path, metavar="BERKAS", help="periksa satu cadangan dari awal sampai akhir")
    parser.add_argument("--new-key", action="store_true", help="buat kunci pemulihan untuk cadangan tersandi")


def run(args: argparse.Namespace) -> int:
    if args.new_key:
        return _tell_key()
    if args.check:
        made = check_backup(args.check, key=recovery_key_for(args.check))
        print(f"Cadangan {made.path} utuh: {made.rows} baris, {made.files} berkas.")
        return 0
    if args.folder is None:
        raise InvalidInput("Sebutkan folder tempat cadangan ditulis: takar backup FOLDER")
    made = make_backup(args.folder, recipient=settings.BACKUP_KEY, keep=max(args.keep, 0), tell=print)
    open_note = "" if settings.BACKUP_KEY else " Tidak tersandi: simpan di tempat yang hanya terbaca oleh Anda."
    print(f"Cadangan {made.path} selesai: {made.rows} baris, {made.files} berkas.{open_note}")
    return 0


def _tell_key() -> int:
    secret, public = new_key()
    print(f"Kunci pemulihan (cetak dan simpan di brankas, jangan di komputer ini):{os.linesep}{secret}")
    print(f"Kunci umum (isikan pada komputer ini):{os.linesep}TAKAR_BACKUP_KEY={public}")
    return 0
