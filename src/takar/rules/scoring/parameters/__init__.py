"""The numbers and words that a regulation decides, as dated TOML beside this file, each with article and source.

`confidence` says how far the source was read: H the primary text, M secondary sources that agree, L a single weak one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameters:
    """One TOML file: `id` and `version` name it in every stored result."""

    id: str
    version: int
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def reference(self) -> str:
        """The name under which a result records its parameters."""
        return f"{self.id}@{self.version}"

    def number(self, key: str) -> Fraction:
        """The single figure of a table, exact."""
        return Fraction(self.tables[key]["value"])

    def text(self, key: str, field: str) -> str:
        """A text field of a table, such as its formula in words."""
        return str(self.tables[key][field])

    def basis(self, key: str) -> str:
        """The article that a table rests on."""
        return self.text(key, "basis")

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of a table that is a list."""
        return tuple(self.tables[key]["rows"])

    def band(self, key: str, value: Fraction | Decimal | int) -> Mapping[str, Any]:
        """The row whose lower edge `from` is the highest that the value reaches; a row without `from` takes the rest."""
        return next(row for row in self.rows(key) if "from" not in row or value >= row["from"])


@cache
def load(name: str) -> Parameters:
    """Read parameters/<name>.toml with its figures as Decimal."""
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text, parse_float=Decimal)
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    return Parameters(id=data["id"], version=data["version"], tables=tables)
