"""Whether a PDF is a document of an office: the same for the check page and for a trust file without any database."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Protocol

from pyhanko.pdf_utils.reader import PdfFileReader

from takar.common import clock, words
from takar.common.errors import InvalidInput
from takar.documents.enums import SignatureMethod, SignedAs
from takar.documents.signing.reading import BROKEN, has_scripts, open_pdf
from takar.documents.signing.validation import Anchors, Found, signatures_in

MOST_PAGES, MOST_EDITIONS = 1000, 100
END = re.compile(rb"%%EOF(\r\n|\n|\r)?")
REASON_MARK = ", dokumen "
COPY_TITLE = re.compile(r"Salinan nomor (?P<copy>\d{1,5}) dari dokumen (?P<number>.+)")


COME_BACK = "Salinan ini harus dikembalikan kepada kantor yang menerbitkannya."


class State(StrEnum):
    """What a document, or a file that claims to be one, turns out to be."""

    GENUINE = "asli"
    EARLIER = "belum-lengkap"
    CHANGED = "berubah"
    SUPERSEDED = "digantikan"
    WITHDRAWN = "ditarik"
    COPY = "salinan"
    SEALED = "bertanda-tangan"
    FOREIGN = "bukan"
    UNREADABLE = "tidak-terbaca"


TITLES = {
    State.GENUINE: "Asli",
    State.EARLIER: "Asli, tetapi bukan terbitan lengkapnya",
    State.CHANGED: "Sudah diubah",
    State.SUPERSEDED: "Asli, tetapi sudah digantikan",
    State.WITHDRAWN: "Asli, tetapi sudah ditarik",
    State.COPY: "Salinan yang asli",
    State.SEALED: "Bertanda tangan sah",
    State.FOREIGN: "Bukan dokumen kantor ini",
    State.UNREADABLE: "Tidak dapat diperiksa",
}


@dataclass(frozen=True, slots=True)
class KnownSignature:
    """A signature as the office recorded it."""

    role: str
    method: str
    at: dt.datetime
    fingerprint: str = ""
    edition: str = ""

    @property
    def role_label(self) -> str:
        return str(SignedAs(self.role).label)

    @property
    def method_label(self) -> str:
        return str(SignatureMethod(self.method).label)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an office knows of one document. `editions` are all contents that it kept, by hash, with their lengths."""

    number: str
    kind: str
    agency: str
    issued_at: dt.datetime
    final: str
    editions: dict[str, int]
    signatures: tuple[KnownSignature, ...] = ()
    superseded_by: str = ""
    superseded_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    withdrawn_reason: str = ""

    @property
    def state(self) -> State:
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.SUPERSEDED if self.superseded_by else State.GENUINE

    @property
    def sentence(self) -> str:
        """What anybody who holds the document must know of it today."""
        if self.withdrawn_at is not None:
            since = words.moment(self.withdrawn_at)
            return f"Dokumen ini ditarik pada {since} dan tidak berlaku lagi. Alasan: {self.withdrawn_reason}"
        if self.superseded_by:
            since = f" pada {words.moment(self.superseded_at)}" if self.superseded_at else ""
            return f"Dokumen ini digantikan oleh dokumen nomor {self.superseded_by}{since} dan tidak berlaku lagi."
        return "Dokumen ini tercatat dan berlaku."


class Registry(Protocol):
    """Where the documents of an office are looked up."""

    def by_edition(self, sha256: str) -> Entry | None: ...

    def by_number(self, number: str) -> Entry | None: ...

    def content(self, entry: Entry) -> bytes | None:
        """The final edition itself, where it is at hand."""

    def is_copy(self, entry: Entry, copy: int, content: bytes) -> bool | None:
        """Whether the file is the copy of that number as the office makes it; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of an examined file."""

    state: State
    sentence: str
    details: tuple[str, ...] = ()
    entry: Entry | None = None
    found: tuple[Found, ...] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        return TITLES[self.state]

    @property
    def holds(self) -> bool:
        return self.state in {State.GENUINE, State.COPY, State.SEALED}


def examine(content: bytes, registry: Registry, anchors: Anchors) -> Report:
    """Genuine, changed since, superseded, withdrawn, or not ours; a file that cannot be read is said to be so."""
    sha256 = hashlib.sha256(content).hexdigest()
    if (entry := registry.by_edition(sha256)) is not None:
        return _known(entry, sha256)
    beginning = _beginning(content, registry)
    try:
        return _judged(content, beginning, registry, anchors)
    except InvalidInput as error:
        return Report(State.UNREADABLE, error.message) if beginning is None else _added(*beginning, None, registry)
    except BROKEN:
        told = "PDF ini rusak, sehingga tidak dapat diperiksa seluruhnya."
        return Report(State.UNREADABLE, told) if beginning is None else _added(*beginning, None, registry)


Beginning = tuple[Entry, str, int]


def _judged(content: bytes, beginning: Beginning | None, registry: Registry, anchors: Anchors) -> Report:
    given = _opened(content, anchors)
    if beginning is not None:
        return _added(*beginning, given, registry)
    if (copied := COPY_TITLE.fullmatch(_told_of_itself(given.reader, "/Title"))) is not None:
        number, entry = int(copied["copy"]), registry.by_number(copied["number"])
        if entry is not None and not given.found:
            return _copied(entry, number, registry.is_copy(entry, number, content))
    claimed = next((entry for number in _numbers(given.reader) if (entry := registry.by_number(number))), None)
    return _foreign(given) if claimed is None else _altered(claimed, given, registry)


@dataclass(frozen=True, slots=True)
class _Given:
    """The examined file, opened."""

    reader: PdfFileReader
    found: tuple[Found, ...]
    scripts: tuple[str, ...]
    length: int


def _opened(content: bytes, anchors: Anchors) -> _Given:
    reader = open_pdf(content)
    found = tuple(signatures_in(content, anchors, clock.now(), reader))
    scripts = ("Berkas ini memuat skrip; jangan dibuka.",) if has_scripts(content, reader) else ()
    return _Given(reader, found, scripts, len(content))


def _beginning(content: bytes, registry: Registry) -> Beginning | None:
    """The latest edition that the file begins with, to its last byte, and how many bytes came after it."""
    digest, start, last = hashlib.sha256(), 0, None
    for mark in islice(END.finditer(content), MOST_EDITIONS):
        digest.update(content[start : mark.end()])
        start, sha256 = mark.end(), digest.hexdigest()
        if (entry := registry.by_edition(sha256)) is not None:
            last = (entry, sha256, len(content) - start)
    return last


def _known(entry: Entry, sha256: str) -> Report:
    if sha256 == entry.final:
        return Report(entry.state, entry.sentence, entry=entry)
    before = list(entry.editions).index(sha256)
    inside = set(list(entry.editions)[: before + 1])
    missing = [known.role_label.lower() for known in entry.signatures if known.edition not in inside]
    sentence = "Isinya asli, tetapi ini terbitan yang lebih awal"
    sentence += f": tanda tangan {', '.join(missing)} tidak ada di dalamnya." if missing else "."
    details = () if entry.state is State.GENUINE else (entry.sentence,)
    return Report(State.EARLIER, f"{sentence} Mintalah terbitan lengkapnya.", details, entry)


def _added(entry: Entry, sha256: str, more: int, given: _Given | None, registry: Registry) -> Report:
    """The beginning is genuine to the last byte; something came after it."""
    last = next((known for known in reversed(entry.signatures) if known.edition == sha256), None)
    after = f"tanda tangan {last.role_label.lower()} pada {words.moment(last.at)}" if last else "diterbitkan"
    sentence = f"Berkas ini diubah sesudah {after}: {more} bita ditambahkan di belakangnya."
    if given is None:
        return Report(State.CHANGED, sentence, entry=entry)
    details = (*_differences(entry, given.reader, registry), *_when(given.reader), *given.scripts)
    return Report(State.CHANGED, sentence, details, entry, given.found)


def _copied(entry: Entry, number: int, genuine: bool | None) -> Report:
    """A numbered copy has no signatures of its own; it is genuine if the office makes the same one, byte for byte."""
    if genuine is None:
        told = (
            f"Berkas ini menyebut dirinya salinan nomor {number} dari dokumen {entry.number}. Salinan tidak bertanda "
            "tangan digital, sehingga hanya dapat diperiksa di halaman periksa kantor itu."
        )
        return Report(State.CHANGED, told, entry=entry)
    if not genuine:
        told = f"Berkas ini menyebut dirinya salinan nomor {number} dari dokumen {entry.number}, tetapi isinya lain."
        return Report(State.CHANGED, told, ("Mintalah salinan yang baru kepada kantor itu.",), entry)
    told = (
        f"Berkas ini salinan nomor {number} dari dokumen {entry.number}, sama dengan yang dibuat kantor ini sampai bita "
        "terakhir. Tanda tangan digital hanya ada pada dokumen yang disalin."
    )
    if entry.state is State.GENUINE:
        return Report(State.COPY, told, entry=entry)
    return Report(entry.state, entry.sentence, (told, COME_BACK), entry)


def _altered(entry: Entry, given: _Given, registry: Registry) -> Report:
    broken = [_who(one) for one in given.found if not one.intact]
    sentence = f"Berkas ini mengaku dokumen nomor {entry.number}, tetapi isinya bukan isi dokumen itu."
    details = [f"Tanda tangan {name} tidak cocok lagi dengan isinya." for name in broken]
    if not given.found and entry.signatures:
        details.append(
            "Tanda tangannya tidak ada lagi di dalam berkas; cetak ulang atau salinan tidak dapat diperiksa."
        )
    details += [*_differences(entry, given.reader, registry), *_when(given.reader), *given.scripts]
    return Report(State.CHANGED, sentence, tuple(details), entry, given.found)


def _foreign(given: _Given) -> Report:
    """Not on the list; a sheet beside the documents, as a berita acara, is known by its signatures alone."""
    last = given.found[-1] if given.found else None
    if last and all(one.valid for one in given.found) and last.end == given.length and not given.scripts:
        names = ", ".join(one.name for one in given.found)
        sentence = (
            f"Berkas ini bukan dokumen penilaian yang bernomor, tetapi ditandatangani {names} dengan sertifikat yang sah "
            "di sini, dan isinya tidak berubah sesudah itu. Demikian halnya berita acara arsip."
        )
        return Report(State.SEALED, sentence, found=given.found)
    sentence = (
        "Kantor ini tidak mengenal berkas ini: bukan terbitannya, dan tidak diterbitkan sesudah daftar ini dibuat."
    )
    details = tuple(f"Memuat tanda tangan atas nama {one.name}, yang tidak dikenal di sini." for one in given.found)
    return Report(State.FOREIGN, sentence, (*details, *given.scripts), found=given.found)


def _who(found: Found) -> str:
    return str(found.role.label).lower() if found.role else found.name


def _numbers(reader: PdfFileReader) -> Iterator[str]:
    """Which document the file says it is: in its signatures, then in its title."""
    for embedded in reader.embedded_regular_signatures:
        reason = str(embedded.sig_object.get("/Reason", ""))
        if REASON_MARK in reason:
            yield reason.rpartition(REASON_MARK)[2].strip()
    if title := _told_of_itself(reader, "/Title"):
        yield title.rsplit(maxsplit=1)[-1]


def _when(reader: PdfFileReader) -> Iterator[str]:
    """What the file itself says of its last change; it may lie."""
    digits = _told_of_itself(reader, "/ModDate").removeprefix("D:")[:12]
    if len(digits) == 12 and digits.isdigit():  # noqa: PLR2004 -- year, month, day, hour, minute
        at = f"{digits[6:8]}-{digits[4:6]}-{digits[:4]} pukul {digits[8:10]}.{digits[10:12]}"
        yield f"Menurut keterangan di dalam berkas, terakhir diubah {at}."


def _told_of_itself(reader: PdfFileReader, key: str) -> str:
    about = reader.trailer_view.get("/Info")
    return str(about.get_object().get(key, "")) if about is not None else ""


def _differences(entry: Entry, reader: PdfFileReader, registry: Registry) -> Iterator[str]:
    genuine = registry.content(entry)
    if genuine is None or b"%PDF-" not in genuine[:1024]:
        return
    mine, theirs = _pages(open_pdf(genuine)), _pages(reader)
    if len(mine) != len(theirs):
        yield f"Aslinya {len(mine)} halaman, berkas ini {len(theirs)} halaman."
    changed = [str(number) for number, (a, b) in enumerate(zip(mine, theirs, strict=False), start=1) if a != b]
    if changed:
        yield f"Isi halaman {', '.join(changed)} berbeda dari aslinya."
    elif len(mine) == len(theirs):
        yield "Teks setiap halamannya sama dengan aslinya; yang berubah adalah catatan, isian, atau keterangan berkas."


def _pages(reader: PdfFileReader) -> list[str]:
    """A hash of what each page draws."""
    found, waiting = list[str](), [reader.root["/Pages"]]
    while waiting and len(found) < MOST_PAGES:
        node = waiting.pop()
        if "/Kids" in node:
            waiting.extend(reversed([kid.get_object() for kid in node["/Kids"]]))
        else:
            found.append(hashlib.sha256(b"\n".join(_drawn(node.get("/Contents")))).hexdigest())
    return found


def _drawn(contents: Any) -> Iterator[bytes]:
    """One stream, or several after each other, however deep they are wrapped."""
    part = contents.get_object() if contents is not None else None
    if isinstance(part, list):
        for inner in part:
            yield from _drawn(inner)
    elif part is not None:
        yield part.data
