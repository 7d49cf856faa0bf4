"""takar codes: activation codes for people who have no password yet."""

import argparse

from takar.cli.common import actor_of, add_actor
from takar.organisation.actions import issue_activation_codes
from takar.organisation.models import Employee
from takar.organisation.queries import inactive_employees


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("nip", nargs="*", help="hanya untuk mereka (bawaan: semua yang belum aktif)")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    everybody = Employee.objects.filter(agency=actor.agency, nip__in=args.nip).select_related("user", "agency")
    people = everybody.order_by("name", "pk") if args.nip else inactive_employees(actor.agency_id)
    for employee, code in issue_activation_codes(actor=actor, employees=list(people)):
        print(f"{employee.user.username}\t{code}\t{employee.full_name}")
    return 0
