"""takar whatif: play a planned or a past period with something changed."""

import argparse
import datetime as dt

from takar.cli.common import actor_of, add_actor, period_of
from takar.common.errors import InvalidInput
from takar.review.whatif import POOLS, Question, ask


def configure(parser: argparse.ArgumentParser) -> None:
    add_actor(parser)
    day = dt.date.fromisoformat
    parser.add_argument("--period", metavar="PERIODE", help="berkas periode ini; tanpa itu rencana untuk semua pegawai")
    parser.add_argument("--start", type=day, required=True, metavar="TTTT-BB-HH", help="hari mulai")
    parser.add_argument("--deadline", type=day, required=True, metavar="TTTT-BB-HH", help="batas selesai")
    parser.add_argument(
        "--more", action="append", default=[], metavar="PERAN=N", help="tambahan orang, misalnya staf=1"
    )
    parser.add_argument("--away", choices=[role.value for role in POOLS], default="", help="satu orang berhalangan")
    parser.add_argument("--away-from", type=day, metavar="TTTT-BB-HH", help="sejak; tanpa itu sejak hari mulai")
    parser.add_argument("--away-days", type=int, default=7, metavar="HARI", help="lamanya dalam hari kalender")
    parser.add_argument("--minutes", action="append", default=[], metavar="LANGKAH=MENIT", help="waktu baku lain")
    parser.add_argument("--share", type=int, default=50, metavar="PERSEN", help="bagian hari kerja untuk SKP")
    parser.add_argument("--spread", type=int, default=30, metavar="PERSEN", help="ragam waktu; 0 berarti tetap")
    parser.add_argument("--returns", type=int, default=10, metavar="PERSEN", help="pemeriksaan yang mengembalikan")
    parser.add_argument(
        "--delay", type=int, default=8, metavar="JAM", help="jam kerja sampai atasan/pegawai menanggapi"
    )
    parser.add_argument("--seed", type=int, default=1, help="benih acak; benih yang sama, hasil yang sama")


def run(args: argparse.Namespace) -> int:
    actor = actor_of(args)
    question = Question(
        start=args.start,
        deadline=args.deadline,
        period=period_of(actor, args.period) if args.period else None,
        extra=_pairs(args.more, "--more"),
        away=args.away,
        away_from=args.away_from,
        away_days=args.away_days if args.away else 0,
        minutes={int(step): value for step, value in _pairs(args.minutes, "--minutes").items() if step.isdigit()},
        share=args.share,
        spread=args.spread,
        returns=args.returns,
        delay_hours=args.delay,
        seed=args.seed,
    )
    questions = [("Tanpa perubahan", question.unchanged)] if question.changes_something else []
    for name, asked in [*questions, ("Yang ditanyakan", question)]:
        answer = ask(reader=actor, agency=actor.agency, question=asked)
        print(f"{name}: {answer.sentence}")
        for step in answer.steps:
            print(f"  langkah {step.number}: antrean terpanjang {step.longest_queue}, menunggu {step.mean_wait}")
    return 0


def _pairs(texts: list[str], option: str) -> dict[str, int]:
    found = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            found[name] = int(number)
        except ValueError as error:
            raise InvalidInput(f"{option} {text} tidak terbaca. Tulislah misalnya staf=1 atau 3=45.") from error
    return found
