"""Machines of one installation, each as processes with a data folder of its own on one database and one bucket."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.test_process import environment
from tests.postgres import _free_port

from takar.files.s3 import Bucket

PATIENCE = 60


@dataclass
class Machine:
    """What runs on one machine, and what it wrote."""

    folder: Path
    settings: dict[str, str]
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "takar", *words]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                env=environment(self.folder, **self.settings),
                cwd=self.folder.parent,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def serve(self) -> None:
        self.port = _free_port()
        self.start("serve", "--no-worker", "--port", str(self.port))

    def wait(self) -> None:
        """Until the server answers that it is ready."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://{self.address}/ready", timeout=PATIENCE).close()
                return
            time.sleep(0.05)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """Pull the plug: everything of the machine is gone at once."""
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


@contextlib.contextmanager
def machines(folder: Path, url: str, bucket: Bucket, count: int) -> Iterator[list[Machine]]:
    """So many machines with the same keys; nothing of them is left at the end."""
    settings = {
        "TAKAR_DATABASE_URL": url,
        "TAKAR_FILES": f"s3://{bucket.name}/kantor",
        "TAKAR_S3_ENDPOINT": bucket.endpoint,
        "TAKAR_S3_REGION": bucket.region,
        "TAKAR_S3_ACCESS_KEY": bucket.access_key,
        "TAKAR_S3_SECRET_KEY": bucket.secret_key,
    }
    found = [Machine(folder / f"mesin-{number}", settings) for number in range(count)]
    for machine in found:
        shutil.copytree(folder / "keys", machine.folder / "keys")
    try:
        yield found
    finally:
        for machine in found:
            machine.kill()
