"""The pictures of docs/panduan, taken by the stories themselves when TAKAR_GAMBAR=1 is set."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "panduan" / "gambar"
MARGIN = 12


def photograph(page: Page, name: str, first: Locator | None, last: Locator | None) -> None:
    """The page from the top of `first` to the bottom of `last`, as wide as it is; without them the whole of it."""
    if os.environ.get("TAKAR_GAMBAR") != "1":
        return
    page.evaluate("window.scrollTo(0, 0)")
    size = page.evaluate("({width: document.documentElement.clientWidth, height: document.body.scrollHeight})")
    top = max(0.0, _box(first)["y"] - MARGIN) if first else 0.0
    bottom = _box(last)["y"] + _box(last)["height"] + MARGIN if last else size["height"]
    clip = {"x": 0, "y": top, "width": size["width"], "height": min(bottom, size["height"]) - top}
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True, clip=clip, caret="hide")  # type: ignore[arg-type]


def _box(place: Locator) -> dict[str, float]:
    box = place.first.bounding_box()
    assert box is not None, f"not on the page: {place}"
    return dict(box)  # type: ignore[call-overload,no-any-return]
