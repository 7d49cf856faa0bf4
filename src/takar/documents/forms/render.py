"""Data in, PDF out: the same data give the same bytes, on any machine and in any thread."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal, overload

import typst

from takar.documents.forms.glyphs import FONTS, printable
from takar.documents.forms.shapes import Measurement, PerformanceForm

TEMPLATES: Final = Path(__file__).parent / "templates"
STANDARD: Final = "a-2b"
NO_TIME: Final = "1970-01-01T00:00:00+00:00"


class FormError(RuntimeError):
    """A template or a font is not as it should be, or data lack what the form needs: a fault of the program."""


@overload
def render(form: Literal["dokumen_pengukuran"], data: Measurement) -> bytes: ...
@overload
def render(form: Literal["formulir_kinerja"], data: PerformanceForm) -> bytes: ...
def render(form: str, data: Mapping[str, object]) -> bytes:
    """Print a form as a tagged PDF/A-2b. Raises FormError where the typesetter fails or so much as warns."""
    return typeset(TEMPLATES / f"{form}.typ", FONTS, data)


def typeset(template: Path, fonts: Path, data: Mapping[str, object]) -> bytes:
    """Set one template with the fonts of one folder and no others.

    A compiler of its own for every call: what takes time to load is kept by the fonts and by the typesetter itself,
    and one compiler cannot be used from two threads at once.
    """
    compiler = typst.Compiler(template, root=template.parent, font_paths=_loaded(fonts), ignore_system_fonts=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={"data": json.dumps(printable(data))},
            pdf_standards=STANDARD,
            timestamp=datetime.fromisoformat(str(data.get("created", NO_TIME))),
        )
    except typst.TypstError as error:
        raise FormError(f"{template.name}: {error.message}\n{error.diagnostic}") from error
    if warnings or not isinstance(pdf, bytes):
        raise FormError(f"{template.name}: " + "; ".join(warning.message for warning in warnings))
    return pdf


@cache
def _loaded(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
