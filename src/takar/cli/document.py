"""One PDF under examination: what `takar verify BERKAS.pdf` prints."""

from pathlib import Path

from takar.cli.common import read_file
from takar.common import words
from takar.common.errors import InvalidInput
from takar.documents.certified import told_by_bsre
from takar.documents.checking import Report, examine
from takar.documents.registry import OfficeRegistry, office_anchors
from takar.documents.trust import TrustFile, grouped, parsed

HOLDS, DOES_NOT_HOLD = 0, 1
MOST_BYTES = 100 * 1024 * 1024


def examine_file(path: Path, trust: Path | None, fingerprint: str = "") -> int:
    """0 only for a genuine document that holds today, or held when the trust file was made."""
    content, certified = _content(path), ""
    if trust is None:
        report = examine(content, OfficeRegistry(), office_anchors())
        certified = told_by_bsre(report.entry, content)
    else:
        known = parsed(read_file(trust).decode("utf-8", "replace"), where=f"Berkas {trust}", fingerprint=fingerprint)
        report = examine(content, known, known.anchors)
        print(
            f"Menurut berkas kepercayaan tertanggal {words.moment(known.exported_at)}, {_told_of(known, fingerprint)}:"
        )
    _print(report)
    if certified:
        print(certified)
    return HOLDS if report.holds else DOES_NOT_HOLD


def _told_of(known: TrustFile, fingerprint: str) -> str:
    """Whose key signed it, and whether that was compared."""
    if not known.key:
        return "yang tidak ditandatangani"
    if fingerprint:
        return "yang ditandatangani kunci kantor itu"
    return f"yang ditandatangani kunci {grouped(known.key)} (cocokkan dengan sidik dari kantornya)"


def _print(report: Report) -> None:
    print(f"{report.title}. {report.sentence}")
    for detail in report.details:
        print(f"  {detail}")
    if report.entry is not None:
        entry = report.entry
        print(f"{entry.kind} nomor {entry.number}, {entry.agency}, terbit {words.moment(entry.issued_at)}")
        for known in entry.signatures:
            print(f"  {known.role_label}: {known.method_label}, {words.moment(known.at)}")


def _content(path: Path) -> bytes:
    """Nothing is read of a file that is larger than any document."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InvalidInput(f"{path} tidak dapat dibaca ({error.strerror}). Periksa nama dan izinnya.") from error
    if size > MOST_BYTES:
        raise InvalidInput(
            f"{path} besarnya {size // 1024 // 1024} MB, terlalu besar untuk sebuah dokumen; tidak dibaca."
        )
    return read_file(path)
