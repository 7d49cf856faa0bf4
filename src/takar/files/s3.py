"""The store in a bucket of an S3 service: one object for each content, named by its SHA-256, never overwritten."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from takar.common import clock
from takar.common.errors import DomainError
from takar.files.types import BLOCK, Content, digest_of

MISSING = {"404", "NoSuchKey", "NotFound"}
EXISTS = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
REASONS = {
    "403": "kunci S3 ditolak; periksa TAKAR_S3_ACCESS_KEY, TAKAR_S3_SECRET_KEY dan izinnya",
    "AccessDenied": "kunci S3 tidak berhak menulis ke bucket itu; periksa TAKAR_S3_ACCESS_KEY dan izinnya",
    "InvalidAccessKeyId": "kunci S3 tidak dikenal; periksa TAKAR_S3_ACCESS_KEY",
    "SignatureDoesNotMatch": "rahasia kunci S3 salah; periksa TAKAR_S3_SECRET_KEY",
    "NoSuchBucket": "bucket itu tidak ada; periksa TAKAR_FILES",
    "QuotaExceeded": "jatah ruang bucket habis; minta tambahan jatah",
    "XMinioStorageFull": "ruang penyimpanan S3 penuh; tambah kapasitasnya",
}
NEEDED = "Penyimpanan S3 memerlukan pustaka boto3: pasang requirements/s3.txt, atau kosongkan TAKAR_FILES."


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the bucket is and who may write to it; what is empty comes from the machine's own AWS configuration."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = ""
    lock_days: int = 0


@dataclass(frozen=True, slots=True)
class S3Store:
    """A bucket. With `lock_days` every object is locked against deletion for so long, where the bucket has Object Lock."""

    bucket: Bucket

    def place(self, sha256: str) -> str:
        return f"{self.bucket.prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def put(self, content: Content) -> str:
        """Keep the content and return its SHA-256; DomainError if it cannot be kept."""
        sha256 = digest_of(content)
        try:
            if self._exists(sha256):
                self._check_same(sha256)
            else:
                self._write(sha256, content)
        except OSError as error:
            raise DomainError(f"Berkas tidak disimpan: {error.strerror}.") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content as it is now; OSError if it cannot be read."""
        with _told():
            return bytes(self._client.get_object(**self._key(sha256))["Body"].read())

    def size(self, sha256: str) -> int:
        with _told():
            return int(self._client.head_object(**self._key(sha256))["ContentLength"])

    def digest(self, sha256: str) -> str:
        """The SHA-256 of what lies under this name now, read block by block."""
        found = hashlib.sha256()
        with _told():
            for block in self._client.get_object(**self._key(sha256))["Body"].iter_chunks(BLOCK):
                found.update(block)
        return found.hexdigest()

    def names(self) -> Iterator[str]:
        """Every object of the store, the prefix included."""
        with _told():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket.name, Prefix=self.bucket.prefix):
                yield from (item["Key"] for item in page.get("Contents", ()))

    def check_removable(self, sha256: str) -> None:
        """DomainError where a lock that nobody can lift still runs."""
        if not self._locks:
            return
        with _told(missing_is_fine=True):
            held = self._client.head_object(**self._key(sha256))
            until = held.get("ObjectLockRetainUntilDate")
            if held.get("ObjectLockMode") == "COMPLIANCE" and until and until > clock.now():
                raise DomainError(
                    f"Berkas {sha256[:12]} terkunci di penyimpanan S3 sampai {until:%Y-%m-%d} (Object Lock, COMPLIANCE), "
                    "sehingga belum dapat dimusnahkan. Ulangi sesudah tanggal itu."
                )

    def remove(self, sha256: str) -> None:
        """Every version of the object goes; for destruction alone."""
        with _told(missing_is_fine=True):
            pages = self._client.get_paginator("list_object_versions")
            for page in pages.paginate(Bucket=self.bucket.name, Prefix=self.place(sha256)):
                for item in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    extra = {"BypassGovernanceRetention": True} if self._locks else {}
                    self._client.delete_object(
                        Bucket=self.bucket.name, Key=item["Key"], VersionId=item["VersionId"], **extra
                    )

    def _exists(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except FileNotFoundError:
            return False
        return True

    def _write(self, sha256: str, content: Content) -> None:
        until = clock.now() + timedelta(days=self.bucket.lock_days)
        lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}
        wanted = lock if self.bucket.lock_days and self._locks else {}
        try:
            with _told():
                self._client.put_object(**self._key(sha256), Body=content, IfNoneMatch="*", **wanted)
        except FileExistsError:
            self._check_same(sha256)

    def _check_same(self, sha256: str) -> None:
        if self.digest(sha256) != sha256:
            raise DomainError(
                f"Berkas tidak disimpan karena berkas lama dengan isi yang sama ({sha256}) telah rusak atau diubah. "
                "Jalankan takar verify, lalu pulihkan berkas itu dari cadangan."
            )

    def _key(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self.bucket.name, "Key": self.place(sha256)}

    @property
    def _client(self) -> Any:
        return _client(self.bucket)

    @property
    def _locks(self) -> bool:
        return _has_lock(self.bucket)


@cache
def _client(bucket: Bucket) -> Any:
    try:
        import boto3  # noqa: PLC0415 -- only an office that sets a bucket needs it
        from botocore.config import Config  # noqa: PLC0415
    except ImportError as error:
        raise DomainError(NEEDED) from error
    config = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3}, s3={"addressing_style": "path"})
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or None,
        aws_access_key_id=bucket.access_key or None,
        aws_secret_access_key=bucket.secret_key or None,
        config=config,
    )


@cache
def _has_lock(bucket: Bucket) -> bool:
    try:
        with _told():
            found = _client(bucket).get_object_lock_configuration(Bucket=bucket.name)
    except OSError:
        return False
    return bool(found.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") == "Enabled")


@contextmanager
def _told(*, missing_is_fine: bool = False) -> Iterator[None]:
    """What the service answers, as the errors that a folder would give; OSError's text says what to do."""
    try:
        yield
    except (DomainError, OSError):
        raise
    except Exception as error:
        code = _code(error)
        if code in MISSING:
            if not missing_is_fine:
                raise FileNotFoundError(errno.ENOENT, "Berkas tidak ada di bucket") from error
        elif code in EXISTS:
            raise FileExistsError(errno.EEXIST, "Berkas sudah ada di bucket") from error
        elif code:
            reason = REASONS.get(code, f"penyimpanan S3 menolak ({code}); hubungi pengelola sistem")
            raise OSError(errno.EIO, reason) from error
        else:
            raise


def _code(error: Exception) -> str:
    """The service's code for what went wrong; empty for an error of the program's own."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return str(response.get("Error", {}).get("Code", ""))
    return "tidak terhubung" if type(error).__module__.startswith("botocore") else ""
