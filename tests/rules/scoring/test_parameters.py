from importlib import resources
from pathlib import Path

import pytest

from takar.rules.scoring.parameters import load

NAMES = sorted(
    Path(str(file)).stem
    for file in resources.files("takar.rules.scoring.parameters").iterdir()
    if file.name.endswith(".toml")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_names_article_source_and_confidence(name: str) -> None:
    parameters = load(name)
    assert parameters.reference == f"{name}@{parameters.version}"
    assert [
        key
        for key, table in parameters.tables.items()
        if not (table["basis"] and table["source"] and table["confidence"] in {"H", "M", "L"})
    ] == []
