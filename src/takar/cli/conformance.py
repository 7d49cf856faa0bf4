"""takar conformance: hold the cases of a period against their SOP."""

import argparse

from takar.cli.common import actor_of, add_actor, period_of
from takar.jobs.models import Job
from takar.review.conformance import check_period, counts, deviations_of


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("period", metavar="PERIODE", help="kode periode, misalnya SKP-2025")
    parser.add_argument("--list", action="store_true", help="sebut juga setiap penyimpangan")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    checked = check_period(actor=actor, period=period_of(actor, args.period))
    if isinstance(checked, Job):
        print(f"Berkasnya banyak; diperiksa di latar belakang sebagai pekerjaan {checked.pk}.")
        return 0
    print(f"{checked.conforming} dari {checked.cases} berkas sesuai dengan SOP.")
    for row in counts(checked):
        print(f"{row.label}: {row.cases} berkas, {row.deviations} kali{' (catatan)' if row.note else ''}")
    for item in deviations_of(checked) if args.list else ():
        print(f"{item.case.code}\t{item.code}\t{item.sentence}")
    return 0 if checked.conforming == checked.cases else 1
