"""What the pages of oversight cost when there are many cases: as many statements as with few, none over a whole table."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.many import Standing, run_through
from tests.office import NOW, PEOPLE, TODAY, Office

from takar.casework.models import Period
from takar.casework.periods import open_period
from takar.common import clock
from takar.jobs.actions import enqueue
from takar.jobs.work import run as run_job
from takar.organisation.actions import import_staff
from takar.organisation.types import PersonData
from takar.reports.keeping import KEEP, keep_sums, kept_sums, outdated
from takar.reports.models import PeriodSums
from takar.reports.progress import report_of
from takar.reports.sums import count_sums

MANY = 200
PAGES = {
    ("kepala", "/"): 9,
    ("kasubbag", "/"): 9,
    ("staf", "/"): 9,
    ("atasan", "/"): 9,
    ("pegawai", "/"): 8,
    ("kepala", "/laporan/{period}/"): 11,
    ("kepala", "/laporan/{closed}/"): 10,
    ("kepala", "/laporan/{period}/berkas/?apa=kembali&dari=2"): 7,
    ("kepala", "/laporan/{period}/berkas/?apa=lama&langkah=2&menit=60"): 8,
    ("kepala", "/laporan/{period}/berkas/?apa=beda&angka=quantity"): 7,
    ("kepala", "/laporan/{period}/hasil/"): 8,
    ("kepala", "/pengawasan/"): 6,
    ("kepala", "/pengawasan/formulir/"): 8,
    ("kepala", "/jatuh-tempo/?kantor=1"): 7,
    ("staf", "/tugas/?langkah=1"): 7,
}
SPARED = {("atasan", "/"): 8, ("kepala", "/laporan/{period}/berkas/?apa=lama&langkah=2&menit=60"): 7}
"""Among the few nothing waits for the superior, so nothing is listed; and one page of cases needs no count of them."""
LARGE = (
    "casework_case", "casework_term", "procedures_run", "procedures_steprun", "appraisal_appraisal", "appraisal_form",
    "appraisal_formline", "audit_event", "notices_notice", "organisation_employee",
)  # fmt: skip
SCAN = re.compile(rf"SCAN ({'|'.join(LARGE)})\b")


@dataclass(frozen=True, slots=True)
class Seen:
    running: Period
    closed: Period


def opened(office: Office, closed: int, running: int) -> Seen:
    """Two periods on their way, for everybody who is there."""
    found = []
    for year, done in ((closed, 10), (running, 3)):
        period = open_period(
            actor=office.kasubbag, agency=office.agency, year=year, method="pp46-2011", version=office.period.version
        )
        run_through(period, Standing(done, NOW - dt.timedelta(days=9)))
        found.append(period)
    return Seen(found[1], found[0])


def grow(office: Office) -> None:
    rows = [
        PersonData(
            f"19900101201501{number:04d}", f"Orang {number}", "pns", rank="III/a", post="Analis", post_kind="jfu",
            unit=f"Unit {number % 9}", superior_nip=PEOPLE["atasan"][0],
        )
        for number in range(100, 100 + MANY)
    ]  # fmt: skip
    import_staff(actor=office.kasubbag, agency=office.agency, rows=rows, on=TODAY)


def statements(office: Office, seen: Seen) -> dict[tuple[str, str], list[str]]:
    """What each page asks of the database, for somebody who has been here before."""
    found = {}
    for who, path in PAGES:
        address, browser = path.format(period=seen.running.pk, closed=seen.closed.pk), office.client(who)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        found[who, path] = [query["sql"] for query in queries]
    return found


def test_pages_cost_the_same_for_few_and_many_and_scan_no_table(office: Office) -> None:
    few = statements(office, opened(office, 2023, 2024))
    grow(office)
    many = statements(office, opened(office, 2022, 2026))
    assert {page: len(found) for page, found in few.items()} == PAGES | SPARED
    assert {page: len(found) for page, found in many.items()} == PAGES
    if connection.vendor == "sqlite":
        assert scans(many) == []


def scans(asked: dict[tuple[str, str], list[str]]) -> list[tuple[str, str]]:
    """Where the database would go through a whole large table, or through a whole index of it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        return [
            (path, f"{row[-1]}: {statement[:300]}")
            for (_, path), found in asked.items()
            for statement in found
            if statement.startswith("SELECT")
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            if SCAN.match(row[-1])
        ]


def test_a_large_period_shows_what_was_counted_and_when(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = opened(office, 2023, 2024)
    monkeypatch.setattr("takar.reports.progress.AT_ONCE", 8)
    monkeypatch.setattr("takar.reports.keeping.KEPT_FROM", 8)
    address = f"/laporan/{seen.running.pk}/"
    browser = office.client("kepala")
    before = browser.get(address).content.decode()
    assert ("menunggu dihitung di latar belakang" in before, "belum dihitung" in before) == (True, True)
    assert set(outdated()) == {office.period, seen.running, seen.closed}
    job = browser.post(address, {"tindakan": "hitung"})["Location"]
    run_job(UUID(job.split("/")[-2]))
    (kept,) = PeriodSums.objects.all()
    assert (kept.period, kept.counted_at) == (seen.running, NOW)
    shown = browser.get(address).content.decode()
    assert ("dihitung 12 Januari 2026 pukul 09.30 WITA" in shown, "menunggu dihitung" in shown) == (True, False)
    reread = type(seen.running).objects.select_related("sums").get(pk=seen.running.pk)
    counted = count_sums([seen.running.pk])[seen.running.pk]
    read = kept_sums(reread)
    assert read is not None
    assert (read[0], counted.visits) == (counted, 42)


def test_a_small_period_is_counted_now_beside_what_was_kept_of_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = opened(office, 2023, 2024)
    monkeypatch.setattr("takar.reports.progress.AT_ONCE", 9)
    monkeypatch.setattr("takar.reports.keeping.KEPT_FROM", 8)
    rows = Period.objects.select_related("sums", "agency", "version").order_by("-start")
    found = report_of(seen.running, list(rows))
    assert (found.sums and found.sums.visits, found.counted_at) == (42, None)
    assert [row.sums and row.sums.visits for row in found.trend] == [None, 42, None]
    keep_sums(seen.closed)
    found = report_of(seen.running, list(rows.all()))
    assert [row.sums and row.sums.visits for row in found.trend] == [65, 42, 0]


def test_the_schedule_counts_again_what_has_changed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takar.reports.keeping.KEPT_FROM", 8)
    assert outdated() == [office.period]
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=1))
    keep_sums(office.period)
    assert outdated() == []
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=2))
    office.at_step(2)
    assert outdated() == [office.period]
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=3))
    run_job(enqueue(actor=None, kind=KEEP).pk)
    assert outdated() == []


def test_only_overseers_have_it_counted(office: Office) -> None:
    for who in ("staf", "atasan", "pegawai"):
        answer = office.client(who).post(f"/laporan/{office.period.pk}/", {"tindakan": "hitung"})
        assert answer.status_code == 403
    assert office.client("outsider").post(f"/laporan/{office.period.pk}/").status_code == 404
