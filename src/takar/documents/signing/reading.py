"""Opening a PDF that comes from outside: every way in which it can be bad has its sentence, and none harms the reader."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader

from takar.common.errors import InvalidInput

HEAD = 1024  # a PDF may begin with this much of something else
MOST_UNPACKED = 200 * 1024 * 1024
DEPTH = 3  # a stream may be packed in itself so often
SCRIPTS = ("/JavaScript", "/Launch", "/RichMedia", "/XFA")
WHOLE = 2048  # the end of file mark stands within this much of the end


# Whatever a stranger's file makes its readers raise; their own assertions are about the file, not about us.
BROKEN = (
    misc.PdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError, AssertionError,
    NotImplementedError, EOFError, zlib.error, struct.error,
)  # fmt: skip


def open_pdf(content: bytes) -> PdfFileReader:
    """A reader of a whole, open PDF; InvalidInput in words otherwise."""
    if b"%PDF-" not in content[:HEAD]:
        raise InvalidInput("Berkas ini bukan PDF. Pilih berkas PDF-nya, bukan foto layar atau berkas lain.")
    if b"%%EOF" not in content[-WHOLE:]:
        raise InvalidInput(
            "PDF ini terpotong: bagian akhirnya tidak ada. Unduh atau salin sekali lagi dari sumbernya, lalu ulangi."
        )
    if sum(_unpacked(content)) > MOST_UNPACKED:
        raise InvalidInput(
            "PDF ini mengembang menjadi terlalu besar ketika dibuka, sehingga tidak dibaca. Cetak ulang dari sumbernya."
        )
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        encrypted = reader.encrypted
        _ = reader.root["/Pages"]
    except BROKEN as error:
        raise InvalidInput(
            "PDF ini rusak, sehingga tidak dapat dibaca. Unduh atau salin sekali lagi dari sumbernya, lalu ulangi."
        ) from error
    if encrypted:
        raise InvalidInput(
            "PDF ini terkunci dengan kata sandi, sehingga isinya tidak dapat diperiksa. Buka kuncinya, lalu ulangi."
        )
    return reader


def has_scripts(content: bytes, reader: PdfFileReader) -> bool:
    """Whether something in it would act when it is opened or printed."""
    try:
        root = reader.root
        if any(key in root for key in ("/OpenAction", "/AA")) and _acts(root):
            return True
        for place, key in (("/Names", "/JavaScript"), ("/AcroForm", "/XFA")):
            if place in root and key in root[place]:
                return True
    except BROKEN:
        return True
    return any(name.encode() in content for name in SCRIPTS[:3])


def _acts(root: Any) -> bool:
    """A destination to begin at is harmless; an action that runs something is not."""
    if "/AA" in root:
        return True
    action = root["/OpenAction"]
    return isinstance(action, generic.DictionaryObject) and action.get("/S") not in {None, "/GoTo"}


def _unpacked(content: bytes) -> Iterator[int]:
    """How large each packed stream becomes, read no further than the bound: a small file can unpack to gigabytes."""
    start, left = content.find(b"stream"), MOST_UNPACKED + 1
    while start >= 0 and left > 0:
        body = start + len(b"stream")
        body += 2 if content[body : body + 2] == b"\r\n" else 1
        if content[start - 3 : start] != b"end":
            size = _inflated(content[body:], left, DEPTH) if content[body : body + 1] == b"\x78" else 0
            left -= size
            yield size
        start = content.find(b"stream", body)


def _inflated(packed: bytes, most: int, depth: int) -> int:
    engine, size, first = zlib.decompressobj(), 0, b""
    try:
        piece = engine.decompress(packed, 1024 * 1024)
        first = piece
        while piece and size <= most:
            size += len(piece)
            piece = engine.decompress(engine.unconsumed_tail, 1024 * 1024)
    except zlib.error:
        return size
    if depth and first[:1] == b"\x78" and size <= most:
        return size + _inflated(first, most - size, depth - 1)
    return size


def sheet_height(content: bytes, page: int) -> float:
    """The height of a page, counted from 1, in points; a page may inherit it from those above it."""
    found = PdfFileReader(io.BytesIO(content)).find_page_for_modification(page - 1)  # type: ignore[no-untyped-call]
    at = found[0].get_object()
    while "/MediaBox" not in at:
        at = at["/Parent"]
    _, bottom, _, top = at["/MediaBox"]
    return abs(float(top) - float(bottom))


def check_pdf(content: bytes) -> PdfFileReader:
    """A PDF that may be kept: it opens, and nothing in it acts by itself."""
    reader = open_pdf(content)
    if has_scripts(content, reader):
        raise InvalidInput(
            "PDF ini memuat skrip atau tindakan otomatis, sehingga tidak diterima. Cetak ulang ke PDF biasa."
        )
    return reader
