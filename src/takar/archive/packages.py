"""Archived documents as a BagIt package (RFC 8493): out of this installation, and into another as read-only records.

A package can be checked by anybody with the `bagit` library: each record has its PDFs, its data, and the events of its
case, all under one manifest of SHA-256.
"""

import datetime as dt
import errno
import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import bagit
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from takar.archive.actions import index_words
from takar.archive.enums import DepositState
from takar.archive.models import Deposit, Package
from takar.archive.package_records import FORMAT, Entry, read_entry
from takar.archive.policies import check_is_kasubbag
from takar.audit.actions import record
from takar.audit.queries import events_of
from takar.common import clock
from takar.common.errors import AlreadyDone, DomainError, InvalidInput, Problem
from takar.common.json_input import NO_LETTERS
from takar.files.actions import store
from takar.files.queries import read
from takar.organisation.models import Agency, Employee

MOST_BYTES = 4 * 1024**3
MOST_FILES = 100_000
SUFFIX = ".zip"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
GONE = DepositState.DESTROYED
# What a stranger's package makes its readers raise: torn, locked, packed in an unknown way, or with names that are none.
UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError,
    TypeError, AttributeError,
)  # fmt: skip
EVENT = ("stream", "seq", "at", "verb", "actor_name", "acting_as", "subject", "before", "after", "reason", "hash")


@dataclass(frozen=True, slots=True)
class Made:
    """What a package holds."""

    path: Path
    records: int


def export_package(
    *,
    actor: Employee,
    agency: Agency,
    deposits: Iterable[Deposit],
    description: str,
    target: Path,
    told: Callable[[int, int], object] | None = None,
) -> Made:
    """Write a new folder, or a ZIP where the name ends so; nothing is left behind when it cannot be finished.

    `told` hears how many records of how many are written.
    """
    role = check_is_kasubbag(actor, agency)
    rows = [row for row in deposits if row.state != GONE]
    if not rows:
        raise InvalidInput("Paket tidak dibuat.", [Problem("Arsip", "Tidak ada arsip yang cocok.")])
    if target.exists():
        raise InvalidInput("Paket tidak dibuat.", [Problem(str(target), "Sudah ada; pilih nama lain.")])
    with _place(target) as folder:
        for number, row in enumerate(rows, start=1):
            _write_record(folder / _safe(row), row)
            if told is not None:
                told(number, len(rows))
        _seal(folder, _info(agency, description, len(rows)))
        _finish(folder, target)
    with transaction.atomic():
        after = {"package": target.name, "description": description, "items": [row.number for row in rows]}
        record(stream=f"archive:{agency.pk}", verb="archive.exported", by=actor.by(role), after=after)
    return Made(target, len(rows))


def import_package(*, actor: Employee, agency: Agency, source: Path) -> Made:
    """Take a package in: every file is checked against the manifest first, then all records come in or none."""
    role = check_is_kasubbag(actor, agency)
    with tempfile.TemporaryDirectory(prefix="takar-") as temporary:
        bag = _opened(source, Path(temporary))
        entries = _entries(Path(bag.path), agency)
        manifest = hashlib.sha256((Path(bag.path) / "manifest-sha256.txt").read_bytes()).hexdigest()
        with transaction.atomic():
            package = _package(actor, agency, bag, manifest)
            for entry in entries:
                _take_in(actor, agency, package, entry)
            after = {"package": package.identifier, "source": package.source, "items": [e.number for e in entries]}
            record(stream=f"archive:{agency.pk}", verb="archive.imported", by=actor.by(role), after=after)
    return Made(source, len(entries))


@contextmanager
def _place(target: Path) -> Iterator[Path]:
    """A folder beside the target to build in, gone again whatever happens."""
    folder = target.with_name(f"{target.name}.part")
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        reason = "ruang penyimpanan penuh; kosongkan ruang lalu ulangi" if full else f"{error.strerror}"
        raise DomainError(f"Paket tidak dibuat: {reason}. Tidak ada yang tertinggal.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _seal(folder: Path, info: dict[str, str]) -> None:
    """The library still writes the version before the RFC, whose packages differ in the number alone."""
    bagit.make_bag(str(folder), info, processes=1, checksums=["sha256"])
    (folder / "bagit.txt").write_text(DECLARATION, encoding="utf-8")
    bagit.Bag(str(folder)).save()


def _finish(folder: Path, target: Path) -> None:
    if target.suffix.lower() != SUFFIX:
        folder.rename(target)
        return
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                packed.write(path, f"{target.stem}/{path.relative_to(folder).as_posix()}")
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _safe(row: Deposit) -> str:
    """A folder name that every system takes, and that says what is in it."""
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '-', row.number)}-{str(row.pk)[:8]}"


def _write_record(folder: Path, row: Deposit) -> None:
    folder.mkdir()
    document = row.document
    final = document.final_file if document else row.file
    content: dict[str, Any] = {"format": FORMAT, **_facts(row), "pdf_sha256": final.sha256}
    (folder / "dokumen.pdf").write_bytes(read(final))
    if document is not None:
        if document.file_id != final.pk:
            (folder / "asli.pdf").write_bytes(read(document.file))
        content["document"] = document.data
        content["signatures"] = list(document.signatures.values("name", "signed_as", "method", "sha256", "signed_at"))
        content["copies"] = list(document.copies.values("number", "recipient", "form", "ground", "handed_over_on"))
        _write_events(folder / "peristiwa.jsonl", f"case:{document.case_key}")
    elif row.record is not None:
        content["origin"] = json.loads(read(row.record))
    (folder / "catatan.json").write_text(_json(content, indent=1), encoding="utf-8")


def _write_events(path: Path, stream: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for event in events_of(stream).values(*EVENT):
            file.write(_json(event) + "\n")


def _facts(row: Deposit) -> dict[str, Any]:
    names = ("number", "kind", "name", "nip", "year", "classification", "closed_on", "state", "archived_at")
    return {name: getattr(row, name) for name in names}


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)


def _info(agency: Agency, description: str, count: int) -> dict[str, str]:
    return {
        "Source-Organization": agency.name,
        "External-Identifier": f"takar:{agency.short_name}:{clock.now():%Y%m%dT%H%M%SZ}",
        "External-Description": f"{description}; {count} dokumen",
        "Bagging-Date": clock.today().isoformat(),
        "Bag-Software-Agent": "Takar",
    }


def _opened(source: Path, temporary: Path) -> bagit.Bag:
    try:
        folder = _unpacked(source, temporary) if source.is_file() else source
        bag = bagit.Bag(str(folder))
        bag.validate(processes=1)
    except bagit.BagError as error:
        details = [Problem("", str(detail)) for detail in getattr(error, "details", None) or [error]]
        raise InvalidInput("Paket tidak diterima karena rusak atau tidak lengkap.", details) from error
    except UNREADABLE as error:
        raise InvalidInput(f"{source.name} tidak dapat dibuka sebagai paket arsip ({error}).") from error
    if "sha256" not in bag.algorithms:
        told = "Tidak ada manifest-sha256.txt; mintalah paket dengan sidik SHA-256."
        raise InvalidInput("Paket tidak diterima karena rusak atau tidak lengkap.", [Problem("Paket", told)])
    return bag


def _unpacked(source: Path, temporary: Path) -> Path:
    """The package inside a ZIP; one that would fill the disk or leave its folder is refused before it is unpacked."""
    with zipfile.ZipFile(source) as packed:
        infos = packed.infolist()
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
            raise InvalidInput("Paket terlalu besar; kirimkan per tahun atau per pegawai.")
        if any(Path(info.filename).is_absolute() or ".." in Path(info.filename).parts for info in infos):
            raise InvalidInput("Paket menyebut berkas di luar foldernya, sehingga tidak dibuka.")
        packed.extractall(temporary)
    folders = [path for path in temporary.iterdir() if path.is_dir()]
    return folders[0] if len(folders) == 1 else temporary


def _entries(folder: Path, agency: Agency) -> list[Entry]:
    problems: list[Problem] = []
    entries = []
    for path in sorted((folder / "data").glob("*/catatan.json")):
        try:
            entries.append(read_entry(path, agency))
        except InvalidInput as error:
            problems += [Problem(f"{path.parent.name} {problem.where}", problem.message) for problem in error.problems]
    if not entries and not problems:
        problems.append(Problem("Paket", "Tidak memuat satu pun dokumen arsip Takar."))
    if problems:
        raise InvalidInput("Paket tidak diterima, tidak ada yang masuk.", problems)
    return entries


def _package(actor: Employee, agency: Agency, bag: bagit.Bag, manifest: str) -> Package:
    known = Package.objects.filter(agency=agency, manifest_sha256=manifest).first()
    if known is not None:
        raise AlreadyDone(f"Paket ini sudah diterima pada {known.imported_at:%d-%m-%Y} oleh {known.imported_by}.")
    info = {key: _plain(value if isinstance(value, str) else ", ".join(value)) for key, value in bag.info.items()}
    return Package.objects.create(
        agency=agency,
        identifier=info.get("External-Identifier", "tanpa pengenal")[:200],
        source=info.get("Source-Organization", "tidak disebut")[:200],
        bagged_on=_day(info.get("Bagging-Date", "")) or clock.today(),
        manifest_sha256=manifest,
        imported_at=clock.now(),
        imported_by=actor,
    )


def _plain(text: str) -> str:
    """Without what no key types and PostgreSQL does not keep."""
    return NO_LETTERS.sub("", text)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _take_in(actor: Employee, agency: Agency, package: Package, entry: Entry) -> None:
    pdf = store(entry.pdf, name=f"{entry.number.replace('/', '-')}.pdf", media_type="application/pdf")
    data = store(entry.record, name="catatan.json", media_type="application/json")
    facts = {key: value for key, value in asdict(entry).items() if key not in {"pdf", "record", "texts"}}
    deposit = Deposit.objects.create(
        agency=agency,
        package=package,
        file=pdf,
        record=data,
        subject=Employee.objects.filter(agency=agency, nip=entry.nip).first() if entry.nip else None,
        archived_at=clock.now(),
        archived_by=actor,
        **facts,
    )
    index_words(deposit, entry.texts)
