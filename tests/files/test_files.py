import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from takar.common.errors import DomainError, InvalidInput
from takar.files.actions import destroy
from takar.files.actions import store as keep
from takar.files.models import StoredFile
from takar.files.queries import read, verify_files
from takar.files.store import LocalStore
from takar.files.types import Finding, Kind

pytestmark = pytest.mark.django_db


def found() -> tuple[list[tuple[Kind, str]], int]:
    examination = verify_files()
    findings: list[Finding] = []
    while True:
        try:
            findings.append(next(examination))
        except StopIteration as end:
            return [(finding.kind, finding.message) for finding in findings], end.value


def test_store_keeps_content_and_what_is_known_of_it() -> None:
    stored = keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    known = StoredFile.objects.values("sha256", "size", "media_type", "name").get()
    assert known == {
        "sha256": hashlib.sha256(b"isi").hexdigest(),
        "size": 3,
        "media_type": "application/pdf",
        "name": "bukti.pdf",
    }
    assert (str(stored), read(stored)) == ("bukti.pdf", b"isi")


def test_what_was_destroyed_does_not_come_back(store: LocalStore, django_capture_on_commit_callbacks: Any) -> None:
    stored = keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    with django_capture_on_commit_callbacks(execute=True):
        destroy([stored], reference="berita acara 7", by="Kania Dewi")
    with pytest.raises(InvalidInput, match=r"bukti2\.pdf pernah dimusnahkan berdasarkan berita acara 7"):
        keep(b"isi", name="bukti2.pdf", media_type="application/pdf")
    assert found() == ([], 1)


def test_store_of_the_same_content_is_the_same_row_and_file(store: LocalStore) -> None:
    first = keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    second = keep(b"isi", name="salinan.pdf", media_type="application/pdf")
    assert (second, second.name) == (first, "bukti.pdf")
    assert len(list(store.names())) == 1


def test_store_of_a_name_too_long_keeps_its_ending() -> None:
    stored = keep(b"isi", name=f"{'x' * 300}.pdf", media_type="application/pdf")
    assert stored.name == f"{'x' * 251}.pdf"


def test_store_on_a_full_disk_leaves_no_row(monkeypatch: pytest.MonkeyPatch, store: LocalStore) -> None:
    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DomainError, match="ruang penyimpanan penuh"):
        keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    assert (StoredFile.objects.count(), list(store.names())) == (0, [])


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda path: path.write_bytes(b"lain"), "“bukti.pdf” tidak ditampilkan karena isinya berubah sejak disimpan"),
        (lambda path: path.unlink(), "“bukti.pdf” tidak dapat dibaca"),
    ],
)
def test_read_of_a_harmed_file_is_refused(store: LocalStore, harm: Callable[[Path], object], sentence: str) -> None:
    stored = keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    harm(store.path(stored.sha256))
    with pytest.raises(DomainError, match=sentence):
        read(stored)


def test_verify_of_untouched_files_finds_nothing() -> None:
    keep(b"isi", name="a", media_type="text/plain")
    keep(b"isi lain", name="b", media_type="text/plain")
    assert found() == ([], 2)


def test_verify_of_nothing_yet_finds_nothing() -> None:
    assert found() == ([], 0)


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda path: path.write_bytes(b"iso"), (Kind.ALTERED, "Isinya berubah sejak disimpan.")),
        (lambda path: path.write_bytes(b"isi!"), (Kind.SIZE, "Ukurannya 4 bita, seharusnya 3 bita.")),
        (lambda path: path.unlink(), (Kind.MISSING, "Berkas tidak ada lagi di penyimpanan.")),
    ],
    ids=["altered", "size", "missing"],
)
def test_verify_names_the_file_that_was_harmed(
    store: LocalStore, harm: Callable[[Path], object], expected: tuple[Kind, str]
) -> None:
    keep(b"utuh", name="utuh", media_type="text/plain")
    harm(store.path(keep(b"isi", name="bukti.pdf", media_type="application/pdf").sha256))
    assert found() == ([expected], 2)


def test_verify_names_a_file_that_cannot_be_read(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(b"isi", name="bukti.pdf", media_type="application/pdf")

    def fail(*_args: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(LocalStore, "digest", fail)
    assert found() == ([(Kind.UNREADABLE, "Berkas tidak dapat dibaca (Permission denied).")], 1)


def test_verify_mentions_files_that_nobody_knows(store: LocalStore) -> None:
    keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    sha256 = store.put(b"tanpa baris")
    store.root.joinpath("ab").mkdir()
    store.root.joinpath("ab", "catatan.txt").write_bytes(b"x")
    findings = list(verify_files())
    assert {finding.kind for finding in findings} == {Kind.UNKNOWN}
    assert {finding.where for finding in findings} == {
        store.path(sha256).relative_to(store.root).as_posix(),
        "ab/catatan.txt",
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_verify_needs_as_many_statements_for_many_files(rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        keep(str(number).encode(), name="a", media_type="text/plain")
    with django_assert_num_queries(2):
        assert list(verify_files()) == []


@pytest.mark.parametrize("sql", ["UPDATE files_storedfile SET size = 9", "DELETE FROM files_storedfile"])
def test_database_refuses_to_change_a_stored_file(sql: str) -> None:
    stored = keep(b"isi", name="bukti.pdf", media_type="application/pdf")
    with pytest.raises(IntegrityError, match="Tabel files_storedfile hanya dapat ditambah"), transaction.atomic():
        connection.cursor().execute(sql)
    assert StoredFile.objects.get() == stored
