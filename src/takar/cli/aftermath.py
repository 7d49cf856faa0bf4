"""takar aftermath: the legal terms and acts of a case after its approval; with --do, one act more."""

import argparse
import datetime as dt
from pathlib import Path

from takar.casework import terms
from takar.casework.act_policies import can_read_texts, check_can_record
from takar.casework.acts import record_act
from takar.casework.aftermath import DESK, PARTIES, TOLD
from takar.casework.models import Act, Case
from takar.casework.queries import visible_cases
from takar.cli.assessment import read_assessment
from takar.cli.common import actor_of, add_actor, ask_password, read_file
from takar.common import clock, words
from takar.common.errors import InvalidInput, NotAllowed, Problem
from takar.organisation.models import Employee

RELATED = ("agency", "appraisal__plan", "assessor", "assessor_superior")


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("code", metavar="BERKAS", help="nomor berkas, misalnya SKP-2025-1980...")
    parser.add_argument("--do", dest="kind", choices=TOLD, metavar="TINDAKAN", help=f"catat: {', '.join(TOLD)}")
    parser.add_argument("--text", default="", help="alasan, tanggapan, atau keterangan")
    parser.add_argument("--on", type=dt.date.fromisoformat, metavar="TTTT-BB-HH", help="tanggal bila di atas kertas")
    parser.add_argument("--file", type=Path, action="append", default=[], metavar="BERKAS", help="lampiran")
    parser.add_argument("--assessment", type=Path, help="change: nilai yang diputuskan, seperti pada takar act")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    case = _find(actor, args.code)
    if args.kind:
        _record(actor, case, args)
        case = _find(actor, args.code)
    _print(actor, case)
    return 0


def _record(actor: Employee, case: Case, args: argparse.Namespace) -> None:
    done = record_act(
        actor=actor,
        case_id=case.pk,
        kind=args.kind,
        text=args.text,
        on=args.on,
        files=[(path.name, read_file(path)) for path in args.file],
        draft=read_assessment(args.assessment, case.appraisal) if args.assessment else None,
        password=ask_password() if _asks_password(actor, case, args.kind) else None,
    )
    print(f"✓ {TOLD[done.kind]}: {case.code} {case.name}")


def _asks_password(actor: Employee, case: Case, key: str) -> bool:
    kind = terms.state_of(case).regime.kind(key)
    if kind is None or not kind.binding:
        return False
    try:
        return check_can_record(actor, case, kind) != DESK
    except NotAllowed:
        return False  # the act itself says why not


def _print(actor: Employee, case: Case) -> None:
    state, readable = terms.state_of(case), can_read_texts(actor, case)
    for standing in state.standings:
        print(f"{standing.rule.who}: {standing.sentence}")
    for act in Act.objects.filter(case=case).select_related("by").order_by("at", "pk"):
        day = words.date(clock.office_date(act.at))
        print(f"{day} {TOLD[act.kind]}, oleh {act.by.full_name} ({PARTIES[act.acting_as]})")
        if readable and act.text:
            print(f"    {act.text}")
    since = state.in_effect_since
    print(f"{state.regime.settled_words} {words.date(since)}." if since else state.regime.open_words)


def _find(actor: Employee, code: str) -> Case:
    found = visible_cases(actor).select_related(*RELATED).filter(code=code).first()
    if found is None:
        raise InvalidInput("Tidak ada yang dikerjakan.", [Problem(code, "Berkas tidak ditemukan.")])
    return found
