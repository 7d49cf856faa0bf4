"""The classification codes that ship with the program, as data with their source."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def shipped() -> dict[str, str]:
    """Code → title."""
    data = tomllib.loads((Path(__file__).parent / "classification.toml").read_text(encoding="utf-8"))
    return {row["code"]: row["title"] for row in data["code"]}


@cache
def source() -> str:
    data = tomllib.loads((Path(__file__).parent / "classification.toml").read_text(encoding="utf-8"))
    return str(data["source"])
