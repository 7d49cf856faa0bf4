"""takar sop: examine an SOP, from a file or an approved version."""

import argparse
import datetime as dt
import json
import tomllib
from pathlib import Path

from takar.cli.common import actor_of, read_file, write_file
from takar.common import clock
from takar.common.errors import InvalidInput, Problem
from takar.procedures.data import SHIPPED_KEY
from takar.procedures.models import ProcedureVersion
from takar.procedures.queries import sop_of, version_in_force
from takar.rules.bpmn import to_bpmn
from takar.rules.flow import Sop, SopError, parse_sop, unexecutable
from takar.rules.sop_lint import as_written, lint


def configure(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="what", metavar="TINDAKAN", required=True)
    examine = words.add_parser("lint", help="sebut apa yang tidak beres pada SOP; keluar dengan 1 bila ada temuan")
    _configure_source(examine)
    examine.add_argument("--on", type=dt.date.fromisoformat, metavar="TTTT-BB-HH", help="diperiksa menurut hari ini")
    examine.add_argument(
        "--as-read", action="store_true", help="dengan panah kembali yang ditambahkan cara baca program"
    )
    export = words.add_parser("export", help="tulis SOP sebagai BPMN 2.0")
    _configure_source(export)
    export.add_argument("--bpmn", type=Path, metavar="TUJUAN", required=True, help="berkas BPMN yang ditulis")


def _configure_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="BERKAS", help="SOP dalam TOML atau JSON")
    parser.add_argument("--version", type=int, metavar="VERSI", help="versi SOP kantor; tanpa itu yang berlaku")
    parser.add_argument("--as", dest="actor", metavar="NIP", help="NIP pelaku, untuk SOP kantornya")


def run(args: argparse.Namespace) -> int:
    return ACTIONS[args.what](args)


def _lint(args: argparse.Namespace) -> int:
    sop = _sop(args)
    found = lint(sop if args.as_read else as_written(sop), args.on or clock.today())
    for finding in found:
        print(f"{finding.grade}: {finding}")
    broken = unexecutable(sop.flow)
    for problem in broken:
        print(f"Tidak dapat dijalankan: {problem}")
    print(f"{len(found) + len(broken)} temuan.")
    return 1 if found or broken else 0


def _sop(args: argparse.Namespace) -> Sop:
    if args.file is not None:
        return _read(args.file)
    if args.actor is None:
        raise InvalidInput("SOP mana yang dimaksud belum jelas. Sebut berkasnya, atau --as NIP untuk SOP kantor.")
    return sop_of(version_of(args))


def version_of(args: argparse.Namespace) -> ProcedureVersion:
    """The version that was asked for among those of the actor's own agency."""
    agency = actor_of(args).agency
    if args.version is None:
        found = version_in_force(agency, SHIPPED_KEY, clock.today())
    else:
        mine = ProcedureVersion.objects.filter(agency=agency, procedure__key=SHIPPED_KEY)
        found = mine.filter(version=args.version).first()
    if found is None:
        raise InvalidInput("Versi SOP itu tidak ada.", [Problem("--version", "Sebut versi yang ada di kantor ini.")])
    return found


def _read(path: Path) -> Sop:
    content = read_file(path)
    try:
        data = json.loads(content) if path.suffix == ".json" else tomllib.loads(content.decode())
        return parse_sop(data)
    except SopError as error:
        problems = [Problem(finding.where, finding.message) for finding in error.findings]
        raise InvalidInput(f"{path} bukan SOP yang dapat dijalankan.", problems) from error
    except ValueError as error:
        raise InvalidInput(f"{path} tidak terbaca sebagai TOML atau JSON ({error}). Periksa tanda bacanya.") from error


def _export(args: argparse.Namespace) -> int:
    write_file(args.bpmn, to_bpmn(_sop(args)))
    return 0


ACTIONS = {"lint": _lint, "export": _export}
