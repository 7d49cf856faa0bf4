"""The office of every earlier release, brought to the present version: all of it is there, holds, and goes on.

`tools/make_release_office.py` makes such an office at each release.
"""

import contextlib
import importlib.util
import json
import sqlite3
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import URLPattern
from tests.office import NOW, STEP_DATA, Office
from tests.races.databases import DATABASE, Sqlite, default_database
from tests.races.truth import assert_whole

from takar.appraisal.queries import irreproducible_results
from takar.casework.actions import advance_case
from takar.casework.models import Case, Period
from takar.cli.migrate import check_database
from takar.common import clock
from takar.common.errors import DomainError
from takar.organisation.models import Employee
from takar.web.urls import urlpatterns

RELEASES = sorted(Path(__file__).parent.glob("*.tar.xz"))
# What a page may answer to somebody who is signed in; anything else is a page that this data breaks.
ANSWERS = {200, 302, 403, 404, 405, 422}


@dataclass
class Upgraded:
    """The office after the migration, and what its release knew of it."""

    office: Office
    expected: dict[str, Any]
    schema: set[tuple[str, str]]
    guards: set[str]


def test_a_release_has_left_its_office() -> None:
    assert "0.1.0.tar.xz" in [path.name for path in RELEASES]


@pytest.fixture(scope="module", params=RELEASES, ids=[path.name.removesuffix(".tar.xz") for path in RELEASES])
def upgraded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Upgraded]:
    folder = tmp_path_factory.mktemp("release")
    with tarfile.open(request.param) as tar:
        tar.extractall(folder, filter="data")
    expected = json.loads((folder / "office.json").read_text("utf-8"))
    before = {name for kind, name in schema(folder / DATABASE) if kind == "trigger"}
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(clock, "now", lambda: NOW)
        with default_database(Sqlite(folder).described(folder), folder):
            with pytest.raises(DomainError, match="belum disiapkan") if behind() else contextlib.nullcontext():
                check_database()
            call_command("migrate", verbosity=0)
            yield Upgraded(loaded(expected), expected, schema(folder / DATABASE), before)


@pytest.fixture
def own_folder() -> None:
    """The files of the release's office lie in its own folder, for all tests here."""


def behind() -> bool:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- of this fixture alone

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def schema(path: Path) -> set[tuple[str, str]]:
    """Every table, index and refusal of the database by its name."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        return set(database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'archive_text%'"))


def loaded(expected: dict[str, Any]) -> Office:
    names = {nip: name for name, nip in expected["people"].items()}
    rows = Employee.objects.select_related("user", "agency").filter(nip__in=names)
    period = Period.objects.select_related("agency").get(year=2025)
    return Office(period.agency, period, {names[str(row.nip)]: row for row in rows})


def test_no_refusal_of_the_release_was_lost(upgraded: Upgraded) -> None:
    """A migration that rebuilds a table on SQLite drops its triggers silently."""
    now = {name for kind, name in upgraded.schema if kind == "trigger"}
    assert sorted(upgraded.guards - now) == []


def test_all_that_the_release_knew_is_still_so(upgraded: Upgraded, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        facts = tool().facts()
    known = {name: upgraded.expected[name] for name in facts}
    assert facts == known
    assert len(facts["cases"]) > len(RELEASES)


def test_trail_and_files_verify_and_results_are_reproduced(upgraded: Upgraded, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert list(irreproducible_results()) == []
        assert_whole()


@pytest.mark.parametrize("who", ["kasubbag", "pegawai"])
def test_every_page_opens(upgraded: Upgraded, django_db_blocker: Any, who: str) -> None:
    plain = [
        f"/{path.pattern}" for path in urlpatterns if isinstance(path, URLPattern) and "<" not in str(path.pattern)
    ]
    cases = [f"/berkas/{row[0]}/" for row in upgraded.expected["cases"]]
    documents = [f"/dokumen/{row[0]}/" for row in upgraded.expected["documents"]]
    with django_db_blocker.unblock():
        client = upgraded.office.client(who)
        answers = {path: client.get(path).status_code for path in (*plain, *cases, *documents) if "keluar" not in path}
    assert {path: status for path, status in answers.items() if status not in ANSWERS} == {}
    assert {answers[path] for path in ("/", "/tugas/", "/berkas/", "/arsip/", "/skp/")} == {200}
    assert who != "kasubbag" or {answers[path] for path in (*cases, *documents)} == {200}


def test_open_cases_go_on(upgraded: Upgraded, django_db_blocker: Any) -> None:
    """Each one step further, by its own people; this changes the office, so it comes last."""
    office = upgraded.office
    with django_db_blocker.unblock():
        open_cases = Case.objects.filter(period=office.period).exclude(step=0).select_related("employee")
        names = {person.pk: name for name, person in office.people.items()}
        before = {names[case.employee_id]: case.step for case in open_cases}
        assert set(before.values()) >= {1, 2, 3, 4, 5, 7}
        for name in before:
            case = office.case(name)
            advance_case(
                actor=office.owner(case),
                step_run_id=case.task_id,
                data=STEP_DATA[case.step](case),
                password=upgraded.expected["password"],
            )
        assert {name: office.case(name).step for name in before} == {n: (step + 1) % 8 for n, step in before.items()}
        assert_whole()


def tool() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools" / "make_release_office.py"
    spec = importlib.util.spec_from_file_location("make_release_office", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
