import hashlib
import json
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.forms import reading, samples
from tests.documents.forms.everything import SAMPLES as EVERY

from takar.documents.forms.catalogue import BY_KEY
from takar.documents.forms.glyphs import FONTS, covered, printable_text
from takar.documents.forms.render import TEMPLATES, FormError, render, signature_boxes, typeset

SHEET = {"width": 935.43, "height": 609.45}  # 330 x 215 mm in points
MARKUP = (
    "#panic() #1+1 $x^2$ *tebal* _miring_ `kode` @rujukan <label> [isi] \\ \\u{41} // akhir /* */ "
    '= judul - butir + nomor / istilah ~ -- --- ... "kutip" \'petik\' #import "takar.typ": * #read("takar.typ") &<>&amp; %'
)


def test_same_data_give_the_same_bytes() -> None:
    assert render("dokumen_pengukuran", samples.measurement()) == render("dokumen_pengukuran", samples.measurement())


def test_threads_give_the_same_bytes() -> None:
    documents = [samples.measurement(number, number=str(number)) for number in (1, 2, 3)] * 4
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda document: render("dokumen_pengukuran", document), documents))
    assert together == [render("dokumen_pengukuran", document) for document in documents]


def test_different_data_give_different_bytes() -> None:
    pdfs = {render("dokumen_pengukuran", samples.measurement(number=number)) for number in ("1", "2")}
    assert len(pdfs) == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, "D:19700101000000Z"), ({"created": "2026-01-12T10:15:30+08:00"}, "D:20260112021530Z")],
)
def test_creation_time_is_the_one_in_the_data_in_universal_time(changes: dict[str, Any], expected: str) -> None:
    metadata = reading.reader(render("dokumen_pengukuran", samples.measurement(**changes))).metadata
    assert metadata is not None
    assert metadata.creation_date_raw == expected


def test_pdf_is_tagged_titled_and_indonesian() -> None:
    pdf = reading.reader(render("dokumen_pengukuran", samples.measurement()))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 -- pypdf's own kind of boolean
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Dokumen Pengukuran Kinerja 800.1.11.1/014/DPMPTSP-TK/2026"
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B" in root["/Metadata"].get_data()


SAMPLES = {"dokumen_pengukuran": samples.measurement(), **{BY_KEY[key].template: data for key, data in EVERY.items()}}


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_structure_satisfies_the_typesetters_own_accessibility_checks(template: str) -> None:
    data = SAMPLES[template]
    path = TEMPLATES / f"{template}.typ"
    compiler = typst.Compiler(path, root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf", sys_inputs={"data": json.dumps(data), "record": "{}"}, pdf_standards="ua-1", timestamp=0
    )
    assert isinstance(pdf, bytes)
    assert [warning.message for warning in warnings] == []


def test_data_are_attached_letter_for_letter() -> None:
    document = samples.measurement(recommendation="Baik 🎉 \ud800")
    attached = reading.reader(render("dokumen_pengukuran", document)).attachments
    assert list(attached) == ["data.json"]
    assert [json.loads(content) for content in attached["data.json"]] == [document]


def test_signature_boxes_lie_on_their_pages_one_main_box_a_role() -> None:
    document = samples.measurement()
    boxes = signature_boxes("dokumen_pengukuran", document)
    assert [(box.role, box.page, box.main) for box in boxes] == [
        ("penilai", 1, False),
        ("penilai", 2, True),
        ("pegawai", 2, True),
        ("atasan", 2, True),
    ]
    assert {(box.width, box.height) for box in boxes} == {(175.75, 51.02)}
    assert all(0 < box.x < SHEET["width"] - box.width and 0 < box.y < SHEET["height"] - box.height for box in boxes)


def test_every_sheet_is_f4_lying() -> None:
    pdf = render("dokumen_pengukuran", samples.measurement(25))
    sizes = {(round(float(p.mediabox.width), 2), round(float(p.mediabox.height), 2)) for p in reading.reader(pdf).pages}
    assert sizes == {(SHEET["width"], SHEET["height"])}


def test_fonts_are_embedded() -> None:
    pdf = render("dokumen_pengukuran", samples.measurement(recommendation="مرحبا 😀"))
    assert reading.fonts(pdf) == {"Arimo": True, "Arimo-Bold": True, "DejaVuSans": True}


def test_missing_font_fails(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="unknown font family: arimo"):
        typeset(TEMPLATES / "dokumen_pengukuran.typ", tmp_path, samples.measurement())


def test_missing_datum_fails() -> None:
    document = dict(samples.measurement())
    del document["period"]
    with pytest.raises(FormError, match='dictionary does not contain key "period"'):
        typeset(TEMPLATES / "dokumen_pengukuran.typ", FONTS, document)


def test_markup_in_data_is_printed_as_it_stands() -> None:
    document = samples.measurement(
        2,
        employee={**samples.EMPLOYEE, "name": MARKUP, "unit": MARKUP},
        number=MARKUP,
        recommendation=MARKUP,
        date=MARKUP,
        digest=MARKUP,
    )
    document["activities"][1]["name"] = MARKUP
    document["activities"][1]["target"]["quantity"] = MARKUP
    document["working"][0]["formula"] = MARKUP
    assert reading.all_text(render("dokumen_pengukuran", document)).count(reading.squeezed(MARKUP)) >= 10


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("Nor Aini", "Nor Aini"),
        ("a\u0301", "á"),
        ("✓ ≤ → •", "✓ ≤ → •"),
        ("😀", "😀"),
        ("🎉", "[U+1F389]"),
        ("漢", "[U+6F22]"),
        ("\u06cd", "[U+06CD]"),
        ("a\u202ecba\u202c", "acba"),
        ("nol\x00 bel\x07", "nol bel"),
        ("a\tb\r\nc\u2028d", "a b\nc\nd"),
        ("\ufeffa\u00adb\u200bc", "abc"),
        ("\ud800", "[U+D800]"),
    ],
)
def test_characters_without_glyph_are_named(given_text: str, printed: str) -> None:
    assert printable_text(given_text) == printed


@given(st.text(st.characters(), min_size=1))
def test_printable_text_has_a_glyph_for_each_character(text: str) -> None:
    assert {ord(character) for character in printable_text(text)} - {ord("\n")} <= covered()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(max_codepoint=0x2FFF), max_size=60))
def test_any_text_can_be_printed(wide: str, near: str) -> None:
    form = samples.performance_form(1, code=near, additional=[{"name": wide, "letter": near}])
    form["activities"][0]["name"] = near + wide
    assert "FORMULIR KINERJA PEGAWAI" in reading.pages(render("formulir_kinerja", form))[0]


def test_vendored_fonts_are_the_ones_in_the_manifest() -> None:
    manifest = tomllib.loads((FONTS / "MANIFEST.toml").read_text(encoding="utf-8"))["font"]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert {font["file"]: font["sha256"] for font in manifest} == hashes
    assert {font["licence_file"] for font in manifest} == {path.name for path in FONTS.glob("*.txt")}


def test_vendored_fonts_are_the_families_that_the_manifest_names() -> None:
    manifest = tomllib.loads((FONTS / "MANIFEST.toml").read_text(encoding="utf-8"))["font"]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    assert fonts.families() == sorted({font["family"] for font in manifest})
