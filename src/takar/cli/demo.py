"""takar demo: the demonstration office, filled on first use, then served on this computer only."""

import argparse
import subprocess
import sys

from django.conf import settings

from takar.cli.migrate import prepare_database
from takar.cli.serve import add_port, serve
from takar.exchange.demonstration import PASSWORD, fill
from takar.organisation.models import Agency

WELCOME = """Takar berjalan di http://localhost:{port}/ (hentikan dengan Ctrl+C)
Halaman masuk memuat daftar pemeran; kata sandi semuanya: {password}"""


def configure(parser: argparse.ArgumentParser) -> None:
    add_port(parser)
    parser.add_argument("--fill-only", action="store_true", help="isi saja, jangan jalankan server")


def run(args: argparse.Namespace) -> int:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    prepare_database()
    empty = not Agency.objects.exists()
    if empty and args.fill_only:
        print("Mengisi kantor peragaan dari berkas di demo/ …", flush=True)
        fill()
    elif empty:
        # In a process of its own, so that the server's forks inherit no thread of what set the documents.
        done = subprocess.run([sys.executable, "-m", "takar", "demo", "--fill-only"], check=False)
        if done.returncode:
            return done.returncode
    if not args.fill_only:
        serve("127.0.0.1", args.port, 1, WELCOME.format(port=args.port, password=PASSWORD))
    return 0
