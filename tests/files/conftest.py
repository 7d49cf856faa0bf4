from pathlib import Path
from typing import Any

import pytest

from takar.files.store import LocalStore


@pytest.fixture(autouse=True)
def store_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def store(store_dir: Path) -> LocalStore:
    return LocalStore(store_dir)
