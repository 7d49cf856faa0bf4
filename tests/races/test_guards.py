"""Every guard that a migration ever set up stands at the end, on both databases: a rebuilt table loses its own."""

from inspect import getclosurevars

from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from tests.office import Office

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
KINDS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def guards_of_migrations() -> set[str]:
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    codes = [op.code for migration in migrations for op in migration.operations if isinstance(op, RunPython)]
    found = [getclosurevars(code).nonlocals.get("refusal") for code in codes]
    return {refusal.name for refusal in found if refusal}


def test_every_guard_stands(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    guards = guards_of_migrations()
    assert "audit_event_append_only" in guards
    assert standing == {f"{guard}_{kind}" for guard in guards for kind in KINDS[connection.vendor]}
