"""The processes of `takar serve`: whichever ends unasked is started again, however often and however quickly it ends.

Granian's own supervision gives the whole server up when a process ends twice within some seconds, and forgets one that
ends while another is being replaced. Here the loop looks at the processes themselves. On Linux they are forked from a
main process that has loaded the program and never uses the database, so that a new one answers at once. A process that
has threads is not forked: a fork would wait for ever for those of the typesetter, which it does not have.
"""

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.db import connections
from django.template.loader import get_template
from granian.server.mp import MPServer

from takar.jobs.work import STOP

LOG = logging.getLogger(__name__)
LINUX = sys.platform == "linux"
LOOK_SECONDS = 1.0
TEMPLATES = Path(__file__).resolve().parents[1] / "web" / "templates"
# A process that ends at once after its start is not started more often than this.
YOUNG_SECONDS = 2.0
# Seconds in which a process may finish what it has in hand before it is ended by force.
LONGEST_GOODBYE = 30

Work = Callable[[threading.Event], object]


def load_program() -> None:
    """Once, pages and all, before anything is forked; no connection to the database may be open then."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()
    forks = LINUX and len(list(Path("/proc/self/task").iterdir())) == 1
    if forks:
        import config.urls  # noqa: PLC0415 -- only a server needs every page
        import config.wsgi  # noqa: F401, PLC0415 -- likewise

        for path in TEMPLATES.rglob("*.html"):
            get_template(path.relative_to(TEMPLATES).as_posix())
        gc.collect()
        gc.freeze()
    multiprocessing.set_start_method("fork" if forks else "spawn", force=True)


def end_with_the_server() -> None:
    """A main process that is killed tells nobody: whoever it had started would go on holding the port and its work."""
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(1)


def name_process(name: str) -> None:
    """How it is listed by `ps`, where the system lets a process say so."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name, encoding="ascii")


class Companion:
    """What runs beside the web processes: threads of one process of their own, or of the main one where none is forked."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.process: BaseProcess | None = None
        self.threads: list[threading.Thread] = []
        self.born = -YOUNG_SECONDS

    def keep_running(self) -> None:
        """Start it, or start it again if it has ended."""
        if multiprocessing.get_start_method() != "fork":
            self.threads = self.threads or _started(self.works)
            return
        now = time.monotonic()
        if (self.process is None or not self.process.is_alive()) and now - self.born >= YOUNG_SECONDS:
            if self.process is not None:
                LOG.warning("Proses pendamping berhenti tanpa diminta; dijalankan lagi.")
            self.process = multiprocessing.get_context("fork").Process(target=_run_beside, args=(self.works,))
            self.process.start()
            self.born = now

    def stop(self) -> None:
        STOP.set()
        for thread in self.threads:
            thread.join(LONGEST_GOODBYE)
        if self.process is not None:
            self.process.terminate()
            self.process.join(LONGEST_GOODBYE)
            self.process.kill()


class Supervised(MPServer):
    """Until it is told to stop."""

    companion: Companion

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.interrupt_signal:
            self._replace_ended(spawn_target, target_loader)
            self.companion.keep_running()
            self.main_loop_interrupt.wait(LOOK_SECONDS)
            self.main_loop_interrupt.clear()
            self.interrupt_children.clear()

    def _replace_ended(self, spawn_target: Any, target_loader: Any) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self.wrks if not worker.inner.is_alive()]:
            if now - worker.birth >= YOUNG_SECONDS:
                LOG.warning("Proses web %s berhenti tanpa diminta; dijalankan lagi.", worker.idx + 1)
                self._respawn_workers([worker.idx], spawn_target, target_loader)


def _run_beside(works: Sequence[Work]) -> None:
    name_process("takar-beside")
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, lambda _number, _frame: STOP.set())
    threading.Thread(target=end_with_the_server, daemon=True).start()
    for thread in _started(works):
        while thread.is_alive():
            thread.join(LOOK_SECONDS)


def _started(works: Sequence[Work]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=(STOP,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    return threads
