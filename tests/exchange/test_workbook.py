import datetime as dt
import io
import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.sheets import changed, replacing, xlsx

from takar.common.errors import InvalidInput
from takar.exchange.workbook import MAX_BYTES, read_workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx({"Data": [["a", 1.5], ["b", 2]]})
SAVE_AS = "Buka di Excel, LibreOffice atau WPS, simpan sebagai “Excel Workbook (.xlsx)”, lalu unggah hasilnya."
RETYPE = "Unggah buku kerja Excel asalnya, atau salin isinya ke templat .xlsx dari Takar."
UNPACK = "Keluarkan buku kerja .xlsx dari arsip itu, lalu unggah satu per satu."
BROKEN = (
    "Berkas “x.xlsx” rusak atau terpotong sehingga tidak dapat dibaca. "
    "Buka lagi berkas aslinya, simpan ulang sebagai .xlsx, lalu unggah hasilnya."
)
BOMB = (
    "Berkas “x.xlsx” tidak wajar: isinya mengembang jauh melebihi batas ketika dibuka. "
    "Salin datanya sebagai nilai ke buku kerja baru, simpan sebagai .xlsx, lalu unggah hasilnya."
)
LOCKED = (
    "Berkas “x.xlsx” dikunci dengan kata sandi. "
    "Buka di Excel, hapus kata sandinya (File → Info → Protect Workbook), simpan, lalu unggah kembali."
)
DOCTYPE = (
    "Berkas “x.xlsx” memuat deklarasi XML (DTD) yang tidak pernah ditulis oleh Excel. "
    "Salin datanya ke buku kerja baru, simpan sebagai .xlsx, lalu unggah hasilnya."
)
ROWS = (
    "Berkas “x.xlsx” memuat lebih dari 20.000 baris dalam satu lembar. "
    "Hapus baris yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali."
)
COLUMNS = (
    "Berkas “x.xlsx” memuat lebih dari 256 kolom dalam satu lembar. "
    "Hapus isi di sebelah kanan tabel, simpan, lalu unggah kembali."
)
CELLS = (
    "Berkas “x.xlsx” memuat terlalu banyak sel. "
    "Hapus lembar dan isi yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali."
)
TEXT = (
    "Berkas “x.xlsx” memuat teks yang jauh terlalu panjang. "
    "Pendekkan isi selnya (paling panjang 32.767 huruf), simpan, lalu unggah kembali."
)


def refusal(data: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(InvalidInput) as caught:
        read_workbook(data, name=name)
    assert [str(problem) for problem in caught.value.problems] == [caught.value.message]
    return caught.value.message


def is_kind(kind: str, cure: str) -> str:
    return f"Berkas “x.xlsx” adalah {kind}, bukan buku kerja Excel (.xlsx). {cure}"


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for path, content in members.items():
            target.writestr(path, content)
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


def test_values_of_every_kind_are_read_from_a1_on() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write("B2", "teks")
    sheet.write("C2", 9.12)
    sheet.write("D2", True)
    sheet.write_datetime("E2", dt.datetime(2025, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_datetime("F2", dt.datetime(2025, 1, 2, 3, 4), book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    book.close()
    read = read_workbook(buffer.getvalue(), name="x.xlsx").sheets["Data"]
    assert [list(cells) for cells in read.rows] == [
        ["", "", "", "", "", ""],
        ["", "teks", 9.12, True, dt.date(2025, 1, 2), dt.datetime(2025, 1, 2, 3, 4)],
    ]


def test_formulas_and_errors_are_known_by_their_cells() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_formula("B1", "=1+1", value=2)
    sheet.write_formula("A3", "=1/0", value="#DIV/0!")
    sheet.write_array_formula("C1:D2", "{=A1:B2}", value=7)
    book.close()
    read = read_workbook(buffer.getvalue(), name="x.xlsx").sheets["Data"]
    assert read.formulas == {(1, 2), (3, 1), (1, 3), (1, 4), (2, 3), (2, 4)}
    assert read.errors == {(3, 1): "#DIV/0!"}
    assert read.rows[0][1] == 2.0


def test_formula_of_a_conditional_format_is_no_formula_of_a_cell() -> None:
    extension = b'</sheetData><extLst><ext><xm:f xmlns:xm="urn:x">Data!$A$1</xm:f></ext></extLst>'
    data = changed(GOOD, {SHEET: replacing(b"</sheetData>", extension)})
    assert read_workbook(data, name="x.xlsx").sheets["Data"].formulas == frozenset()


def test_sheets_keep_their_order_and_hidden_ones_are_marked() -> None:
    data = changed(
        xlsx({"Dua": [["d"]], "Satu": [["s"]], "Tiga": [["t"]]}),
        {"xl/workbook.xml": replacing(b'name="Satu"', b'name="Satu" state="hidden"')},
    )
    sheets = read_workbook(data, name="x.xlsx").sheets
    assert [(name, sheet.rows[0][0], sheet.hidden) for name, sheet in sheets.items()] == [
        ("Dua", "d", False),
        ("Satu", "s", True),
        ("Tiga", "t", False),
    ]


def test_dates_of_1904_files_are_read_by_their_own_calendar() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet("Data")
    sheet.write_datetime("A1", dt.datetime(2025, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    assert read_workbook(buffer.getvalue(), name="x.xlsx").sheets["Data"].rows == [[dt.date(2025, 1, 2)]]


def test_name_is_shown_without_folders_and_control_characters() -> None:
    assert read_workbook(GOOD, name="C:\\data\\a\x00\nb.xlsx").name == "ab.xlsx"


def test_empty_file_is_refused() -> None:
    assert refusal(b"") == "Berkas “x.xlsx” kosong (0 bita). Simpan ulang berkas aslinya, lalu unggah kembali."


def test_file_above_the_size_limit_is_refused() -> None:
    assert refusal(GOOD + bytes(MAX_BYTES)) == (
        "Berkas “x.xlsx” terlalu besar: 10 MB, sedangkan batasnya 10 MB. "
        "Hapus gambar dan lembar yang tidak perlu atau bagi menjadi beberapa berkas, lalu unggah kembali."
    )


@pytest.mark.parametrize(
    ("data", "kind", "cure"),
    [
        (b"%PDF-1.7\n", "dokumen PDF", RETYPE),
        (b"{\\rtf1", "dokumen RTF", RETYPE),
        (b"\x89PNG\r\n", "gambar PNG", RETYPE),
        (b"\xff\xd8\xff\xe0", "gambar JPEG", RETYPE),
        (b"Rar!\x1a", "arsip RAR", UNPACK),
        (b"NIP;Nama\n1;A\n", "berkas teks CSV", SAVE_AS),
        (b"\xef\xbb\xbfNIP,Nama\r\n", "berkas teks CSV", SAVE_AS),
        (b"  <html><table>", "halaman web (HTML)", SAVE_AS),
        (b'<?xml version="1.0"?><Workbook>', "berkas XML", SAVE_AS),
        (ole("Workbook"), "buku kerja Excel lama (.xls)", SAVE_AS),
        (ole("WordDocument"), "dokumen Word lama (.doc)", RETYPE),
        (ole("Lain"), "dokumen Office lama", SAVE_AS),
        (archive({"word/document.xml": b"<w/>"}), "dokumen Word (.docx)", RETYPE),
        (archive({"xl/workbook.bin": b""}), "buku kerja Excel biner (.xlsb)", SAVE_AS),
        (archive({"content.xml": b"<o/>"}), "berkas OpenDocument (.ods atau .odt)", SAVE_AS),
        (archive({"a.txt": b"a"}), "arsip ZIP", UNPACK),
    ],
)
def test_other_kind_of_file_is_named(data: bytes, kind: str, cure: str) -> None:
    assert refusal(data) == is_kind(kind, cure)


def test_unknown_bytes_are_refused() -> None:
    message = f"Berkas “x.xlsx” bukan buku kerja Excel (.xlsx) dan jenisnya tidak dikenali. {SAVE_AS}"
    assert refusal(b"\x00\x01\x02\x03") == message


def test_password_is_named() -> None:
    assert refusal(ole("EncryptedPackage")) == LOCKED


def test_encrypted_archive_entry_is_a_password() -> None:
    data = bytearray(GOOD)
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal(bytes(data)) == LOCKED


def test_macros_are_refused() -> None:
    assert refusal(changed(GOOD, added={"xl/vbaProject.bin": b"x"})) == (
        "Berkas “x.xlsx” berisi makro. "
        "Demi keamanan makro tidak diterima: simpan sebagai “Excel Workbook (.xlsx)”, lalu unggah hasilnya."
    )


@pytest.mark.parametrize("part", ["5 bytes", "100 bytes", "half", "all but one"])
def test_truncated_file_is_broken(part: str) -> None:
    """Named by words: the length of a workbook differs by its moment, and every process must find the same tests."""
    length = {"5 bytes": 5, "100 bytes": 100, "half": len(GOOD) // 2, "all but one": len(GOOD) - 1}[part]
    assert refusal(GOOD[:length]) == BROKEN


def test_damaged_content_is_broken() -> None:
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source:
        start = source.getinfo(SHEET).header_offset + 30 + len(SHEET)
    data[start + 10 : start + 40] = bytes(30)
    assert refusal(bytes(data)) == BROKEN


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_part_twice_is_broken() -> None:
    assert refusal(changed(GOOD, added={SHEET: b"<worksheet/>"})) == BROKEN


def test_missing_sheet_part_is_broken() -> None:
    assert refusal(changed(GOOD, {"xl/_rels/workbook.xml.rels": replacing(b"sheet1.xml", b"sheet9.xml")})) == BROKEN


def test_broken_xml_is_broken() -> None:
    assert refusal(changed(GOOD, {SHEET: lambda content: content[:-5]})) == BROKEN


def test_archive_that_expands_beyond_the_limit_is_a_bomb() -> None:
    assert refusal(changed(GOOD, added={"xl/media/image1.png": bytes(101 * 1024 * 1024)})) == BOMB


def test_archive_with_an_absurd_ratio_is_a_bomb() -> None:
    assert refusal(changed(GOOD, added={"xl/media/image1.png": bytes(12 * 1024 * 1024)})) == BOMB


def test_archive_of_too_many_entries_is_a_bomb() -> None:
    assert refusal(changed(GOOD, added={f"xl/media/{number}": b"" for number in range(5_001)})) == BOMB


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_document_type_is_refused_before_it_defines_anything(part: str) -> None:
    bomb = b'?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert refusal(changed(GOOD, {part: replacing(b"?>", bomb)})) == DOCTYPE


@pytest.mark.parametrize(
    ("part", "said"), [("xl/sharedStrings.xml", b'uniqueCount="2"'), ("xl/styles.xml", b'cellXfs count="1"')]
)
def test_count_that_would_claim_all_memory_is_broken(part: str, said: bytes) -> None:
    lie = said.rpartition(b"=")[0] + b'="999999999999"'
    assert refusal(changed(GOOD, {part: replacing(said, lie)})) == BROKEN


@pytest.mark.parametrize("days", [1e300, -1e300])
def test_duration_beyond_any_clock_is_broken(days: float) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet("Data").write_number("A1", days, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    assert refusal(buffer.getvalue()) == BROKEN


def test_cell_far_below_is_too_many_rows() -> None:
    assert refusal(xlsx({"Data": [["a"], *[[]] * 19_999, ["z"]]})) == ROWS


def test_last_allowed_row_is_read() -> None:
    assert (
        len(read_workbook(xlsx({"Data": [["a"], *[[]] * 19_998, ["z"]]}), name="x.xlsx").sheets["Data"].rows) == 20_000
    )


def test_cell_far_to_the_right_is_too_many_columns() -> None:
    assert refusal(xlsx({"Data": [[None] * 256 + ["z"]]})) == COLUMNS


def test_blank_formatted_cells_far_away_do_no_harm() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = changed(GOOD, {SHEET: replacing(b"</sheetData>", far)})
    assert read_workbook(data, name="x.xlsx").sheets["Data"].rows == [["a", 1.5], ["b", 2.0]]


def test_cells_that_lie_about_their_row_are_broken() -> None:
    lie = b'<row r="1048576"><c r="A3"><v>1</v></c><c><v>1</v></c></row></sheetData>'
    assert refusal(changed(GOOD, {SHEET: replacing(b"</sheetData>", lie)})) == BROKEN


def test_opposite_corners_in_many_sheets_are_too_many_cells() -> None:
    corner = [[], *[[]] * 19_998, [None] * 255 + [1]]
    assert refusal(xlsx({"Data": corner})) == CELLS


def test_array_formula_over_a_whole_sheet_is_too_many_cells() -> None:
    array = b'<c r="B1"><f t="array" ref="A1:XFD1048576">1</f>'
    assert refusal(changed(GOOD, {SHEET: replacing(b'<c r="B1">', array)})) == CELLS


def test_array_formula_without_a_range_stands_in_its_own_cell() -> None:
    array = b'<c r="B1"><f t="array" ref="semua">1</f>'
    data = changed(GOOD, {SHEET: replacing(b'<c r="B1">', array)})
    assert read_workbook(data, name="x.xlsx").sheets["Data"].formulas == {(1, 2)}


def test_one_long_text_in_many_cells_is_refused() -> None:
    rows = [["x" * 32_000] * 20 for _ in range(100)]
    assert refusal(xlsx({"Data": rows})) == TEXT


def test_text_longer_than_a_cell_can_be_is_refused() -> None:
    data = changed(GOOD, {"xl/sharedStrings.xml": replacing(b"<t>a</t>", b"<t>" + b"a" * 32_768 + b"</t>")})
    assert refusal(data) == TEXT


def test_too_many_sheets_are_refused() -> None:
    more = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(9, 1_010))
    assert refusal(changed(GOOD, {"xl/workbook.xml": replacing(b"</sheets>", more + b"</sheets>")})) == (
        "Berkas “x.xlsx” memuat lebih dari 1.000 lembar. Bagi menjadi beberapa berkas, lalu unggah kembali."
    )


def test_ten_thousand_rows_of_twenty_are_read_quickly() -> None:
    rows = [
        [f"teks {number} {place}" if place % 3 else number * place / 8 for place in range(20)]
        for number in range(10_000)
    ]
    data = xlsx({"Data": rows})
    start = time.process_time()
    sheet = read_workbook(data, name="x.xlsx").sheets["Data"]
    assert time.process_time() - start < 5
    assert (len(sheet.rows), sheet.rows[9_999][19], sheet.rows[9_999][18]) == (10_000, "teks 9999 19", 9_999 * 18 / 8)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<"]))
def test_random_bytes_are_refused_in_words(data: bytes, head: bytes) -> None:
    assert refusal(head + data).startswith("Berkas “x.xlsx” ")


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_changed_bytes_give_a_workbook_or_a_refusal(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for position, byte in changes:
        data[position] = byte
    try:
        assert read_workbook(bytes(data), name="x.xlsx").name == "x.xlsx"
    except InvalidInput as error:
        assert error.message.startswith("Berkas “x.xlsx” ")


PIECES = [
    b"",
    b"<v>",
    b"</v>",
    b"<c>",
    b'<c r="A9">',
    b"</c>",
    b'<row r="9">',
    b"</row>",
    b't="s"',
    b't="e"',
    b"99",
    b"-1",
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    st.integers(0, 2_000),
    st.integers(0, 40),
    st.sampled_from(PIECES) | st.binary(max_size=10),
)
def test_changed_parts_give_a_workbook_or_a_refusal(part: str, position: int, length: int, piece: bytes) -> None:
    data = changed(GOOD, {part: lambda content: content[:position] + piece + content[position + length :]})
    try:
        assert read_workbook(data, name="x.xlsx").name == "x.xlsx"
    except InvalidInput as error:
        assert error.message.startswith("Berkas “x.xlsx” ")
