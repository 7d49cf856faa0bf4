"""Each answer has its number, which the log, the audit trail and the page of a program error give again."""

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.office import Office
from tests.web.browsing import words

from config.logs import JsonLines, Line
from takar.audit.models import Event


def lines(caplog: pytest.LogCaptureFixture, logger: str) -> list[dict[str, Any]]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == logger]


def test_log_line_says_who_asked_for_what(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    person = office.client("staf")
    with caplog.at_level("INFO", logger="takar.request"):
        answer = person.get("/berkas/?kata=rahasia")
    line = lines(caplog, "takar.request")[-1]
    assert {name: line[name] for name in ("request", "method", "page", "status", "person", "level")} == {
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "page": "cases",
        "status": 200,
        "person": str(office.people["staf"].pk),
        "level": "INFO",
    }
    assert (0 < line["queries"] <= 25, line["ms"] >= 0, "rahasia" in json.dumps(line)) == (True, True, False)


def test_events_carry_the_number_of_their_request(office: Office) -> None:
    note = {"tanggal": "2026-01-09", "uraian": "Membantu rekan", "aspek": ""}
    about = office.people["pegawai"].pk
    answer = office.client("atasan").post(f"/catatan/{about}/", note)
    numbers = set(Event.objects.filter(request_id=answer.headers["X-Request-ID"]).values_list("channel", flat=True))
    assert numbers == {"web"}


@pytest.mark.parametrize(
    ("behind_proxy", "given", "kept"),
    [(True, "abc-123_DEF", True), (False, "abc-123_DEF", False), (True, "x\ny" * 4, False), (True, "k" * 65, False)],
)
def test_number_of_the_offices_own_proxy_is_kept(
    db: None, settings: Any, behind_proxy: bool, given: str, kept: bool
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    answer = Client().get("/health", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept


def test_slow_statement_is_named_without_its_values(
    office: Office, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SLOW_QUERY_MS = 0
    person = office.client("staf")
    with caplog.at_level("WARNING", logger="takar.slow"):
        answer = person.get("/berkas/?kata=rahasia")
    found = lines(caplog, "takar.slow")
    assert {line["request"] for line in found} >= {answer.headers["X-Request-ID"]}
    assert (any("casework_case" in line["sql"] for line in found), "rahasia" in json.dumps(found)) == (True, False)


def test_program_error_gives_its_number(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("rahasia di dalam program")

    person = office.client("staf")
    monkeypatch.setattr("takar.web.views.home.first_page", fail)
    monkeypatch.setattr("takar.web.context.tasks_up_to", fail)
    person.raise_request_exception = False
    answer = person.get("/")
    assert answer.status_code == 500
    assert f"sampaikan nomor kejadian {answer.headers['X-Request-ID']} kepada Administrator" in words(answer)


def test_statement_counter_is_gone_after_the_answer(office: Office) -> None:
    office.client("staf").get("/")
    assert list(connection.execute_wrappers) == []


def test_lines_tell_the_same_to_a_person_and_to_a_program() -> None:
    record = logging.LogRecord("takar", logging.WARNING, "x.py", 1, "terjadi %s", ("apa",), None)
    record.ms, record.thing = 7, object()
    record.created, record.msecs = 0.5, 500
    assert json.loads(JsonLines().format(record)) == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "level": "WARNING",
        "logger": "takar",
        "message": "terjadi apa",
        "ms": 7,
    }
    assert Line("{name}: {message}", style="{").format(record) == "takar: terjadi apa ms=7"


def test_traceback_is_in_the_json_line() -> None:
    error = ValueError("salah")
    told = logging.LogRecord("takar", logging.ERROR, "x.py", 1, "gagal", (), (ValueError, error, None))
    assert json.loads(JsonLines().format(told))["traceback"].endswith("ValueError: salah")
