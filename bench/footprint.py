"""What the installation of one PC costs: start-up, size on the disk, memory at rest.

    .venv/bin/python bench/footprint.py

An empty folder is served until it answers, then once more; the size is that of the packages of requirements/base.txt and
of the program; memory is shared out among the processes that use it (PSS), so that it can be added up.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = 8849
MEGABYTE = 1024 * 1024
REST_SECONDS = 5


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="takar-footprint-"))
    try:
        for label in ("start-up, empty folder", "start-up, second time"):
            seconds, memory, processor = _serve(folder)
            print(f"{label:28} {seconds:6.1f} s ({processor:.1f} s of processor time); at rest {memory:.0f} MB")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    packages = _packages()
    print(f"{'packages':28} {sum(packages.values()) / MEGABYTE:6.0f} MB")
    for name, size in sorted(packages.items(), key=lambda pair: -pair[1])[:8]:
        print(f"  {name:26} {size / MEGABYTE:6.0f} MB")
    print(f"{'program':28} {_size(ROOT / 'src') / MEGABYTE:6.0f} MB")


def _serve(folder: Path) -> tuple[float, float, float]:
    """Seconds until it is ready, then megabytes and the processor time of all its processes."""
    environment = os.environ | {"TAKAR_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "takar", "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=folder.parent)
    try:
        while not _ready():
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        time.sleep(REST_SECONDS)
        processes = _family(server.pid)
        return seconds, sum(map(_memory, processes)), sum(map(_processor, processes))
    finally:
        server.terminate()
        server.wait(60)


def _ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _family(leader: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parents[int(status.parent.name)] = int(re.search(r"PPid:\s+(\d+)", status.read_text())[1])
        except (OSError, TypeError):
            continue
    found = [leader]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _memory(pid: int) -> float:
    return int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1]) / 1024


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _packages() -> dict[str, int]:
    text = (ROOT / "requirements" / "base.txt").read_text()
    found = {}
    for name in re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE):
        try:
            files = importlib.metadata.distribution(name).files or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found[name] = sum(path.stat().st_size for file in files if (path := Path(file.locate())).is_file())
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


if __name__ == "__main__":
    main()
