"""Who gets which answer from every address of the API: one row for each, one column for each person of the cast.

The cast and its cases are those of tests/web/test_access.py; `reader` is the Kasubbag with a key that only reads.
"""

import json

import pytest
from django.test import Client
from tests.api.calling import Caller
from tests.office import Office
from tests.web.browsing import rows, undone

from takar.api.building import api
from takar.procedures.models import ProcedureVersion

PEOPLE = ("staf", "kasubbag", "atasan", "pegawai", "rekan", "sekretaris", "kepala", "atasan_lain", "outsider", "nobody")

TABLE = """
                                          staf kasubbag atasan pegawai rekan sekretaris kepala atasan_lain outsider nobody
GET  me                                   200  200      200    200     200   200        200    200         200      401
GET  periods                              200  200      200    200     200   200        200    200         200      401
GET  employees                            403  200      403    403     403   403        403    403         200      401
GET  sop                                  200  200      200    200     200   200        200    200         200      401
GET  sop/{version_id}                     200  200      200    200     200   200        200    200         404      401
GET  sop/{version_id}/bpmn                200  200      200    200     200   200        200    200         404      401
GET  reports/{period_id}/progress         403  200      403    403     403   200        200    403         404      401
GET  trail                                404  200      404    404     404   200        200    404         200      401
GET  tasks                                200  200      200    200     200   200        200    200         200      401
GET  tasks/{task_id}                      200  200      200    404     200   200        200    404         404      401
POST tasks/{task_id}/begin                200  403      403    404     403   403        403    404         404      401
POST tasks/{task_id}/pause                409  403      403    404     403   403        403    404         404      401
PUT  tasks/{task_id}/form                 200  403      403    404     403   403        403    404         404      401
PUT  tasks/{task_id}/assessment           403  403      403    404     403   403        403    404         404      401
POST tasks/{task_id}/complete             200  403      403    404     403   403        403    404         404      401
POST tasks/{task_id}/return               422  403      403    404     403   403        403    404         404      401
GET  cases                                200  200      200    200     200   200        200    200         200      401
GET  cases/{case_id}                      200  200      200    200     404   200        200    404         404      401
GET  cases/{case_id}/history              200  200      200    200     404   200        200    404         404      401
GET  cases/{case_id}/result               200  200      200    200     404   200        200    404         404      401
GET  cases/{case_id}/recompute            200  200      200    200     404   200        200    404         404      401
GET  cases/{case_id}/acts                 200  200      200    200     404   200        200    404         404      401
POST cases/{case_id}/acts                 403  200      403    200     404   403        403    404         404      401
GET  documents                            200  200      200    200     200   200        200    200         200      401
GET  documents/{document_id}              200  200      200    200     404   200        200    404         404      401
GET  documents/{document_id}/content      200  200      200    200     404   200        200    404         404      401
POST documents/check                      200  200      200    200     200   200        200    200         200      200
GET  plans                                200  200      200    200     200   200        200    200         200      401
GET  plans/{plan_id}                      200  200      200    200     404   200        200    404         404      401
GET  notices                              200  200      200    200     200   200        200    200         200      401
POST notices/read                         200  200      200    200     200   200        200    200         200      401
"""
EMPTY: dict[str, object] = {}
FORM = {"lines": [{"item": 1, "quantity": 3}]}


def table() -> dict[tuple[str, str], dict[str, int]]:
    head, *lines = TABLE.strip().splitlines()
    assert tuple(head.split()) == PEOPLE
    split = [line.split() for line in lines]
    return {(method, path): dict(zip(PEOPLE, map(int, given), strict=True)) for method, path, *given in split}


@pytest.fixture
def objects(office: Office) -> dict[str, object]:
    case = office.at_step(8)
    document = case.documents.get().document
    return {
        "case_id": case.pk,
        "task_id": office.case("rekan").task_id,
        "document_id": document.pk,
        "plan_id": case.appraisal.plan_id,
        "period_id": office.period.pk,
        "version_id": ProcedureVersion.objects.get().pk,
        "number": document.number,
        "word": document.check_word,
    }


def bodies(objects: dict[str, object]) -> dict[str, object]:
    return {
        "tasks/{task_id}/form": FORM,
        "tasks/{task_id}/assessment": {"assessment": {"quality": {}, "behaviour": {}}},
        "tasks/{task_id}/complete": {"form": FORM},
        "tasks/{task_id}/return": {"to_step": 1, "reason": "Coba."},
        "cases/{case_id}/acts": {"kind": "object", "text": "Kualitas kegiatan 1."},
        "documents/check": {"number": objects["number"], "word": objects["word"]},
        "notices/read": {"ids": None},
    }


def test_every_address_has_its_row() -> None:
    schema = api.get_openapi_schema(path_prefix="")
    known = [(method.upper(), path.strip("/")) for path, methods in schema["paths"].items() for method in methods]
    assert sorted(known) == sorted(table())


def test_everybody_gets_the_answer_of_the_table(office: Office, objects: dict[str, object]) -> None:
    """And what is refused is told as a problem, in words."""
    callers = {who: Caller(office, "" if who == "nobody" else who) for who in PEOPLE}
    sent, found = bodies(objects), []
    for (method, path), row in table().items():
        for who, wanted in row.items():
            with undone():
                answer = callers[who].raw(
                    method, path.format(**objects), sent.get(path, EMPTY) if method != "GET" else None
                )
            if answer.status_code != wanted:
                found.append(f"{method} {path} for {who}: {answer.status_code}, not {wanted}: {answer.content[:200]!r}")
            if answer.status_code >= 400:
                told = json.loads(answer.content)
                assert (answer["Content-Type"], told["status"]) == ("application/problem+json", answer.status_code)
                assert told["detail"]
    assert "\n".join(found) == ""


def test_key_that_only_reads_changes_nothing(office: Office, objects: dict[str, object]) -> None:
    reader, staf = Caller(office, "kasubbag", "read"), Caller(office, "staf", "read")
    before, sent = rows(), bodies(objects)
    for method, path in table():
        for caller in (reader, staf):
            answer = caller.raw(method, path.format(**objects), sent.get(path, EMPTY) if method != "GET" else None)
            if method != "GET" and path != "documents/check":
                assert (answer.status_code, json.loads(answer.content)["title"]) == (403, "Tidak diizinkan")
    changed = {label for label, kept in rows().items() if kept != before[label]}
    assert changed == {"accounts.Attempts"}  # how often was asked for a document


def test_session_of_a_browser_opens_nothing(office: Office, objects: dict[str, object]) -> None:
    browser = office.client("kasubbag")
    sent = bodies(objects)
    for method, path in table():
        if path == "documents/check":
            continue
        body = json.dumps(sent.get(path, EMPTY)) if method != "GET" else ""
        address = f"/api/v1/{path.format(**objects)}"
        answer = browser.generic(method, address, body, **({"content_type": "application/json"} if body else {}))
        assert answer.status_code == 401, path
        assert answer["WWW-Authenticate"] == 'Bearer realm="takar"'


def test_page_and_description_are_for_everybody(office: Office) -> None:
    visitor, person = Client(), office.client("pegawai")
    for browser in (visitor, person):
        page = browser.get("/api/")
        assert (page.status_code, "/api/v1/tasks/{task_id}/complete" in page.content.decode()) == (200, True)
        assert browser.post("/api/").status_code == 405
    description = visitor.get("/api/v1/openapi.json")
    assert description.json()["info"]["title"] == "Takar"
