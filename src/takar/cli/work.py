"""takar worker: background work in a process of its own, for an installation of several machines."""

import argparse
import signal
from types import FrameType

from takar.jobs.work import STOP
from takar.jobs.worker import look_around, work_off, work_until


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="kerjakan yang sudah menunggu, lalu selesai")


def run(args: argparse.Namespace) -> int:
    """Until it is told to stop: what it has in hand is then queued again after the item at hand."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if args.once:
        look_around()
        print(f"{work_off()} pekerjaan dikerjakan.")
        return 0
    print("Pekerja latar berjalan (hentikan dengan Ctrl+C).", flush=True)
    work_until()
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    STOP.set()
