"""Which characters the vendored fonts can show, and text made of those alone.

PDF/A refuses a character without a glyph, so one picture from a telephone's keyboard would otherwise keep an approved
document from being made.
"""

import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n") | {"\t": " "})
LAST_SEGMENT = 0xFFFF
SHAPELESS = {"Cc", "Cf"}
VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def printable(value: object) -> object:
    """Copy a form's data with every text made printable; the keys are ours and stay."""
    match value:
        case str():
            return printable_text(value)
        case Mapping():
            return {key: printable(item) for key, item in value.items()}
        case Sequence():
            return [printable(item) for item in value]
        case _:
            return value


def printable_text(text: str) -> str:
    """Show what has no glyph by its code point, "[U+1F600]"; drop what has no shape, such as a change of direction."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").translate(BREAKS)
    return "".join(map(_shown, unicodedata.normalize("NFC", lines)))


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character) in SHAPELESS or ord(character) in VARIATION_SELECTORS:
        return ""
    return character if ord(character) in covered() else f"[U+{ord(character):04X}]"


@cache
def covered() -> frozenset[int]:
    """The code points that can be set both upright and bold, if need be in the fallback face."""
    regular, bold, fallback = (
        frozenset(_mapped(FONTS / name)) for name in ("Arimo-Regular.ttf", "Arimo-Bold.ttf", "DejaVuSans.ttf")
    )
    return regular & bold | fallback


def _mapped(font: Path) -> Iterator[int]:
    """Read the fullest subtable alone: a font that has format 12 may pad its format 4 with missing glyphs."""
    data = font.read_bytes()
    cmap = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    places = (cmap + offset for _, _, offset in struct.iter_unpack(">HHI", data[cmap + 4 : cmap + 4 + 8 * count]))
    subtables = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    layout = max(subtables.keys() & RANGES.keys())
    for first, last in RANGES[layout](data, subtables[layout]):
        yield from range(first, last + 1)


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {tag: offset for tag, _, offset, _ in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])}
    return int(tables[name])


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Subtable format 4: the ends of all segments, two bytes of padding, then their starts."""
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, at + 16 + doubled)
    return ((start, end) for start, end in zip(starts, ends, strict=True) if end != LAST_SEGMENT)


def _groups(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Subtable format 12: groups of first, last and glyph."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    groups = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count])
    return ((first, last) for first, last, _ in groups)


RANGES = {4: _segments, 12: _groups}
