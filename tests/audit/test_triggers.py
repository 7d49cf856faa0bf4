import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from takar.common import triggers

pytestmark = pytest.mark.django_db

FROZEN = "Baris tabel sop ini sudah ditetapkan"
ADDED_ONLY = "Tabel sop hanya dapat ditambah"


@pytest.fixture(autouse=True)
def sop(db: None) -> None:
    """A draft, row 1, and an approved version, row 2."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE sop (id integer PRIMARY KEY, state text, title text, note text)")
        cursor.execute("INSERT INTO sop VALUES (1, 'draft', 'Judul', NULL), (2, 'approved', 'Judul', NULL)")


def migrate(operation: Operation, *, backwards: bool = False) -> None:
    state = ProjectState.from_apps(apps)
    move = operation.database_backwards if backwards else operation.database_forwards
    # SQLite's editor turns foreign keys off, which it cannot do inside the test's transaction.
    editor = connection.SchemaEditorClass(connection, atomic=False)
    editor.deferred_sql = []
    move("audit", editor, state, state)


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state, title, note FROM sop ORDER BY id")
        return cursor.fetchall()


@pytest.mark.parametrize("sql", ["UPDATE sop SET title = 'Lain'", "UPDATE sop SET title = title", "DELETE FROM sop"])
def test_append_only_refuses_every_change(sql: str) -> None:
    migrate(triggers.append_only("sop"))
    before = rows()
    with pytest.raises(IntegrityError, match=ADDED_ONLY):
        execute(sql)
    assert rows() == before


def test_append_only_lets_rows_be_added() -> None:
    migrate(triggers.append_only("sop"))
    execute("INSERT INTO sop VALUES (3, 'draft', 'Baru', NULL)")
    assert len(rows()) == 3


def frozen() -> Operation:
    return triggers.frozen_when("sop", "OLD.state = 'approved'", ["title", "note"])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sop SET title = 'Lain' WHERE id = 2",
        "UPDATE sop SET title = NULL WHERE id = 2",
        "UPDATE sop SET note = 'x' WHERE id = 2",
        "UPDATE sop SET state = 'draft', title = 'Lain' WHERE id = 2",
        "DELETE FROM sop WHERE id = 2",
        "UPDATE sop SET title = 'Lain'",
    ],
)
def test_frozen_when_refuses_change_of_its_columns(sql: str) -> None:
    migrate(frozen())
    before = rows()
    with pytest.raises(IntegrityError, match=FROZEN):
        execute(sql)
    assert rows() == before


def test_frozen_when_leaves_the_rest_free() -> None:
    migrate(frozen())
    execute("UPDATE sop SET title = title, note = NULL, state = 'superseded' WHERE id = 2")
    execute("UPDATE sop SET title = 'Lain', note = 'x' WHERE id = 1")
    assert rows() == [(1, "draft", "Lain", "x"), (2, "superseded", "Judul", None)]
    execute("DELETE FROM sop WHERE id = 1")


def test_second_condition_on_a_table_stands_beside_the_first() -> None:
    migrate(frozen())
    migrate(triggers.frozen_when("sop", "OLD.note IS NOT NULL", ["note"], name="note_frozen"))
    execute("UPDATE sop SET note = 'x' WHERE id = 1")
    for sql in ("UPDATE sop SET note = 'y' WHERE id = 1", "UPDATE sop SET title = 'Lain' WHERE id = 2"):
        with pytest.raises(IntegrityError, match=FROZEN):
            execute(sql)


@pytest.mark.parametrize("operation", [frozen(), triggers.append_only("sop")])
def test_operation_can_be_repeated_and_taken_back(operation: Operation) -> None:
    migrate(operation)
    migrate(operation)
    with pytest.raises(DatabaseError):
        execute("DELETE FROM sop WHERE id = 2")
    migrate(operation, backwards=True)
    execute("DELETE FROM sop WHERE id = 2")
    assert [row[0] for row in rows()] == [1]


@pytest.fixture
def steps(sop: None) -> None:
    """Each row of `sop` has one step."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE step (id integer PRIMARY KEY, sop_id integer, title text)")
        cursor.execute("INSERT INTO step VALUES (1, 1, 'Satu'), (2, 2, 'Dua')")
    migrate(triggers.frozen_with_parent("step", "sop", "sop_id", "parent.\"state\" = 'approved'"))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO step VALUES (3, 2, 'Tiga')",
        "UPDATE step SET title = 'Lain' WHERE id = 2",
        "UPDATE step SET sop_id = 1 WHERE id = 2",
        "UPDATE step SET sop_id = 2 WHERE id = 1",
        "DELETE FROM step WHERE id = 2",
    ],
)
def test_rows_of_an_approved_parent_are_frozen(steps: None, sql: str) -> None:
    with pytest.raises(IntegrityError, match="milik isi yang sudah ditetapkan"):
        execute(sql)


def test_rows_of_a_draft_parent_are_free(steps: None) -> None:
    execute("INSERT INTO step VALUES (3, 1, 'Tiga')")
    execute("UPDATE step SET title = 'Lain' WHERE id = 1")
    execute("DELETE FROM step WHERE id = 1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM step ORDER BY id")
        assert cursor.fetchall() == [(2,), (3,)]
