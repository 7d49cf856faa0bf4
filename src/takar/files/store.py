"""Where contents lie: a folder with one file for each content, named by its SHA-256, or a bucket of an S3 service."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from takar.common.errors import DomainError, NoRoom
from takar.files.s3 import Bucket, S3Store
from takar.files.types import BLOCK, Content, Store, digest_of, opened

REASONS = {
    errno.ENOSPC: "ruang penyimpanan penuh; kosongkan ruang atau tambah kapasitasnya",
    errno.EFBIG: "ruang penyimpanan penuh; kosongkan ruang atau tambah kapasitasnya",
    errno.EDQUOT: "jatah ruang penyimpanan habis; minta tambahan jatah",
    errno.EACCES: "folder penyimpanan tidak boleh ditulisi; periksa izinnya",
    errno.EPERM: "folder penyimpanan tidak boleh ditulisi; periksa izinnya",
    errno.EROFS: "folder penyimpanan hanya dapat dibaca; periksa pemasangannya",
}


@dataclass(frozen=True, slots=True)
class LocalStore:
    """A folder on this machine."""

    root: Path

    def path(self, sha256: str) -> Path:
        return self.root / self.place(sha256)

    def place(self, sha256: str) -> str:
        """Where a content lies, as `names` would say it."""
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def put(self, content: Content) -> str:
        """Keep the content and return its SHA-256; DomainError if it cannot be kept, and then nothing is left behind."""
        sha256 = digest_of(content)
        try:
            if not self.path(sha256).exists():
                self._write(self.path(sha256), content)
            elif self.digest(sha256) != sha256:
                raise DomainError(
                    f"Berkas tidak disimpan karena berkas lama dengan isi yang sama ({sha256}) telah rusak atau diubah. "
                    "Jalankan takar verify, lalu pulihkan berkas itu dari cadangan."
                )
        except OSError as error:
            reason = REASONS.get(error.errno or 0, f"penyimpanan gagal ({error.strerror}); hubungi pengelola sistem")
            raise NoRoom(f"Berkas tidak disimpan: {reason}.") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content as it is now; OSError if it cannot be read."""
        return self.path(sha256).read_bytes()

    def size(self, sha256: str) -> int:
        return self.path(sha256).stat().st_size

    def digest(self, sha256: str) -> str:
        """The SHA-256 of what lies under this name now, read block by block."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def names(self) -> Iterator[str]:
        """Everything that lies in the folder, relative to it."""
        return (path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def check_removable(self, sha256: str) -> None:
        """DomainError where the file could not be removed; a folder can be asked only by its permission."""
        path = self.path(sha256)
        if path.exists() and not os.access(path.parent, os.W_OK):
            raise DomainError("Folder penyimpanan tidak boleh ditulisi, sehingga berkas tidak dapat dimusnahkan.")

    def remove(self, sha256: str) -> None:
        """The file goes; for destruction alone."""
        self.path(sha256).unlink(missing_ok=True)

    def _write(self, target: Path, content: Content) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix="new-", dir=target.parent)
        temporary = Path(name)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 -- a descriptor
                shutil.copyfileobj(opened(content), file, BLOCK)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)  # noqa: PTH105 -- the store's one irrevocable moment, by its plain name
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        for folder in (target.parent, target.parent.parent, self.root):
            _sync(folder)


def office_store() -> Store:
    """The store of this installation: a folder beside the database, or the bucket that TAKAR_FILES names."""
    if not settings.FILES:
        return LocalStore(Path(settings.DATA_DIR) / "files")
    options: dict[str, Any] = settings.S3
    scheme, _, rest = settings.FILES.partition("://")
    name, _, prefix = rest.strip("/").partition("/")
    if scheme != "s3" or not name:
        raise DomainError("TAKAR_FILES harus kosong, atau berbentuk s3://nama-bucket atau s3://nama-bucket/awalan.")
    return S3Store(Bucket(name=name, prefix=f"{prefix}/" if prefix else "", **options))


def _sync(folder: Path) -> None:
    """Have the new name itself on the disk, not only the content; Windows does so by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
