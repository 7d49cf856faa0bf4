"""takar tasks: what waits for somebody."""

import argparse

from takar.casework.queries import own_tasks
from takar.cli.common import actor_of, add_actor
from takar.common.words import moment


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("--step", type=int, metavar="LANGKAH", help="hanya langkah ini")


def run(args: argparse.Namespace) -> int:
    rows = own_tasks(actor_of(args))
    if args.step is not None:
        rows = rows.filter(step=args.step)
    for case in rows:
        print(f"{case.code}\tlangkah {case.step}\t{case.name}\tsejak {moment(case.since)}")
    return 0
