"""takar sign: what waits for somebody's signature, signing many at once, bringing a signed scan, and the office's way to sign."""

import argparse
import datetime as dt
from pathlib import Path

from takar.casework.actions import advance_many
from takar.casework.signing import Choice, Waiting, sign_many, waiting_signatures
from takar.casework.steps import StepData
from takar.cli.common import actor_of, add_actor, ask_password, open_cases, read_file, report, write_file
from takar.common.errors import InvalidInput, Problem
from takar.documents.choices import choose_method, chosen_method
from takar.documents.editions import file_name
from takar.documents.enums import DocumentKind, SignatureMethod, SignedAs
from takar.documents.signing.pen import Pen, Scan
from takar.documents.signing.providers import CHOICES
from takar.files.queries import read

PARTIES = ", ".join(role.value for role in SignedAs)


def configure(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="what", metavar="TINDAKAN", required=True)
    waiting = words.add_parser("list", help="dokumen yang menunggu tanda tangan seseorang, dengan sidik isinya")
    add_actor(waiting)
    waiting.add_argument(
        "--save", type=Path, metavar="FOLDER", help="tulis PDF setiap dokumen ke folder, untuk dibaca dahulu"
    )
    many = words.add_parser("documents", help="tandatangani satu, beberapa, atau semua dokumen yang menunggu")
    add_actor(many)
    many.add_argument("codes", nargs="*", metavar="BERKAS", help="nomor berkas, misalnya SKP-2025-1980...")
    many.add_argument("--all", action="store_true", help="semua yang menunggu")
    many.add_argument("--code", default="", metavar="KODE", help="kode autentikator, bagi yang memakainya")
    scan = words.add_parser("scan", help="catat pindaian lembar yang sudah ditandatangani dengan pena (langkah 5)")
    add_actor(scan)
    scan.add_argument("case", metavar="BERKAS")
    scan.add_argument("scan", type=Path, metavar="PINDAIAN", help="PDF, JPG, atau PNG")
    scan.add_argument(
        "--on",
        action="append",
        default=[],
        metavar="PIHAK=TANGGAL",
        help=f"hari tanda tangan menurut kertasnya: {PARTIES}",
    )
    scan.add_argument("--code", default="", metavar="KODE", help="kode autentikator, bagi yang memakainya")
    way = words.add_parser("method", help="lihat atau ubah cara kantor menandatangani setiap jenis dokumen")
    add_actor(way)
    way.add_argument("kind", nargs="?", default="", metavar="JENIS")
    way.add_argument("method", nargs="?", default="", metavar="CARA", help=", ".join(each.value for each in CHOICES))


def run(args: argparse.Namespace) -> int:
    return {"list": _list, "documents": _documents, "scan": _scan, "method": _method}[args.what](args)


def _list(args: argparse.Namespace) -> int:
    """What would be signed, before it is."""
    waiting = waiting_signatures(actor_of(args))
    for item in waiting:
        edition, document = item.document.final_file, item.document
        act = "disahkan" if item.ratifies else "ditandatangani"
        print(
            f"{item.case.code} {item.case.name}: dokumen {document.number} menunggu {act}, {item.method.label.lower()}"
        )
        print(f"  SHA-256 {edition.sha256}")
        if args.save:
            write_file(args.save / file_name(document.number), read(edition))
    if not waiting:
        print("Tidak ada dokumen yang menunggu tanda tangan.")
    return 0


def _documents(args: argparse.Namespace) -> int:
    """Each is an act of its own; one that is refused keeps no other from being signed."""
    actor = actor_of(args)
    if bool(args.codes) == args.all:
        raise InvalidInput("Belum ada yang ditandatangani.", [Problem("BERKAS", "Sebutkan nomor berkas, atau --all.")])
    waiting = {item.case.code: item for item in waiting_signatures(actor)}
    unknown = [code for code in args.codes if code not in waiting]
    if unknown:
        problems = [Problem(code, "Tidak menunggu tanda tangan Anda.") for code in unknown]
        raise InvalidInput("Belum ada yang ditandatangani.", problems)
    chosen = [_choice(waiting[code]) for code in (dict.fromkeys(args.codes) if args.codes else waiting)]
    return report(sign_many(actor=actor, choices=chosen, password=ask_password(), code=args.code))


def _choice(item: Waiting) -> Choice:
    return Choice(item.case.pk, item.ratifies, item.document.final_file.sha256)


def _scan(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    (case,) = open_cases(actor, [args.case])
    scan = Scan(args.scan.name, read_file(args.scan), dict(_day(text) for text in args.on))
    data = StepData(pen=Pen(scans=(scan,)))
    lines = advance_many(actor=actor, step_run_ids=[case.task_id], data=data, password=ask_password(), code=args.code)
    return report(lines)


def _day(text: str) -> tuple[str, dt.date]:
    role, _, day = text.partition("=")
    try:
        return SignedAs(role).value, dt.date.fromisoformat(day)
    except ValueError as error:
        told = f"Tuliskan pihak ({PARTIES}), lalu tanda sama dengan, lalu tanggal: penilai=2026-01-12."
        raise InvalidInput("Pindaian belum diterima.", [Problem(text, told)]) from error


def _method(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    if args.kind:
        choose_method(actor=actor, agency=actor.agency, kind=args.kind, method=args.method)
    for kind in DocumentKind:
        chosen: SignatureMethod = chosen_method(actor.agency, kind)
        print(f"{kind.value}: {chosen.value} ({chosen.label})")
    return 0
