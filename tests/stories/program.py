"""The real program, started the way an office starts it: a process of its own on a data folder of its own."""

import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.once import empty_database

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Program:
    """A running server and what it wrote to its log."""

    address: str
    data: Path
    log: Path


class StoryClock:
    """By how much the program's clock is ahead of this computer's; every process of the story reads it anew each time."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ahead"
        self.set_ahead(dt.timedelta())

    def set_ahead(self, ahead: dt.timedelta) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(ahead.total_seconds()), encoding="ascii")
        fresh.replace(self.file)

    def go_to(self, moment: dt.datetime) -> None:
        self.set_ahead(moment - dt.datetime.now(dt.UTC))

    @property
    def settings(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "tests.stories.another_time", "STORY_CLOCK": str(self.file)}


def takar(*words: str, data: Path, clock: StoryClock | None = None) -> str:
    """Run one command to its end and give what it printed."""
    done = subprocess.run(_command(words), env=_environment(data, clock), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"takar {' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout


def small_office(data: Path) -> None:
    """Make the small office in an empty folder, in a process of its own as the program is one."""
    data.mkdir()
    shutil.copy(empty_database(), data)
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.stories.small_office"]
    made = subprocess.run(
        command, env=_environment(data, None) | environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr


@contextmanager
def running(*words: str, data: Path, clock: StoryClock | None = None) -> Iterator[Program]:
    """Serve until the block ends; an error in the server's log fails the test that caused it."""
    port = _free_port()
    log = data.with_suffix(".log")
    with log.open("w", encoding="utf-8") as output:
        command = _command((*words, "--port", str(port)))
        process = subprocess.Popen(
            command, env=_environment(data, clock), stdout=output, stderr=output, start_new_session=True, cwd=ROOT
        )
        try:
            program = Program(f"http://localhost:{port}", data, log)
            _wait_for(program, process)
            yield program
        finally:
            _stop(process)
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written, written
    assert " ERROR " not in written, written


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "takar", *words]


def _environment(data: Path, clock: StoryClock | None) -> dict[str, str]:
    """Nothing of the tests' own settings reaches the program, unless the story moves its clock."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TAKAR_", "DJANGO_", "PYTEST_"))}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return kept | {"TAKAR_DATA": str(data), "PYTHONPATH": path} | (clock.settings if clock else {})


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(program: Program, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, program.log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(f"{program.address}/masuk/", timeout=PATIENCE).close()  # noqa: S310 -- our own http
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"no answer within {PATIENCE} s: {program.log.read_text(encoding='utf-8')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The server and its workers are one group: all of them end."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
