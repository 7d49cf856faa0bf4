"""takar open-period: a case for everybody who is to be appraised."""

import argparse

from takar.casework.periods import open_period
from takar.cli.common import actor_of, add_actor
from takar.common import clock
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.queries import version_in_force


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("year", type=int, metavar="TAHUN", help="tahun yang dinilai")
    parser.add_argument("--method", default="", metavar="CARA", help="cara penilaian (bawaan: menurut tanggal periode)")
    parser.add_argument("--cycle", default="tahunan", metavar="SIKLUS", help="tahunan (bawaan), triwulanan, bulanan")
    parser.add_argument("--number", type=int, default=1, metavar="N", help="triwulan 1 sampai 4 atau bulan 1 sampai 12")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    version = version_in_force(actor.agency, SHIPPED_KEY, clock.today())
    period = open_period(
        actor=actor,
        agency=actor.agency,
        year=args.year,
        method=args.method,
        version=version,
        cycle=args.cycle,
        number=args.number,
    )
    print(f"{period.name}: {period.cases.count()} berkas dibuka.")
    for left_out in period.exemptions.all():
        print(f"  tanpa berkas: {left_out.name}, {left_out.reason}")
    return 0
