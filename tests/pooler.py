"""A real pgbouncer in transaction mode before a PostgreSQL, where it is installed (Debian: pgbouncer)."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.postgres import AS_ROOT, _free_port

WAIT = 10
SETTINGS = """
[databases]
{name} = host={host} port={port} dbname={name} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 4
logfile = {folder}/log
unix_socket_dir =
"""


@contextlib.contextmanager
def pooled(url: str) -> Iterator[str]:
    """The address under which the pooler answers for this database; the database's own where there is no pooler."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if program is None:
        yield url
        return
    parts, own = urlsplit(url), _free_port()
    name, user = parts.path.lstrip("/"), parts.username
    with tempfile.TemporaryDirectory(prefix="takar-pooler-") as folder:
        Path(folder, "users").write_text(f'"{user}" ""\n', encoding="ascii")
        place = {"host": parts.hostname, "port": parts.port, "user": user, "name": name, "own": own, "folder": folder}
        Path(folder, "ini").write_text(SETTINGS.format(**place), encoding="ascii")
        if AS_ROOT:  # it refuses to run as root
            for path in (folder, f"{folder}/ini", f"{folder}/users"):
                shutil.chown(path, "nobody")
        options = {"user": "nobody", "extra_groups": ()} if AS_ROOT else {}
        with subprocess.Popen([program, "-q", f"{folder}/ini"], **options) as running:
            try:
                _until_listening(own, running)
                yield f"postgresql://{user}@127.0.0.1:{own}/{name}"
            finally:
                running.kill()


def _until_listening(port: int, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        assert running.poll() is None, "pgbouncer ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("pgbouncer does not listen")
