"""Data in, PDF out: the same data give the same bytes, on any machine and in any thread.

The data travel inside the PDF as an attached JSON file, so that whoever holds the paper's file holds its figures.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from takar.documents.forms.glyphs import FONTS, printable

TEMPLATES: Final = Path(__file__).parent / "templates"
STANDARD: Final = "a-3b"
NO_TIME: Final = "1970-01-01T00:00:00+00:00"


class FormError(RuntimeError):
    """A template or a font is not as it should be, or data lack what the form needs: a fault of the program."""


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """The empty room in which a role signs: page from 1, points from the lower left corner, as PDF counts.

    A role that signs twice in one document has one `main` box; the others repeat it for the eye.
    """

    role: str
    page: int
    x: float
    y: float
    width: float
    height: float
    main: bool = True


def render(form: str, data: Mapping[str, object]) -> bytes:
    """Print a form as a tagged PDF/A-3b. Raises FormError where the typesetter fails or so much as warns."""
    return typeset(TEMPLATES / f"{form}.typ", FONTS, data)


def signature_boxes(form: str, data: Mapping[str, object]) -> list[SignatureBox]:
    """Where each role signs on the form that `render` makes of the same data, in the order of the pages."""
    found = json.loads(_compiler(TEMPLATES / f"{form}.typ", FONTS, data).query("<signature-box>", field="value"))
    return [
        SignatureBox(
            role=box["role"],
            page=box["page"],
            x=round(box["x"], 2),
            y=round(box["sheet"] - box["y"] - box["height"], 2),
            width=round(box["width"], 2),
            height=round(box["height"], 2),
            main=box["main"],
        )
        for box in found
    ]


def pictures(form: str, data: Mapping[str, object], *, ppi: float) -> list[bytes]:
    """The same pages as PNG, for the eye and for comparison."""
    made = _compiler(TEMPLATES / f"{form}.typ", FONTS, data).compile(format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made or ())


def typeset(template: Path, fonts: Path, data: Mapping[str, object]) -> bytes:
    """Set one template with the fonts of one folder and no others."""
    try:
        pdf, warnings = _compiler(template, fonts, data).compile_with_warnings(
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=datetime.fromisoformat(str(data.get("created", NO_TIME))),
        )
    except typst.TypstError as error:
        raise FormError(f"{template.name}: {error.message}\n{error.diagnostic}") from error
    if warnings or not isinstance(pdf, bytes):
        raise FormError(f"{template.name}: " + "; ".join(warning.message for warning in warnings))
    return pdf


def _compiler(template: Path, fonts: Path, data: Mapping[str, object]) -> typst.Compiler:
    """A compiler of its own for every call: one cannot be used from two threads at once.

    What takes time to load is kept by the fonts and by the typesetter itself.
    """
    inputs = {"data": json.dumps(printable(data)), "record": "" if data.get("blank") else _record(data)}
    loaded = _loaded(fonts)
    return typst.Compiler(
        template, root=template.parent, font_paths=loaded, ignore_system_fonts=True, sys_inputs=inputs
    )


def _record(data: Mapping[str, Any]) -> str:
    """What is attached: everything but pictures, letter for letter."""
    return json.dumps({key: value for key, value in data.items() if key != "pictures"}, indent=1)


@cache
def _loaded(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
