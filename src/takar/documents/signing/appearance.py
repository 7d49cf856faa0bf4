"""A page of one PDF put into a box of another, as pyHanko wants it: without a file, a border or a margin."""

import io
import uuid

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticContentStamp, StaticStampStyle

from takar.documents.forms.render import SignatureBox

FILLING = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
)


class Page(PdfContent):
    """The first page of a PDF that is held in memory."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)), page_ix=0)
        name = f"/Stamp{uuid.uuid4().hex}"
        self.resources.xobject[name] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return f"{name} Do".encode()


def style(pdf: bytes) -> StaticStampStyle:
    return StaticStampStyle(background=Page(pdf), background_layout=FILLING, border_width=0, background_opacity=1)


def put(writer: IncrementalPdfFileWriter, pdf: bytes, box: SignatureBox) -> None:
    """The same stamp where a role's name stands a second time: for the eye, before the signature covers all of it."""
    left, bottom, right, top = corners(box)
    room = BoxConstraints(width=right - left, height=top - bottom)
    StaticContentStamp(writer, style(pdf), room).apply(box.page - 1, left, bottom)


def corners(box: SignatureBox) -> tuple[int, int, int, int]:
    return (round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height))
