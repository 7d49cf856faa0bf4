"""Scans of what was signed in ink: judged by their content, whatever their name says."""

from takar.common.errors import InvalidInput, Problem
from takar.documents.signing.reading import check_pdf

PNG, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
JPEG, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
TRAILING = 4096  # some cameras append their own data
KINDS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
REFUSED = "Pindaian belum diterima, sehingga langkahnya tetap terbuka."


def media_type_of_scan(name: str, content: bytes) -> str:
    """PDF, JPEG or PNG, whole and harmless; InvalidInput in words otherwise."""
    if content.startswith(PNG):
        _check_end(name, content, PNG_END)
        return "image/png"
    if content.startswith(JPEG):
        _check_end(name, content, JPEG_END)
        return "image/jpeg"
    if b"%PDF-" in content[:1024]:
        try:
            check_pdf(content)
        except InvalidInput as error:
            raise InvalidInput(REFUSED, [Problem(name, error.message)]) from error
        return "application/pdf"
    told = "Isinya bukan PDF, JPG atau PNG, apa pun nama berkasnya. Pindai atau foto lembar yang ditandatangani."
    raise InvalidInput(REFUSED, [Problem(name, told)])


def _check_end(name: str, content: bytes, end: bytes) -> None:
    if end not in content[-TRAILING:]:
        told = "Gambarnya terpotong: bagian akhirnya tidak ada. Pindai atau salin sekali lagi."
        raise InvalidInput(REFUSED, [Problem(name, told)])
