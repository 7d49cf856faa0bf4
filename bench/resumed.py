"""Forms and signatures as jobs of the program: done by a worker that is killed halfway, and taken up by the next one.

The jobs are the program's own: printing for a whole office (`casework.printing.office`), and signing one document after
the other with `documents.signatures.sign_document` inside `jobs.work.Work.item`. Both are asked for as on the page, and
the worker is a process of its own; this one only looks on.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import make_office

Tell = Callable[[str], None]
SIGN = "bench.sign"
# So long nobody takes up what the killed worker held.
LEASE_SECONDS = 6
LOOK = 0.2
TENTHS = 10


def forms(count: int, tell: Tell) -> dict[str, float]:
    """The SKP of everybody in an office, as one ZIP."""
    from takar.casework.models import Period
    from takar.casework.printing.office import ask_for_print

    known = make_office.make_office(count)
    tell(f"office of {count:,} made")
    job = ask_for_print(actor=_person(known["kasubbag"]), period=Period.objects.get(), what="skp-pp46", form="zip")
    return _through(job, count, tell)


def signatures(count: int, tell: Tell) -> dict[str, float]:
    """Documents are issued first, one for each; then all are signed by their assessor."""
    from tests.documents.forms import samples

    from takar.common.ids import uuid7
    from takar.documents.actions import issue_document
    from takar.documents.models import Signature
    from takar.jobs.actions import enqueue

    known = make_office.make_office(30)
    assessor, subject = _person(known["kasubbag"]), _person(known["pegawai"])
    to_issue = {"actor": assessor, "acting_as": "atasan_langsung", "agency": assessor.agency, "subject": subject}
    _in_tenths(count, "documents issued", tell, lambda: _issue(issue_document, uuid7, samples.measurement(), to_issue))
    register_kinds()
    found = _through(enqueue(actor=assessor, kind=SIGN), count, tell)
    assert Signature.objects.count() == count, "every document has one signature"
    tell(f"signatures in the database: {Signature.objects.count():,}")
    return found


def register_kinds() -> None:
    from takar.jobs.registry import register

    register(SIGN, "Menandatangani banyak dokumen", _sign_all)


def work() -> None:
    """The worker's process, until it is killed or told to stop."""
    from takar.jobs.worker import work_until

    register_kinds()
    work_until()


def _sign_all(work: Any) -> None:
    from takar.documents.enums import SignedAs
    from takar.documents.models import Document
    from takar.documents.signatures import sign_document

    for key in work.remaining(map(str, Document.objects.order_by("pk").values_list("pk", flat=True))):
        with work.item(key) as item:
            document = Document.objects.select_related("agency", "file").get(pk=key)
            item.label = document.number
            sign_document(
                actor=work.actor,
                acting_as="atasan_langsung",
                document=document,
                signed_as=SignedAs.ASSESSOR,
                seen_sha256=document.file.sha256,
            )


def _issue(
    issue: Callable[..., object], key: Callable[[], object], data: dict[str, Any], given: dict[str, Any]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        issue(**given, case_key=key(), year=make_office.YEAR, data=data)


def _through(job: Any, count: int, tell: Tell) -> dict[str, float]:
    """Killed at the half, resumed to the end: what stood before and after, and the worker's memory at each tenth."""
    begun = time.perf_counter()
    worker = _start()
    memory = _until(job, worker, count // 2, count, tell)
    used = _processor(worker.pid)
    worker.kill()
    worker.wait()
    job.refresh_from_db()
    kept = job.lines.count()
    tell(f"worker killed (SIGKILL) with {kept:,} of {count:,} done; they stay done: {job.done:,}")
    half, again = time.perf_counter() - begun, time.perf_counter()
    worker = _start()
    memory += _until(job, worker, count, count, tell)
    items = time.perf_counter() - again
    while _refreshed(job).unfinished:
        time.sleep(LOOK)
    ended = time.perf_counter() - again
    worker.terminate()
    worker.wait()
    keys = list(job.lines.values_list("key", flat=True))
    tell(
        f"{job.get_state_display()}: {job.done:,} done, {len(keys):,} lines, {len(set(keys)):,} different; {job.message}"
    )
    assert len(keys) == len(set(keys)) == job.done == count, "each item once"
    return {
        "before the kill": kept / half,
        "after it, waiting for the lease included": (count - kept) / items,
        "processor time of one, start included, ms": used / kept * 1000,
        "until the result was kept, seconds": ended - items,
        "size of the result, MB": job.file.size / 1e6 if job.file else 0.0,
        "worker at the first tenth, MB": memory[0],
        "worker at its most, MB": max(memory),
    }


def _until(job: Any, worker: "subprocess.Popen[bytes]", enough: int, count: int, tell: Tell) -> list[float]:
    """Look on until so many are done; gives the worker's memory at each tenth."""
    memory: list[float] = []
    told = _refreshed(job).done * TENTHS // count
    while _refreshed(job).done < enough and job.unfinished:
        assert worker.poll() is None, "the worker ended by itself"
        if job.done * TENTHS // count > told:
            told = job.done * TENTHS // count
            memory.append(_memory(worker.pid))
            tell(f"{job.done:,} of {count:,}; the worker holds {memory[-1]:.0f} MB")
        time.sleep(LOOK)
    return [*memory, _memory(worker.pid)]


def _refreshed(job: Any) -> Any:
    job.refresh_from_db()
    return job


def _memory(pid: int) -> float:
    """What the process holds now, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _processor(pid: int) -> float:
    """Seconds of processor time that the process has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _start() -> "subprocess.Popen[bytes]":
    words = ["--part", "worker", "--data", os.environ["TAKAR_DATA"]]
    return subprocess.Popen([sys.executable, str(Path(__file__).with_name("batches.py")), *words])


def _in_tenths(count: int, what: str, tell: Tell, once: Callable[[], object]) -> None:
    for number in range(1, count + 1):
        once()
        if number * TENTHS % count < TENTHS:
            tell(f"{number:,} {what}")


def _person(nip: str) -> Any:
    from takar.organisation.models import Employee

    return Employee.objects.select_related("agency", "user").get(nip=nip)
