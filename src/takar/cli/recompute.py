"""takar recompute --check: name every stored result that today's code would not reproduce; nothing is changed."""

import argparse
import datetime as dt
import sys

from takar.appraisal.queries import irreproducible_results
from takar.common import clock
from takar.common.reads import PORTION

EVERY = dt.timedelta(seconds=2)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", required=True, help="hanya memeriksa; hasil tersimpan tidak pernah diubah"
    )
    parser.add_argument(
        "--quick", action="store_true", help="hanya nilainya, tanpa rincian perhitungan: jauh lebih cepat"
    )


class Progress:
    """How many have been examined, told now and then while it runs."""

    def __init__(self) -> None:
        self.told = clock.now()

    def passed(self, count: int) -> None:
        if count % PORTION == 0 and clock.now() - self.told >= EVERY:
            self.told = clock.now()
            print(f"{count} hasil …", file=sys.stderr, flush=True)


def run(args: argparse.Namespace) -> int:
    count = 0
    for appraisal, difference in irreproducible_results(quick=args.quick, passed=Progress().passed):
        count += 1
        print(f"{appraisal.employee.nip} {appraisal.employee.full_name}, {appraisal.year}: {difference}")
    print("Semua hasil tersimpan terhitung sama." if not count else f"{count} hasil tersimpan tidak terhitung sama.")
    return 1 if count else 0
