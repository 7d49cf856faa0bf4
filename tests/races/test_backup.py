"""A back-up of a living office comes back the same, on either database, and other people's acts do not disturb it."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.office import Office
from tests.once import empty_database
from tests.races.databases import Databases, Postgres, Sqlite, default_database

from takar.audit.models import Event
from takar.audit.queries import verify_chains, verify_checkpoints
from takar.casework.actions import return_case
from takar.casework.models import Case
from takar.common.errors import InvalidInput, NotAllowed
from takar.files.queries import verify_files
from takar.upkeep import rows
from takar.upkeep.backup import check_backup, make_backup
from takar.upkeep.package import new_key
from takar.upkeep.restore import move_database, restore_backup
from takar.upkeep.snapshot import snapshot


def digests(using: str = "default") -> dict[str, rows.Count]:
    models = rows.tables(rows.state_of(using)).items()
    return {name: rows.count(rows.lines_of(model, using)) for name, model in models}


def fresh(folder: Path, *, tables: bool) -> Any:
    """A place for another office; without tables it is as a new computer has it."""
    folder.mkdir()
    if tables:
        shutil.copy(empty_database(), folder)
    return default_database(Sqlite(folder).described(folder), folder)


def send_back(office: Office) -> None:
    case = Case.objects.get(step=2)
    return_case(actor=office.people["kasubbag"], step_run_id=case.task_id, to_step=1, reason="Bukti belum lengkap.")


def test_backup_comes_back_the_same_and_holds(office: Office, databases: Databases, tmp_path: Path) -> None:
    """One that broke off changes nothing before."""
    made = make_backup(tmp_path / "cadangan")
    before = digests()
    assert check_backup(made.path) == made
    assert made.rows == sum(found.rows for found in before.values())
    broken = tmp_path / "potongan.takar"
    broken.write_bytes(made.path.read_bytes()[: made.path.stat().st_size // 2])
    with pytest.raises(InvalidInput, match="tidak lengkap atau rusak"):
        check_backup(broken)
    with fresh(tmp_path / "baru", tables=isinstance(databases, Postgres)):
        with pytest.raises(InvalidInput, match="tidak lengkap atau rusak"):
            restore_backup(broken)
        assert Case.objects.count() == 0
        assert restore_backup(made.path) == made
        assert digests() == before
        assert [list(check()) for check in (verify_chains, verify_checkpoints, verify_files)] == [[], [], []]
        with pytest.raises(NotAllowed, match="sudah berisi sebuah kantor"):
            restore_backup(made.path)


def test_backup_can_be_read_with_the_recovery_key_alone(office: Office, tmp_path: Path) -> None:
    (secret, public), (other, _) = new_key(), new_key()
    made = make_backup(tmp_path / "cadangan", recipient=public)
    assert made.path.name.endswith(".takar.age")
    assert check_backup(made.path, key=secret) == made
    for wrong, told in ((other, "tidak dapat dibuka dengan kunci pemulihan ini"), ("", "tersandi")):
        with pytest.raises(InvalidInput, match=told):
            check_backup(made.path, key=wrong)


def test_snapshot_does_not_see_what_is_done_meanwhile(office: Office) -> None:
    with snapshot() as using:
        before = digests(using)
        send_back(office)
        assert digests(using) == before
    assert digests() != before
    assert Event.objects.filter(verb="step.returned").count() == 1


def test_move_gives_the_other_database_every_row(office: Office, databases: Databases, tmp_path: Path) -> None:
    before = digests()
    if isinstance(databases, Postgres):
        databases.run("CREATE DATABASE moved")
        described = databases.described(tmp_path, "moved")
    else:
        shutil.copy(empty_database(), tmp_path)
        described = Sqlite(tmp_path).described(tmp_path)
    assert move_database(described) == sum(found.rows for found in before.values())
    with default_database(described, tmp_path / "office"):
        assert digests() == before
        send_back(office)
    if isinstance(databases, Postgres):
        databases.run("DROP DATABASE moved WITH (FORCE)")
