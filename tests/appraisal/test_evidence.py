"""Evidence is what its content says that it is."""

import pytest

from takar.appraisal.evidence import media_type_of
from takar.common.errors import InvalidInput

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.txt", b"%PDF-1.4", "application/pdf"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.xlsx", b"PK\x03\x04...", XLSX),
        ("A.DOCX", b"PK\x03\x04...", DOCX),
    ],
)
def test_content_decides(name: str, content: bytes, kind: str) -> None:
    assert media_type_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"PDF-1.7"),
        ("a.pdf", b"\n%PDF-1.7"),
        ("a.png", b"\x89PNG"),
        ("a.html", b"<!doctype html>"),
        ("a.zip", b"PK\x03\x04"),
        ("a.xlsx.exe", b"PK\x03\x04"),
        ("a.xlsx", b"PK\x05\x06"),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("a.svg", b"<svg/>"),
    ],
)
def test_anything_else_is_refused_by_its_name(name: str, content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        media_type_of(name, content)
    assert refused.value.message == f"Bukti dukung “{name}” tidak dapat diterima."
    assert [problem.where for problem in refused.value.problems] == [name]
