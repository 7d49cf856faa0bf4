"""takar recompute --check: name every stored result that today's code would not reproduce; nothing is changed."""

import argparse

from takar.appraisal.queries import irreproducible_results


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", required=True, help="hanya memeriksa; hasil tersimpan tidak pernah diubah"
    )


def run(_args: argparse.Namespace) -> int:
    count = 0
    for appraisal, difference in irreproducible_results():
        count += 1
        print(f"{appraisal.employee.nip} {appraisal.employee.full_name}, {appraisal.year}: {difference}")
    print("Semua hasil tersimpan terhitung sama." if not count else f"{count} hasil tersimpan tidak terhitung sama.")
    return 1 if count else 0
