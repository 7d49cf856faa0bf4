"""takar print: one official form, or the issued document, of every case of a period."""

import argparse
from pathlib import Path

from takar.casework.printing.office import CHOICES, print_now
from takar.cli.common import actor_of, add_actor, period_of, report, write_file
from takar.common.errors import InvalidInput


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("period", metavar="PERIODE", help="kode periode, misalnya SKP-2025")
    parser.add_argument("--form", required=True, choices=sorted(CHOICES), metavar="FORMULIR", help=", ".join(CHOICES))
    parser.add_argument("--out", required=True, type=Path, metavar="BERKAS", help="tujuan: .pdf (satu) atau .zip")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    content, lines = print_now(
        actor=actor, period=period_of(actor, args.period), what=args.form, form=args.out.suffix.removeprefix(".")
    )
    code = report(lines)
    if content is None:
        raise InvalidInput("Tidak ada yang dapat dicetak, sehingga tidak ada yang ditulis.")
    write_file(args.out, content)
    print(f"Ditulis: {args.out}")
    return code
