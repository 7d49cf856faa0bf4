"""What a file really is, and the few parts of an XLSX that reading needs, taken out within limits.

Nothing here trusts a name or an extension. A part that reading does not need (pictures, links, printer settings) is
never unpacked, and a file that would grow beyond the limits is refused before anything is unpacked at all.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from typing import NoReturn

from takar.common.errors import InvalidInput, Problem

MAX_BYTES = 10 * 1024 * 1024
MAX_EXPANDED = 100 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE = 10 * 1024 * 1024  # below this a high ratio is only a sheet of equal rows
MAX_ENTRIES = 5_000

_WORKBOOK = re.compile(r"xl/(workbook\d*\.xml)")  # SharePoint numbers it

_SAVE_AS = "Buka di Excel, LibreOffice atau WPS, simpan sebagai “Excel Workbook (.xlsx)”, lalu unggah hasilnya."
_RETYPE = "Unggah buku kerja Excel asalnya, atau salin isinya ke templat .xlsx dari Takar."
_UNPACK = "Keluarkan buku kerja .xlsx dari arsip itu, lalu unggah satu per satu."
_SAVE_AGAIN = "Buka lagi berkas aslinya, simpan ulang sebagai .xlsx, lalu unggah hasilnya."

_SIGNATURES = (
    (b"%PDF", "dokumen PDF", _RETYPE),
    (b"{\\rtf", "dokumen RTF", _RETYPE),
    (b"\x89PNG", "gambar PNG", _RETYPE),
    (b"\xff\xd8\xff", "gambar JPEG", _RETYPE),
    (b"Rar!", "arsip RAR", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z", _UNPACK),
    (b"\x1f\x8b", "arsip GZIP", _UNPACK),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("Workbook", "buku kerja Excel lama (.xls)", _SAVE_AS),
    ("Book", "buku kerja Excel lama (.xls)", _SAVE_AS),
    ("WordDocument", "dokumen Word lama (.doc)", _RETYPE),
)
_ZIP_MEMBERS = (
    ("xl/workbook.bin", "buku kerja Excel biner (.xlsb)", _SAVE_AS),
    ("word/document.xml", "dokumen Word (.docx)", _RETYPE),
    ("ppt/presentation.xml", "presentasi PowerPoint (.pptx)", _RETYPE),
    ("content.xml", "berkas OpenDocument (.ods atau .odt)", _SAVE_AS),
)
_TEXTS = (
    (re.compile(rb"<(!doctype\s+html|html|table|head|meta)\b", re.IGNORECASE), "halaman web (HTML)", _SAVE_AS),
    (re.compile(rb"<\?xml|<Workbook\b"), "berkas XML", _SAVE_AS),
    (re.compile(rb"[^\x00-\x08\x0e-\x1f\r\n]*[;,\t]"), "berkas teks CSV", _SAVE_AS),
)
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


def refuse(name: str, what: str, cure: str) -> NoReturn:
    """Stop with one sentence about the file and one about what to do."""
    message = f"Berkas “{shown_name(name)}” {what}. {cure}"
    raise InvalidInput(message, [Problem("", message)])


def refuse_broken(name: str) -> NoReturn:
    refuse(name, "rusak atau terpotong sehingga tidak dapat dibaca", _SAVE_AGAIN)


def shown_name(name: str) -> str:
    """The file's own name, without folders and control characters, short enough for a sentence."""
    last = re.split(r"[\\/]", name)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    return printable[:80] or "tanpa nama"


class Container:
    """An XLSX whose table of contents has been checked; `read` unpacks one part."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        _check_size(data, name)
        if not data.startswith(b"PK\x03\x04"):
            _refuse_other_kind(data, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN_ZIP:
            refuse_broken(name)
        self._entries = _checked_entries(self._zip.infolist(), len(data), name)

    def workbook(self) -> str:
        """The name, without its folder, of the part that lists the sheets."""
        matches = (_WORKBOOK.fullmatch(path) for path in self._entries)
        return next(match[1] for match in matches if match)

    def read(self, part: str) -> bytes | None:
        """The part's bytes, None when there is no such part; names are compared without regard to case."""
        entry = self._entries.get(_key(part))
        if entry is None:
            return None
        try:
            return self._zip.read(entry)
        except _BROKEN_ZIP:
            refuse_broken(self.name)


def repack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """A plain archive of exactly these parts, so that another reader sees what was checked and nothing else."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    target.seek(0)
    return target


def _key(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/").lstrip("/")).lower()


def _check_size(data: bytes, name: str) -> None:
    if not data:
        refuse(name, "kosong (0 bita)", "Simpan ulang berkas aslinya, lalu unggah kembali.")
    if len(data) > MAX_BYTES:
        refuse(
            name,
            f"terlalu besar: {_megabytes(len(data))} MB, sedangkan batasnya {_megabytes(MAX_BYTES)} MB",
            "Hapus gambar dan lembar yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali.",
        )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0")


def _checked_entries(entries: list[zipfile.ZipInfo], size: int, name: str) -> dict[str, zipfile.ZipInfo]:
    by_name = {_key(entry.filename): entry for entry in entries}
    _refuse_other_archive(by_name.keys(), name)
    if any(entry.flag_bits & 1 for entry in entries):
        _refuse_locked(name)
    expanded = sum(entry.file_size for entry in entries)
    grown = expanded > MAX_EXPANDED or (expanded > RATIO_FREE and expanded > MAX_RATIO * size)
    if grown or len(entries) > MAX_ENTRIES:
        refuse(
            name,
            "tidak wajar: isinya mengembang jauh melebihi batas ketika dibuka",
            "Salin datanya sebagai nilai ke buku kerja baru, simpan sebagai .xlsx, lalu unggah hasilnya.",
        )
    if len(by_name) != len(entries):
        refuse_broken(name)
    return by_name


def _refuse_locked(name: str) -> NoReturn:
    refuse(
        name,
        "dikunci dengan kata sandi",
        "Buka di Excel, hapus kata sandinya (File → Info → Protect Workbook), simpan, lalu unggah kembali.",
    )


def _refuse_other_archive(names: Collection[str], name: str) -> None:
    if any(member.endswith("vbaproject.bin") for member in names):
        refuse(
            name,
            "berisi makro",
            "Demi keamanan makro tidak diterima: simpan sebagai “Excel Workbook (.xlsx)”, lalu unggah hasilnya.",
        )
    if any(_WORKBOOK.fullmatch(member) for member in names):
        return
    for member, kind, cure in _ZIP_MEMBERS:
        if member in names:
            _refuse_kind(name, kind, cure)
    _refuse_kind(name, "arsip ZIP", _UNPACK)


def _refuse_other_kind(data: bytes, name: str) -> NoReturn:
    for signature, kind, cure in _SIGNATURES:
        if data.startswith(signature):
            _refuse_kind(name, kind, cure)
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    head = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, kind, cure in _TEXTS:
        if pattern.match(head):
            _refuse_kind(name, kind, cure)
    refuse(name, "bukan buku kerja Excel (.xlsx) dan jenisnya tidak dikenali", _SAVE_AS)


def _refuse_ole(data: bytes, name: str) -> NoReturn:
    """Old Office files and encrypted new ones share a container; its streams are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        _refuse_locked(name)
    for stream, kind, cure in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            _refuse_kind(name, kind, cure)
    _refuse_kind(name, "dokumen Office lama", _SAVE_AS)


def _refuse_kind(name: str, kind: str, cure: str) -> NoReturn:
    refuse(name, f"adalah {kind}, bukan buku kerja Excel (.xlsx)", cure)
