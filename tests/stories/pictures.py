"""The pictures of docs/panduan, taken by the stories themselves when TAKAR_GAMBAR=1 is set."""

import os
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, ViewportSize

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "panduan" / "gambar"
MARGIN = 8


def photograph(page: Page, name: str, first: Locator | None, last: Locator | None) -> None:
    """From the top of `first` (or of the page) to the bottom of `last` (or of `first`), as wide as the screen is."""
    size = page.viewport_size
    if os.environ.get("TAKAR_GAMBAR") != "1" or size is None:
        return
    # On a screen as high as the page whatever sticks to its edge lies where it belongs, and nothing has the focus.
    page.evaluate("document.activeElement.blur()")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(ViewportSize(width=size["width"], height=height))
    top = _box(first)["y"] - MARGIN if first else 0
    end = _box(last or first or page.get_by_role("main"))
    bottom = min(end["y"] + end["height"] + MARGIN, height)
    FOLDER.mkdir(parents=True, exist_ok=True)
    clip = FloatRect(x=0, y=top, width=size["width"], height=bottom - top)
    page.screenshot(path=FOLDER / f"{name}.png", clip=clip)
    page.set_viewport_size(size)


def _box(place: Locator) -> FloatRect:
    box = place.first.bounding_box()
    assert box is not None, f"not on the page: {place}"
    return box
