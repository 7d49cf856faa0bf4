"""The parts of an XLSX that hold values, and their values by way of a fast reader.

The reader never sees the file itself: it gets a package written anew around the parts that were scanned, so that no
second table of contents, odd relation or hidden part can make it read something else than what was checked.
"""

import datetime as dt
import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from python_calamine import CalamineWorkbook

from takar.exchange import scan
from takar.exchange.container import Container, repack

MAX_SHEETS = 1_000

Value = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_READ = ("worksheet", "sharedStrings", "styles")


@dataclass(frozen=True, slots=True)
class PackageSheet:
    name: str
    xml: bytes
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What is needed of the file; dates count from 1904 in files of old Macintosh programs."""

    sheets: tuple[PackageSheet, ...]
    shared: bytes
    styles: bytes
    from_1904: bool


@dataclass(frozen=True, slots=True)
class _Listing:
    """The workbook's own table: sheets as (name, relation, hidden)."""

    sheets: tuple[tuple[str, str, bool], ...]
    from_1904: bool


def open_package(source: Container) -> Package:
    """Take out the parts. Raises scan.Trap, expat.ExpatError or LookupError when the file is not in order."""
    workbook = source.workbook()
    targets = _targets(_part(source, f"xl/_rels/{workbook}.rels"))
    listing = _listing(_part(source, f"xl/{workbook}"))
    by_relation = {relation: path for relation, (kind, path) in targets.items() if kind == "worksheet"}
    by_kind = dict(targets.values())
    sheets = tuple(
        PackageSheet(name, _part(source, by_relation[relation]), hidden)
        for name, relation, hidden in listing.sheets
        if relation in by_relation
    )
    return Package(
        sheets=sheets,
        shared=_part(source, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else b"",
        styles=_part(source, by_kind["styles"]) if "styles" in by_kind else b"",
        from_1904=listing.from_1904,
    )


def values(package: Package) -> list[Sequence[Sequence[Value]]]:
    """The grid of every sheet from A1 on. Raises CalamineError or ValueError when the reader cannot follow."""
    try:
        with CalamineWorkbook.from_filelike(repack(_parts(package))) as book:
            return [
                book.get_sheet_by_index(index).to_python(skip_empty_area=False) for index in range(len(package.sheets))
            ]
    except BaseException as panic:
        # The reader is a Rust library: what it did not foresee (a duration of 10^300 days) is no ordinary exception.
        if type(panic).__name__ == "PanicException":
            raise ValueError("reader panicked") from None
        raise


def _part(source: Container, path: str) -> bytes:
    content = source.read(path)
    if content is None:
        raise LookupError(path)
    return content


def _targets(xml: bytes) -> dict[str, tuple[str, str]]:
    """Of each relation that matters: its kind and the path that it points to."""
    targets: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: list[str]) -> None:
        named = scan.pairs(attributes)
        kind = named.get("Type", "").rpartition("/")[2]
        if scan.local(tag) == "Relationship" and kind in _READ:
            targets[named["Id"]] = kind, posixpath.normpath(posixpath.join("/xl", named["Target"])).lstrip("/")

    _walk(xml, start)
    return targets


def _listing(xml: bytes) -> _Listing:
    sheets: dict[str, tuple[str, str, bool]] = {}
    flags: list[str] = []

    def start(tag: str, attributes: list[str]) -> None:
        named = {scan.local(key): value for key, value in scan.pairs(attributes).items()}
        if scan.local(tag) == "workbookPr":
            flags.append(named.get("date1904", "0"))
        elif scan.local(tag) == "sheet":
            sheets[named["name"]] = named["name"], named["id"], named.get("state", "visible") != "visible"

    _walk(xml, start)
    if len(sheets) > MAX_SHEETS:
        raise scan.Trap("sheets")
    return _Listing(tuple(sheets.values()), any(flag in ("1", "true") for flag in flags))


def _walk(xml: bytes, start: Callable[[str, list[str]], None]) -> None:
    parser = scan.new_parser()
    parser.StartElementHandler = start
    scan.parse(xml, parser)


def _parts(package: Package) -> dict[str, bytes]:
    paths = [f"worksheets/sheet{number}.xml" for number in range(1, len(package.sheets) + 1)]
    parts = {
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _workbook(len(paths), from_1904=package.from_1904),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{number}": ("worksheet", path) for number, path in enumerate(paths, 1)}
            | {"rIdS": ("sharedStrings", "sharedStrings.xml"), "rIdT": ("styles", "styles.xml")}
        ),
    }
    for path, sheet in zip(paths, package.sheets, strict=True):
        parts[f"xl/{path}"] = sheet.xml
    optional = {"xl/sharedStrings.xml": package.shared, "xl/styles.xml": package.styles}
    return parts | {path: content for path, content in optional.items() if content}


def _relations(targets: dict[str, tuple[str, str]]) -> bytes:
    rows = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(f'{_OFFICE}/{kind}')} Target={quoteattr(path)}/>"
        for key, (kind, path) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'.encode()


def _workbook(sheets: int, *, from_1904: bool) -> bytes:
    rows = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>' for number in range(1, sheets + 1))
    flag = '<workbookPr date1904="1"/>' if from_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{flag}<sheets>{rows}</sheets></workbook>'.encode()
