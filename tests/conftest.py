"""What every test may ask for, and how strict the program is held."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import engines
from django.test.utils import setup_databases, teardown_databases
from tests.audit.tampering import flush_lifted
from tests.office import NOW, Office, make_office
from tests.once import empty_database, shared_folder
from tests.strict import UndefinedVariable, shuffle_unordered

from takar.accounts import limits
from takar.common import clock
from takar.web.middleware import FirstInstallation

flush_lifted()

# What takes longest begins first, so that no core is left alone with it at the end.
SLOWEST_FIRST = ("stories", "several", "kills", "outages", "races", "upgrades", "upkeep", "cli", "fuzz")


def pytest_configure() -> None:
    shared_folder()  # the workers of the run inherit it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: place for place, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: order.get(item.path.parent.name, len(order)))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The tests' database: in memory a copy of one that the run has prepared once; on PostgreSQL made as Django does."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            made = setup_databases(verbosity=0, interactive=False)
            yield
            teardown_databases(made, verbosity=0)
            return
        connection.close()
        connection.settings_dict["NAME"] = "file:tests?mode=memory&cache=shared"
        connection.ensure_connection()
        with closing(sqlite3.connect(empty_database())) as prepared:
            prepared.backup(connection.connection)
        yield


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    shuffle_unordered(monkeypatch)
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UndefinedVariable("%s"))  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files and keys of one test are not another's; nothing remembered in the process either."""
    settings.DATA_DIR = tmp_path / "data"
    FirstInstallation.ready = False
    limits.forget()
    cache.clear()


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 12 January 2026, 09.30 WITA."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def office(db: None, at_noon: None) -> Office:
    return make_office()
