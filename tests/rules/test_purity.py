"""The rules are a calculator: no Django, no clock, no randomness, no float, and every public thing explained."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import takar.rules

ROOT = Path(takar.rules.__file__).parent
MODULES = ["takar.rules", *(found.name for found in pkgutil.walk_packages([str(ROOT)], "takar.rules."))]
FORBIDDEN_NAMES = {"float", "now", "today", "utcnow", "time_ns", "random", "uuid4"}
WITHOUT_DJANGO = """
import importlib, sys
sys.modules["django"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_rules_import_without_django() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_DJANGO, *MODULES], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_score_command_imports_without_django() -> None:
    words = [sys.executable, "-c", WITHOUT_DJANGO, "takar.cli.score"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", MODULES)
def test_module_and_its_public_names_have_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    assert inspect.getdoc(module), name
    assert [thing for thing in _public(module) if not inspect.getdoc(_resolve(module, thing))] == []


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_asks_no_clock_uses_no_float_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    called = {_called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    floats = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert (called & FORBIDDEN_NAMES, floats) == (set(), [])
    assert text.count("\n") <= 300


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _public(module: ModuleType) -> list[str]:
    names = []
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(thing):
            names.append(name)
        elif inspect.isclass(thing):
            names.append(name)
            names += [f"{name}.{key}" for key, part in vars(thing).items() if _documentable(key, part)]
    return names


def _documentable(key: str, part: object) -> bool:
    return not key.startswith("_") and (
        inspect.isfunction(part) or isinstance(part, property | classmethod | staticmethod)
    )


def _resolve(module: ModuleType, dotted: str) -> object:
    thing: object = module
    for part in dotted.split("."):
        thing = inspect.getattr_static(thing, part)
    return thing
