"""takar codes: activation codes for people who have no password yet."""

import argparse
from collections.abc import Sequence

from takar.accounts.adapter import normal_username
from takar.cli.common import actor_of, add_actor
from takar.common.errors import InvalidInput, Problem
from takar.organisation.models import Employee
from takar.organisation.queries import inactive_employees
from takar.resets.actions import ask_reset, confirm_reset, issue_codes
from takar.resets.queries import requests_in


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("nip", nargs="*", metavar="NIP", help="hanya untuk mereka (bawaan: semua yang belum aktif)")
    by_two = parser.add_mutually_exclusive_group()
    by_two.add_argument(
        "--ask", metavar="ALASAN", default="", help="minta kode untuk akun yang dipakai, dengan orang kedua"
    )
    by_two.add_argument(
        "--confirm", action="store_true", help="setujui, sebagai orang kedua, yang diminta untuk mereka"
    )


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    if args.ask or args.confirm:
        return _by_two(actor, args)
    people = _named(actor, args.nip) if args.nip else list(inactive_employees(actor.agency_id))
    for employee, code in issue_codes(actor=actor, employees=people):
        print(f"{employee.user.username}\t{code}\t{employee.full_name}")
    if not people:
        print("Semua akun sudah aktif, sehingga tidak ada kode yang dibuat.")
    return 0


def _by_two(actor: Employee, args: argparse.Namespace) -> int:
    """The first person asks, or the second one agrees and gets the codes."""
    people = _named(actor, args.nip)
    if not people:
        raise InvalidInput("Sebut NIP pemilik akunnya.")
    for person in people:
        if args.ask:
            ask_reset(actor=actor, person=person, reason=args.ask)
            print(f"{person.user.username}\tmenunggu orang kedua\t{person.full_name}")
            continue
        waiting = requests_in(actor.agency).filter(person=person, decided_at__isnull=True).first()
        if waiting is None:
            raise InvalidInput(f"Tidak ada permintaan yang menunggu untuk {person.full_name}.")
        _, code = confirm_reset(actor=actor, request_id=waiting.pk)
        print(f"{person.user.username}\t{code}\t{person.full_name}")
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
