"""A back-up of everything while the program runs: rows, files, keys and checkpoints that belong together.

The rows are read in one snapshot. A content is always on the disk before its row, and never changes: so every file that
the snapshot knows is there, whatever is added meanwhile.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tarfile import TarFile
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from takar.common import clock
from takar.common.errors import DomainError, InvalidInput
from takar.files.store import office_store
from takar.upkeep import package, rows
from takar.upkeep.snapshot import snapshot

# Of the data folder what is neither database nor stored content.
KEPT_BESIDE = ("keys", "checkpoints.jsonl")
SUFFIX = ".takar"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a back-up holds."""

    path: Path
    rows: int
    files: int


def make_backup(folder: Path, *, recipient: str = "", keep: int = 0, tell: Tell = lambda _text: None) -> Made:
    """Write a new back-up into the folder; of the older ones there, only the newest `keep` in all stay (0: all)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"takar-{clock.now():%Y%m%d-%H%M%S}{SUFFIX}"
    path = folder / (name + ".age" if recipient else name)
    with snapshot() as using, package.writing(path, recipient) as tar:
        apps = rows.state_of(using)
        package.add_bytes(tar, package.HEADER, package.as_json(_header(using)))
        for beside in _beside():
            package.add_bytes(tar, f"data/{beside.relative_to(settings.DATA_DIR).as_posix()}", beside.read_bytes())
        counts = {name: _add_table(tar, name, model, using) for name, model in rows.tables(apps).items()}
        tell(f"{sum(c.rows for c in counts.values())} baris")
        files = _add_files(tar, apps, using, tell)
        manifest = {"tables": {table: asdict(found) for table, found in counts.items()}, "files": files}
        package.add_bytes(tar, package.MANIFEST, package.as_json(manifest))
    _forget_old(folder, keep)
    return Made(path, sum(found.rows for found in counts.values()), files)


def check_backup(path: Path, *, key: str = "") -> Made:
    """Read a back-up from its first byte to its last; InvalidInput for whatever does not hold."""
    counted: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    files = 0
    with package.reading(path, key) as members:
        for name, content in members:
            kind, _, rest = name.partition("/")
            if kind == "tables":
                counted[rest] = asdict(rows.count(content))
            elif kind == "files":
                check_file(path, rest, content)
                files += 1
            elif name == package.MANIFEST:
                manifest = package.from_json(path, content.read())
    if manifest is None or manifest["tables"] != counted or manifest["files"] != files:
        raise InvalidInput(package.BROKEN.format(path, "isinya tidak cocok dengan daftarnya"))
    return Made(path, sum(found["rows"] for found in counted.values()), files)


def check_file(path: Path, sha256: str, content: Any) -> bytes:
    data: bytes = content.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InvalidInput(package.BROKEN.format(path, f"berkas {sha256} berubah"))
    return data


def _header(using: str) -> dict[str, Any]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return {
        "format": package.FORMAT,
        "made_at": clock.now().isoformat(),
        "database": connections[using].vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }


def _beside() -> Iterator[Path]:
    for name in KEPT_BESIDE:
        place = Path(settings.DATA_DIR) / name
        yield from (sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else ())
        if place.is_file():
            yield place


def _add_table(tar: TarFile, name: str, model: Any, using: str) -> rows.Count:
    with tempfile.TemporaryFile() as spool:
        counted = rows.count(_copied(rows.lines_of(model, using), spool))
        size = spool.tell()
        spool.seek(0)
        package.add_stream(tar, f"tables/{name}", spool, size)
    return counted


def _copied(lines: Iterator[bytes], spool: Any) -> Iterator[bytes]:
    for line in lines:
        spool.write(line)
        yield line


def _add_files(tar: TarFile, apps: Apps, using: str, tell: Tell) -> int:
    store, count = office_store(), 0
    destroyed = rows.everything(apps.get_model("files", "Removal"), using).values("file")
    kept = rows.everything(apps.get_model("files", "StoredFile"), using).exclude(pk__in=destroyed)
    known = kept.values_list("sha256", flat=True)
    for sha256 in known.iterator(chunk_size=rows.ROWS_AT_ONCE):
        try:
            content = store.get(sha256)
        except OSError as error:
            raise DomainError(
                f"Cadangan tidak dibuat: berkas {sha256} tidak terbaca. Jalankan takar verify."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DomainError(f"Cadangan tidak dibuat: isi berkas {sha256} berubah. Jalankan takar verify.")
        package.add_bytes(tar, f"files/{sha256}", content)
        count += 1
        if count % rows.ROWS_AT_ONCE == 0:
            tell(f"{count} berkas …")
    return count


def _forget_old(folder: Path, keep: int) -> None:
    made = sorted(folder.glob(f"takar-*{SUFFIX}*"), key=lambda path: path.name, reverse=True)
    for old in made[keep:] if keep else ():
        old.unlink()
