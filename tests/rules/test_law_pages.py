"""The pages of docs/law name functions and tests: both must exist."""

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "law").glob("*.md"))
FUNCTION = re.compile(r"`(takar\.[\w.]+)`")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_law_page_names_existing_functions_and_tests(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    functions, tests = FUNCTION.findall(text), TEST.findall(text)
    assert functions
    assert tests
    assert [name for name in functions if not _exists(name)] == []
    assert [found for found in tests if not _defines(*found)] == []


def _exists(dotted: str) -> bool:
    """Import the longest part that is a module, then follow the rest."""
    parts = dotted.split(".")
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


def _defines(file: str, name: str) -> bool:
    path = ROOT / file
    return path.exists() and (not name or f"def {name}(" in path.read_text(encoding="utf-8"))
