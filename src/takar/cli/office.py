"""takar office: the offices of this installation, and a further one beside them."""

import argparse

from takar.casework.installing import found_office
from takar.cli.common import actor_of, add_actor
from takar.common import clock
from takar.common.errors import InvalidInput
from takar.organisation.policies import check_can_add_office
from takar.organisation.queries import offices

NEEDED = ("short_name", "region", "place", "admin_nip", "admin_name")


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("--add", metavar="NAMA", help="tambahkan kantor dengan nama ini")
    parser.add_argument("--short-name", metavar="NAMA", help="nama singkatnya, dipakai dalam nomor dokumen")
    parser.add_argument("--region", metavar="PEMDA", help="pemerintah daerahnya")
    parser.add_argument("--place", metavar="TEMPAT", help="tempat kedudukannya")
    parser.add_argument("--admin-nip", metavar="NIP", help="NIP Administrator pertamanya")
    parser.add_argument("--admin-name", metavar="NAMA", help="namanya")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    check_can_add_office(actor, actor.agency)
    if args.add is None:
        for agency in offices(clock.today()):
            print(f"{agency.short_name}\t{agency.people}\t{agency.name}")
        return 0
    if missing := [f"--{name.replace('_', '-')}" for name in NEEDED if not getattr(args, name)]:
        raise InvalidInput(f"Kantor belum ditambahkan; isikan juga {', '.join(missing)}.")
    admin, code = found_office(
        actor=actor,
        name=args.add,
        short_name=args.short_name,
        region=args.region,
        place=args.place,
        nip=args.admin_nip,
        admin_name=args.admin_name,
    )
    print(f"{admin.agency.name} ditambahkan. Kode aktivasi Administrator, berlaku 14 hari, sekali pakai:")
    print(f"{admin.user.username}\t{code}\t{admin.full_name}")
    return 0
