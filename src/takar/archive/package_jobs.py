"""A BagIt package for download: asked for on a page, made in the background, with its progress to be seen there."""

import tempfile
from pathlib import Path

from django.db.models import QuerySet

from takar.archive.enums import DepositState
from takar.archive.models import Deposit
from takar.archive.packages import export_package
from takar.archive.policies import check_is_kasubbag
from takar.archive.queries import visible_deposits
from takar.common.errors import InvalidInput, Problem
from takar.jobs.actions import enqueue
from takar.jobs.models import Job
from takar.jobs.work import Work
from takar.organisation.models import Employee

KIND, LABEL = "archive.export", "Membuat paket arsip"
REFUSED = "Paket tidak dibuat."
# What comes of a job is held in memory once; larger packages are written to a folder by the command line.
MOST_BYTES = 512 * 1024 * 1024
YEAR_DIGITS = 4
RELATED = ("file", "record", "document__file", "document__signed_file")


def ask_for_package(*, actor: Employee, year: str, nip: str) -> Job:
    """Have it made: everything archived of a year of assessment, or about a person."""
    check_is_kasubbag(actor, actor.agency)
    if bool(year) == bool(nip) or (year and not (year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS)):
        raise InvalidInput(REFUSED, [Problem("Isi", "Isi tahun penilaian atau NIP, salah satu.")])
    rows = _chosen(actor, year, nip)
    if not rows.exists():
        raise InvalidInput(REFUSED, [Problem("Arsip", "Tidak ada arsip yang cocok.")])
    size = sum(rows.order_by().values_list("file__size", flat=True))
    if size > MOST_BYTES:
        told = (
            f"Isinya {size // 1024**2} MB, terlalu besar untuk diunduh dari sini. Mintalah pengelola sistem menjalankan "
            "takar archive export."
        )
        raise InvalidInput(REFUSED, [Problem("Arsip", told)])
    return enqueue(actor=actor, kind=KIND, params={"year": year, "nip": nip})


def make_package(work: Work) -> None:
    """The job itself. A worker that died leaves nothing: the next one begins anew."""
    year, nip = work.params["year"], work.params["nip"]
    actor, rows = work.actor, _chosen(work.actor, year, nip)
    with tempfile.TemporaryDirectory(prefix="takar-") as folder:
        target = Path(folder) / f"arsip-{year or nip}.zip"
        made = export_package(
            actor=actor,
            agency=actor.agency,
            deposits=rows,
            description=f"Arsip penilaian {year or nip}",
            target=target,
            told=work.progress,
        )
        work.keep(made.path.read_bytes(), name=target.name, media_type="application/zip")
    work.message = f"{made.records} dokumen, dengan data dan riwayatnya."


def _chosen(actor: Employee, year: str, nip: str) -> QuerySet[Deposit]:
    rows = visible_deposits(actor).select_related(*RELATED).exclude(state=DepositState.DESTROYED)
    return rows.filter(year=int(year)) if year else rows.filter(nip=nip)
