"""The office's pages and acts beside a bare page and a bare transaction of as many rows, in one run.

    .venv/bin/python bench/office.py [--people 100 10000 100000 1000000] [--seconds 4] [--database sqlite|postgresql] [--keep DIR]

For each size it makes an office (`nation.py`) in a temporary folder, starts the real server with one worker, signs in over
HTTP and asks for each page from two connections, in rounds with the bare page, so that a drifting machine changes both.
The driver shares the machine's cores with the server. With `--keep` the SQLite office of each size stays in a folder there,
and a second run finds it made. With `--no-working` the copies lack the longest texts, 40 instead of 95 KB a person.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_office

PORT = 8791
CONNECTIONS = 2
ROUNDS = 3
TOKEN = "bench"  # noqa: S105 -- of a server that lives for a minute
ACTS = 40
AT_ONCE = 100
POSTGRES = "-c fsync=on -c shared_buffers=1GB -c max_wal_size=8GB"


class Browser:
    """One person's kept-alive connection."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self.cookies = dict(cookies or {})

    def ask(
        self, method: str, path: str, fields: "dict[str, str] | list[tuple[str, str]] | None" = None
    ) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Encoding": "gzip"}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}/"}
        self.connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.read()

    def token(self, path: str) -> str:
        """The form token of a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', plain(self.ask("GET", path)[1]))
        assert found is not None, path
        return found[1]

    def sign_in(self, nip: str) -> None:
        fields = {"csrfmiddlewaretoken": self.token("/masuk/"), "login": nip, "password": make_office.PASSWORD}
        status, _ = self.ask("POST", "/masuk/", fields)
        assert status == 302, status


def plain(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def timed(
    ask: Callable[[Browser], tuple[int, bytes]], cookies: dict[str, str], seconds: float
) -> tuple[list[float], bytes]:
    """Latencies in seconds over all connections, and one answer."""
    latencies: list[float] = []
    bodies: list[bytes] = [b""]

    def run() -> None:
        browser, end = Browser(cookies), time.perf_counter() + seconds
        while time.perf_counter() < end:
            begun = time.perf_counter()
            status, body = ask(browser)
            assert status == 200, (status, plain(body)[:400])
            latencies.append(time.perf_counter() - begun)
            bodies[0] = body

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return latencies, bodies[0]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, nargs="+", default=[100, 10_000])
    words.add_argument("--seconds", type=float, default=4.0)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--keep", type=Path, help="a folder in which the offices stay")
    words.add_argument("--no-working", action="store_true", help="leave the longest texts out of the copies")
    words.add_argument("--only-make", action="store_true", help="make the offices, measure nothing")
    words.add_argument("--one", action="store_true", help="in a process of its own: one size")
    given = words.parse_args()
    if not given.one:
        for size in given.people:
            subprocess.run([sys.executable, __file__, "--one", *sys.argv[1:], "--people", str(size)], check=True)
        return
    folder = given.keep and given.keep / str(given.people[0])
    with _database(given.database):
        _one(given, folder)


@contextlib.contextmanager
def _database(kind: str) -> Iterator[None]:
    if kind == "sqlite":
        yield
        return
    from tests.postgres import temporary_postgres

    with temporary_postgres(POSTGRES) as url:
        os.environ["TAKAR_DATABASE_URL"] = url
        yield


def _one(given: argparse.Namespace, kept: Path | None) -> None:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
    folder, size, begun = make_office.prepare(kept), given.people[0], time.perf_counter()
    import nation

    cast = folder / "cast.json"
    known = json.loads(cast.read_text()) if cast.exists() else nation.make_nation(size, working=not given.no_working)
    made = time.perf_counter() - begun
    cast.write_text(json.dumps(known))
    print(f"\n## {size} people, {given.database}\n\nmade in {made:.0f} s; {os.cpu_count()} cores\n", flush=True)
    if given.only_make:
        return
    server = _start(folder)
    try:
        people = _signed_in(known)
        _pages(people, known, given.seconds)
        _acts(people, known)
        print(f"\nmemory of the server with its worker: {_memory(server.pid)} MB", flush=True)
    finally:
        server.terminate()
        server.wait(timeout=20)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _signed_in(known: dict[str, str]) -> dict[str, dict[str, str]]:
    cookies, took = {}, []
    for role in ("staf", "kasubbag", "kepala", "pegawai", "atasan"):
        browser, begun = Browser(), time.perf_counter()
        browser.sign_in(known[role])
        took.append((time.perf_counter() - begun) * 1000)
        cookies[role] = browser.cookies
    print(f"sign-in, page and password: {statistics.median(took):.0f} ms (Argon2 on purpose)\n")
    return cookies


def _pages(people: dict[str, dict[str, str]], known: dict[str, str], seconds: float) -> None:
    from takar.casework.models import Case

    case = Case.objects.get(nip=known["pegawai"], period__year=make_office.YEAR)
    closed = Case.objects.get(nip=known["pegawai"], period__year=make_office.YEAR - 1)
    task = Case.objects.filter(step=1, agency=case.agency).order_by("pk")[0]
    pages = [
        ("Beranda, employee", "pegawai", "/"),
        ("Beranda, Staf", "staf", "/"),
        ("Beranda, Kasubbag", "kasubbag", "/"),
        ("Beranda, head", "kepala", "/"),
        ("Tugas Saya, Staf", "staf", "/tugas/?langkah=1"),
        ("Berkas, whole office", "kasubbag", "/berkas/"),
        ("Berkas, at one step", "kasubbag", "/berkas/?langkah=2"),
        ("Berkas, searched", "kasubbag", "/berkas/?cari=Nomor+000005"),
        ("one berkas, open", "kasubbag", f"/berkas/{case.pk}/"),
        ("one berkas, closed", "kasubbag", f"/berkas/{closed.pk}/"),
        ("step 1, the form", "staf", f"/tugas/{task.open_step_id}/"),
        ("Laporan, head", "kepala", f"/laporan/{case.period_id}/"),
    ]
    print("| page | requests/s | bare | ratio | p50 ms | p95 ms | queries | bytes | compressed |")
    print("|---|---|---|---|---|---|---|---|---|")
    for label, role, path in pages:
        _row(label, people[role], lambda browser, path=path: browser.ask("GET", path), seconds)


def _row(label: str, cookies: dict[str, str], ask: Callable[[Browser], tuple[int, bytes]], seconds: float) -> None:
    rates, bare_rates, latencies, body = [], [], [], b""
    timed(ask, cookies, 0.2)
    before = _queries()
    for _ in range(ROUNDS):
        times, body = timed(ask, cookies, seconds / ROUNDS)
        rates.append(len(times) / (seconds / ROUNDS))
        latencies += times
    asked = (_queries() - before) / len(latencies)
    for _ in range(ROUNDS):
        bare, _ = timed(lambda browser: browser.ask("GET", "/polos/"), {}, seconds / ROUNDS)
        bare_rates.append(len(bare) / (seconds / ROUNDS))
    _print(label, rates, bare_rates, latencies, f"{asked:.0f} | {len(plain(body)):,} | {len(body):,}")


def _print(label: str, rates: list[float], bare: list[float], latencies: list[float], rest: str) -> None:
    rate, beside = statistics.median(rates), statistics.median(bare)
    middle, p95 = statistics.median(latencies) * 1000, statistics.quantiles(latencies, n=20)[-1] * 1000
    print(
        f"| {label} | {rate:.0f} | {beside:.0f} | {rate / beside:.2f} | {middle:.1f} | {p95:.1f} | {rest} |", flush=True
    )


def _acts(people: dict[str, dict[str, str]], known: dict[str, str]) -> None:
    """Step 2 by the Kasubbag, one after the other, then a hundred at once; beside the bare transaction."""
    from takar.casework.models import Case

    kasubbag = Browser(people["kasubbag"])
    period = Case.objects.get(nip=known["pegawai"], period__year=make_office.YEAR).period
    waiting = list(Case.objects.filter(period=period, step=2).order_by("pk").values_list("open_step_id", flat=True))
    token, latencies = kasubbag.token("/tugas/?langkah=2"), []
    for step in waiting[:ACTS]:
        fields = {"csrfmiddlewaretoken": token, "tindakan": "selesai"}
        begun = time.perf_counter()
        status, body = kasubbag.ask("POST", f"/tugas/{step}/", fields)
        assert status == 302, plain(body)
        latencies.append(time.perf_counter() - begun)
    bare = Browser()
    beside = []
    for _ in range(ACTS):
        begun = time.perf_counter()
        assert bare.ask("POST", "/polos-tulis/", {})[0] == 200
        beside.append(time.perf_counter() - begun)
    print("\n| act | acts/s | bare | ratio | p50 ms | p95 ms |")
    print("|---|---|---|---|---|---|")
    rate, plain_rate = len(latencies) / sum(latencies), len(beside) / sum(beside)
    p95 = statistics.quantiles(latencies, n=20)[-1] * 1000
    middle = statistics.median(latencies) * 1000
    print(f"| step 2 completed | {rate:.0f} | {plain_rate:.0f} | {rate / plain_rate:.2f} | {middle:.1f} | {p95:.1f} |")
    many = waiting[ACTS : ACTS + AT_ONCE]
    if many:
        chosen = [("csrfmiddlewaretoken", token), ("langkah", "2"), ("tindakan", "selesai")]
        begun = time.perf_counter()
        status, body = kasubbag.ask("POST", "/tugas/massal/", [*chosen, *(("pilih", str(pk)) for pk in many)])
        assert status in {200, 302}, plain(body)
        took = time.perf_counter() - begun
        share = len(many) / took / plain_rate
        print(
            f"| step 2, {len(many)} at once | {len(many) / took:.0f} | {plain_rate:.0f} | {share:.2f} | {took * 1000:.0f} | |"
        )


def _queries() -> float:
    """SQL statements that the server has counted so far."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    connection.request("GET", "/metrics", headers=headers)
    found = re.findall(
        r"^takar_queries_total\{[^}]*\} ([0-9.e+]+)$", connection.getresponse().read().decode(), re.MULTILINE
    )
    return sum(map(float, found))


def _start(folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "TAKAR_DATA": str(folder),
        "PYTHONPATH": str(Path(__file__).parent),
        "TAKAR_METRICS_TOKEN": TOKEN,
    }
    code = "from takar.cli.serve import serve; "
    setup = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'bench_settings'; django.setup(); "
    server = subprocess.Popen(
        [sys.executable, "-c", f"{setup}{code}serve('127.0.0.1', {PORT}, 1, welcome='')"], env=environment
    )
    for _ in range(300):
        time.sleep(0.2)
        try:
            if Browser().ask("GET", "/masuk/")[0] == 200:
                return server
        except OSError:
            continue
    raise RuntimeError("the server did not start")


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
