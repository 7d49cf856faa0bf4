"""takar return: send cases back with a reason."""

import argparse

from takar.casework.actions import return_many
from takar.cli.common import actor_of, add_actor, open_steps


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("codes", nargs="+", metavar="BERKAS", help="nomor berkas")
    parser.add_argument("--to", type=int, required=True, metavar="LANGKAH", help="ke langkah berapa")
    parser.add_argument("--reason", required=True, help="alasan pengembalian")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    steps = open_steps(actor, args.codes)
    lines = return_many(actor=actor, step_run_ids=steps, to_step=args.to, reason=args.reason)
    for line in lines:
        print(f"{'✓' if line.done else '✗'} {line.code} {line.name}: {line.message}")
    return 0 if all(line.done for line in lines) else 1
