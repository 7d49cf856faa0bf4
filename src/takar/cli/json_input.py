"""A JSON object from a file or the standard input."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from takar.common.json_input import MAX_BYTES, parse, reason

__all__ = ["load", "reason"]


def load(name: str) -> Mapping[str, Any]:
    """The object; InputError, OSError or UnicodeDecodeError when there is none, for which `reason` has the words."""
    return parse(_content(name))


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
