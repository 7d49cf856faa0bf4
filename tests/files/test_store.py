import errno
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from takar.common.errors import DomainError
from takar.files.store import LocalStore
from takar.files.types import size_of

SHA = hashlib.sha256(b"isi").hexdigest()


def fails_with(number: int) -> Callable[..., None]:
    def fail(*_args: object, **_words: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_put_keeps_the_content_under_its_hash(store: LocalStore, store_dir: Path) -> None:
    assert store.put(b"isi") == SHA
    assert store_dir.joinpath(SHA[:2], SHA[2:4], SHA).read_bytes() == b"isi"
    assert list(store.names()) == [f"{SHA[:2]}/{SHA[2:4]}/{SHA}"]
    assert (store.get(SHA), store.size(SHA), store.digest(SHA)) == (b"isi", 3, SHA)


def test_put_twice_writes_once(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(b"isi")
    monkeypatch.setattr(os, "replace", fails_with(errno.EACCES))
    assert store.put(b"isi") == SHA


def test_put_never_overwrites_a_file_that_was_altered(store: LocalStore) -> None:
    store.put(b"isi")
    store.path(SHA).write_bytes(b"lain")
    with pytest.raises(DomainError, match="telah rusak atau diubah"):
        store.put(b"isi")
    assert store.get(SHA) == b"lain"


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "Berkas tidak disimpan: ruang penyimpanan penuh; kosongkan ruang atau tambah kapasitasnya."),
        (errno.EACCES, "Berkas tidak disimpan: folder penyimpanan tidak boleh ditulisi; periksa izinnya."),
        (errno.EIO, "Berkas tidak disimpan: penyimpanan gagal (Input/output error); hubungi pengelola sistem."),
    ],
)
def test_put_that_fails_says_why_and_leaves_nothing(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int, sentence: str
) -> None:
    monkeypatch.setattr(os, call, fails_with(number))
    with pytest.raises(DomainError) as caught:
        store.put(b"isi")
    assert caught.value.message == sentence
    assert list(store.names()) == []


def test_put_into_a_folder_that_cannot_be_made_says_so(store: LocalStore, store_dir: Path) -> None:
    store_dir.write_bytes(b"a file in the way")
    with pytest.raises(DomainError, match="Berkas tidak disimpan: penyimpanan gagal"):
        store.put(b"isi")


def test_names_of_a_store_that_does_not_exist_yet_are_none(store: LocalStore) -> None:
    assert list(store.names()) == []


def test_file_is_kept_like_its_bytes_whatever_place_it_stands_at(store: LocalStore) -> None:
    content = b"isi " * 600_000
    file = io.BytesIO(content)
    file.seek(7)
    assert store.get(store.put(file)) == content
    assert store.put(content) == store.put(file) == hashlib.sha256(content).hexdigest()
    assert (size_of(file), size_of(content)) == (2_400_000, 2_400_000)
