"""takar act: do the open step of cases, as the person whose step it is."""

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from takar.appraisal.types import DraftAssessment
from takar.casework.actions import advance_many
from takar.casework.models import Case
from takar.casework.steps import SIGNING, StepData, document_of
from takar.cli.common import actor_of, add_actor, ask_password, find_case, open_steps
from takar.common.errors import InvalidInput, Problem
from takar.documents.actions import CLASSIFICATION
from takar.procedures.queries import sop_of
from takar.rules.flow import StepKind
from takar.rules.numbers import read_number

ASSESSMENT_HELP = (
    "berkas JSON untuk langkah 4: "
    '{"quality": {"1": 85, ...}, "behaviour": {"integritas": 90, ...}, "recommendation": "..."}'
)


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    parser.add_argument("codes", nargs="+", metavar="BERKAS", help="nomor berkas, misalnya SKP-2025-1980...")
    parser.add_argument("--assessment", type=Path, help=ASSESSMENT_HELP)
    parser.add_argument("--classification", default=CLASSIFICATION, help="langkah 7: kode klasifikasi")
    parser.add_argument("--box", default="", help="langkah 7: box file")
    parser.add_argument("--shelf", default="", help="langkah 7: rak")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    steps = open_steps(actor, args.codes)
    first = find_case(actor, args.codes[0])
    kind = sop_of(first.run.version).flow.step(first.step).kind
    password = ask_password() if kind in SIGNING else None
    lines = advance_many(actor=actor, step_run_ids=steps, data=_data(args, first, kind), password=password)
    for line in lines:
        print(f"{'✓' if line.done else '✗'} {line.code} {line.name}: {line.message}")
    return 0 if all(line.done for line in lines) else 1


def _data(args: argparse.Namespace, first: Case, kind: StepKind) -> StepData:
    if kind is StepKind.SIGN and len(args.codes) > 1:
        raise InvalidInput("Dokumen ditandatangani satu per satu; sebutkan satu berkas saja.")
    return StepData(
        assessment=_assessment(args.assessment) if args.assessment else None,
        seen_sha256=document_of(first).file.sha256 if kind is StepKind.SIGN else "",
        classification=args.classification,
        box=args.box,
        shelf=args.shelf,
    )


def _assessment(path: Path) -> DraftAssessment:
    """The assessor's figures from a file; a figure that is none is named."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return DraftAssessment(
            quality={int(number): read_number(value) for number, value in data["quality"].items()},
            behaviour={aspect: read_number(value) for aspect, value in data["behaviour"].items()},
            recommendation=str(data.get("recommendation", "")),
        )
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise InvalidInput("Berkas penilaian tidak terbaca.", [Problem(str(path), str(error))]) from error
