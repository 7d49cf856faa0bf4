"""takar move: every row into another database, proven equal; then TAKAR_DATABASE_URL names that one."""

import argparse

from config.databases import postgresql
from takar.upkeep.restore import move_database


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="ALAMAT", help="postgresql://pengguna:sandi@host:5432/nama, masih kosong")


def run(args: argparse.Namespace) -> int:
    moved = move_database(postgresql(args.url), tell=print)
    print(
        f"Dipindahkan dan terbukti sama: {moved} baris. Hentikan Takar, isikan TAKAR_DATABASE_URL, lalu jalankan lagi."
    )
    return 0
