"""Cases that a personnel officer can read and add to: TOML files with name, basis, input and expectation."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def cases(path: str) -> list[Any]:
    """The cases of one file, each a pytest parameter named after the case."""
    data = tomllib.loads((HERE / path).read_text(encoding="utf-8"), parse_float=Decimal)
    for case in data["case"]:
        assert case["name"], path
        assert case["basis"], path
    return [pytest.param(case, id=case["name"]) for case in data["case"]]
