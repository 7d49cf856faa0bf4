"""Migration operations for what the database itself shall refuse, on SQLite and on PostgreSQL.

SQLite loses a table's triggers whenever a later migration rebuilds the table (AlterField, most AddField): such a
migration ends with the same operation again, which replaces what is there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


def append_only(table: str) -> "Guard":
    """Refuse to change or delete any row."""
    message = f"Tabel {table} hanya dapat ditambah: mengubah atau menghapus isinya ditolak oleh basis data."
    return Guard(_Refusal(table, f"{table}_append_only", message))


def frozen_when(table: str, condition: str, columns: Sequence[str], *, name: str = "frozen") -> "Guard":
    """Refuse to change these columns, or to delete the row, where its OLD values meet the SQL condition.

    A column set to the value that it has is no change. What the condition reads belongs among the columns, unless a row
    may leave it again. A second condition on the same table needs a name of its own.
    """
    message = f"Baris tabel {table} ini sudah ditetapkan: mengubah atau menghapusnya ditolak oleh basis data."
    return Guard(_Refusal(table, f"{table}_{name}", message, condition, tuple(columns)))


def frozen_with_parent(table: str, parent: str, key: str, condition: str) -> "Guard":
    """Refuse to add, change or delete a row while the row of `parent` that its column `key` names meets the condition.

    The condition reads the parent's columns as `parent."column"`.
    """
    message = f"Baris tabel {table} ini milik isi yang sudah ditetapkan: mengubahnya ditolak oleh basis data."
    return Guard(_Belonging(table, f"{table}_with_parent", message, parent, key, condition))


@dataclass(frozen=True, slots=True)
class _Belonging:
    table: str
    name: str
    message: str
    parent: str
    key: str
    condition: str

    def met(self, row: str) -> str:
        """Whether the parent of the row, OLD or NEW, meets the condition."""
        found = f'SELECT 1 FROM "{self.parent}" AS parent WHERE parent."id" = {row}."{self.key}"'  # noqa: S608 -- names
        return f"EXISTS ({found} AND ({self.condition}))"


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


class Guard(Operation):
    """Put the refusal in its place, or take it away again.

    No RunPython: that would build every model of the program's state at this point, for statements that need none.
    """

    reversible = True
    category = OperationCategory.SQL

    def __init__(self, refusal: "_Refusal | _Belonging") -> None:
        self.refusal = refusal

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        create = CREATION if isinstance(self.refusal, _Refusal) else BELONGING
        _execute(schema_editor, create[schema_editor.connection.vendor](self.refusal))

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 -- Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        removal = REMOVAL[schema_editor.connection.vendor]
        _execute(schema_editor, (statement.format(self.refusal.name) for statement in removal))

    def describe(self) -> str:
        return f"Refuse changes of {self.refusal.table}"


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


def _sqlite_with_parent(refusal: _Belonging) -> tuple[str, ...]:
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
    return tuple(
        f'CREATE TRIGGER "{refusal.name}_{event}" BEFORE {event.upper()} ON "{refusal.table}" '
        f"WHEN ({' OR '.join(map(refusal.met, needed))}) BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
        for event, needed in rows.items()
    )


def _postgresql_with_parent(refusal: _Belonging) -> tuple[str, ...]:
    """A WHEN clause may not ask another table here, so the function does."""
    refuse = f"RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'restrict_violation';"
    body = (
        f"BEGIN IF TG_OP <> 'INSERT' THEN IF {refusal.met('OLD')} THEN {refuse} END IF; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; IF {refusal.met('NEW')} THEN {refuse} END IF; RETURN NEW; END"
    )
    event = f'BEFORE INSERT OR UPDATE OR DELETE ON "{refusal.table}"'
    return (
        f'CREATE FUNCTION "{refusal.name}"() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$',
        f'CREATE TRIGGER "{refusal.name}_change" {event} FOR EACH ROW EXECUTE FUNCTION "{refusal.name}"()',
    )


BELONGING: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "sqlite": _sqlite_with_parent,
    "postgresql": _postgresql_with_parent,
}
CREATION: dict[str, Callable[[Any], tuple[str, ...]]] = {"sqlite": _sqlite, "postgresql": _postgresql}
REMOVAL = {
    "sqlite": (
        'DROP TRIGGER IF EXISTS "{}_insert"',
        'DROP TRIGGER IF EXISTS "{}_update"',
        'DROP TRIGGER IF EXISTS "{}_delete"',
    ),
    "postgresql": ('DROP FUNCTION IF EXISTS "{}"() CASCADE',),
}
