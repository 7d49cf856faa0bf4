"""Reading a PDF back, as text and as places on the page."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

BREAK = "\u200b"


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text().replace(BREAK, "") for page in reader(pdf).pages]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def squeezed(text: str) -> str:
    """The text without any white space: how it broke into lines no longer matters."""
    return "".join(text.replace(BREAK, "").split())


def all_text(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


def off_the_page(pdf: bytes) -> list[str]:
    """What begins outside the sheet: drawn, but on no paper."""
    return text_and_lost(pdf)[1]


def text_and_lost(pdf: bytes) -> tuple[str, list[str]]:
    """All text as `all_text` gives it, and what of it lies outside the sheet, in one reading."""
    lost: list[str] = []
    text = ""
    for page in reader(pdf).pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def visit(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
            x, y = (cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5])
            if text.strip() and not (0 < x < width and 0 < y < height):  # noqa: B023 -- called in this turn of the loop
                lost.append(text)

        text += squeezed(page.extract_text(visitor_text=visit))
    return text, lost


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font's name without its subset tag, and whether the file carries it."""
    found = {}
    for page in reader(pdf).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            name = str(descendant["/BaseFont"]).rpartition("+")[2]
            found[name] = "/FontFile2" in descendant["/FontDescriptor"].get_object()
    return found
