"""takar return: send cases back with a reason."""

import argparse

from takar.casework.actions import return_many
from takar.cli.common import actor_of, add_actor, open_cases, report


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("codes", nargs="+", metavar="BERKAS", help="nomor berkas")
    parser.add_argument("--to", type=int, required=True, metavar="LANGKAH", help="ke langkah berapa")
    parser.add_argument("--reason", required=True, metavar="ALASAN", help="alasan pengembalian")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    steps = [case.task_id for case in open_cases(actor, args.codes)]
    return report(return_many(actor=actor, step_run_ids=steps, to_step=args.to, reason=args.reason))
