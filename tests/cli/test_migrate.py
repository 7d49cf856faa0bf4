"""`takar migrate --check`: what is to be done, and what of it the version before would stumble over."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel, Migration, RemoveField, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from tests.cli.conftest import Takar

from takar.cli.migrate import breaking

TEXT = models.CharField(max_length=10)
NEW = CreateModel("New", [("id", models.BigAutoField(primary_key=True))])


@pytest.mark.parametrize(
    ("operations", "found"),
    [
        ([AddField("Case", "x", models.CharField(max_length=10, null=True))], []),
        ([AddField("Case", "x", models.CharField(max_length=10, db_default=""))], []),
        ([AddField("Case", "x", TEXT)], ["kolom wajib tanpa nilai bawaan di basis data"]),
        ([AddField("Case", "x", models.CharField(max_length=10, default=""))], ["kolom wajib tanpa nilai bawaan di basis data"]),
        ([AlterField("Case", "x", TEXT)], ["kolom berubah"]),
        ([RemoveField("Case", "x")], ["kolom dihapus"]),
        ([NEW, AddField("New", "x", TEXT)], []),
        ([RunPython(RunPython.noop)], []),
    ],
)  # fmt: skip
def test_operation_breaks_the_version_before_or_does_not(operations: list[Operation], found: list[str]) -> None:
    migration = Migration("0009_next", "casework")
    migration.operations = operations
    assert [line.rpartition(" (")[2].removesuffix(")") for line in breaking(migration)] == found


def test_check_tells_what_is_to_be_done_and_changes_nothing(takar: Takar) -> None:
    assert takar("migrate", "--check") == (0, "Basis data sudah siap untuk versi ini.\n", "")
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("review", "0002_guards")
    code, out, err = takar("migrate", "--check")
    assert (code, out, err) == (1, "review.0002_guards: boleh selagi versi lama berjalan\n", "")
    assert ("review", "0002_guards") not in recorder.applied_migrations()
