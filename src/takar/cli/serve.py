"""takar serve: the web server and, beside it, the keeper of checkpoints and a worker for background work."""

import argparse
import logging
import os
import socket
import tempfile
import threading

from django.conf import settings
from django.db import DatabaseError, connections

from takar.audit.actions import make_checkpoint
from takar.cli.migrate import prepare_database
from takar.common.errors import DomainError, InvalidInput
from takar.jobs.worker import work_until

DEFAULT_PORT, LAST_PORT = 8000, 65_535
LOG = logging.getLogger(__name__)


def configure(parser: argparse.ArgumentParser) -> None:
    add_port(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ALAMAT", help="alamat yang didengarkan (bawaan: hanya komputer ini)"
    )
    parser.add_argument("--workers", type=_positive, default=1, metavar="N", help="banyaknya proses (bawaan 1)")
    parser.add_argument(
        "--no-worker", action="store_true", help="tanpa pekerja latar: takar worker berjalan tersendiri"
    )


def add_port(parser: argparse.ArgumentParser) -> None:
    help_text = f"nomor port (bawaan {DEFAULT_PORT})"
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="N", help=help_text)


def run(args: argparse.Namespace) -> int:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    prepare_database()
    welcome = f"Takar berjalan di http://{args.host}:{args.port}/ (hentikan dengan Ctrl+C)"
    serve(args.host, args.port, args.workers, welcome, worker=not args.no_worker)
    return 0


def serve(host: str, port: int, workers: int, welcome: str, *, worker: bool = True) -> None:
    """Until it is told to stop. One thread a process writes at a time, which is kindest to SQLite."""
    from granian.constants import Interfaces  # noqa: PLC0415 -- other commands need no server

    from takar.cli.supervisor import LONGEST_GOODBYE, Companion, Supervised, load_program  # noqa: PLC0415 -- likewise

    address = _free_address(host, port)
    print(welcome, flush=True)
    figures = tempfile.TemporaryDirectory(prefix="takar-figures-")
    if settings.METRICS_TOKEN:  # where the processes put their figures together; they look for it as they start
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures.name
    load_program()
    companion = Companion([keep_checkpoints, work_until] if worker else [keep_checkpoints])
    try:
        server = Supervised(
            "takar.cli.worker:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_enabled=False,
            workers_kill_timeout=LONGEST_GOODBYE,
        )
        server.companion = companion
        server.serve()
    finally:
        companion.stop()
        figures.cleanup()
        make_checkpoint()


def keep_checkpoints(stop: threading.Event) -> None:
    """A checkpoint whenever the interval has passed and something new happened; an interval of 0: only at the end."""
    while not stop.wait(settings.CHECKPOINT_MINUTES * 60 or None):
        try:
            make_checkpoint()
        except (DomainError, DatabaseError):
            LOG.exception("Titik periksa berkala tidak dapat dibuat; dicoba lagi pada waktu berikutnya.")
        finally:
            connections.close_all()


def _free_address(host: str, port: int) -> str:
    """The numeric address to listen on; a sentence when it cannot be had, before the server says so in its own words."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server((str(place[0]), port), family=family):
            return str(place[0])
    except OSError as error:
        raise InvalidInput(
            f"Alamat {host} dengan nomor port {port} tidak dapat dipakai ({error}). "
            "Bila Takar sudah berjalan di sana, pakailah yang itu; bila tidak, pilih nomor lain dengan --port."
        ) from error


def _port(text: str) -> int:
    if _positive(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"nomor port paling besar {LAST_PORT}.")
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError("isilah dengan bilangan bulat, paling sedikit 1.")
    return int(text)
