"""The office's crests: what is taken, what is refused in words, and where they are printed."""

import struct
import zlib

import pytest
from tests.documents.forms import samples
from tests.office import Office

from takar.common.errors import InvalidInput, NotAllowed
from takar.documents.emblems import MOST_BYTES, emblems_of, pictures_of, preview, remove_emblem, set_emblem
from takar.documents.forms.render import pictures, render
from takar.documents.models import Emblem

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#a00"/></svg>'
CREST = {"kind": "region", "name": "lambang.svg", "content": SVG}


def png(width: int = 4, height: int = 4) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = b"".join(b"\x00" + b"\xaa\x10\x10" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def give(office: Office, content: bytes, kind: str = "region") -> Emblem:
    return set_emblem(actor=office.kasubbag, agency=office.agency, kind=kind, name="lambang", content=content)


@pytest.mark.parametrize("content", [SVG, png()])
def test_crest_is_printed_on_the_letterhead(office: Office, content: bytes) -> None:
    give(office, content)
    form = samples.performance_form(1)
    printed = {**form, "pictures": pictures_of(emblems_of(office.agency))}
    assert pictures("formulir_kinerja", printed, ppi=20) != pictures("formulir_kinerja", form, ppi=20)
    assert render("formulir_kinerja", printed).startswith(b"%PDF-")


def test_new_crest_takes_the_place_of_the_old_and_the_old_can_still_be_printed(office: Office) -> None:
    first = emblems_of(office.agency) | {"region": give(office, SVG).file.sha256}
    second = give(office, png()).file.sha256
    assert emblems_of(office.agency) == {"region": second}
    assert pictures_of(first) == {"region": SVG.decode()}


def test_removed_crest_is_gone_from_forms(office: Office) -> None:
    give(office, SVG, "garuda")
    remove_emblem(actor=office.kasubbag, agency=office.agency, kind="garuda")
    assert emblems_of(office.agency) == {}


def test_preview_is_a_picture_whatever_was_uploaded(office: Office) -> None:
    assert preview(give(office, SVG).file).startswith(b"\x89PNG")


def test_only_the_office_s_keepers_set_a_crest(office: Office) -> None:
    with pytest.raises(NotAllowed):
        set_emblem(actor=office.pegawai, agency=office.agency, **CREST)  # type: ignore[arg-type]
    assert Emblem.objects.count() == 0


NOT_A_PICTURE = "Berkasnya bukan PNG atau SVG; unggah lambang sebagai salah satunya."
BROKEN = "Gambarnya rusak atau tidak dapat dicetak; simpan ulang sebagai PNG, lalu unggah."


def forbidden(name: str) -> str:
    return f"SVG-nya memuat “{name}” yang tidak boleh ada pada gambar; unggah lambang sebagai PNG."


def svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()


REFUSED = [
    (b"", NOT_A_PICTURE),
    (b"GIF89a", NOT_A_PICTURE),
    (b"\xff\xd8\xff\xe0", NOT_A_PICTURE),
    (b"<html/>", NOT_A_PICTURE),
    (b"<svg", NOT_A_PICTURE),
    (b"\x89PNG\r\n\x1a\n", "Gambarnya terpotong; unggah ulang berkas PNG yang utuh."),
    (png()[:50], BROKEN),
    (png(4001, 1), "Lebar dan tingginya paling banyak 4000 titik; perkecil dahulu gambarnya."),
    (SVG + b" " * MOST_BYTES, "Besarnya paling banyak 512 KB; perkecil dahulu gambarnya."),
    (svg("<script>alert(1)</script>"), forbidden("script")),
    (svg('<rect onclick="x()" width="1" height="1"/>'), forbidden("rect")),
    (svg('<image href="file:///etc/passwd"/>'), forbidden("image")),
    (svg("<style>@import 'x.css';</style>"), forbidden("style")),
    (svg('<rect fill="url(http://x/y)" width="1" height="1"/>'), forbidden("rect")),
    (
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
        "SVG-nya memuat deklarasi dokumen; simpan ulang sebagai “SVG biasa” atau sebagai PNG.",
    ),
]


def test_what_is_no_picture_is_refused_in_words(office: Office) -> None:
    told = []
    for content, _ in REFUSED:
        with pytest.raises(InvalidInput) as refusal:
            give(office, content)
        told.append([problem.message for problem in refusal.value.problems])
    assert told == [[message] for _, message in REFUSED]
    assert Emblem.objects.count() == 0
