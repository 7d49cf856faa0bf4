"""One office for all tests of a module: each test gets it as it was, because what a test writes is taken back.

A conftest that imports both fixtures replaces the office of its own for every test below it. A test of an empty
installation belongs in a module that does not ask for the office.
"""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from tests.office import NOW, Office, make_office

from takar.common import clock


@pytest.fixture(scope="module")
def office_of_module(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "DATA_DIR", tmp_path_factory.mktemp("data"))
        patch.setattr(clock, "now", lambda: NOW)
        yield make_office()
        transaction.set_rollback(True)


@pytest.fixture
def office(office_of_module: Office, db: None, at_noon: None) -> Office:
    """The module's office with people and browsers of this test alone; `db` takes back what the test writes."""
    return replace(office_of_module, people=copy.deepcopy(office_of_module.people), clients={})
