"""QR codes for print: an SVG text that a template sets as a picture."""

import segno


def qr(text: str) -> str:
    """The code of a text, with the quiet edge that a camera needs; "M" still reads with a seventh of it dirty."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=2, scale=4, omitsize=False))
