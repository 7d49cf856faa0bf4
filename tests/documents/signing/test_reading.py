"""A bad PDF is told in words, whichever way it is bad, and a bomb is not set off."""

import io
import zlib

import pikepdf
import pytest
from tests.documents.signing import papers

from takar.common.errors import InvalidInput
from takar.documents.signing.ink import media_type_of_scan
from takar.documents.signing.reading import check_pdf, open_pdf, sheet_height


def with_script(place: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        if place == "names":
            made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", action])))
        else:
            made.Root[place] = action
        made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """Three megabytes that unpack to three gigabytes, packed twice."""
    packed = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    return b"%PDF-1.7\n1 0 obj\n<</Length 1>>stream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


BAD = {
    "nothing": (lambda: b"", "bukan PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 99, "bukan PDF"),
    "cut off": (lambda: papers.paper()[:-3000], "terpotong"),
    # found by the coverage-guided run: the reader asserts that the table is one
    "with a table that is none": (
        lambda: b"%PDF-1.4\n1 0 obj<</Type/Nope/Length 0>>stream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
        "rusak",
    ),
    "without a table": (lambda: b"%PDF-1.7\nstartxref\n99\n%%EOF\n", "rusak"),
    "locked": (lambda: papers.changed(papers.paper(), encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci"),
    "a bomb": (bomb, "mengembang"),
    "opens a script": (lambda: with_script("/OpenAction"), "skrip"),
    "acts on closing": (lambda: with_script("/AA"), "skrip"),
    "names a script": (lambda: with_script("names"), "skrip"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_pdf_is_refused_in_words(kind: str) -> None:
    make, word = BAD[kind]
    with pytest.raises(InvalidInput) as told:
        check_pdf(make())
    assert word in told.value.message
    assert told.value.message.endswith(".")


def test_own_documents_are_read(tmp_path: object) -> None:
    _, both = papers.signed_by_both()
    assert len(open_pdf(both).root["/AcroForm"]["/Fields"]) == 2
    assert round(sheet_height(both, 2)) == 609


SCANS = (
    ("a.pdf", papers.paper, "application/pdf"),
    ("a.bin", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 99 + b"IEND\xaeB`\x82", "image/png"),
    ("a.png", lambda: b"\xff\xd8\xff" + b"0" * 99 + b"\xff\xd9", "image/jpeg"),
)
REFUSED = (
    ("foto.jpg", b"GIF89a", "Isinya bukan PDF, JPG atau PNG, apa pun nama berkasnya. Pindai atau foto lembar"),
    ("foto.jpg", b"\xff\xd8\xff" + b"0" * 99, "Gambarnya terpotong"),
    ("foto.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "Gambarnya terpotong"),
    ("pindaian.pdf", with_script("/OpenAction"), "PDF ini memuat skrip"),
    ("pindaian.pdf", b"%PDF-1.7 ...", "PDF ini terpotong"),
)


def test_scan_is_judged_by_its_content() -> None:
    assert [media_type_of_scan(name, make()) for name, make, _ in SCANS] == [kind for _, _, kind in SCANS]


@pytest.mark.parametrize(("name", "content", "told"), REFUSED)
def test_scan_that_is_none_is_refused_in_words(name: str, content: bytes, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        media_type_of_scan(name, content)
    assert refused.value.message == "Pindaian belum diterima, sehingga langkahnya tetap terbuka."
    assert str(refused.value.problems[0]).startswith(f"{name}: {told}")
