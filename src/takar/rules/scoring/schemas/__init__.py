"""What each method takes, as JSON Schema 2020-12 beside this file, described in Indonesian."""

import json
from importlib import resources
from typing import Any


def load(name: str) -> dict[str, Any]:
    """Read schemas/<name>.json; every call gives a fresh copy."""
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
