"""`takar serve`: starts on an empty folder, answers, keeps checkpoints, and stops without leaving anything behind."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.cli.conftest import Takar
from tests.cli.test_process import environment
from tests.races.databases import Sqlite

from takar.audit.actions import record
from takar.audit.models import Checkpoint
from takar.audit.types import By
from takar.cli import serve
from takar.common.errors import DomainError

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="signals and processes of Linux")
SOON = 90


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(data: Path, port: int, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process group of its own, answering; nothing of the group is left at the end."""
    command = [sys.executable, "-m", "takar", "serve", "--port", str(port), *words]
    with (data.parent / "log.txt").open("wb") as log:
        running = subprocess.Popen(
            command, env=environment(data), cwd=data.parent, stdout=log, stderr=log, start_new_session=True
        )
    try:
        until(lambda: running.poll() is not None or status(port, "/pemasangan/") != 0)
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait(SOON)


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Straight(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Show redirects instead of following them."""


def status(port: int, path: str) -> int:
    """What the server answers; 0 when there is none."""
    opener = urllib.request.build_opener(Straight)
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=SOON) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def group_is_gone(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return True
    return False


OFFICE = {
    "name": "Dinas Contoh",
    "short_name": "DINCO",
    "region": "Pemerintah Kabupaten Contoh",
    "place": "Contoh",
    "nip": "19780303 200303 2 003",
    "admin_name": "Kania Dewi",
    "password": "kuda-laut-biru-42",
    "again": "kuda-laut-biru-42",
}


def create_office(port: int) -> str:
    """Fill in the first page, as a browser would; the address of the page that comes then."""
    page = f"http://127.0.0.1:{port}/pemasangan/"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(page, timeout=SOON) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
    assert token is not None
    given = urllib.parse.urlencode({**OFFICE, "csrfmiddlewaretoken": token[1]}).encode()
    with browser.open(page, given, timeout=20) as answer:
        return str(answer.url)


def journal(data: Path) -> list[str]:
    return data.joinpath("checkpoints.jsonl").read_text(encoding="utf-8").splitlines()


def test_office_begins_in_an_empty_folder_and_ends_with_a_checkpoint(tmp_path: Path, port: int) -> None:
    data = tmp_path / "data"
    with server(data, port, "--workers", "2") as running:
        assert [status(port, path) for path in ("/pemasangan/", "/", "/masuk/")] == [200, 302, 302]
        assert create_office(port) == f"http://127.0.0.1:{port}/kantor/"
        running.send_signal(signal.SIGTERM)
        assert running.wait(SOON) == 0
        until(lambda: group_is_gone(running.pid))
    said = f"Takar berjalan di http://127.0.0.1:{port}/ (hentikan dengan Ctrl+C)"
    lines = (tmp_path / "log.txt").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if " INFO takar.security: " not in line] == [said, ""]
    assert len(journal(data)) == 1


def test_ctrl_c_leaves_nothing_running(databases: Sqlite, tmp_path: Path, port: int) -> None:
    """A terminal sends it to every process of the group at once."""
    data = shutil.copytree(databases.template, tmp_path / "data")
    with server(data, port, "--workers", "2") as running:
        assert [status(port, "/masuk/") for _ in range(6)] == [200] * 6
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(SOON) == 0
        until(lambda: group_is_gone(running.pid))
    assert len(journal(data)) == 1


def web_processes(leader: int) -> list[int]:
    """The processes of the group that answer requests."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == leader and (place / "comm").read_text() == "takar-web\n" and (place / "cmdline").read_bytes():
                found.append(int(place.name))
    return sorted(found)


def test_killed_processes_come_back_and_a_killed_server_leaves_none(
    databases: Sqlite, tmp_path: Path, port: int
) -> None:
    """Again and again within seconds, which would end a server that takes it for a loop of crashes."""
    data = shutil.copytree(databases.template, tmp_path / "data")
    with server(data, port, "--workers", "2", "--no-worker") as running:
        for _ in range(2):
            until(lambda: len(web_processes(running.pid)) == 2)
            for process in web_processes(running.pid):
                os.kill(process, signal.SIGKILL)
            until(lambda: status(port, "/masuk/") == 200)
        until(lambda: len(web_processes(running.pid)) == 2 and status(port, "/masuk/") == 200)
        running.kill()
        running.wait(SOON)
        until(lambda: group_is_gone(running.pid))
    assert "dijalankan lagi" in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_address_that_is_taken_is_told(takar: Takar) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = takar("serve", "--port", port)
    assert (code, out) == (1, "")
    assert err.startswith(f"Alamat 127.0.0.1 dengan nomor port {port} tidak dapat dipakai (")
    assert takar("serve", "--host", "tidak.ada.invalid").code == 1


@contextlib.contextmanager
def keeper() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=serve.keep_checkpoints, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(SOON)
    assert not thread.is_alive()


def something_new() -> None:
    with transaction.atomic():
        record(stream="case:1", verb="opened", by=By.system())


def test_keeper_makes_a_checkpoint_whenever_something_is_new(takar: Takar, settings: Any) -> None:
    settings.CHECKPOINT_MINUTES = 0.001
    with keeper():
        until(lambda: Checkpoint.objects.count() == 1)
        something_new()
        until(lambda: Checkpoint.objects.count() == 2)
        time.sleep(0.2)
    assert Checkpoint.objects.count() == 2


def test_keeper_outlives_a_checkpoint_that_failed(
    takar: Takar, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = iter([DomainError("Ruang penyimpanan penuh.")])
    make = serve.make_checkpoint

    def failing_once() -> object:
        for error in tries:
            raise error
        return make()

    monkeypatch.setattr(serve, "make_checkpoint", failing_once)
    settings.CHECKPOINT_MINUTES = 0.001
    with keeper():
        until(lambda: Checkpoint.objects.count() == 1)
    assert [record.message for record in caplog.records] == [
        "Titik periksa berkala tidak dapat dibuat; dicoba lagi pada waktu berikutnya."
    ]


def test_keeper_without_an_interval_makes_none(takar: Takar, settings: Any) -> None:
    settings.CHECKPOINT_MINUTES = 0
    with keeper():
        time.sleep(0.2)
    assert Checkpoint.objects.count() == 0
