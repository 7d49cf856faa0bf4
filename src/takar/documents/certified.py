"""What BSrE itself says of a document that bears certified signatures, for those who examine it inside the office."""

from django.conf import settings

from takar.common.errors import DomainError
from takar.documents.checking import Entry
from takar.documents.enums import SignatureMethod
from takar.documents.signing import bsre

OWN = "Di sini tanda tangannya hanya diperiksa dengan sertifikat akar yang disetel."


def told_by_bsre(entry: Entry | None, pdf: bytes) -> str:
    """A sentence for a document with signatures of BSrE where its service is set; empty for any other."""
    certified = entry is not None and any(one.method == SignatureMethod.BSRE for one in entry.signatures)
    if not (certified and settings.BSRE_URL):
        return ""
    try:
        verdict = bsre.verify(pdf)
    except DomainError as error:
        return f"{error.message} {OWN}"
    word = f" (“{verdict.conclusion}”)" if verdict.conclusion else ""
    if verdict.holds:
        return f"Layanan BSrE menyatakan {verdict.count} tanda tangan di dalamnya sah{word}."
    if not verdict.count:
        return f"Layanan BSrE tidak menemukan tanda tangan di dalamnya{word}."
    return (
        f"Layanan BSrE hanya menyatakan {verdict.holding} dari {verdict.count} tanda tangan di dalamnya sah{word}. "
        "Tanda tangan dengan sertifikat kantor memang tidak dikenal BSrE; yang lain tanyakan kepada BSrE."
    )
