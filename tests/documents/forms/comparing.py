"""Pages as small grey pictures, and how far two of them lie apart.

`python -m tests.documents.forms.comparing` writes the references anew, and the pictures of docs/forms: to be run, and
looked at, whenever a form is changed on purpose.
"""

import io
import os
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat

from takar.documents.forms.catalogue import FORMS, FormKind
from takar.documents.forms.render import pictures

REFERENCES = Path(__file__).parent / "references"
DOCS = Path(__file__).parents[3] / "docs" / "forms"
PPI = 28
DOCS_PPI = 56
TOLERANCE = 1.0
"""Mean difference of grey, of 255, over a page: a row or a column more makes several times as much."""


def pages(template: str, data: dict[str, Any], ppi: float = PPI) -> list[Image.Image]:
    return [few_greys(Image.open(io.BytesIO(png)).convert("L")) for png in pictures(template, data, ppi=ppi)]


def few_greys(image: Image.Image) -> Image.Image:
    """Sixteen levels are enough to look at, and keep the files small."""
    return image.point([level // 16 * 17 for level in range(256)])


def strip(images: list[Image.Image], most: int = 3) -> Image.Image:
    """The first pages side by side on grey."""
    shown = images[:most]
    width, height = sum(page.width for page in shown) + 4 * (len(shown) - 1), max(page.height for page in shown)
    whole = Image.new("L", (width, height), 128)
    place = 0
    for page in shown:
        whole.paste(page, (place, 0))
        place += page.width + 4
    return whole


def distance(one: Image.Image, other: Image.Image) -> float:
    """The mean difference; a picture of another size is as far away as can be."""
    if one.size != other.size:
        return 255.0
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def reference(form: FormKind) -> Path:
    return REFERENCES / f"{form.key}.png"


def save(image: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from tests.documents.forms.everything import SAMPLES  # noqa: PLC0415 -- the samples need the settings' path

    for form in FORMS:
        save(strip(pages(form.template, SAMPLES[form.key])), reference(form))
        save(strip(pages(form.template, SAMPLES[form.key], DOCS_PPI), 2), DOCS / f"{form.key}.png")
    sys.stdout.write(f"{len(FORMS)} formulir digambar ulang.\n")


if __name__ == "__main__":
    main()
