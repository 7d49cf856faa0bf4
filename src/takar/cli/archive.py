"""`takar archive`: a package of archived documents out of this installation, or one of another into it."""

import argparse
from pathlib import Path

from takar.accounts.adapter import normal_username
from takar.archive.packages import export_package, import_package
from takar.archive.queries import visible_deposits
from takar.cli.common import actor_of, add_actor


def configure(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="what", metavar="TINDAKAN", required=True)
    out = words.add_parser("export", help="tulis paket BagIt dari satu tahun atau satu pegawai")
    add_actor(out)
    which = out.add_mutually_exclusive_group(required=True)
    which.add_argument("--year", type=int, metavar="TAHUN", help="semua arsip satu tahun penilaian")
    which.add_argument("--person", metavar="NIP", help="semua arsip tentang satu pegawai")
    out.add_argument("target", type=Path, metavar="TUJUAN", help="folder baru, atau nama berkas .zip")
    into = words.add_parser("import", help="terima paket dari pemasangan lain sebagai arsip yang hanya dibaca")
    add_actor(into)
    into.add_argument("package", type=Path, metavar="PAKET", help="folder atau berkas .zip")


def run(args: argparse.Namespace) -> int:
    return {"export": _export, "import": _import}[args.what](args)


def _export(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    rows = visible_deposits(actor).select_related("file", "record", "document__file", "document__signed_file")
    nip = normal_username(args.person) if args.person else ""
    chosen = rows.filter(nip=nip) if nip else rows.filter(year=args.year)
    description = f"Arsip penilaian {nip}" if nip else f"Arsip penilaian tahun {args.year}"
    made = export_package(
        actor=actor, agency=actor.agency, deposits=chosen, description=description, target=args.target
    )
    print(f"{made.path}: {made.records} dokumen.")
    return 0


def _import(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    made = import_package(actor=actor, agency=actor.agency, source=args.package)
    print(f"{made.records} dokumen diterima dari {made.path.name}.")
    return 0
