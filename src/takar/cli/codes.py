"""takar codes: activation codes for people who have no password yet."""

import argparse
from collections.abc import Sequence

from takar.accounts.adapter import normal_username
from takar.cli.common import actor_of, add_actor
from takar.common.errors import InvalidInput, Problem
from takar.organisation.actions import issue_activation_codes
from takar.organisation.models import Employee
from takar.organisation.queries import inactive_employees


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("nip", nargs="*", metavar="NIP", help="hanya untuk mereka (bawaan: semua yang belum aktif)")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    people = _named(actor, args.nip) if args.nip else list(inactive_employees(actor.agency_id))
    for employee, code in issue_activation_codes(actor=actor, employees=people):
        print(f"{employee.user.username}\t{code}\t{employee.full_name}")
    if not people:
        print("Semua akun sudah aktif, sehingga tidak ada kode yang dibuat.")
    return 0


def _named(actor: Employee, given: Sequence[str]) -> list[Employee]:
    wanted = {normal_username(text) for text in given}
    colleagues = Employee.objects.filter(agency=actor.agency, user__username__in=wanted)
    people = list(colleagues.select_related("user", "agency").order_by("name", "pk"))
    missing = wanted - {person.user.username for person in people}
    if missing:
        problems = [Problem(username, "Tidak ada pegawai kantor ini dengan NIP itu.") for username in sorted(missing)]
        raise InvalidInput("Tidak ada kode yang dibuat.", problems)
    return people
