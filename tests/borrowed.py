"""One office for all tests of a module: each test gets it as it was, because what a test writes is taken back.

A conftest that imports both fixtures replaces the office of its own for every test below it. A module with a function
`begin(office)` has its tests begin after that. A test of an empty installation belongs in a module that does not ask
for the office.
"""

import copy
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from tests.office import NOW, Office, make_office

from takar.common import clock


@pytest.fixture(scope="module")
def office_of_module(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Office, Path]]:
    """With the folder of its files."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "DATA_DIR", folder)
            patch.setattr(clock, "now", lambda: NOW)
            office = make_office()
            getattr(request.module, "begin", lambda _office: None)(office)
        yield replace(office, clients={}), folder
        transaction.set_rollback(True)


@pytest.fixture
def office(office_of_module: tuple[Office, Path], own_folder: None, db: None, at_noon: None) -> Office:
    """The module's office with people and browsers of this test alone; `db` takes back what the test writes."""
    office, folder = office_of_module
    if any(folder.iterdir()):
        shutil.copytree(folder, settings.DATA_DIR)
    return replace(office, people=copy.deepcopy(office.people), clients={})
