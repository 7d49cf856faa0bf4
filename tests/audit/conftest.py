from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.audit.tampering import flush_lifted, lifted

from takar.audit.actions import make_checkpoint, record
from takar.audit.models import Checkpoint, Event
from takar.audit.types import By

RINA = By(id="0190c0de-0000-7000-8000-000000000001", name="Rina Wulandari", role="Kasubbag Umum dan Kepegawaian")


flush_lifted()


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def act(db: None) -> Callable[..., Event]:
    """One act with its event, in a transaction of its own."""

    def do(stream: str = "case:1", verb: str = "step.completed", **words: Any) -> Event:
        with transaction.atomic():
            return record(stream=stream, verb=verb, by=words.pop("by", RINA), **words)

    return do


@pytest.fixture
def checkpoint(db: None, django_capture_on_commit_callbacks: Any) -> Callable[[], Checkpoint | None]:
    """A checkpoint as it is when its transaction has been committed."""

    def make() -> Checkpoint | None:
        with django_capture_on_commit_callbacks(execute=True):
            return make_checkpoint()

    return make


@pytest.fixture
def tamper(db: None) -> Iterator[Callable[..., None]]:
    """Change the database behind the program's back; the broken foreign keys that this leaves are not looked at."""

    def execute(sql: str, *values: Any) -> None:
        with lifted(connection), connection.cursor() as cursor:
            cursor.execute(sql, values)

    yield execute
    transaction.set_rollback(True)
