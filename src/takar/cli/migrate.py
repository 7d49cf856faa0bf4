"""takar migrate: bring the database to the present version."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations import AddField, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field

from takar.common.errors import DomainError
from takar.upkeep import snapshot

# What the version that still runs would stumble over, by the operation that does it.
BREAKS = {
    "RemoveField": "kolom dihapus",
    "DeleteModel": "tabel dihapus",
    "RenameField": "kolom berganti nama",
    "RenameModel": "tabel berganti nama",
    "AlterModelTable": "tabel berganti nama",
    "AlterField": "kolom berubah",
    "AddConstraint": "aturan baru",
}
PREPARING = "takar-prepare-database"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check",
        action="store_true",
        help="hanya memeriksa: apa yang akan berubah, dan bolehkah selagi versi lama berjalan",
    )


def run(args: argparse.Namespace) -> int:
    if args.check:
        return _check()
    prepare_database()
    print("Basis data siap.")
    return 0


def _check() -> int:
    """0: nothing is to be done; 1: something is, and for each part whether the old version may run meanwhile."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for migration, _ in plan:
        print(
            f"{migration.app_label}.{migration.name}: {'; '.join(breaking(migration)) or 'boleh selagi versi lama berjalan'}"
        )
    if not plan:
        print("Basis data sudah siap untuk versi ini.")
    elif any(breaking(migration) for migration, _ in plan):
        print("Hentikan versi lama di semua komputer sebelum takar migrate.")
    return 1 if plan else 0


def breaking(migration: Migration) -> list[str]:
    """What of it the version before may stumble over: a required column without a default, and whatever is in BREAKS."""
    found = []
    made = {operation.name_lower for operation in migration.operations if isinstance(operation, CreateModel)}
    for operation in migration.operations:
        if getattr(operation, "model_name_lower", "") in made:  # of a table that the old version does not know
            continue
        what = BREAKS.get(type(operation).__name__, "")
        if isinstance(operation, AddField) and not _may_be_left_out(operation.field):
            what = "kolom wajib tanpa nilai bawaan di basis data"
        if what:
            found.append(f"{operation.describe()} ({what})")
    return found


def _may_be_left_out(field: Field[Any, Any]) -> bool:
    return bool(field.null or field.has_db_default() or field.many_to_many)


def check_database() -> None:
    """Other commands need the tables of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DomainError("Basis data belum disiapkan untuk versi ini; jalankan dahulu: takar migrate")


def prepare_database() -> None:
    """Of several machines that start at once one does it, and the others find it done."""
    with _alone():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    """A lock that ends with a transaction of a connection of its own, so that it also holds through a pooler."""
    if connection.vendor != "postgresql":
        yield
        return
    with snapshot.other_database(connections.settings["default"]) as other, transaction.atomic(using=other):
        with connections[other].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [PREPARING])
        yield
