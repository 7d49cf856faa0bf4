"""Migration operations for what the database itself shall refuse, on SQLite and on PostgreSQL.

SQLite loses a table's triggers whenever a later migration rebuilds the table (AlterField, most AddField): such a
migration ends with the same operation again, which replaces what is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation


def append_only(table: str) -> Operation:
    """Refuse to change or delete any row."""
    message = f"Tabel {table} hanya dapat ditambah: mengubah atau menghapus isinya ditolak oleh basis data."
    return _operation(_Refusal(table, f"{table}_append_only", message))


def frozen_when(table: str, condition: str, columns: Sequence[str], *, name: str = "frozen") -> Operation:
    """Refuse to change these columns, or to delete the row, where its OLD values meet the SQL condition.

    A column set to the value that it has is no change. What the condition reads belongs among the columns, unless a row
    may leave it again. A second condition on the same table needs a name of its own.
    """
    message = f"Baris tabel {table} ini sudah ditetapkan: mengubah atau menghapusnya ditolak oleh basis data."
    return _operation(_Refusal(table, f"{table}_{name}", message, condition, tuple(columns)))


@dataclass(frozen=True, slots=True)
class _Refusal:
    table: str
    name: str
    message: str
    condition: str = ""
    columns: tuple[str, ...] = ()

    def when(self, unequal: str = "") -> str:
        """The WHEN clause; `unequal` is how the database compares values of which either may be NULL."""
        changed = " OR ".join(f'OLD."{column}" {unequal} NEW."{column}"' for column in self.columns) if unequal else ""
        conditions = " AND ".join(f"({condition})" for condition in (self.condition, changed) if condition)
        return f" WHEN ({conditions})" if conditions else ""


def _operation(refusal: _Refusal) -> Operation:
    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        backwards(apps, editor)
        _execute(editor, CREATION[editor.connection.vendor](refusal))

    def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        _execute(editor, (statement.format(refusal.name) for statement in REMOVAL[editor.connection.vendor]))

    return RunPython(forwards, backwards)


def _execute(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        editor.execute(statement)


def _sqlite(refusal: _Refusal) -> tuple[str, ...]:
    table, name, refuse = refusal.table, refusal.name, f"BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    return (
        f'CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{table}"{refusal.when("IS NOT")} {refuse}',
        f'CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{table}"{refusal.when()} {refuse}',
    )


def _postgresql(refusal: _Refusal) -> tuple[str, ...]:
    table, name, refuse = refusal.table, refusal.name, f'EXECUTE FUNCTION "{refusal.name}"()'
    body = f"BEGIN RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'restrict_violation'; END"
    changed, met = refusal.when("IS DISTINCT FROM"), refusal.when()
    return (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$',
        f'CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{table}" FOR EACH ROW{changed} {refuse}',
        f'CREATE TRIGGER "{name}_delete" BEFORE DELETE ON "{table}" FOR EACH ROW{met} {refuse}',
        f'CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {refuse}',
    )


CREATION = {"sqlite": _sqlite, "postgresql": _postgresql}
REMOVAL = {
    "sqlite": ('DROP TRIGGER IF EXISTS "{}_update"', 'DROP TRIGGER IF EXISTS "{}_delete"'),
    "postgresql": ('DROP FUNCTION IF EXISTS "{}"() CASCADE',),
}
