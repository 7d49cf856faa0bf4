"""docs/asvs.md has each requirement of level 1 and 2 once, names tests that exist, and what it says of headers holds."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "asvs.md"
ROW = re.compile(r"^\| v5\.0\.0-([\d.]+) \| ([12]) \| (.+?) \| (met|n/a|not met) \| (.+) \|$", re.MULTILINE)
# How many requirements of level 1 and 2 each section of the standard has; in each they are numbered from 1.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2,
    "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3,
    "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3,
    "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3,
    "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2,
    "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(TABLE.read_text(encoding="utf-8"))


def test_every_requirement_stands_there_once() -> None:
    wanted = [f"{section}.{n}" for section, count in SECTIONS.items() for n in range(1, count + 1)]
    assert [row[0] for row in rows()] == wanted
    assert len(wanted) == 253


def test_figures_at_the_head_are_those_of_the_table() -> None:
    states = [row[3] for row in rows()]
    told = re.search(r"Of (\d+): (\d+) met, (\d+) not applicable, (\d+) not met", TABLE.read_text(encoding="utf-8"))
    assert told is not None
    assert [int(n) for n in told.groups()] == [len(states), *(states.count(s) for s in ("met", "n/a", "not met"))]


def test_every_named_test_exists() -> None:
    missing = []
    for name in re.findall(r"`(tests/[\w/.:]+)`", TABLE.read_text(encoding="utf-8")):
        path, _, function = name.partition("::")
        found = ROOT / path
        defined = (
            {node.name for node in ast.walk(ast.parse(found.read_text())) if isinstance(node, ast.FunctionDef)}
            if found.is_file()
            else set()
        )
        if not found.exists() or (function and function not in defined):
            missing.append(name)
    assert missing == []


def test_cookies_with_https_are_bound_to_the_host(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
             "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS")  # fmt: skip
    code = f"from config import settings; print([getattr(settings, name) for name in {names!r}])"
    given = os.environ | {"TAKAR_HTTPS": "1", "TAKAR_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    said = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True).stdout
    assert ast.literal_eval(said) == ["__Host-sesi", "__Host-csrf", True, True, 31_536_000, True]


@pytest.mark.parametrize("address", ["/", "/masuk/", "/api/v1/", "/tidak-ada/"])
def test_no_answer_opens_itself_to_other_origins(office: Office, address: str) -> None:
    for client in (Client(), office.client("pegawai")):
        answer = client.get(address, headers={"origin": "https://lain.example"})
        assert [name for name in answer.headers if name.lower().startswith("access-control")] == []


def test_trace_is_answered_nowhere(office: Office) -> None:
    person = office.client("pegawai")
    case = reverse("case", args=[office.case().pk])
    answers = [person.generic("TRACE", address).status_code for address in ("/", case)]
    assert [*answers, Client().generic("TRACE", reverse("account_login")).status_code] == [405, 405, 405]
