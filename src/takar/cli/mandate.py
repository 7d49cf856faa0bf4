"""takar mandate: who acts for whom as Plt. or Plh.; record a decree, list them, revoke one early."""

import argparse
import datetime as dt
from uuid import UUID

from takar.accounts.adapter import normal_username
from takar.cli.common import actor_of, add_actor
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.organisation.enums import MANDATED_ROLES, MandatedAct, MandateKind
from takar.organisation.mandates import end_mandate, give_mandate
from takar.organisation.models import Employee, Mandate
from takar.organisation.policies import check_can_keep_mandates
from takar.organisation.queries import mandates_in
from takar.organisation.types import MandateData


def configure(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="what", metavar="TINDAKAN", required=True)
    add_actor(words.add_parser("list", help="daftar mandat kantor"))
    _configure_add(words.add_parser("add", help="catat surat perintah Plt. atau Plh."))
    end = words.add_parser("end", help="cabut mandat mulai hari ini")
    add_actor(end)
    end.add_argument("mandate", type=UUID, metavar="MANDAT", help="pengenal mandat, menurut takar mandate list")
    end.add_argument("--reason", required=True, help="alasan pencabutan")


def _configure_add(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("--kind", required=True, choices=MandateKind.values, help="plt atau plh")
    held = parser.add_mutually_exclusive_group(required=True)
    held.add_argument("--for", dest="principal", metavar="NIP", help="pejabat yang digantikan")
    held.add_argument("--role", choices=[role.value for role in MANDATED_ROLES], default="", help="peran yang dipegang")
    parser.add_argument("--with-roles", action="store_true", help="termasuk peran pejabat yang digantikan")
    parser.add_argument("--holder", required=True, metavar="NIP", help="pemegang mandat")
    parser.add_argument("--number", required=True, help="nomor surat perintah")
    for name, text in (("decreed", "tanggal surat perintah"), ("start", "hari pertama"), ("end", "hari terakhir")):
        parser.add_argument(f"--{name}", required=True, type=dt.date.fromisoformat, metavar="TTTT-BB-HH", help=text)
    parser.add_argument("--acts", nargs="+", choices=MandatedAct.values, default=MandatedAct.values, help="perbuatan")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    {"list": _list, "add": _add, "end": _end}[args.what](actor, args)
    return 0


def _list(actor: Employee, _args: argparse.Namespace) -> None:
    check_can_keep_mandates(actor, actor.agency)
    for mandate in mandates_in(actor.agency_id):
        _print(mandate)


def _add(actor: Employee, args: argparse.Namespace) -> None:
    data = MandateData(
        kind=args.kind,
        holder=_person(actor, "--holder", args.holder),
        number=args.number,
        decreed_on=args.decreed,
        start=args.start,
        end=args.end,
        role=args.role,
        principal=_person(actor, "--for", args.principal) if args.principal else None,
        with_roles=args.with_roles,
        acts=tuple(args.acts),
    )
    _print(give_mandate(actor=actor, agency=actor.agency, data=data))


def _end(actor: Employee, args: argparse.Namespace) -> None:
    found = Mandate.objects.select_related("agency").filter(pk=args.mandate, agency_id=actor.agency_id).first()
    if found is None:
        raise InvalidInput("Tidak ada yang dicabut.", [Problem(str(args.mandate), "Mandat tidak ditemukan.")])
    end_mandate(actor=actor, mandate=found, reason=args.reason)
    _print(mandates_in(actor.agency_id).get(pk=found.pk))


def _print(mandate: Mandate) -> None:
    state, days = mandate.state_on(clock.today()), f"{mandate.start} s.d. {mandate.last_day}"
    print(f"{mandate.pk}\t{state}\t{mandate.title}\t{mandate.holder.full_name}\t{days}\t{mandate.number}")


def _person(actor: Employee, option: str, nip: str) -> Employee:
    found = Employee.objects.filter(agency_id=actor.agency_id, user__username=normal_username(nip)).first()
    if found is None:
        raise InvalidInput(
            "Mandat belum dicatat.", [Problem(option, f"Tidak ada pegawai kantor ini dengan NIP {nip}.")]
        )
    return found
