"""What the pages of oversight cost in a large office: statements and milliseconds at one size and at ten times that.

    .venv/bin/python bench/oversight.py [PEOPLE ...]
    .venv/bin/python -m tests.postgres .venv/bin/python bench/oversight.py [PEOPLE ...]

Makes an office of so many people (1,000 and 10,000 unless said otherwise) with a running period and three closed ones of
a case for each, seven visits a case and more, and asks for each page without a network in between. With --slow it prints
every statement that took longer than 50 ms, with the plan that the database chose.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import make_office  # noqa: E402 -- the folders are known only now

SIZES = (1_000, 10_000)
ROUNDS = 3
SLOW_MS = 50
CLOSED_YEARS = (2022, 2023, 2024)


def main() -> None:
    words = sys.argv[1:]
    if "--one" in words:
        measure(int(words[words.index("--one") + 1]), slow="--slow" in words)
        return
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    columns = {}
    for size in sizes:
        command = [sys.executable, __file__, "--one", str(size), *(["--slow"] if "--slow" in words else [])]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        rows = [line.split("\t") for line in printed.splitlines()]
        print("\n".join("  ".join(row[1:]) for row in rows if row[0] == "#"), file=sys.stderr)
        columns[size] = {row[1]: row[2:] for row in rows if row[0] == "="}
    print("| page |" + "".join(f" queries at {size:,} | ms at {size:,} |" for size in sizes))
    print("|---|" + "---|---|" * len(sizes))
    for page in columns[sizes[0]]:
        print(f"| {page} |" + "".join(f" {q} | {ms} |" for q, ms in (columns[size][page] for size in sizes)))


def measure(size: int, *, slow: bool) -> None:
    """In a folder of its own; the one that TAKAR_BENCH_FOLDER names is kept, and used again."""
    if kept := os.environ.get("TAKAR_BENCH_FOLDER"):
        make_office.prepare(Path(kept, str(size)))
        _measure(size, slow=slow)
        return
    folder = Path(tempfile.mkdtemp(prefix="takar-bench-"))
    try:
        make_office.prepare(folder)
        _measure(size, slow=slow)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(size: int, *, slow: bool) -> None:
    from takar.casework.models import Case
    from takar.cli.migrate import prepare_database
    from takar.reports.keeping import keep_sums, outdated

    begun, known = time.perf_counter(), make_office.cast()
    prepare_database()
    if not Case.objects.exists():
        make_office.make_office(size, activities=1)
        fill()
    for period in outdated():
        keep_sums(period)
    print(f"#\t{size} people, made in {time.perf_counter() - begun:.0f} s", flush=True)
    for label, who, path in pages():
        queries, milliseconds, statements = ask(known[who], path)
        print(f"=\t{label}\t{queries}\t{milliseconds:.0f}", flush=True)
        if slow:
            tell_slow(label, statements)


def fill() -> None:
    """Three closed periods, and the running one on its way; with what the office keeps of each."""
    from django.db import connection
    from tests.many import Standing, run_through

    from takar.casework.models import Case, Period
    from takar.casework.periods import open_period
    from takar.common import clock
    from takar.organisation.models import Employee

    running = Period.objects.get()
    kasubbag = Employee.objects.select_related("agency").get(nip=make_office.cast()["kasubbag"])
    for year in CLOSED_YEARS:
        closed = open_period(
            actor=kasubbag, agency=running.agency, year=year, method="pp46-2011", version=running.version
        )
        run_through(closed, Standing(10, dt.datetime(year + 1, 1, 5, 0, tzinfo=dt.UTC)))
    run_through(running, Standing(3, clock.now() - dt.timedelta(days=9)))
    Case.objects.update(terms_next=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages() -> list[tuple[str, str, str]]:
    from takar.casework.models import Period

    running, closed = Period.objects.order_by("-start")[:2]
    report = f"/laporan/{running.pk}/"
    return [
        *(
            (f"Beranda, {role}", role, "/")
            for role in ("kepala", "sekretaris", "kasubbag", "staf", "atasan", "pegawai")
        ),
        ("Tugas Saya, staf", "staf", "/tugas/?langkah=1"),
        ("Tugas Saya, atasan", "atasan", "/tugas/"),
        ("Jatuh tempo, kantor", "kepala", "/jatuh-tempo/?kantor=1"),
        ("Berkas, kepala", "kepala", "/berkas/"),
        ("Berkas, terlambat", "kepala", f"/berkas/?periode={running.code}&waktu=terlambat"),
        ("Laporan", "kepala", report),
        ("Laporan, closed period", "kepala", f"/laporan/{closed.pk}/"),
        ("Laporan, cases returned", "kepala", f"{report}berkas/?apa=kembali&dari=2"),
        ("Laporan, cases beyond", "kepala", f"{report}berkas/?apa=lama&langkah=2&menit=120"),
        ("Laporan, cases differing", "kepala", f"{report}berkas/?apa=beda&angka=quantity"),
        ("Rekapitulasi by unit", "kepala", f"{report}hasil/"),
        ("Rekapitulasi by rank", "kepala", f"{report}hasil/?menurut=golongan"),
        ("Rekapitulasi, cases", "kepala", f"{report}berkas/?apa=hasil&menurut=unit&kelompok=Unit+3&hasil=baik"),
        ("Kesesuaian", "kepala", "/pengawasan/"),
        ("Kesesuaian, one period", "kepala", f"/pengawasan/{running.pk}/"),
        ("Pemantauan SOP", "kasubbag", "/pengawasan/formulir/"),
        ("Bagaimana jika", "kepala", "/bagaimana-jika/"),
        ("Pemberitahuan", "kasubbag", "/pemberitahuan/"),
        ("Jejak", "kepala", "/jejak/"),
    ]


def ask(nip: str, path: str) -> tuple[int, float, list[tuple[float, str, object]]]:
    """Statements and the quickest of some times, for somebody who has been here before."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from takar.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.force_login(User.objects.get(username=nip), backend="django.contrib.auth.backends.ModelBackend")
    statements: list[tuple[float, str, object]] = []

    def watch(execute, sql, params, many, context):  # noqa: ANN001, ANN202 -- the shape that Django asks for
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            statements.append(((time.perf_counter() - begun) * 1000, sql, params))

    taken = []
    for _ in range(ROUNDS):
        statements.clear()
        begun = time.perf_counter()
        with connection.execute_wrapper(watch):
            answer = browser.get(path)
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return len(statements), min(taken), statements


def tell_slow(label: str, statements: list[tuple[float, str, object]]) -> None:
    from django.db import connection

    for milliseconds, sql, params in statements:
        if milliseconds < SLOW_MS:
            continue
        print(f"{label}: {milliseconds:.0f} ms: {sql[:1500]}", file=sys.stderr)
        word = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        with connection.cursor() as cursor:
            cursor.execute(word + sql, params)
            for row in cursor.fetchall():
                print("    ", row[-1], file=sys.stderr)


if __name__ == "__main__":
    main()
