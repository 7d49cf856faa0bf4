"""The document of the API: its examples run as they stand, and its table is the description's."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

from tests.api.calling import Caller
from tests.office import Office

from takar.api.building import api

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def run(caller: Caller, command: str, values: dict[str, str]) -> Any:
    """What curl would send, sent by the test's client."""
    words = shlex.split(re.sub(r"\$([A-Z_]+)", lambda found: values[found[1]], command))
    assert words[0] == "curl"
    method, headers, body, address = "GET", dict[str, str](), None, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(rest).encode()
        else:
            address = word
    kind = headers.pop("Content-Type", "")
    return caller.client.generic(
        method, address, body or b"", headers=headers, **({"content_type": kind} if kind else {})
    )


def test_examples_run_as_they_stand(office: Office) -> None:
    staf, task = Caller(office, "staf"), str(office.case().task_id)
    values = {"KEY": staf.key, "HERE": "", "TASK": task, "VERSION": staf.raw("GET", f"tasks/{task}")["ETag"]}
    values["VERSION"] = values["VERSION"].replace('"', '\\"')
    answers = [run(staf, command, values) for command in commands()]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert answers[2].json()["items"][0]["name"] == "Putri Maharani"
    assert json.loads(answers[-1].content)["case"]["step"] == 2


def test_table_is_that_of_the_description() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    known = [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]
    assert re.findall(r"^\| `((?:GET|POST|PUT) \S+)` \|", TEXT, re.MULTILINE) == known
