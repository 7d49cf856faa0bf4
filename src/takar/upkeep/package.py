"""The back-up as a file: a compressed tar, in the open or for the holder of the office's recovery key only (age).

header.json      what this is: format, version of the program, migrations, when
data/NAME        keys and checkpoints from the data folder
tables/NAME      one table, one row a line
files/SHA256     one stored content
manifest.json    last: rows and digest of every table, how many files; without it the back-up broke off
"""

import json
import os
import tarfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pyrage

from takar.common.errors import InvalidInput

FORMAT = 1
HEADER, MANIFEST = "header.json", "manifest.json"
AGE_MAGIC = b"age-encryption.org/"
BROKEN = "Cadangan {} tidak lengkap atau rusak ({}). Pakailah cadangan lain."


def new_key() -> tuple[str, str]:
    """A recovery key and its public half: the public one stays with the office, the other where nobody else comes."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


@contextmanager
def writing(path: Path, recipient: str = "") -> Iterator[tarfile.TarFile]:
    """A new back-up under this name once all of it is on the disk; until then, or if it fails, nothing is there."""
    temporary = path.with_name(path.name + ".belum-selesai")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:  # noqa: PTH123 -- a mode
            with _encrypted(target, recipient) as stream, tarfile.open(fileobj=stream, mode="w|gz") as tar:
                yield tar
            target.flush()
            os.fsync(target.fileno())
        temporary.replace(path)
    except OSError as error:
        raise InvalidInput(
            f"Cadangan {path} tidak dapat ditulis ({error.strerror}). Periksa ruang dan izin."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def reading(path: Path, key: str = "") -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members of a back-up in their order."""
    try:
        with path.open("rb") as source, _decrypted(source, path, key) as stream:
            yield _members(stream)
    except (tarfile.TarError, EOFError, zlib.error, json.JSONDecodeError) as error:
        raise InvalidInput(BROKEN.format(path, error)) from error
    except OSError as error:
        raise InvalidInput(
            f"Cadangan {path} tidak dapat dibaca ({error.strerror}). Periksa nama dan izinnya."
        ) from error


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    add_stream(tar, name, BytesIO(content), len(content))


def add_stream(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_json(path: Path, content: bytes) -> dict[str, Any]:
    value = json.loads(content)
    if not isinstance(value, dict):
        raise InvalidInput(BROKEN.format(path, "bukan cadangan Takar"))
    return value


def _members(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=stream, mode="r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content


@contextmanager
def _encrypted(target: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    if not recipient:
        yield target
        return
    try:
        public = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise InvalidInput("TAKAR_BACKUP_KEY bukan kunci umum cadangan; buat dengan: takar backup --new-key") from error
    with _piped(lambda source: pyrage.encrypt_io(source, target, [public])) as stream:
        yield stream


@contextmanager
def _decrypted(source: IO[bytes], path: Path, key: str) -> Iterator[IO[bytes]]:
    if source.read(len(AGE_MAGIC)) != AGE_MAGIC:
        source.seek(0)
        yield source
        return
    source.seek(0)
    try:
        identity = pyrage.x25519.Identity.from_str(key.strip())
    except pyrage.IdentityError as error:
        message = f"Cadangan {path} tersandi; berikan kunci pemulihannya (AGE-SECRET-KEY-…) yang disimpan kantor."
        raise InvalidInput(message) from error
    down, up = os.pipe()
    failures: list[Exception] = []

    def decrypt() -> None:
        try:
            with os.fdopen(up, "wb") as out:
                pyrage.decrypt_io(source, out, [identity])
        except (
            pyrage.DecryptError,
            OSError,
        ) as error:  # a reader that stopped early broke the pipe: no failure of ours
            failures.append(error)

    worker = threading.Thread(target=decrypt)
    worker.start()
    try:
        with os.fdopen(down, "rb") as stream:
            yield stream
    except (tarfile.TarError, EOFError, zlib.error) as error:
        worker.join()
        if failures:
            message = f"Cadangan {path} tidak dapat dibuka dengan kunci pemulihan ini, atau isinya rusak."
            raise InvalidInput(message) from error
        raise
    finally:
        worker.join()


@contextmanager
def _piped(work: Any) -> Iterator[IO[bytes]]:
    """What is written here is worked on in another thread; its failure is raised when the writing ends."""
    down, up = os.pipe()
    failures: list[BaseException] = []

    def run() -> None:
        with os.fdopen(down, "rb") as source:
            try:
                work(source)
            except BaseException as error:  # noqa: BLE001 -- raised again below, in the thread that waits for it
                failures.append(error)

    worker = threading.Thread(target=run)
    worker.start()
    try:
        with os.fdopen(up, "wb") as stream:
            yield stream
    finally:
        worker.join()
    if failures:
        raise failures[0]
