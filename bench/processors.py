"""Who used the machine's cores: the servers, the driver, or somebody else; from the kernel's own counts (Linux)."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
NEARLY_ALL = 0.9
A_LITTLE = 0.05


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds since the machine began: by the wall, used by anybody, by this process, by the servers."""

    wall: float
    used: float
    driver: float
    servers: float


def now() -> Moment:
    """The servers are the processes that this one has started, with all that those started, the database included."""
    first = Path("/proc/stat").read_text().split(maxsplit=9)[1:9]
    user, nice, system, _idle, _wait, irq, softirq, _stolen = map(int, first)
    own = os.times()
    rows = [row for place in Path("/proc").glob("[0-9]*") if (row := _row(place)) is not None]
    born = next(row.born for row in rows if row.pid == os.getpid())
    # A database server is nobody's child: it has left the program that started it.
    mine, found = {os.getpid(), *(row.pid for row in rows if row.name == "postgres" and row.born > born)}, 0
    while len(mine) > found:
        found = len(mine)
        mine |= {row.pid for row in rows if row.parent in mine}
    theirs = sum(row.used for row in rows if row.pid in mine and row.pid != os.getpid()) / TICKS
    return Moment(time.monotonic(), (user + nice + system + irq + softirq) / TICKS, own.user + own.system, theirs)


def told(before: Moment, after: Moment) -> list[str]:
    """What bounded the load between two moments, in words."""
    cores, wall = os.cpu_count() or 1, after.wall - before.wall
    whole = cores * wall
    used, driver, servers = (
        (late - early) / whole
        for early, late in ((before.used, after.used), (before.driver, after.driver), (before.servers, after.servers))
    )
    others = max(0.0, used - driver - servers)
    parts = f"server {servers:.0%}, penggerak {driver:.0%}, lainnya {others:.0%}"
    if used < NEARLY_ALL:
        return [f"{cores} inti terpakai {used:.0%} ({parts}): tidak dibatasi prosesor, melainkan oleh jadwal bebannya"]
    found = [f"{cores} inti terpakai {used:.0%} ({parts}): dibatasi prosesor"]
    if others > A_LITTLE:
        found.append(
            "program lain ikut memakai prosesor, sehingga latensinya bukan milik server saja; ulangi pada mesin sepi"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A process: what it has used counts the ended children that it waited for."""

    pid: int
    name: str
    parent: int
    born: int
    used: int


def _row(place: Path) -> _Row | None:
    with contextlib.suppress(OSError):
        head, _, rest = (place / "stat").read_text().rpartition(")")
        fields = rest.split()
        used = sum(map(int, fields[11:15]))
        return _Row(int(place.name), head.partition("(")[2], int(fields[1]), int(fields[19]), used)
    return None
