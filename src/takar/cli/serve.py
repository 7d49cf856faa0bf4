"""takar serve: the web server and, beside it, the keeper that makes checkpoints at intervals."""

import argparse
import multiprocessing
import os
import threading

from django.conf import settings
from django.db import connections

from takar.audit.actions import make_checkpoint
from takar.cli.migrate import prepare_database

DEFAULT_PORT = 8000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengarkan (bawaan: hanya komputer ini)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"nomor port (bawaan {DEFAULT_PORT})")
    parser.add_argument("--workers", type=int, default=1, help="banyaknya proses (bawaan 1)")


def run(args: argparse.Namespace) -> int:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    prepare_database()
    print(f"Takar berjalan di http://{args.host}:{args.port}/ (hentikan dengan Ctrl+C)", flush=True)
    serve(args.host, args.port, args.workers)
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Until it is told to stop. One thread a process writes at a time, which is kindest to SQLite."""
    from granian import Granian  # noqa: PLC0415 -- other commands need no server
    from granian.constants import Interfaces  # noqa: PLC0415 -- likewise

    stop = threading.Event()
    keeper = threading.Thread(target=_keep_checkpoints, args=(stop,), daemon=True)
    keeper.start()
    connections.close_all()
    if os.name != "nt":
        multiprocessing.set_start_method("spawn", force=True)
    try:
        Granian(
            "config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_enabled=False,
            respawn_failed_workers=True,
        ).serve()
    finally:
        stop.set()
        keeper.join(timeout=5)
        make_checkpoint()


def _keep_checkpoints(stop: threading.Event) -> None:
    """A checkpoint whenever the interval has passed and something new happened."""
    while not stop.wait(settings.CHECKPOINT_MINUTES * 60):
        make_checkpoint()
        connections.close_all()
