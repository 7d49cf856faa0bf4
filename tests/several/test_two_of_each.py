"""Two web servers and two workers, real processes, on one PostgreSQL (behind pgbouncer where it is) and one S3 server.

People's browsers alternate between the servers with every request. Midway one server and one worker are killed.
"""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from bench.driving import FORM_TYPE, UUID, Browser, do_step, forms_of, return_step, tasks_at
from django.contrib.auth.hashers import Argon2PasswordHasher
from tests.office import NOW, PASSWORD, PEOPLE, Office, make_office
from tests.pooler import pooled
from tests.postgres import as_default_database, takar_tables, temporary_postgres
from tests.s3 import temporary_s3
from tests.several.machines import PATIENCE, Machine, machines
from tests.web.browsing import PDF

from takar.accounts.models import User
from takar.audit.queries import verify_chains, verify_checkpoints
from takar.casework.models import Case, Period
from takar.common import clock
from takar.jobs.models import Job
from takar.organisation.models import Employee

PRINTED = ("formulir-kinerja", "skp-pp46")
COST = {"line-2-cost": "9.500.000"}
TOO_MANY = "Terlalu banyak percobaan masuk yang salah."
WHO_DOES = {1: "staf", 2: "kasubbag", 3: "staf2", 4: "atasan", 5: "pegawai", 6: "staf", 7: "kasubbag"}


@pytest.fixture
def installation(tmp_path: Path, django_db_blocker: Any, settings: Any) -> Iterator[list[Machine]]:
    """Two machines that run, with the office of the tests; this process sees the same database."""
    with (
        temporary_postgres(of=takar_tables) as url,
        temporary_s3(tmp_path) as bucket,
        pooled(url) as address,
        django_db_blocker.unblock(),
        as_default_database(url),
        machines(prepared(tmp_path, settings), address, bucket, 2) as found,
    ):
        for machine in found:
            machine.serve()
            machine.start("worker")
        for machine in found:
            machine.wait()
        yield found


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    """What is to be closed at the end."""
    with ExitStack() as stack:
        yield stack


def prepared(folder: Path, settings: Any) -> Path:
    """An office whose people have real passwords, and the keys that every machine gets a copy of."""
    settings.DATA_DIR = folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        make_office()
    hasher = Argon2PasswordHasher()  # type: ignore[no-untyped-call]
    User.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))  # type: ignore[no-untyped-call]
    folder.joinpath("keys").mkdir()
    for name in ("secret", "signing"):
        folder.joinpath("keys", name).write_text(f"{name} bagi semua mesin", encoding="ascii")
    return folder


def test_cases_cross_the_machines_and_outlive_one(installation: list[Machine], closing: ExitStack) -> None:
    first, second = installation
    addresses = [machine.address for machine in installation]
    people = {name: Browser(*addresses, name=name) for name in (*WHO_DOES.values(), "sekretaris")}
    for name, browser in people.items():
        closing.callback(browser.close)
        browser.sign_in(PEOPLE[name][0], PASSWORD)
    office = known_office()

    task = str(office.case().task_id)
    attach_on_one_machine(people["staf"], first, task)
    assert bytes_of(people["kasubbag"], second, evidence_of(people["kasubbag"], office)) == PDF
    for step in (1, 2, 3):
        do_as_its_owner(people, office, step)
    assert is_throttled_everywhere(Browser(*addresses), closing)
    assert 30 <= wrong_keys_let_through(Browser(*addresses), closing) <= 40

    jobs = ask_for_prints(people["sekretaris"], office)
    wait_until_done(jobs)
    first.kill()
    for browser in people.values():  # what a proxy does when a machine no longer answers
        browser.addresses = [second.address]
    jobs += ask_for_prints(people["kasubbag"], office)
    for step in (4, 5, 6, 7):
        do_as_its_owner(people, office, step)
    wait_until_done(jobs)

    assert (office.case("pegawai").step, office.case("rekan").step) == (0, 2)
    assert done_once(jobs) == [(1, Case.objects.count(), True)] * 2 * len(PRINTED)
    printed = people["sekretaris"].ask("GET", f"/pekerjaan/{jobs[0]}/berkas/")
    assert (printed[0], printed[2][:5]) == (200, b"%PDF-")
    assert [*verify_chains(), *verify_checkpoints()] == []
    assert "Traceback" not in first.log.read_text() + second.log.read_text()


def known_office() -> Office:
    people = {name: Employee.objects.select_related("user", "agency").get(nip=row[0]) for name, row in PEOPLE.items()}
    period = Period.objects.select_related("agency").get()
    return Office(period.agency, period, people)


def attach_on_one_machine(staf: Browser, machine: Machine, task: str) -> None:
    everywhere, staf.addresses = staf.addresses, [machine.address]
    page = staf.get(f"/tugas/{task}/")
    form = next(form for form in forms_of(page) if form.action.endswith("/bukti/"))
    staf.post_file(form.action, form.fields, "bukti", ("bukti.pdf", PDF))
    staf.addresses = everywhere


def evidence_of(browser: Browser, office: Office) -> str:
    page = browser.get(f"/berkas/{office.case().pk}/")
    return str(re.search(rf'"(/berkas/{UUID}/bukti/{UUID}/)"', page)[1])  # type: ignore[index]


def bytes_of(browser: Browser, machine: Machine, path: str) -> bytes:
    everywhere, browser.addresses = browser.addresses, [machine.address]
    status, _, content = browser.ask("GET", path)
    browser.addresses = everywhere
    assert status == 200
    return content


def do_as_its_owner(people: dict[str, Browser], office: Office, step: int) -> None:
    """Putri's case goes on; Rudi's goes to the check, comes back, and goes there again."""
    browser, task = people[WHO_DOES[step]], str(office.case().task_id)
    assert task in tasks_at(browser, step)
    assert "Langkah selesai; berkas Putri Maharani diteruskan." in do_step(
        browser, task, PASSWORD, COST if step == 1 else {}
    )
    if step == 1:
        do_step(people["staf2"], str(office.case("rekan").task_id), PASSWORD, COST)
    if step == 2:
        return_step(browser, str(office.case("rekan").task_id), 1, "Lengkapi keterangannya.")
        do_step(people["staf"], str(office.case("rekan").task_id), PASSWORD)


def is_throttled_everywhere(guest: Browser, closing: ExitStack) -> bool:
    """Five wrong passwords, given to two machines in turn, and the sixth is not even looked at, even when it is right."""
    closing.callback(guest.close)
    said = ""
    for password in [*["salah"] * 5, PASSWORD]:
        form = next(form for form in forms_of(guest.get("/masuk/")) if "login" in form.fields)
        sent = form.fields | {"login": PEOPLE["atasan_lain"][0], "password": password}
        said = guest.post("/masuk/", sent)
    return TOO_MANY in said


def wrong_keys_let_through(guest: Browser, closing: ExitStack) -> int:
    """Thirty of an address in five minutes, given to two machines in turn; each process may let through two that it was not told of."""
    closing.callback(guest.close)
    key = {"Authorization": f"Bearer takar_{'x' * 43}"}
    answers = [guest.ask("GET", "/api/v1/me", None, key)[0] for _ in range(60)]
    assert set(answers) == {401, 429}
    return answers.count(401)


def ask_for_prints(browser: Browser, office: Office) -> list[str]:
    """Forms of every case of the office, each as one PDF and each a job."""
    address, found = "/berkas/cetak/", list[str]()
    for kind in PRINTED:
        form = next(form for form in forms_of(browser.get(address)) if "formulir" in form.fields)
        sent = form.fields | {"periode": str(office.period.pk), "formulir": kind, "bentuk": "pdf"}
        status, leads, _ = browser.ask("POST", address, urlencode(sent).encode(), {"Content-Type": FORM_TYPE})
        assert status == 302
        found += re.findall(rf"/pekerjaan/({UUID})/", leads)
    return found


def wait_until_done(jobs: list[str]) -> None:
    until = time.monotonic() + PATIENCE
    while Job.objects.filter(pk__in=jobs).exclude(state="done").exists():
        assert time.monotonic() < until, list(Job.objects.values_list("kind", "state", "message"))
        time.sleep(0.2)


def done_once(jobs: list[str]) -> list[tuple[int, int, bool]]:
    """Of each job: attempts, lines (one for each case, never two), and whether its content is there."""
    rows = Job.objects.filter(pk__in=jobs).order_by("created_at")
    return [(job.attempts, job.lines.count(), job.file_id is not None) for job in rows]
