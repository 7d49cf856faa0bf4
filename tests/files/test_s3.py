"""The store in a bucket, against a real S3 server started for this module."""

import errno
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.s3 import KEYS, temporary_s3

from takar.common.errors import DomainError
from takar.files import s3
from takar.files.actions import destroy, finish_removals
from takar.files.actions import store as keep
from takar.files.queries import read, verify_files
from takar.files.s3 import Bucket, S3Store
from takar.files.store import LocalStore, office_store
from takar.files.types import Kind

SHA = hashlib.sha256(b"isi").hexdigest()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """The buckets "arsip" and "terkunci", the second with Object Lock."""
    with temporary_s3(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def bucket(service: Bucket, request: pytest.FixtureRequest) -> S3Store:
    """Each test has its own prefix in the one bucket."""
    return S3Store(replace(service, prefix=f"{request.node.name}/"))


@pytest.fixture
def locked(service: Bucket, request: pytest.FixtureRequest) -> S3Store:
    return S3Store(replace(service, name="terkunci", prefix=f"{request.node.name}/", lock_days=30))


def test_put_keeps_the_content_under_its_hash(bucket: S3Store) -> None:
    assert bucket.put(b"isi") == SHA
    assert (bucket.get(SHA), bucket.size(SHA), bucket.digest(SHA)) == (b"isi", 3, SHA)
    assert list(bucket.names()) == [bucket.place(SHA)]
    assert bucket.place(SHA).endswith(f"/{SHA[:2]}/{SHA[2:4]}/{SHA}")


def test_put_twice_keeps_one_and_never_overwrites(bucket: S3Store) -> None:
    bucket.put(b"isi")
    assert bucket.put(b"isi") == SHA
    s3._client(bucket.bucket).put_object(Bucket="arsip", Key=bucket.place(SHA), Body=b"lain")
    with pytest.raises(DomainError, match="telah rusak atau diubah"):
        bucket.put(b"isi")
    assert bucket.get(SHA) == b"lain"


def test_what_is_not_there_is_missing(bucket: S3Store) -> None:
    for ask in (bucket.get, bucket.size, bucket.digest):
        with pytest.raises(FileNotFoundError):
            ask(SHA)
    bucket.check_removable(SHA)
    bucket.remove(SHA)


def test_content_in_a_bucket_with_object_lock_is_held(locked: S3Store) -> None:
    locked.put(b"isi")
    client = s3._client(locked.bucket)
    held = client.head_object(Bucket="terkunci", Key=locked.place(SHA))
    assert held["ObjectLockMode"] == "GOVERNANCE"
    with pytest.raises(Exception, match="AccessDenied"):
        client.delete_object(Bucket="terkunci", Key=locked.place(SHA), VersionId=held["VersionId"])
    assert locked.get(SHA) == b"isi"
    locked.remove(SHA)
    with pytest.raises(FileNotFoundError):
        locked.get(SHA)


def test_content_that_nobody_may_unlock_is_not_destroyed(locked: S3Store) -> None:
    locked.put(b"isi")
    until = s3.clock.now() + s3.timedelta(days=2)
    s3._client(locked.bucket).put_object_retention(
        Bucket="terkunci",
        Key=locked.place(SHA),
        Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until},
        BypassGovernanceRetention=True,
    )
    with pytest.raises(DomainError, match=r"terkunci di penyimpanan S3 sampai .* belum dapat dimusnahkan"):
        locked.check_removable(SHA)


REFUSED = "kunci S3 ditolak; periksa TAKAR_S3_ACCESS_KEY, TAKAR_S3_SECRET_KEY dan izinnya"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "tidak-ada"}, "bucket itu tidak ada; periksa TAKAR_FILES"),
        ({"access_key": "siapa"}, REFUSED),
        ({"secret_key": "salah"}, REFUSED),
        ({"endpoint": "http://127.0.0.1:9"}, "penyimpanan S3 menolak (tidak terhubung); hubungi pengelola sistem"),
    ],
)
def test_refusal_of_the_service_is_a_sentence(service: Bucket, wrong: dict[str, str], told: str) -> None:
    with pytest.raises(DomainError) as refused:
        S3Store(replace(service, **wrong)).put(b"isi")
    assert refused.value.message == f"Berkas tidak disimpan: {told}."


@pytest.mark.django_db(transaction=True)
def test_office_keeps_verifies_and_destroys_in_its_bucket(service: Bucket, settings: Any) -> None:
    settings.FILES = "s3://arsip/kantor"
    settings.S3 = {"endpoint": service.endpoint, "region": service.region, "lock_days": 0, **KEYS}
    stored, other = (keep(text, name="a.pdf", media_type="application/pdf") for text in (b"isi kantor", b"lain"))
    assert (read(stored), list(verify_files())) == (b"isi kantor", [])
    s3._client(office_store().bucket).put_object(Bucket="arsip", Key=office_store().place(other.sha256), Body=b"lian")  # type: ignore[attr-defined]
    assert [finding.kind for finding in verify_files()] == [Kind.ALTERED]
    destroy([stored, other], reference="BA 1/2040", by="Kepala")
    assert list(verify_files()) == []
    with pytest.raises(DomainError, match="dimusnahkan .* berdasarkan BA 1/2040"):
        read(stored)
    office_store().put(b"isi kantor")
    assert [finding.kind for finding in verify_files()] == [Kind.REMAINS]
    assert (finish_removals(), list(verify_files())) == (2, [])


def test_setting_that_names_no_bucket_is_refused(settings: Any) -> None:
    for wrong in ("ftp://x", "s3://", "folder"):
        settings.FILES = wrong
        with pytest.raises(DomainError, match="TAKAR_FILES harus kosong, atau berbentuk s3://nama-bucket"):
            office_store()
    settings.FILES = ""
    assert isinstance(office_store(), LocalStore)


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(DomainError, match="pasang requirements/s3.txt"):
        s3._client(Bucket("lain", endpoint="http://127.0.0.1:1"))


def test_full_service_is_told_as_a_full_disk_is() -> None:
    class Full(Exception):  # noqa: N818
        response = {"Error": {"Code": "XMinioStorageFull"}}

    with pytest.raises(OSError, match="ruang penyimpanan S3 penuh") as told, s3._told():
        raise Full
    assert told.value.errno == errno.EIO
