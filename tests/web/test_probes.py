"""What a monitor is told, and that it is told nothing about the office."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.office import Office

from takar.web.probes import Probes


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(Probes, "migrated", False)
    Path(settings.DATA_DIR).mkdir(exist_ok=True)


def test_health_asks_nobody(client: Client) -> None:
    """Without the fixture `db` the database would refuse."""
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"takar": "baik"})


def test_ready_says_yes_before_an_office_is_there(db: None, client: Client) -> None:
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": "baik", "files": "baik"})


def test_ready_names_a_database_that_is_away(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise DatabaseError("password=rahasia")

    monkeypatch.setattr("takar.web.probes.MigrationExecutor", fail)
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": "tidak dapat dihubungi", "files": "baik"})


def test_ready_names_a_database_of_an_older_version(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takar.web.probes.MigrationExecutor.migration_plan", lambda *_args: ["0002"])
    assert client.get("/ready").json()["database"] == "belum disiapkan untuk versi ini"


def test_ready_names_a_folder_that_cannot_be_written(db: None, client: Client, settings: Any) -> None:
    settings.DATA_DIR = Path(settings.DATA_DIR) / "tidak-ada"
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["files"]) == (
        503,
        "folder data tidak dapat ditulisi (No such file or directory)",
    )


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer salah"}, {"Authorization": "Bearer "}])
def test_metrics_are_for_the_holder_of_the_word(office: Office, settings: Any, header: dict[str, str]) -> None:
    for token in ("", "kata-kunci"):
        settings.METRICS_TOKEN = token
        assert Client().get("/metrics", headers=header).status_code == 404


def collected() -> str:
    return Client().get("/metrics", headers={"Authorization": "Bearer kata-kunci"}).content.decode()


def test_metrics_count_pages_and_what_waits(office: Office, settings: Any) -> None:
    settings.METRICS_TOKEN = "kata-kunci"
    person = office.client("staf")
    line = 'takar_answers_total{page="tasks",status="200"} '
    before = float(collected().partition(line)[2].partition("\n")[0] or 0)
    person.get("/tugas/")
    after = collected()
    assert float(after.partition(line)[2].partition("\n")[0]) == before + 1
    assert 'takar_jobs_unfinished{state="queued"} 0.0' in after
    assert [word for word in (office.people["staf"].name, str(office.people["staf"].nip)) if word in after] == []


def test_probes_answer_only_questions(office: Office) -> None:
    assert office.client("staf").post("/health").status_code == 404
