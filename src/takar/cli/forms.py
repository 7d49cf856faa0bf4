"""takar forms: blank formulir kinerja out, filled ones in (step 1)."""

import argparse
from pathlib import Path

from takar.casework.queries import tasks_of_kind
from takar.cli.common import actor_of, add_actor, read_file, write_file
from takar.common.errors import InvalidInput
from takar.exchange.actions import collect_files
from takar.exchange.outgoing import blank_forms
from takar.rules.flow import StepKind


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    words = parser.add_mutually_exclusive_group(required=True)
    words.add_argument("--blank", type=Path, metavar="BERKAS", help="tulis formulir kosong semua berkas di langkah 1")
    words.add_argument("--collect", type=Path, nargs="+", metavar="BERKAS", help="baca formulir yang sudah diisi")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    if args.blank:
        content = blank_forms(list(tasks_of_kind(actor, StepKind.COLLECT)))
        if content is None:
            raise InvalidInput("Tidak ada berkas yang menunggu formulir, sehingga tidak ada yang ditulis.")
        write_file(args.blank, content)
        print(f"Ditulis: {args.blank}")
        return 0
    lines = collect_files(actor=actor, files=[(path.name, read_file(path)) for path in args.collect])
    for line in lines:
        print(f"{'✓' if line.done else '✗'} {line.file} {line.code} {line.name}: {line.message}")
        for problem in line.problems:
            print(f"    {problem}")
    return 0 if all(line.done for line in lines) else 1
