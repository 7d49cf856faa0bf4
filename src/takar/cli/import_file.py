"""takar import: staff lists and targets from XLSX, with the same preview and the same rules as in the browser."""

import argparse
from pathlib import Path

from takar.cli.common import actor_of, add_actor, read_file
from takar.common import clock
from takar.exchange import actions
from takar.exchange.models import ImportKind
from takar.exchange.preview import preview


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument(
        "kind", choices=ImportKind.values, metavar="JENIS", help=f"apa yang diimpor: {' atau '.join(ImportKind.values)}"
    )
    parser.add_argument("file", type=Path, metavar="BERKAS", help="berkas XLSX")
    parser.add_argument("--apply", action="store_true", help="masukkan baris yang benar (tanpa ini hanya diperiksa)")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    content = read_file(args.file)
    batch = actions.upload(
        actor=actor, agency=actor.agency, kind=ImportKind(args.kind), name=args.file.name, content=content
    )
    found = preview(batch)
    for problem in found.problems:
        print(problem)
    print(f"{len(found.rows)} baris benar, {len(found.problems)} masalah.")
    if args.apply:
        print(actions.apply(actor=actor, batch_id=batch.pk, on=clock.today()).summary)
    return 1 if found.problems else 0
