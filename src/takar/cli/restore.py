"""takar restore: bring a back-up into an empty installation."""

import argparse
from pathlib import Path

from takar.cli.common import recovery_key_for
from takar.upkeep.restore import restore_backup


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, metavar="BERKAS", help="cadangan yang dibuat dengan takar backup")


def run(args: argparse.Namespace) -> int:
    made = restore_backup(args.backup, key=recovery_key_for(args.backup), tell=print)
    print(f"Dipulihkan dan terbukti sama: {made.rows} baris, {made.files} berkas. Jalankan: takar verify")
    return 0
