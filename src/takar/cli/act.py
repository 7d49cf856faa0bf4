"""takar act: do the open step of cases, as the person whose step it is."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from takar.appraisal.assessment_json import SHAPE
from takar.casework.actions import advance_many
from takar.casework.models import Case
from takar.casework.steps import SIGNING, StepData, document_of
from takar.cli.assessment import read_assessment
from takar.cli.common import actor_of, add_actor, ask_password, open_cases, report
from takar.common.errors import InvalidInput, Problem
from takar.documents.actions import CLASSIFICATION
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("codes", nargs="+", metavar="BERKAS", help="nomor berkas, misalnya SKP-2025-1980...")
    parser.add_argument(
        "--assessment", type=Path, metavar="BERKAS", help=f"berkas JSON untuk langkah 4 (- masukan baku): {SHAPE}"
    )
    parser.add_argument("--classification", default=CLASSIFICATION, metavar="KODE", help="langkah 7: kode klasifikasi")
    parser.add_argument("--box", default="", metavar="KODE", help="langkah 7: box file")
    parser.add_argument("--shelf", default="", metavar="RAK", help="langkah 7: rak")
    parser.add_argument("--note", default="", metavar="CATATAN", help="langkah memaraf: catatan")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    cases = open_cases(actor, args.codes)
    kind = _common_kind(cases)
    if len(cases) > 1 and (kind is StepKind.SIGN or args.assessment):
        raise InvalidInput(
            "Penilaian diisi dan dokumen ditandatangani satu per satu, sehingga tidak ada yang dikerjakan. "
            "Sebutkan satu berkas saja; untuk banyak tanda tangan: takar sign documents."
        )
    data = _data(args, cases[0], kind)
    password = ask_password() if kind in SIGNING else None
    return report(advance_many(actor=actor, step_run_ids=[c.task_id for c in cases], data=data, password=password))


def _common_kind(cases: Sequence[Case]) -> StepKind:
    """One act at a time: what is asked for differs from step to step."""
    kinds = {sop_of(case.run.version).flow.step(case.step).kind for case in cases}
    if len(kinds) > 1:
        raise InvalidInput(
            "Berkas-berkas ini berada di langkah yang berbeda, sehingga tidak ada yang dikerjakan. Kerjakan per langkah.",
            [Problem(case.code, f"Berada di langkah {case.step}.") for case in cases],
        )
    return kinds.pop()


def _data(args: argparse.Namespace, case: Case, kind: StepKind) -> StepData:
    return StepData(
        assessment=read_assessment(args.assessment, case.appraisal) if args.assessment else None,
        seen_sha256=document_of(case).file.sha256 if kind is StepKind.SIGN else "",
        classification=args.classification,
        box=args.box,
        shelf=args.shelf,
        note=args.note,
    )
