"""The SOPs that ship with the program."""

import tomllib
from importlib.resources import files
from typing import Any

SHIPPED = "sop-penilaian-skp.toml"
SHIPPED_KEY = "penilaian-skp"


def shipped_sop() -> dict[str, Any]:
    """The SOP "Penilaian SKP" as an office receives it, for `actions.install_sop`."""
    return tomllib.loads((files(__name__) / SHIPPED).read_text(encoding="utf-8"))
