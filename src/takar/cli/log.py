"""takar log: the event log of a period as XES, for programs that study processes."""

import argparse
import sys
from pathlib import Path

from takar.cli.common import actor_of, add_actor, period_of
from takar.common.errors import InvalidInput
from takar.review.eventlog import event_log


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("period", metavar="PERIODE", help="kode periode, misalnya SKP-2025")
    parser.add_argument("--output", type=Path, metavar="BERKAS", help="berkas tujuan; tanpa itu keluaran baku")
    parser.add_argument("--names", action="store_true", help="dengan nama dan nomor berkas, bukan samaran")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    portions = event_log(reader=actor, period=period_of(actor, args.period), pseudonymous=not args.names)
    if args.output is None:
        for portion in portions:
            sys.stdout.write(portion)
        return 0
    try:
        with args.output.open("w", encoding="utf-8") as file:
            file.writelines(portions)
    except OSError as error:
        raise InvalidInput(f"{args.output} tidak dapat ditulis ({error.strerror}). Periksa nama foldernya.") from error
    return 0
