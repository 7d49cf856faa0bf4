"""Kinds of work that only tests know."""

from collections.abc import Callable, Iterator

import pytest

from takar.jobs import registry
from takar.jobs.registry import Rhythm
from takar.jobs.work import STOP, Work

Known = Callable[..., None]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Known]:
    """Make a function known as the kind "coba"; nothing else is in the registry meanwhile."""
    monkeypatch.setattr(registry, "KINDS", {})
    for module in ("actions", "policies", "work"):
        monkeypatch.setattr(f"takar.jobs.{module}.KINDS", registry.KINDS)

    def know(
        run: Callable[[Work], None], *, key: str = "coba", attempts: int = 3, rhythm: Rhythm | None = None
    ) -> None:
        registry.register(key, f"Percobaan {key}", run, attempts=attempts, rhythm=rhythm)

    yield know
    STOP.clear()
