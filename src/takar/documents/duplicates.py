"""A numbered copy made from the signed document itself: its pages with their stamps, and on each that it is a copy.

The digital signatures do not come along: they hold for the signed file alone. What they look like becomes part of the
page, so that the copy shows what the signed document shows. The same file and the same words give the same bytes.
"""

import io
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, PdfObject

from takar.common.errors import DomainError
from takar.documents.forms.glyphs import FONTS
from takar.documents.forms.render import TEMPLATES, pictures, typeset
from takar.documents.signing.reading import BROKEN

TEMPLATE = TEMPLATES / "salinan.typ"
PDF, VERSION = "application/pdf", "%PDF-1.7"
A4 = (595.28, 841.89)
# The forms of the office leave this much white at the left; a scan is made so much smaller.
ROOM = 42.0
PPI = 120  # enough to read the smallest print of a form
SHOWN = 16  # digits of the hash: enough to tell two editions apart
KEPT = (
    "/Pages",
    "/Type",
    "/Lang",
    "/MarkInfo",
    "/StructTreeRoot",
    "/OutputIntents",
    "/Names",
    "/AF",
    "/ViewerPreferences",
)
UNREADABLE = (*BROKEN, PyPdfError)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a copy says of itself."""

    title: str
    document: str
    digest: str
    copy: Mapping[str, str]
    created: str


def duplicate(content: bytes, media_type: str, marks: Marks, *, scanned: bool) -> bytes:
    """The copy as PDF; `scanned` pages are made smaller, because nothing says that their margin is white."""
    if media_type != PDF:
        return _marks([A4], marks, picture=_framed(content, media_type))
    try:
        return _duplicated(content, marks, ROOM if scanned else 0.0)
    except UNREADABLE as error:
        raise DomainError(
            f"Salinan tidak dapat dibuat karena halaman dokumen {marks.document} tidak dapat disalin. Buka dokumennya "
            "dan cetak dari sana; laporkan kepada pengelola sistem."
        ) from error


def page_picture(content: bytes, media_type: str, page: int) -> bytes:
    """One page, counted from 1, as PNG, with the stamps on it; of a scan that is a picture there is only one."""
    if media_type != PDF:
        return _pictured({"sheet": list(A4), "picture": _framed(content, media_type), "page": []})
    try:
        writer = PdfWriter()
        writer.append(io.BytesIO(content), pages=(page - 1, page), import_outline=False)
        sheet = writer.pages[0]
        _flatten(writer, sheet)
        sheet.transfer_rotation_to_content()
        made = io.BytesIO()
        writer.write(made)
        size = [float(sheet.mediabox.width), float(sheet.mediabox.height)]
        return _pictured({"sheet": size, "picture": "", "page": list(made.getvalue())})
    except (*UNREADABLE, RuntimeError) as error:
        raise DomainError("Gambar halamannya tidak dapat dibuat.") from error


def _pictured(data: Mapping[str, object]) -> bytes:
    return pictures("halaman", data, ppi=PPI)[0]


def _duplicated(content: bytes, marks: Marks, room: float) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        _flatten(writer, page)
        page.transfer_rotation_to_content()
        if room:
            _make_room(page, room)
    sheets = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages]
    beside = PdfReader(io.BytesIO(_marks(sheets, marks)))
    for page, mark in zip(writer.pages, beside.pages, strict=True):
        page.merge_page(mark)
        page.compress_content_streams()
    _call_itself_a_copy(writer, beside)
    writer.pdf_header = VERSION
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _flatten(writer: PdfWriter, page: Any) -> None:
    """Draw the fields' looks, those of the signatures above all, into the page, and leave no field."""
    looks = [found for annotation in page.get("/Annots", ()) if (found := _look(annotation.get_object()))]
    page.pop("/Annots", None)
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    drawn = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    words = []
    for number, (look, matrix) in enumerate(looks, start=1):
        name = NameObject(f"/Tanda{number}")
        drawn[name] = look
        words.append(f"q {' '.join(f'{figure:.4f}' for figure in matrix)} cm {name} Do Q")
    if words:
        _append(writer, page, "\n".join(words))


def _look(annotation: Any) -> tuple[PdfObject, tuple[float, ...]] | None:
    """A shown field's picture, and how it is brought into its place: ISO 32000, 12.5.5, for looks without a turn."""
    if annotation.get("/Subtype") != "/Widget" or "/AP" not in annotation:
        return None
    normal = annotation["/AP"].get_object().raw_get("/N")
    stream = normal.get_object()
    if "/BBox" not in stream:
        return None
    (left, bottom, width, height), (x, y, wide, high) = _room(annotation["/Rect"]), _room(stream["/BBox"])
    if not (width and height and wide and high):
        return None
    across, up = width / wide, height / high
    return normal, (across, 0, 0, up, left - across * x, bottom - up * y)


def _room(corners: Any) -> tuple[float, float, float, float]:
    """Left, bottom, width and height, whichever two corners were given."""
    a, b, c, d = (float(figure) for figure in corners)
    return min(a, c), min(b, d), abs(c - a), abs(d - b)


def _append(writer: PdfWriter, page: Any, words: str) -> None:
    before = page.get_contents()  # a dictionary, and mostly an empty one
    stream = DecodedStreamObject()
    stream.set_data(b"q\n" + (b"" if before is None else before.get_data()) + b"\nQ\n" + words.encode() + b"\n")
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())  # noqa: SLF001 -- as the library's own guide does


def _make_room(page: Any, room: float) -> None:
    box = page.mediabox
    scale = (float(box.width) - room) / float(box.width)
    down = (float(box.height) * (1 - scale)) / 2
    left, bottom = float(box.left), float(box.bottom)
    turned = Transformation().translate(-left, -bottom).scale(scale).translate(left + room, bottom + down)
    page.add_transformation(turned)


def _marks(sheets: list[tuple[float, float]], marks: Marks, picture: str = "") -> bytes:
    data = {
        "title": marks.title,
        "number": marks.document,
        "digest": f"{marks.digest[:SHOWN]}…",
        "copy": dict(marks.copy),
        "sheets": [list(sheet) for sheet in sheets],
        "picture": picture,
        "room": ROOM,
        "created": marks.created,
        "blank": True,
    }
    return typeset(TEMPLATE, FONTS, data)


def _framed(content: bytes, media_type: str) -> str:
    width, height = A4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:{media_type};base64,{b64encode(content).decode()}"/></svg>'
    )


def _call_itself_a_copy(writer: PdfWriter, beside: PdfReader) -> None:
    """Title and description are those of the copy; nothing of a signature is left in the file."""
    root = writer.root_object
    for key in [key for key in root if key not in KEPT]:
        del root[key]
    root[NameObject("/Metadata")] = beside.root_object.raw_get("/Metadata").clone(writer)
    writer.metadata = beside.metadata
