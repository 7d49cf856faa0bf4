"""Every guard that a migration ever set up stands at the end, on both databases: a rebuilt table loses its own."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from tests.office import Office

from takar.common.triggers import Guard

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
KINDS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def guards_of_migrations() -> list[Guard]:
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return [op for migration in migrations for op in migration.operations if isinstance(op, Guard)]


def test_every_guard_stands(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    names = {guard.refusal.name for guard in guards_of_migrations()}
    assert {"audit_event_append_only", "appraisal_work_with_parent"} <= names
    assert {name for name in names if not any(trigger.startswith(name) for trigger in standing)} == set()
    plain = {name for name in names if not name.endswith("_with_parent")}
    assert {f"{name}_{kind}" for name in plain for kind in KINDS[connection.vendor]} <= standing
