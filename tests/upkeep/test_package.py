"""What is no back-up, or none of ours, is refused in words, and old ones go only when they were asked to."""

import json
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from takar.common.errors import InvalidInput
from takar.upkeep import package, restore, rows
from takar.upkeep.backup import _forget_old, check_backup

HEADER = {"format": 1, "migrations": []}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"lain.txt": b"x"}, "bukan cadangan Takar"),
        ({"header.json": b"[]"}, "bukan cadangan Takar"),
        ({"header.json": b"{"}, "tidak lengkap atau rusak"),
        ({"header.json": json.dumps({"format": 2}).encode()}, "Bentuk cadangan"),
        (
            {"header.json": json.dumps({**HEADER, "migrations": ["files.9999_later"]}).encode()},
            "versi Takar yang lebih baru",
        ),
    ],
)
def test_restore_refuses_what_it_cannot_know(db: None, tmp_path: Path, members: dict[str, bytes], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        restore.restore_backup(packed(tmp_path / "x.takar", members))


def test_check_names_a_file_whose_content_changed(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="berkas 00ff berubah"):
        check_backup(packed(tmp_path / "x.takar", {"files/00ff": b"x"}))


def test_check_misses_what_the_list_names(tmp_path: Path) -> None:
    manifest = json.dumps({"tables": {"a.b": {"rows": 1, "sha256": ""}}, "files": 0}).encode()
    with pytest.raises(InvalidInput, match="tidak cocok dengan daftarnya"):
        check_backup(packed(tmp_path / "x.takar", {"manifest.json": manifest}))


def test_text_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "x.takar").write_text("bukan cadangan")
    with pytest.raises(InvalidInput, match="tidak lengkap atau rusak"):
        check_backup(tmp_path / "x.takar")


@pytest.mark.parametrize("name", ["../di-luar", "keys/../../di-luar", "/etc/di-luar"])
def test_nothing_is_written_outside_the_data_folder(settings: Any, tmp_path: Path, name: str) -> None:
    settings.DATA_DIR = tmp_path / "data"
    with pytest.raises(InvalidInput, match="di luar folder data"):
        restore._put_beside(name, b"x")
    assert list(tmp_path.rglob("di-luar")) == []


def test_keys_come_back_for_their_owner_alone(tmp_path: Path) -> None:
    restore._put_beside("keys/secret", b"rahasia")
    place = Path(settings.DATA_DIR) / "keys" / "secret"
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"rahasia", 0o600)


def test_writing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No space left"), package.writing(tmp_path / "x.takar") as tar:
        package.add_bytes(tar, "header.json", b"{}")
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["age1salah", "AGE-SECRET-KEY-1"])
def test_wrong_public_key_is_told(tmp_path: Path, key: str) -> None:
    with pytest.raises(InvalidInput, match="TAKAR_BACKUP_KEY"), package.writing(tmp_path / "x.takar", key):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("keep", "left"), [(0, ["1", "2", "3"]), (1, ["3"]), (2, ["2", "3"]), (9, ["1", "2", "3"])])
def test_only_the_newest_stay(tmp_path: Path, keep: int, left: list[str]) -> None:
    for day in (2, 1, 3):
        (tmp_path / f"takar-2026010{day}-000000.takar").touch()
    (tmp_path / "lain.txt").touch()
    _forget_old(tmp_path, keep)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["lain.txt", *(f"takar-2026010{day}-000000.takar" for day in left)]


def test_rows_of_a_decided_parent_come_before_it() -> None:
    """The database refuses new rows of an agreed plan, of whatever table, once the plan is there."""
    order = list(rows.tables(apps))
    children = [
        "appraisal.activity",
        "appraisal.indicator",
        "appraisal.work",
        "appraisal.expectation",
        "appraisal.appendix",
    ]
    assert [name for name in children if order.index(name) > order.index("appraisal.plan")] == []
    assert order.index("appraisal.indicator") < order.index("appraisal.work")
