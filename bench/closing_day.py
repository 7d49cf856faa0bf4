"""Closing day: a whole regency does the procedure within one hour, over real HTTP, and nothing may fail or be lost.

    .venv/bin/python bench/closing_day.py --scale 0.1                        # a tenth of the people in 6 minutes: the same rate
    .venv/bin/python bench/closing_day.py --database postgresql --web 2 --workers 1 --scale 0.1

First one office works alone with one person at a time: the idle server. Then all offices work at once. Each desk looks into its
list again and again and does what waits there; a superior fills in and approves; an employee signs some time after
that; heads read. What the server acknowledged is kept in a ledger and compared with the database at the end. The driver
runs on the same cores as the server.
"""

import argparse
import heapq
import itertools
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT), str(ROOT / "src")]

import driving  # noqa: E402 -- after the path is known
import make_office  # noqa: E402 -- likewise
import processors  # noqa: E402 -- likewise
import regency  # noqa: E402 -- likewise
from driving import Browser  # noqa: E402 -- likewise
from tests.once import empty_database  # noqa: E402 -- likewise
from tests.postgres import _free_port  # noqa: E402 -- likewise

PASSWORD = make_office.PASSWORD
TURNS = 40
PER_TURN = 6
RETURNED = 0.05
MOST_TIMES_IDLE = 3
KINDS = (
    ("sign-in", "POST", r"/masuk/"),
    ("step, one case", "POST", r"/tugas/[0-9a-f-]{36}/"),
    ("step, 25 cases at once", "POST", r"/tugas/massal/"),
    ("document (PDF)", "GET", r"/dokumen/.*"),
    ("page of a step", "GET", r"/tugas/[0-9a-f-]{36}/"),
    ("other page", "GET", r".*"),
)


@dataclass
class Ledger:
    """What was acknowledged, how long each exchange took, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acts: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    tasks: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def timed(self, method: str, path: str, seconds: float) -> None:
        plain = path.partition("?")[0]
        kind = next(label for label, verb, pattern in KINDS if verb == method and re.fullmatch(pattern, plain))
        with self.lock:
            self.times[kind].append(seconds)

    def act(self, place: regency.Place, step: int, verb: str, tasks: list[str]) -> None:
        """A task that a list still showed and that was sent again counts once."""
        with self.lock:
            self.acts[place.name, step, verb] += len(set(tasks) - self.tasks.keys())
            self.tasks |= dict.fromkeys(tasks, verb)

    def archived(self, place: regency.Place) -> int:
        return self.acts[place.name, 7, "completed"]


class Day:
    """Events by their time, done by so many threads; each may bring others."""

    def __init__(self, addresses: list[str], seconds: float, longest: float, ledger: Ledger) -> None:
        self.addresses, self.seconds, self.longest, self.ledger = addresses, seconds, longest, ledger
        self.queue: list[tuple[float, int, Callable[[], None]]] = []
        self.numbers, self.guests = itertools.count(), itertools.count(1)
        self.ready = threading.Condition()
        self.busy, self.begun, self.ended = 0, 0.0, 0.0
        self.dice = random.Random(6)  # noqa: S311 -- a load, not a secret

    def at(self, moment: float, act: Callable[[], None]) -> None:
        with self.ready:
            heapq.heappush(self.queue, (moment, next(self.numbers), act))
            self.ready.notify()

    @property
    def now(self) -> float:
        return time.monotonic() - self.begun

    def run(self, threads: int) -> None:
        self.begun = time.monotonic()
        hands = [threading.Thread(target=self._work) for _ in range(threads)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        self.ended = self.now

    def _work(self) -> None:
        while (act := self._next()) is not None:
            try:
                act()
            except Exception as error:  # noqa: BLE001 -- every kind of it is counted and told
                with self.ledger.lock:
                    self.ledger.errors.append(f"{type(error).__name__}: {error}"[:300] or traceback.format_exc())
            finally:
                with self.ready:
                    self.busy -= 1
                    self.ready.notify_all()

    def _next(self) -> Callable[[], None] | None:
        with self.ready:
            while True:
                if not self.queue and not self.busy:
                    self.ready.notify_all()
                    return None
                wait = self.queue[0][0] - self.now if self.queue else 1.0
                if self.queue and (wait <= 0 or self.now > self.longest):
                    self.busy += 1
                    return heapq.heappop(self.queue)[2]
                self.ready.wait(min(wait, 1.0))

    def browser(self, username: str) -> Browser:
        """Of somebody at an own computer, signed in."""
        guest = next(self.guests)
        address = f"10.{guest >> 16 & 255}.{guest >> 8 & 255}.{guest & 255}"
        sent = {"X-Forwarded-For": address, "X-Forwarded-Proto": "http"}
        browser = Browser(*self.addresses, name=username, sent=sent, timed=self.ledger.timed)
        browser.turn = guest
        browser.sign_in(username, PASSWORD)
        return browser


@dataclass
class Work:
    """One office's day."""

    day: Day
    place: regency.Place
    returned: set[str] = field(default_factory=set)

    def begin(self) -> None:
        pause = self.day.seconds / TURNS
        for who, turn in (("staf", self.staf), ("staf2", self.staf2), ("kasubbag", self.kasubbag)):
            self.every(pause, self.place.desk[who], turn)
        for number, superior in enumerate(self.place.assessed_by):
            approve = self.approve_at_once if number % 2 else self.approve_one_by_one
            self.every(pause * 2, superior, approve)
        for who in ("kepala", "sekretaris"):
            self.every(pause * 2, self.place.desk[who], self.read)

    def every(self, pause: float, username: str, turn: Callable[[Browser], None]) -> None:
        """Sign in, then a turn at each pause until the whole office is done."""
        browsers: list[Browser] = []

        def again() -> None:
            if not browsers:
                browsers.append(self.day.browser(username))
            over = self.day.now > self.day.longest
            if self.day.ledger.archived(self.place) >= self.place.cases or over:
                browsers[0].close()
                return
            try:
                turn(browsers[0])
            finally:
                self.day.at(self.day.now + pause, again)

        self.day.at(self.day.dice.uniform(0, pause), again)

    def staf(self, browser: Browser) -> None:
        """Step 1, form by form; step 6, the copies, at once."""
        for task in driving.tasks_at(browser, 1)[:PER_TURN]:
            driving.do_step(browser, task, PASSWORD)
            self.done(1, [task])
        self.at_once(browser, 6)

    def staf2(self, browser: Browser) -> None:
        self.at_once(browser, 3)

    def kasubbag(self, browser: Browser) -> None:
        """Step 2: one in twenty goes back, the others at once; step 7: into the box."""
        waiting = driving.tasks_at(browser, 2)
        for task in waiting[:1]:
            if self.day.dice.random() < RETURNED * len(waiting) and len(self.returned) < self.place.cases * RETURNED:
                driving.return_step(browser, task, 1, "Lengkapi keterangannya.")
                self.returned.add(task)
                self.day.ledger.act(self.place, 2, "returned", [task])
        self.at_once(browser, 2)
        self.at_once(browser, 7)

    def approve_one_by_one(self, browser: Browser) -> None:
        for task in driving.tasks_at(browser, 4)[:PER_TURN]:
            form, employee = driving.open_step(browser, task)
            driving.send(browser, form, PASSWORD, "selesai")
            self.done(4, [task])
            self.call(employee)

    def approve_at_once(self, browser: Browser) -> None:
        waiting, employees = driving.tasks_at(browser, 4)[:PER_TURN], []
        for task in waiting:
            form, employee = driving.open_step(browser, task)
            driving.send(browser, form, PASSWORD, "simpan")
            employees.append(employee)
        if waiting:
            driving.bulk(browser, 4, waiting, PASSWORD)
            self.done(4, waiting)
        for employee in employees:
            self.call(employee)

    def call(self, employee: str) -> None:
        """Whose result is approved signs when there is time."""
        later = self.day.now + self.day.dice.uniform(0.02, 0.15) * self.day.seconds
        self.day.at(later, lambda: self.sign(employee))

    def sign(self, employee: str) -> None:
        """Sign in, look, read the document, sign it."""
        browser = self.day.browser(employee)
        browser.get("/")
        for task in driving.tasks_at(browser, 5):
            page = browser.get(f"/tugas/{task}/")
            form, _ = driving.open_step(browser, task)
            if document := re.search(rf'href="(/dokumen/{driving.UUID}/)"', page):
                browser.ask("GET", document[1])
            driving.send(browser, form, PASSWORD, "selesai")
            self.done(5, [task])
        browser.close()

    def read(self, browser: Browser) -> None:
        for path in ("/", "/berkas/", "/berkas/?cari=Pegawai+0000", "/laporan/"):
            browser.get(path)

    def at_once(self, browser: Browser, step: int) -> None:
        waiting = driving.tasks_at(browser, step)
        if waiting:
            driving.bulk(browser, step, waiting)
            self.done(step, waiting)

    def done(self, step: int, tasks: list[str]) -> None:
        self.day.ledger.act(self.place, step, "completed", tasks)


def main() -> int:
    args = _arguments()
    people, offices = round(args.people * args.scale), max(1, round(args.offices * args.scale))
    seconds, superiors = args.minutes * 60 * args.scale, round(args.superiors * args.scale)
    longest = seconds * args.patience
    with ExitStack() as stack:
        url = _database(args, stack)
        folder = Path(tempfile.mkdtemp(prefix="takar-closing-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        os.environ["TAKAR_DATABASE_URL"] = url
        if not url:
            shutil.copy(empty_database(), folder)
        make_office.prepare(folder)
        each = people // offices
        begun = time.perf_counter()
        if args.no_idle:
            places = [regency.Place("-", {}), *regency.make_regency(people, offices, superiors)]
        else:
            places = regency.make_regency(people + each, offices + 1, superiors + max(1, superiors // offices))
        print(f"{people} pegawai, {offices} kantor, {superiors} atasan, {seconds / 60:.1f} menit, {args.database}")
        print(
            f"dibuat dalam {time.perf_counter() - begun:.0f} s; {os.cpu_count()} inti, penggerak di komputer yang sama"
        )
        servers = stack.enter_context(_servers(args, folder))
        idle, day = Ledger(), Ledger()
        before = _sizes()
        if not args.no_idle:
            _run(servers, idle, places[:1], min(60.0, seconds), longest, threads=1)
        start = processors.now()
        taken = _run(servers, day, places[1:], seconds, longest, threads=args.threads)
        end = processors.now()
        code = _report(idle, day, places, taken)
        print("\n".join(processors.told(start, end)))
        if args.database == "postgresql":
            _report_sizes(before, sum(place.cases for place in places))
        return code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, default in (("people", 5000), ("superiors", 400), ("offices", 60), ("web", 1), ("workers", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--scale", type=float, default=1.0, help="so much of the people in so much of the time")
    parser.add_argument("--no-idle", action="store_true", help="without the idle server beside it")
    parser.add_argument("--patience", type=float, default=2.0, help="how many times the planned minutes it may take")
    parser.add_argument("--processes", type=int, default=2, help="of each web server")
    parser.add_argument("--threads", type=int, default=24, help="people who act at the same moment")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args()


def _database(args: argparse.Namespace, stack: ExitStack) -> str:
    if args.database == "sqlite":
        return ""
    from tests.postgres import temporary_postgres

    return stack.enter_context(temporary_postgres("-c fsync=on -c shared_buffers=256MB"))


@contextmanager
def _servers(args: argparse.Namespace, folder: Path) -> Iterator[list[str]]:
    """Web servers with their workers; on SQLite one server brings its own."""
    alone = args.database == "sqlite"
    environment = os.environ | {"TAKAR_BEHIND_PROXY": "1", "TAKAR_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT / "src")}
    ports = [_free_port() for _ in range(1 if alone else args.web)]
    words = [["serve", "--port", str(port), "--workers", str(args.processes)] for port in ports]
    words = words if alone else [[*line, "--no-worker"] for line in words] + [["worker"]] * args.workers
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "takar", *line],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        for line in words
    ]
    try:
        for port in ports:
            _wait(f"127.0.0.1:{port}")
        yield [f"127.0.0.1:{port}" for port in ports]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(60)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            if Browser(address).ask("GET", "/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _run(
    servers: list[str], ledger: Ledger, places: list[regency.Place], seconds: float, longest: float, *, threads: int
) -> float:
    day = Day(servers, seconds, longest, ledger)
    for place in places:
        Work(day, place).begin()
    day.run(threads)
    return day.ended


def _report(idle: Ledger, day: Ledger, places: list[regency.Place], taken: float) -> int:
    acts = sum(day.acts.values())
    wanted, archived = sum(place.cases for place in places[1:]), sum(day.archived(place) for place in places[1:])
    lost = _lost(idle) + _lost(day)
    print(f"{archived} dari {wanted} berkas diarsipkan dalam {taken / 60:.1f} menit; {acts / taken:.1f} tindakan/s")
    print(f"galat: {len(idle.errors) + len(day.errors)}; tindakan yang hilang: {len(lost)}")
    for text, count in Counter(re.sub(driving.UUID, "…", line) for line in idle.errors + day.errors).most_common(8):
        print(f"  {count} × {text}")
    print(f"{'':26} {'n':>7} {'p50 ms':>8} {'p95 ms':>8} {'idle p50':>9} {'idle p95':>9} {'p95/idle':>9}")
    every, quiet = list(itertools.chain(*day.times.values())), list(itertools.chain(*idle.times.values()))
    for label, times, before in [(k, day.times[k], idle.times[k]) for k, _, _ in KINDS] + [
        ("everything", every, quiet)
    ]:
        if len(times) > 1:
            p50, p95, i50, i95 = (f(t) * 1000 for t in (times, before or times) for f in (statistics.median, _p95))
            print(f"{label:26} {len(times):7} {p50:8.0f} {p95:8.0f} {i50:9.0f} {i95:9.0f} {p95 / i95:9.1f}")
    if len(every) > 1 and len(quiet) > 1:
        ratio = _p95(every) / _p95(quiet)
        print(f"p95 di bawah beban / p95 server yang sepi: {ratio:.1f} (sasaran: di bawah {MOST_TIMES_IDLE})")
    return 1 if lost or day.errors or idle.errors or archived < wanted else 0


def _sizes() -> dict[str, int]:
    """Bytes of each table with its indexes; nothing on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")  # fmt: skip
        return dict(cursor.fetchall())


def _report_sizes(before: dict[str, int], cases: int) -> None:
    """What a case that went through all steps has added to the database and to the files."""
    from django.db.models import Count, Sum

    from takar.audit.models import Event
    from takar.files.models import StoredFile
    from takar.procedures.models import StepRun

    after = _sizes()
    grown = {name: (size - before.get(name, 0)) / cases for name, size in after.items()}
    whole = {name: size / cases for name, size in after.items()}
    print(
        f"byte setiap berkas: {sum(grown.values()):,.0f} sejak dibuka, {sum(whole.values()):,.0f} dengan semua isinya"
    )
    for name, size in sorted(whole.items(), key=lambda pair: -pair[1])[:16]:
        print(f"  {name:32} {size:9,.0f} {grown[name]:9,.0f}")
    files = StoredFile.objects.aggregate(count=Count("pk"), size=Sum("size"))
    print(f"peristiwa setiap berkas {Event.objects.count() / cases:.1f}, langkah {StepRun.objects.count() / cases:.1f}")
    print(f"isi setiap berkas {files['count'] / cases:.1f}, bersama {(files['size'] or 0) / cases:,.0f} byte")


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _lost(ledger: Ledger) -> list[str]:
    """Acts that a person was told are done, and that the database does not have so."""
    from takar.procedures.models import StepRun

    rows = {}
    tasks = list(ledger.tasks)
    for start in range(0, len(tasks), 500):
        found = StepRun.objects.filter(pk__in=tasks[start : start + 500]).order_by("pk")
        rows |= {str(pk): state for pk, state in found.values_list("pk", "state")}
    return [task for task, verb in ledger.tasks.items() if rows.get(task) != verb]


if __name__ == "__main__":
    sys.exit(main())
