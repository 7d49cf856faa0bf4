"""A disk that is full, for real: told in words, nothing half there, what was typed kept, and well again by itself."""

import contextlib
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.office import NOW, make_office
from tests.once import empty_database
from tests.races.conftest import loaded
from tests.races.databases import Sqlite, default_database
from tests.races.truth import all_rows, assert_sound
from tests.web.browsing import file, words
from tests.web.test_step import FIGURES, address

from takar.audit.models import Event
from takar.common import clock
from takar.common.outages import FULL

FILLER = "isi"
SMALL = 8_192


@contextlib.contextmanager
def little_disk(folder: Path) -> Iterator[None]:
    """A disk of its own that is filled to the last page; for root on Linux."""
    kept = {path.name for path in folder.iterdir()}
    filler = folder / FILLER
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as out:
        while True:
            out.write(b"x" * 512)
    yield
    filler.unlink()
    assert kept <= {path.name for path in folder.iterdir()}


@contextlib.contextmanager
def quota(_folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond some pages, as with a quota."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def template(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(clock, "now", lambda: NOW)
        shutil.copy(empty_database(), folder)
        with default_database(Sqlite(folder).described(folder), folder):
            make_office()
    return folder


@pytest.fixture(params=["disk", "quota"])
def full(  # noqa: PLR0917 -- fixtures
    request: pytest.FixtureRequest,
    template: Path,
    tmp_path: Path,
    own_folder: None,
    at_noon: None,
    django_db_blocker: Any,
) -> Iterator[Any]:
    """The office on a disk, and the block in which that is full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = request.param == "disk"
    if mounted:
        if not hasattr(os, "geteuid") or os.geteuid():
            pytest.skip("a disk of its own needs root; the quota does not")
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=False).returncode:  # noqa: S607
            pytest.skip("this machine lets nobody mount")
    try:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        with django_db_blocker.unblock(), default_database(Sqlite(folder).described(folder), folder):
            with connection.cursor() as cursor:  # as after a checkpoint: the log is empty and must grow
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            yield lambda: (little_disk if mounted else quota)(folder)
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)  # noqa: S607


def test_figures_that_find_no_room_come_back_and_are_sent_again(full: Any) -> None:
    office = loaded()
    client, where, before = office.client("staf"), address(office.case()), all_rows()
    client.raise_request_exception = False
    data = {"tindakan": "selesai", "kiriman": "kunci-satu", "password": "rahasia", **FIGURES}
    with full():
        refused = client.post(where, data)
    page = refused.content.decode()
    assert (refused.status_code, refused.headers["Retry-After"]) == (507, "10")
    assert FULL.message in words(refused)
    assert "rahasia" not in page.replace("rahasia-password", "")
    assert all_rows() == before
    typed = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert {name: typed.get(name) for name in data} == {**data, "password": None}
    assert client.post(where, typed).status_code == 302
    assert office.case().step == 2
    assert_sound()


def test_reading_goes_on_and_files_are_refused_in_words(full: Any) -> None:
    office = loaded()
    client, where = office.client("staf"), address(office.case(), "evidence")
    client.get(where.removesuffix("bukti/"))
    client.raise_request_exception = False
    with full():
        assert client.get("/tugas/").status_code == 200
        answer = client.post(where, {"kegiatan": "1", "bukti": file("bukti.pdf", b"%PDF-1.7 " + b"x" * 200_000)})
    assert answer.status_code == 507
    assert "penuh" in words(answer)
    assert Event.objects.filter(verb="evidence.added").count() == 0
    again = client.post(where, {"kegiatan": "1", "bukti": file("bukti.pdf", b"%PDF-1.7 " + b"x" * 200_000)})
    assert (again.status_code, office.case().appraisal.evidence.count()) == (302, 1)
    assert_sound()
