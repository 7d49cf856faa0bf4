"""The documents name rooms, code, paths, commands and settings: each must be there, and lists must be complete."""

import argparse
import ast
import importlib
import json
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from takar.casework.steps import HANDLERS
from takar.cli import COMMANDS
from takar.cli.score import _parser as score_parser
from takar.procedures.actions import shipped_sop
from takar.rules.flow import StepKind, parse_sop
from takar.rules.scoring.registry import method_by_id
from takar.web.pages import PAGES

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("demo/*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
README, ARCHITECTURE, GLOSSARY = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/architecture.md", "docs/glossary.md")
)

SUFFIXES = (".py", ".md", ".toml", ".html", ".css", ".json", ".txt", ".typ", ".xlsx", ".svg")
IN_THE_DATA_FOLDER = ("keys/",)
OF_START = {"test", "check", "lock"}
# Folders of one machine have no place in a document; those of an office's installation do.
OF_ONE_MACHINE = re.compile("/(?:work|tmp|root|home)/")

FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^ {4}(\S.*)$", re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(?:#[\w-]+)?\)")
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:takar|\S*py\S* (?:\S*start\.py|-m takar)) ([a-z][a-z-]*)(.*)", re.MULTILINE)
SETTING = re.compile(r"TAKAR_[A-Z]\w*")

by_name = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@by_name
def test_document_links_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@by_name
def test_document_names_existing_paths(path: Path) -> None:
    spans = SPAN.findall(_prose(path))
    assert [span for span in spans if _is_path(span) and not _exists(span, beside=path)] == []


@by_name
def test_document_names_existing_code(path: Path) -> None:
    spans = SPAN.findall(_prose(path))
    assert [span for span in spans if _is_code(span) and not _is_defined(span)] == []


@by_name
def test_document_names_existing_commands_with_their_options(path: Path) -> None:
    found = [match for part in _code(path) for match in COMMAND.findall(part)]
    wrong = [(name, option) for name, rest in found for option in _unknown(name, rest)]
    assert wrong == []


@by_name
def test_document_names_existing_settings(path: Path) -> None:
    assert set(SETTING.findall(path.read_text(encoding="utf-8"))) - _settings().keys() == set()


@by_name
def test_document_names_no_folder_of_one_machine(path: Path) -> None:
    assert OF_ONE_MACHINE.findall(path.read_text(encoding="utf-8")) == []


def test_readme_lists_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `(TAKAR_\w+)` \|\s*`?([^`|]*?)`?\s*\|", README, re.MULTILINE)
    known = {name: default for name, default in _settings().items() if default is not None}
    assert {name for name, _ in rows} == _settings().keys()
    assert {name: default for name, default in rows if name in known} == known


def test_readme_lists_every_command() -> None:
    rows = re.findall(r"^\| `takar ([\w-]+)` \|", README, re.MULTILINE)
    assert sorted(rows) == sorted([*(command.name for command in COMMANDS), "score"])


def test_readme_example_gives_the_value_that_it_says() -> None:
    block = re.search(
        r"^```json\n(.*?)^```\n+and answers with a final value of (\S+) \(([^)]+)\)", README, re.MULTILINE | re.DOTALL
    )
    assert block
    final = method_by_id("pp46-2011").evaluate(json.loads(block[1])).values["final"]
    assert (final.printed, final.category_label) == (block[2], block[3])


def test_ci_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    last = script.read_text(encoding="utf-8").splitlines()[-1]
    assert last == "python3 start.py test"
    assert f"    {last} " in README
    assert os.access(script, os.X_OK)


def test_architecture_has_the_layers_that_the_linter_holds() -> None:
    assert _layers_of_the_architecture() == _layers_of_the_linter()


def test_every_room_is_a_layer_and_every_layer_a_room() -> None:
    rooms = {path.parent.name for path in (SOURCE / "takar").glob("*/__init__.py")}
    assert _heights().keys() == rooms


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model and not _may_point(model, field.related_model)
    ]
    assert upward == []


def test_architecture_draws_the_shipped_sop() -> None:
    flow = parse_sop(shipped_sop()).flow
    labels = {
        (int(number), kind, actor) for number, kind, actor in re.findall(r'(\d)\["(\w+) · (\w+)"\]', ARCHITECTURE)
    }
    onward = re.findall(r"^ +(\d)(?:\[.*?\])? --> (\d)", ARCHITECTURE, re.MULTILINE)
    back = re.findall(r"^ +(\d) -\. returns \.-> (\d)", ARCHITECTURE, re.MULTILINE)
    assert labels == {(step.number, step.kind.value, step.actor) for step in flow.steps}
    assert [tuple(map(int, edge)) for edge in onward] == [
        (step.number, following.number) for step in flow.steps if (following := flow.next(step))
    ]
    assert [tuple(map(int, edge)) for edge in back] == [
        (step.number, to) for step in flow.steps for to in step.returns_to
    ]


def test_every_kind_of_step_has_a_handler_and_a_page() -> None:
    assert (set(HANDLERS), set(PAGES)) == (set(StepKind), set(StepKind))


def test_architecture_lists_every_table_with_refusals() -> None:
    section = ARCHITECTURE.split("## What the database refuses")[1].split("\n## ")[0]
    named = re.findall(r"`(\w+_\w+)`", "\n".join(line.split("|")[1] for line in section.splitlines() if "|" in line))
    migrations = "".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("takar/*/migrations/*.py"))
    assert set(named) == set(
        re.findall(r"(?:append_only|frozen_when|frozen_with_parent)\(\s*[\"'](\w+)[\"']", migrations)
    )


def test_every_row_of_the_glossary_has_a_name_in_the_code() -> None:
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("| ") and "| code |" not in line]
    assert [row[1].strip() for row in rows if not any(_is_code(span) for span in SPAN.findall(row[2]))] == []
    assert len({row[1] for row in rows}) == len(rows)


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_adr_is_short_and_complete(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 25
    assert lines[0].startswith(f"# {int(path.name[:4])}. ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
    assert f"[{lines[0][2:]}](adr/{path.name})" in ARCHITECTURE


def test_adrs_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in ADRS] == list(range(1, len(ADRS) + 1))


def _prose(path: Path) -> str:
    return FENCED.sub("", path.read_text(encoding="utf-8"))


def _code(path: Path) -> list[str]:
    """Fenced blocks, indented lines and spans: where a document shows what to type."""
    text = path.read_text(encoding="utf-8")
    return [*FENCED.findall(text), *INDENTED.findall(FENCED.sub("", text)), *SPAN.findall(_prose(path))]


def _is_path(span: str) -> bool:
    if not re.fullmatch(r"[\w.*-]+(/[\w.*-]+)*/?", span) or span.startswith(IN_THE_DATA_FOLDER):
        return False
    first = span.split("/", maxsplit=1)[0]
    known = any((folder / first).is_dir() for folder in (ROOT, SOURCE, SOURCE / "takar"))
    return span.endswith(SUFFIXES) or ("/" in span.rstrip("/") and known)


def _exists(span: str, *, beside: Path) -> bool:
    """Beside the document, from the root or from the rooms; a bare name anywhere in them."""
    folders = (beside.parent, ROOT, SOURCE, SOURCE / "takar")
    if any(next(folder.glob(span.rstrip("/")), None) for folder in folders):
        return True
    return "/" not in span and any(next(folder.rglob(span), None) for folder in (SOURCE, ROOT / "tests"))


def _is_code(span: str) -> bool:
    first = span.removeprefix("takar.").split(".")[0]
    dotted = re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", span) and not span.endswith(SUFFIXES)
    return bool(dotted) and first in {*_heights(), "config"}


def _is_defined(span: str) -> bool:
    """Import the longest part that is a module, then follow the rest."""
    parts = (span if span.startswith(("takar.", "config.")) else f"takar.{span}").split(".")
    for length in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        try:
            reduce(getattr, parts[length:], module)
        except AttributeError:
            return False
        return True
    return False


def _unknown(name: str, rest: str) -> Iterator[str]:
    """The command itself when there is none of this name, otherwise each option that it does not have."""
    if name in OF_START:
        return
    options = _options().get(name)
    if options is None:
        yield name
    else:
        yield from set(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest)) - options


@cache
def _options() -> dict[str, set[str]]:
    parsers = {"score": score_parser()}
    for command in COMMANDS:
        parsers[command.name] = argparse.ArgumentParser()
        importlib.import_module(f"takar.cli.{command.module}").configure(parsers[command.name])
    return {name: {*parser._option_string_actions} for name, parser in parsers.items()}


@cache
def _settings() -> dict[str, str | None]:
    """Every TAKAR_ variable of the source with its default, None where that is computed."""
    tree = ast.parse((SOURCE / "config" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    read = [call for call in calls if isinstance(call.func.value, ast.Name) and call.func.value.id == "env"]
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return dict.fromkeys(SETTING.findall(text), "") | {f"TAKAR_{call.args[0].value}": _default(call) for call in read}


def _default(call: Any) -> str | None:
    if len(call.args) == 1:
        return "0" if call.func.attr == "flag" else ""
    return str(call.args[1].value) if isinstance(call.args[1], ast.Constant) else None


def _layers_of_the_architecture() -> list[str]:
    block = re.search(r"^```layers\n(.*?)^```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert block
    return [re.split(r"\s{2,}", line)[0] for line in block[1].splitlines()]


def _layers_of_the_linter() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return list(next(contract["layers"] for contract in contracts if contract["id"] == "layers"))


def _heights() -> dict[str, int]:
    """How far down each room lies; the document's layers, which another test compares with the linter's."""
    layers = _layers_of_the_architecture()
    return {room: height for height, layer in enumerate(layers) for room in layer.split(" | ")}


def _may_point(model: Any, target: Any) -> bool:
    rooms = [kind.__module__.split(".")[:2] for kind in (model, target)]
    if [package for package, _ in rooms] != ["takar", "takar"]:
        return True
    (_, here), (_, there) = rooms
    return here == there or _heights()[here] < _heights()[there]
