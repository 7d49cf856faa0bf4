"""The real program in processes of its own, which are killed at random moments and started again."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A web process is spared while no other one has had this long to begin answering.
GROWN_SECONDS = 0.5
LEASE_SECONDS = 3
# One in so many kills takes everything at once, as a power cut does.
EVERYTHING = 50


@dataclass
class Machine:
    """One server with its web processes and, beside them, the worker for background work."""

    data: Path
    port: int
    database: str = ""
    web: int = 3
    kills: Counter[str] = field(default_factory=Counter)
    born: dict[int, float] = field(default_factory=dict)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        return self.data.parent / "server.log"

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("TAKAR_", "DJANGO_", "PYTEST_"))}
        own = {
            "TAKAR_DATA": str(self.data),
            "TAKAR_BEHIND_PROXY": "1",
            "TAKAR_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "TAKAR_CHECKPOINT_MINUTES": "1",
            "PYTHONPATH": str(ROOT / "src"),
        }
        return kept | own | ({"TAKAR_DATABASE_URL": self.database} if self.database else {})

    def takar(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "takar", *words]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, cwd=ROOT)

    def start(self) -> None:
        if self.server is None or self.server.poll() is not None:
            with self.log.open("ab") as log:
                self.server = subprocess.Popen(
                    [sys.executable, "-m", "takar", "serve", "--port", str(self.port), "--workers", str(self.web)],
                    env=self.environment(),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    cwd=ROOT,
                )

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.server.wait(60)
        self._kill_everything()

    def wait_until_answering(self, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text("utf-8")[-3000:])
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=30) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def kill_one(self, dice: random.Random) -> None:
        """Kill something, if it can be killed without leaving nobody to answer; what ends is started again."""
        if sum(self.kills.values()) % EVERYTHING == EVERYTHING - 1:
            self._kill_everything()
            self.kills["semuanya sekaligus"] += 1
            self.start()
            self.wait_until_answering()
            return
        web, beside = self._processes("takar-web"), self._processes("takar-beside")
        grown = {pid for pid in web if time.monotonic() - self.born[pid] > GROWN_SECONDS}
        victims = {pid: "proses web" for pid in web if grown - {pid}} | dict.fromkeys(beside, "pekerja latar")
        if victims:
            pid = dice.choice(sorted(victims))
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.kills[victims[pid]] += 1

    def _processes(self, name: str) -> list[int]:
        """Those of the server that bear this name and live."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                state, parent = (place / "stat").read_text().rpartition(")")[2].split()[:2]
                mine = self.server is not None and int(parent) == self.server.pid and state != "Z"
                if mine and (place / "comm").read_text() == f"{name}\n":
                    found.append(int(place.name))
        for pid in found:
            self.born.setdefault(pid, time.monotonic())
        return sorted(found)

    def _kill_everything(self) -> None:
        if self.server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
