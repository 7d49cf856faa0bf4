"""Out as a BagIt package that the library itself accepts, into another office, and everything that can be wrong with one."""

import errno
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.archive.test_archive import archive
from tests.office import TODAY, Office
from tests.web.browsing import words

from takar.archive.models import Deposit, Package
from takar.archive.package_jobs import ask_for_package
from takar.archive.packages import export_package, import_package
from takar.archive.queries import search, visible_deposits
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from takar.files.queries import read
from takar.jobs.models import Job
from takar.jobs.work import run as run_job


def begin(office: Office) -> None:
    office.at_step(7)


def exported(office: Office, target: Path) -> Path:
    rows = visible_deposits(office.kasubbag).filter(year=2025)
    export_package(actor=office.kasubbag, agency=office.agency, deposits=rows, description="2025", target=target)
    return target


def imported(office: Office, source: Path) -> Any:
    return import_package(actor=office.outsider, agency=office.outsider.agency, source=source)


@pytest.fixture
def package(office: Office, tmp_path: Path) -> Path:
    archive(office)
    return exported(office, tmp_path / "paket")


def test_package_is_a_bag_with_pdf_data_and_events(office: Office, package: Path) -> None:
    bag = bagit.Bag(str(package))
    bag.validate()
    assert (bag.version_info, bag.info["Source-Organization"], bag.algorithms) == ((1, 0), "Dinas Contoh", ["sha256"])
    (folder,) = list((package / "data").iterdir())
    assert sorted(path.name for path in folder.iterdir()) == [
        "asli.pdf",
        "catatan.json",
        "dokumen.pdf",
        "peristiwa.jsonl",
    ]
    data = json.loads((folder / "catatan.json").read_text())
    assert (data["name"], data["document"]["employee"]["name"], len(data["signatures"])) == (
        "Putri Maharani", "Putri Maharani", 2,
    )  # fmt: skip
    verbs = [json.loads(line)["verb"] for line in (folder / "peristiwa.jsonl").read_text().splitlines()]
    assert (verbs[0], "document.archived" in verbs) == ("case.opened", True)


@pytest.mark.parametrize("name", ["paket.zip", "folder"])
def test_package_comes_in_elsewhere_as_it_went_out(office: Office, tmp_path: Path, name: str) -> None:
    ours = archive(office)
    source = exported(office, tmp_path / name)
    assert imported(office, source).records == 1
    theirs = Deposit.objects.get(agency=office.outsider.agency)
    assert (theirs.number, theirs.name, theirs.nip, theirs.year, theirs.document, theirs.box) == (
        ours.number, ours.name, ours.nip, ours.year, None, None,
    )  # fmt: skip
    assert ours.document is not None
    assert read(theirs.file) == read(ours.document.final_file)
    assert theirs.package is not None
    assert theirs.package.source == "Dinas Contoh"
    assert list(search(office.outsider, "laporan bulanan")) == [theirs]
    with pytest.raises(AlreadyDone, match="Paket ini sudah diterima pada 12-01-2026"):
        imported(office, source)


def harmed(package: Path, harm: Callable[[Path], object], *, seal: bool) -> Path:
    harm(next((package / "data").iterdir()))
    if seal:
        bag = bagit.Bag(str(package))
        bag.save(manifests=True)
    return package


def rewritten(**changes: Any) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / "catatan.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    return change


BROKEN: list[tuple[Callable[[Path], object], bool, str]] = [
    (lambda folder: (folder / "dokumen.pdf").write_bytes(b"%PDF-lain"), False, "rusak atau tidak lengkap"),
    (lambda folder: (folder / "asli.pdf").unlink(), False, "rusak atau tidak lengkap"),
    (lambda folder: (folder / "tambahan.txt").write_text("x"), False, "rusak atau tidak lengkap"),
    (lambda folder: (folder / "dokumen.pdf").write_bytes(b"%PDF-lain"), True, "Bukan dokumen yang disebut catatannya."),
    (lambda folder: (folder / "catatan.json").write_text("{"), True, "Bukan JSON."),
    (rewritten(format="lain"), True, "Bukan catatan arsip Takar"),
    (rewritten(number=None), True, "number: Tidak ada, atau terlalu panjang."),
    (rewritten(year="2025"), True, "Tahun atau tanggal selesainya tidak terbaca."),
    (rewritten(state="musnah"), True, "Hanya arsip aktif atau inaktif yang diterima."),
    (rewritten(classification="9.9"), True, "Kode 9.9 tidak dikenal"),
    (rewritten(state=["aktif"]), True, "Hanya arsip aktif atau inaktif yang diterima."),
    (rewritten(name="Putri\0"), True, "Ada tanda yang bukan huruf"),
    (rewritten(document=json.loads('{"a":' * 90 + "1" + "}" * 90)), True, "bersarang lebih dari 60 tingkat"),
    (lambda folder: (folder / "catatan.json").write_bytes(b"[" * 100_000), True, "Bukan JSON."),
    (lambda folder: (folder / "catatan.json").write_bytes(b"\xff"), True, "Bukan JSON."),
    (
        lambda folder: (folder / "catatan.json").rename(folder / "lain.json"),
        True,
        "Tidak memuat satu pun dokumen arsip Takar.",
    ),
]


@pytest.mark.parametrize(("harm", "seal", "told"), BROKEN)
def test_broken_package_is_refused_whole(
    office: Office, package: Path, harm: Callable[[Path], object], seal: bool, told: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        imported(office, harmed(package, harm, seal=seal))
    assert told in " ".join([refused.value.message, *map(str, refused.value.problems)])
    assert (Package.objects.count(), Deposit.objects.filter(agency=office.outsider.agency).count()) == (0, 0)


def test_package_says_its_day_or_counts_as_of_today(office: Office, package: Path) -> None:
    info = package / "bag-info.txt"
    info.write_text(re.sub("Bagging-Date: .*", "Bagging-Date: 2024-13-45", info.read_text()))
    imported(office, harmed(package, lambda folder: folder, seal=True))
    assert Package.objects.get().bagged_on == TODAY


def test_package_without_our_manifest_is_refused(office: Office, package: Path) -> None:
    bag = bagit.Bag(str(package))
    bag.algorithms = ["md5"]
    bag.save(manifests=True)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        (package / name).unlink()
    with pytest.raises(InvalidInput, match="rusak atau tidak lengkap"):
        imported(office, package)


@pytest.mark.parametrize("change", [(8, 99), (6, 1)])
def test_zip_that_cannot_be_unpacked_is_refused(office: Office, tmp_path: Path, change: tuple[int, int]) -> None:
    """Packed in a way that nobody knows, and locked with a password: both places of the header say so."""
    archive(office)
    content = bytearray(exported(office, tmp_path / "paket.zip").read_bytes())
    offset, value = change
    for mark, more in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        content[content.index(mark) + offset + more] = value
    broken = tmp_path / "rusak.zip"
    broken.write_bytes(content)
    with pytest.raises(InvalidInput, match="tidak dapat dibuka sebagai paket arsip"):
        imported(office, broken)


def test_file_that_is_no_package_is_refused(office: Office, tmp_path: Path) -> None:
    text, outside = tmp_path / "a.zip", tmp_path / "b.zip"
    text.write_text("bukan zip")
    with zipfile.ZipFile(outside, "w") as packed:
        packed.writestr("../keluar.txt", "x")
    for path, told in ((text, "tidak dapat dibuka"), (outside, "di luar foldernya"), (tmp_path, "rusak atau tidak")):
        with pytest.raises(InvalidInput, match=told):
            imported(office, path)


def test_full_disk_leaves_nothing_half_written(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(office)

    def full(*_args: object, **_words: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DomainError, match="ruang penyimpanan penuh"):
        exported(office, tmp_path / "paket")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("paket")] == []


def test_package_is_the_kasubbag_s_and_never_written_over(office: Office, package: Path) -> None:
    with pytest.raises(NotAllowed):
        import_package(actor=office.staf, agency=office.agency, source=package)
    with pytest.raises(InvalidInput, match="Paket tidak dibuat"):
        exported(office, package)


def test_page_gives_a_package_and_takes_one(office: Office) -> None:
    archive(office)
    address = reverse("packages")
    asked = office.client("kasubbag").post(address, {"tindakan": "unduh", "tahun": "2025"})
    job = Job.objects.get(kind="archive.export")
    assert asked.headers["Location"] == reverse("job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total, job.file_name) == (1, 1, "arsip-2025.zip")
    page = words(office.client("kasubbag").get(reverse("job", args=[job.pk])))
    assert "1 dokumen, dengan data dan riwayatnya. Unduh arsip-2025.zip" in page
    answer = office.client("kasubbag").get(reverse("job_file", args=[job.pk]))
    assert answer.headers["Content-Type"] == "application/zip"
    content = answer.content
    upload = SimpleUploadedFile("paket.zip", content, "application/zip")
    taken = office.client("outsider").post(address, {"tindakan": "terima", "paket": upload}, follow=True)
    assert "1 dokumen diterima" in words(taken)
    refused = office.client("kasubbag").post(address, {"tindakan": "unduh", "tahun": "1999"})
    assert (refused.status_code, "Tidak ada arsip yang cocok." in words(refused)) == (422, True)


def test_package_that_is_too_large_for_the_page_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(office)
    monkeypatch.setattr("takar.archive.package_jobs.MOST_BYTES", 10)
    told = words(office.client("kasubbag").post(reverse("packages"), {"tindakan": "unduh", "tahun": "2025"}))
    assert "terlalu besar untuk diunduh dari sini. Mintalah pengelola sistem menjalankan takar archive export." in told
    with pytest.raises(NotAllowed):
        ask_for_package(actor=office.staf, year="2025", nip="")
