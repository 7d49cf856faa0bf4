"""A first walk over the XML of a sheet: where its formulas and errors are, and that it is no trap.

The reader that follows gives values only and lays the sheet out as a full grid: it cannot say which value came from a
formula, and two cells in opposite corners would cost gigabytes. This walk costs a cell a few calls and nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

MAX_ROWS = 20_000
MAX_COLUMNS = 256
MAX_CELLS = 2_000_000
MAX_TEXT = 32_767  # what Excel itself allows in a cell
MAX_CHARACTERS = 50_000_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Trap(Exception):  # noqa: N818 -- a finding about the file, turned into a sentence by the caller
    """The XML does what no office's file does; the text names which."""


def column_letter(column: int) -> str:
    """The letters of the column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(slots=True)
class SheetScan:
    """What the walk over one sheet found; rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    characters: int = 0


def parse(xml: bytes, parser: expat.XMLParserType) -> None:
    """Run the parser over the whole part; a document type is refused before it can define anything."""

    def refuse_doctype(*_: object) -> None:
        raise Trap("doctype")

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(xml, True)


def new_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    return parser


def local(tag: str) -> str:
    return tag[tag.rfind(":") + 1 :]


def pairs(attributes: Sequence[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def check_counts(attributes: list[str]) -> None:
    """A part may say how many rows it has, and the reader believes it and makes room for them."""
    for key, value in zip(attributes[::2], attributes[1::2], strict=True):
        if local(key) in ("count", "uniqueCount") and not 0 <= int(value) <= MAX_CELLS:
            raise Trap("count")


def scan_styles(xml: bytes) -> None:
    """Number formats are the reader's to understand; only traps are looked for."""
    parser = new_parser()
    parser.StartElementHandler = lambda _tag, attributes: check_counts(attributes)
    parse(xml, parser)


def shared_lengths(xml: bytes) -> list[int]:
    """How long each shared text is: one long text that many cells point to would grow when read."""
    lengths: list[int] = []

    def start(tag: str, attributes: list[str]) -> None:
        check_counts(attributes)
        if local(tag) == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    parser = new_parser()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parse(xml, parser)
    if max(lengths, default=0) > MAX_TEXT:
        raise Trap("text")
    return lengths


def scan_sheet(xml: bytes, lengths: Sequence[int]) -> SheetScan:
    """Walk one sheet. Raises Trap, or expat.ExpatError when the XML is broken."""
    walker = _Walker(lengths)
    parser = new_parser()
    parser.StartElementHandler = walker.start
    parser.CharacterDataHandler = walker.text
    parse(xml, parser)
    return walker.found


class _Walker:
    """The state of the walk; cells without a reference of their own follow the one before."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.found = SheetScan()
        self._lengths = lengths
        self._row = 0
        self._column = 0
        self._kind = ""
        self._in_value = False
        self._formula_tag = ""
        self._handlers = {"c": self._cell, "v": self._value, "is": self._value, "row": self._next_row}

    def start(self, tag: str, attributes: list[str]) -> None:
        if not self._formula_tag:  # the root element shows the prefix; extensions have formulas with other prefixes
            self._formula_tag = f"{tag.removesuffix(local(tag))}f"
        handler = (
            self._formula if tag == self._formula_tag else self._handlers.get(tag) or self._handlers.get(local(tag))
        )
        (handler or check_counts)(attributes)

    def text(self, characters: str) -> None:
        if not self._in_value:
            return
        self._in_value = False
        if self._kind == "s":
            self._count(characters)
        elif self._kind == "e":
            self.found.errors[self._row, self._column] = characters

    def _count(self, index: str) -> None:
        if index.isascii() and index.isdigit() and int(index) < len(self._lengths):
            self.found.characters += self._lengths[int(index)]
            if self.found.characters > MAX_CHARACTERS:
                raise Trap("text")

    def _next_row(self, attributes: list[str]) -> None:
        number = pairs(attributes).get("r")
        self._row = int(number) if number else self._row + 1
        self._column = 0

    def _cell(self, attributes: list[str]) -> None:
        self._in_value = False
        self._column += 1
        self._kind = ""
        for position in range(0, len(attributes), 2):
            if attributes[position] == "r":
                self._place(attributes[position + 1])
            elif attributes[position] == "t":
                self._kind = attributes[position + 1]

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != self._row:
            raise Trap("reference")
        self._column = column_number(match[1])

    def _value(self, _attributes: list[str]) -> None:
        self._in_value = True
        found = self.found
        if self._row > found.last_row:
            found.last_row = self._row
            if self._row > MAX_ROWS:
                raise Trap("rows")
        if self._column > found.last_column:
            found.last_column = self._column
            if self._column > MAX_COLUMNS:
                raise Trap("columns")

    def _formula(self, attributes: list[str]) -> None:
        self.found.formulas.add((self._row, self._column))
        named = pairs(attributes)
        if named.get("t") in ("array", "dataTable") and "ref" in named:
            self._formula_range(named["ref"])

    def _formula_range(self, reference: str) -> None:
        """An array formula stands in its first cell only, and fills the others too."""
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        rows = sorted(int(corner[2]) for corner in corners if corner)
        columns = sorted(column_number(corner[1]) for corner in corners if corner)
        if not rows:
            return
        cells = (min(rows[-1], MAX_ROWS) - rows[0] + 1) * (min(columns[-1], MAX_COLUMNS) - columns[0] + 1)
        if cells + len(self.found.formulas) > MAX_CELLS:
            raise Trap("cells")
        for row in range(rows[0], min(rows[-1], MAX_ROWS) + 1):
            self.found.formulas.update((row, column) for column in range(columns[0], min(columns[-1], MAX_COLUMNS) + 1))
