"""The demonstration office as the command line fills it, and the command line called as a function."""

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.office import NOW
from tests.races.databases import Databases, prepared

from takar.cli import main
from takar.common import clock

STAF, KASUBBAG = "199010152015042001", "197907212005012003"
BUDI, SUPERIOR = "198503142010011008", "197009171998031006"
CODE = f"SKP-2025-{BUDI}"
PASSWORD = "peragaan-takar"
DEMO = Path(__file__).resolve().parents[2] / "demo"


class Answer(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Takar = Callable[..., Answer]


@pytest.fixture(scope="session", params=["sqlite"])
def databases(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Databases]:
    """An office filled by `takar demo --fill-only`; a test that wants PostgreSQL too names both kinds."""
    with contextlib.ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
            patch.setattr(clock, "now", lambda: NOW)  # while it is filled: every later test has its own time
            found = stack.enter_context(prepared(request.param, "demo", _fill))
        yield found


def _fill() -> None:
    assert call(["demo", "--fill-only"]) == Answer(0, "Mengisi kantor peragaan dari berkas di demo/ …\n", "")


@pytest.fixture
def takar(
    databases: Databases, own_folder: None, at_noon: None, tmp_path: Path, django_db_blocker: Any
) -> Iterator[Takar]:
    """The command line on a copy of the demonstration of its own."""
    with django_db_blocker.unblock(), databases.copied(tmp_path / "office"):
        yield lambda *words, **environment: call([str(word) for word in words], **environment)


def call(words: list[str], **environment: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.delenv("TAKAR_PASSWORD", raising=False)
        patch.setattr(os, "environ", os.environ | environment)
        try:
            code = main(words)
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 1
            err.write(stopped.code if isinstance(stopped.code, str) else "")
    return Answer(code, out.getvalue(), err.getvalue())
