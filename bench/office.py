"""Requests per second of the main pages beside a bare page of as many rows, in the same framework and server.

    .venv/bin/python bench/office.py [PEOPLE] [SECONDS]

Makes an office in a temporary folder, starts the real server on it, signs in over HTTP and asks for each page from two
connections for some seconds, in rounds with the bare page, so that a drifting machine changes both.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_office

PORT = 8791
CONNECTIONS = 2
ROUNDS = 3


class Browser:
    """One person's kept-alive connection."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.cookies = dict(cookies or {})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Encoding": "gzip"}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}/"}
        self.connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.read()

    def sign_in(self, nip: str) -> None:
        import gzip

        _, page = self.ask("GET", "/masuk/")
        text = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert token is not None
        fields = {"csrfmiddlewaretoken": token[1], "login": nip, "password": make_office.PASSWORD}
        status, _ = self.ask("POST", "/masuk/", fields)
        assert status == 302, status


def measure(cookies: dict[str, str], path: str, seconds: float) -> tuple[list[float], int]:
    """Latencies in seconds over all connections, and the bytes of one answer."""
    latencies: list[float] = []
    sizes: list[int] = []

    def run() -> None:
        browser, end = Browser(cookies), time.perf_counter() + seconds
        while time.perf_counter() < end:
            begun = time.perf_counter()
            status, body = browser.ask("GET", path)
            assert status == 200, (path, status)
            latencies.append(time.perf_counter() - begun)
            sizes.append(len(body))

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return latencies, sizes[-1]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    folder = make_office.prepare()
    begun = time.perf_counter()
    known = make_office.make_office(size)
    print(f"{size} pegawai, dibuat dalam {time.perf_counter() - begun:.1f} s; {os.cpu_count()} inti")
    server = _start(folder)
    try:
        _compare(known, _paths(known), seconds)
        print(f"memori proses server: {_memory(server.pid)} MB")
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _paths(known: dict[str, str]) -> list[tuple[str, str, str]]:
    from takar.casework.models import Case

    case = Case.objects.get(nip=known["pegawai"])
    return [
        ("Beranda Staf", "staf", "/"),
        ("Tugas Saya Staf", "staf", "/tugas/?langkah=1"),
        ("Berkas, seluruh kantor", "kasubbag", "/berkas/"),
        ("Berkas, dicari", "kasubbag", "/berkas/?cari=Nomor+0005"),
        ("Satu berkas", "kasubbag", f"/berkas/{case.pk}/"),
        ("Langkah 1, formulir", "staf", f"/tugas/{case.open_step_id}/"),
        ("Beranda Kepala", "kepala", "/"),
        ("Beranda pegawai", "pegawai", "/"),
    ]


def _start(folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"TAKAR_DATA": str(folder), "PYTHONPATH": str(Path(__file__).parent)}
    code = "from takar.cli.serve import serve; "
    setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'bench_settings'; django.setup(); "
    server = subprocess.Popen(
        [sys.executable, "-c", f"{setup}{code}serve('127.0.0.1', {PORT}, 1, welcome='')"], env=environment
    )
    for _ in range(100):
        time.sleep(0.2)
        try:
            if Browser().ask("GET", "/masuk/")[0] == 200:
                return server
        except OSError:
            continue
    raise RuntimeError("the server did not start")


def _compare(known: dict[str, str], pages: list[tuple[str, str, str]], seconds: float) -> None:
    cookies = {}
    for role in {role for _, role, _ in pages}:
        browser = Browser()
        browser.sign_in(known[role])
        cookies[role] = browser.cookies
    print(f"{'halaman':26} {'req/s':>7} {'polos':>7} {'rasio':>6} {'p50 ms':>7} {'p95 ms':>7} {'byte':>7}")
    for label, role, path in pages:
        rates, bare_rates, latencies, size = [], [], [], 0
        for _ in range(ROUNDS):
            times, size = measure(cookies[role], path, seconds / ROUNDS)
            bare, _ = measure({}, "/polos/", seconds / ROUNDS)
            rates.append(len(times) / (seconds / ROUNDS))
            bare_rates.append(len(bare) / (seconds / ROUNDS))
            latencies += times
        rate, plain = statistics.median(rates), statistics.median(bare_rates)
        p95 = statistics.quantiles(latencies, n=20)[-1]
        middle = statistics.median(latencies) * 1000
        print(f"{label:26} {rate:7.0f} {plain:7.0f} {rate / plain:6.2f} {middle:7.1f} {p95 * 1000:7.1f} {size:7d}")


def _memory(pid: int) -> int:
    """Resident memory of the server with its workers, in MB (Linux)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"\nPPid:\t{pid}\n" in text or f"\nPid:\t{pid}\n" in text:
            total += int(re.search(r"VmRSS:\s+(\d+)", text)[1]) if "VmRSS" in text else 0
    return total // 1024


if __name__ == "__main__":
    main()
