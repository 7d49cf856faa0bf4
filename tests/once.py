"""What many tests begin with, made once for all workers of a run and copied by whoever needs it.

Every migration run anew takes seconds: an empty database is prepared by the real program once, on either kind of database.
"""

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
SHARED = "TAKAR_TESTS_SHARED"
DATABASE = "takar.sqlite3"
LONGEST = 600


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, made by the first who asks for it; others wait for it. Nobody may change it."""
    made = shared_folder() / name
    with closing(sqlite3.connect(made.with_suffix(".lock"), timeout=LONGEST, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # a lock that every system has, and that ends with its process
        if not made.exists():
            unfinished = made.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made


def shared_folder() -> Path:
    """One for the run: whoever asks first makes it, processes begun later are told by the environment."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="takar-shared-")
        Path(os.environ[SHARED]).chmod(0o755)  # PostgreSQL's own user reads its programs here
        atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)
    return Path(os.environ[SHARED])


def empty_database() -> Path:
    """An SQLite file with all tables and refusals, and nothing in it."""
    return once("sqlite", migrate) / DATABASE


def demonstration() -> Path:
    """The data folder of the demonstration office, as the program fills one that did not exist before."""
    return once("demonstration", _fill_demonstration) / "data"


def migrate(data: Path, **settings: str) -> None:
    assert takar(data, "migrate", **settings) == "Basis data siap.\n"


def _fill_demonstration(folder: Path) -> None:
    assert takar(folder / "data", "demo", "--fill-only") == "Mengisi kantor peragaan dari berkas di demo/ …\n"


def takar(data: Path, *words: str, **settings: str) -> str:
    """What the real program says, with no settings but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TAKAR_", "DJANGO_"))}
    own = {"TAKAR_DATA": str(data), "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "takar", *words]
    done = subprocess.run(command, env=kept | own | settings, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout
