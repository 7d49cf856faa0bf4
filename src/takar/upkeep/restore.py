"""Bring a back-up into an empty installation, on either database, and prove that nothing changed on the way."""

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from takar.common.errors import DomainError, InvalidInput, NotAllowed
from takar.files.store import office_store
from takar.upkeep import package, rows
from takar.upkeep.backup import Made, check_file
from takar.upkeep.snapshot import other_database, snapshot

Tell = Callable[[str], None]


def restore_backup(path: Path, *, key: str = "", tell: Tell = lambda _text: None) -> Made:
    """Everything comes in, or nothing: rows in one transaction, which ends only when all of them are proven.

    A back-up of an older version comes in as it was, and is then brought to the present one.
    """
    with package.reading(path, key) as members:
        header = _header(path, next(members, None))
        _migrate_to(path, header["migrations"])
        check_empty("default")
        with transaction.atomic():
            made = _take_in(path, members, tell)
    executor = MigrationExecutor(connections["default"])
    executor.migrate(executor.loader.graph.leaf_nodes())
    return made


def move_database(described: dict[str, Any], *, tell: Tell = lambda _text: None) -> int:
    """Copy every row into another, empty database and prove it; files and keys stay where they are."""
    with snapshot() as source, other_database(described) as target:
        executor = MigrationExecutor(connections[target])
        executor.migrate(executor.loader.graph.leaf_nodes())
        check_empty(target)
        apps, total = rows.state_of(target), 0
        with transaction.atomic(using=target):
            for model in rows.tables(apps).values():
                rows.write(model, rows.lines_of(model, source), target)
            for name, model in rows.tables(apps).items():
                here, there = (rows.count(rows.lines_of(model, using)) for using in (source, target))
                _prove(name, asdict(here), asdict(there))
                total += here.rows
                tell(f"{rows.title(model)}: {here.rows} baris, sama")
            rows.continue_numbering(apps, target)
    return total


def check_empty(using: str) -> None:
    """Nothing of an office may be there: two of them in one database could never be told apart again."""
    apps = rows.state_of(using)
    if rows.everything(apps.get_model("organisation", "Agency"), using).exists():
        raise NotAllowed(
            "Basis data tujuan sudah berisi sebuah kantor; tidak ada yang diubah. Pakailah basis data kosong "
            "(TAKAR_DATA atau TAKAR_DATABASE_URL yang baru)."
        )


def _header(path: Path, first: tuple[str, IO[bytes]] | None) -> dict[str, Any]:
    if first is None or first[0] != package.HEADER:
        raise InvalidInput(f"Berkas {path} bukan cadangan Takar. Pilih berkas takar-*.takar.")
    header = package.from_json(path, first[1].read())
    if header.get("format") != package.FORMAT:
        raise InvalidInput(f"Bentuk cadangan {path} tidak dikenal; pakailah versi Takar yang lebih baru.")
    return header


def _migrate_to(path: Path, wanted: list[str]) -> None:
    """The empty database gets exactly the tables that the back-up had."""
    executor = MigrationExecutor(connections["default"])
    names = [(app, name) for app, _, name in (known.partition(".") for known in wanted)]
    if any(name not in executor.loader.graph.nodes for name in names):
        raise InvalidInput(f"Cadangan {path} berasal dari versi Takar yang lebih baru; pasang dahulu versi itu.")
    if executor.loader.applied_migrations.keys() - set(names):
        raise NotAllowed(
            "Basis data tujuan sudah disiapkan untuk versi yang lebih baru; pakailah yang benar-benar kosong."
        )
    executor.migrate(_newest(executor, set(names)))


def _newest(executor: MigrationExecutor, known: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each app the migrations after which none of these comes."""
    followed = {
        parent.key
        for name in known
        for parent in executor.loader.graph.node_map[name].parents
        if parent.key[0] == name[0]
    }
    return sorted(known - followed)


def _take_in(path: Path, members: Iterator[tuple[str, IO[bytes]]], tell: Tell) -> Made:
    apps = rows.state_of("default")
    models, manifest, beside, files = rows.tables(apps), dict[str, Any](), dict[str, bytes](), 0
    for name, content in members:
        kind, _, rest = name.partition("/")
        if kind == "tables" and rest in models:
            tell(f"{rows.title(models[rest])} …")
            rows.write(models[rest], content, "default")
        elif kind == "files":
            office_store().put(check_file(path, rest, content))
            files += 1
        elif kind == "data":
            beside[rest] = content.read()
        elif name == package.MANIFEST:
            manifest = package.from_json(path, content.read())
    if manifest.get("files") != files or manifest["tables"].keys() != models.keys():
        raise InvalidInput(package.BROKEN.format(path, "terputus di tengah"))
    total = _prove_all(models, manifest["tables"])
    rows.continue_numbering(apps, "default")
    for name, kept in beside.items():
        _put_beside(name, kept)
    return Made(path, total, files)


def _prove_all(models: dict[str, type[Model]], expected: dict[str, dict[str, Any]]) -> int:
    total = 0
    for name, model in models.items():
        found = rows.count(rows.lines_of(model, "default"))
        _prove(name, expected[name], asdict(found))
        total += found.rows
    return total


def _prove(table: str, expected: dict[str, Any], found: dict[str, Any]) -> None:
    if expected != found:
        raise DomainError(
            f"Tabel {table} tidak sama sesudah disalin ({expected['rows']} baris menjadi {found['rows']}); "
            "tidak ada yang disimpan."
        )


def _put_beside(name: str, content: bytes) -> None:
    """Keys and checkpoints go to their places in the data folder, and nowhere else."""
    root = Path(settings.DATA_DIR).resolve()
    target = (root / name).resolve()
    if not target.is_relative_to(root):
        raise InvalidInput(f"Cadangan menyebut tempat di luar folder data ({name}); tidak dipakai.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = 0o644 if target.suffix == ".pub" else 0o600
    temporary = target.with_name(target.name + ".baru")
    temporary.unlink(missing_ok=True)
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123 -- a mode
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)
