import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.sheets import changed, replacing, xlsx

from takar.appraisal.enums import CreativityLevel
from takar.appraisal.types import ActivityData
from takar.common.errors import InvalidInput
from takar.exchange.formats.forms import (
    AdditionalTask,
    Creativity,
    FilledForm,
    FormLine,
    FormSheet,
    FormTarget,
    form_problem,
    read_forms,
    write_forms,
)
from takar.exchange.workbook import read_workbook

ACTIVITIES = (
    ActivityData(1, "Menyusun laporan", Decimal(12), "laporan", Decimal(100), Decimal(12), "bulan", Decimal(1250000)),
    ActivityData(2, "Melayani izin", Decimal(900), "berkas", Decimal(95), Decimal(12), "bulan", None, Decimal("6.5")),
)
FORM = FormSheet(
    code="SKP-2025-198503142010011008",
    nip="198503142010011008",
    name="Nama Orang, S.E.",
    post="Analis",
    unit="Bidang Penanaman Modal",
    period="1 Januari s.d. 31 Desember 2025",
    activities=ACTIVITIES,
)
FIRST_ROW = 13
BLANK = FilledForm(
    sheet="Nama Orang, S.E.",
    code=FORM.code,
    nip=FORM.nip,
    lines=tuple(
        FormLine(FIRST_ROW + place, activity.number, activity.name, FormTarget.of(activity))
        for place, activity in enumerate(ACTIVITIES)
    ),
)
FILLED = replace(
    BLANK,
    lines=(
        replace(BLANK.lines[0], quantity=Decimal(12), time=Decimal("9.12"), cost=Decimal("1000000.5"), note="Map 01"),
        replace(BLANK.lines[1], quantity=Decimal(0), time=Decimal(0), credit=Decimal("6.25")),
        FormLine(FIRST_ROW + 2, None, "Menata arsip lama", quantity=Decimal(1), time=Decimal(2), note="Map 02"),
    ),
    additional_tasks=(AdditionalTask(22, "Panitia pameran", "800/114/2025"),),
    creativity=(Creativity(32, "Papan antrean", CreativityLevel.ORGANISATION, ""),),
)
SHEET = "xl/worksheets/sheet1.xml"


def read(*forms: FormSheet, filled: tuple[FilledForm, ...] = ()) -> tuple[FilledForm, ...]:
    return read_forms(write_forms(forms, filled=filled), name="formulir.xlsx")


def edited(cell: str, content: bytes) -> FilledForm:
    """The filled form with one cell overwritten in its XML."""
    data = write_forms([FORM], filled=[FILLED])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(SHEET)
    start = xml.index(f'<c r="{cell}"'.encode())
    end = min(place for place in (xml.find(b"/>", start) + 2, xml.find(b"</c>", start) + 4) if place > start + 3)
    new = f'<c r="{cell}"'.encode() + content
    return read_forms(changed(data, {SHEET: replacing(xml[start:end], new)}), name="formulir.xlsx")[0]


def test_untouched_form_brings_back_its_targets_and_nothing_else() -> None:
    assert read(FORM) == (BLANK,)


def test_filled_form_comes_back_as_it_was_filled() -> None:
    assert read(FORM, filled=(FILLED,)) == (FILLED,)


def test_several_lines_can_be_added() -> None:
    added = tuple(FormLine(FIRST_ROW + 2 + place, None, f"Kegiatan lain {place}", note="Ada") for place in range(5))
    form = replace(BLANK, lines=BLANK.lines + added)
    assert read(FORM, filled=(form,)) == (form,)


def test_several_forms_stand_on_sheets_of_their_own() -> None:
    other = replace(FORM, code="SKP-2025-2", nip="199002022015042002", name="Nama/Lain: [x]*?")
    assert [(form.sheet, form.code, form.nip) for form in read(FORM, other)] == [
        ("1 Nama Orang, S.E.", FORM.code, FORM.nip),
        ("2 Nama Lain x", "SKP-2025-2", "199002022015042002"),
    ]


def test_long_names_fit_sheet_names() -> None:
    forms = [replace(FORM, code=str(number), name="Nama Yang Sangat Panjang Sekali Orangnya") for number in range(10)]
    assert read(*forms)[9].sheet == "10 Nama Yang Sangat Panjang Sek"


def test_other_sheets_and_hidden_forms_are_passed_over() -> None:
    other = replace(FORM, code="SKP-2025-2", name="Nama Lain")
    data = changed(
        write_forms([FORM, other]),
        {"xl/workbook.xml": replacing(b'name="2 Nama Lain"', b'name="2 Nama Lain" state="hidden"')},
    )
    assert [form.code for form in read_forms(data, name="x.xlsx")] == [FORM.code]


def test_workbook_without_form_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_forms(xlsx({"Data": [["apa saja"]]}), name="x.xlsx")
    assert caught.value.message == (
        "Berkas “x.xlsx” tidak memuat formulir kinerja. Unduh formulir kosong dari Takar, isi sel yang berwarna kuning, "
        "lalu unggah kembali."
    )


def test_person_without_nip_has_a_form_too() -> None:
    assert [(form.nip, form.problems) for form in read(replace(FORM, nip=""))] == [("", ())]


def test_changed_target_comes_back_changed() -> None:
    target = edited(f"D{FIRST_ROW}", b"><v>1</v></c>").lines[0].target
    assert target == replace(FormTarget.of(ACTIVITIES[0]), quantity=Decimal(1))


def test_emptied_target_comes_back_empty() -> None:
    target = edited(f"D{FIRST_ROW}", b"/>").lines[0].target
    assert target == replace(FormTarget.of(ACTIVITIES[0]), quantity=None)


@pytest.mark.parametrize(
    ("cell", "content", "problem"),
    [
        (
            "J13", b' t="inlineStr"><is><t>dua belas</t></is></c>',
            "baris 13, kolom J (Realisasi Kuantitas): “dua belas” tidak terbaca sebagai angka; "
            "tulislah misalnya 12, 12,5, atau 1.250.000.",
        ),
        (
            "K13", b"><f>3+6</f><v>9</v></c>",
            "baris 13, kolom K (Realisasi Waktu): "
            "Sel K13 berisi rumus; salin lalu tempel sebagai nilai (Paste Special → Values).",
        ),
        (
            "L13", b"><v>-1</v></c>",
            "baris 13, kolom L (Realisasi Biaya (Rp)): Berisi -1, padahal tidak boleh kurang dari 0; betulkan angkanya.",
        ),
        ("B15", b"/>", "baris 15, kolom B (Kegiatan): Belum diisi; kolom ini wajib diisi."),
        (
            "A13", b"/>",
            "baris 13, kolom A (No): "
            "Nomor kegiatan hilang; unduh ulang formulirnya dan salin realisasinya ke formulir itu.",
        ),
        ("A14", b"><v>1</v></c>", "baris 13, kolom A (No): Nomor 1 juga ada di baris 14; hapus baris yang berlebih."),
        (
            "C32", b' t="inlineStr"><is><t>dunia</t></is></c>',
            "baris 32, kolom C (Tingkat Manfaat): "
            "Berisi “dunia”, yang tidak dikenal; isilah dengan Unit kerja, Organisasi, Negara.",
        ),
        ("B22", b"/>", "baris 22, kolom B (Uraian Tugas Tambahan): Belum diisi; kolom ini wajib diisi."),
        (
            "C9", b"/>",
            "baris 9, kolom C (Kode Formulir (Nomor Berkas)): "
            "Kode formulir kosong; unduh ulang formulirnya dan salin realisasinya ke formulir itu.",
        ),
        (
            "C5", b' t="inlineStr"><is><t>1985</t></is></c>',
            "baris 5, kolom C (NIP): NIP harus 18 angka, yang ditemukan 4 angka; periksa angka yang kurang.",
        ),
        (
            "A20", b' t="inlineStr"><is><t>Lain</t></is></c>',
            "Judul “II. TUGAS TAMBAHAN” tidak ditemukan; unduh ulang formulirnya dan salin isinya ke formulir itu.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_cell(cell: str, content: bytes, problem: str) -> None:
    found = [
        str(found).removeprefix("Lembar Nama Orang, S.E.").lstrip(",: ") for found in edited(cell, content).problems
    ]
    assert found[0] == problem


def test_line_with_a_problem_is_left_out() -> None:
    form = edited("J13", b' t="inlineStr"><is><t>dua belas</t></is></c>')
    assert [line.number for line in form.lines] == [2, None]


def test_same_code_on_two_sheets_is_said_on_both() -> None:
    message = f"Kode formulir {FORM.code} ada di lebih dari satu lembar; hapus lembar yang berlebih."
    assert [[problem.message for problem in form.problems] for form in read(FORM, FORM)] == [[message], [message]]


def test_finding_of_the_caller_is_put_at_its_cell() -> None:
    form = read(FORM, filled=(FILLED,))[0]
    assert str(form_problem(form, form.lines[0], "quantity", "Terlalu besar.")) == (
        "Lembar Nama Orang, S.E., baris 13, kolom J (Realisasi Kuantitas): Terlalu besar."
    )


def test_only_input_cells_are_unlocked() -> None:
    with zipfile.ZipFile(io.BytesIO(write_forms([FORM]))) as archive:
        sheet, styles = archive.read(SHEET).decode(), archive.read("xl/styles.xml").decode()
    assert sheet.count("<sheetProtection ") == 1
    assert styles.count('locked="0"') == styles.count("<protection ")


def test_same_form_gives_the_same_bytes() -> None:
    assert write_forms([FORM], filled=[FILLED]) == write_forms([FORM], filled=[FILLED])


def test_rows_that_outgrow_the_form_get_room() -> None:
    tasks = tuple(AdditionalTask(22 + place, f"Tugas {place}", "") for place in range(9))
    assert read(FORM, filled=(replace(FILLED, additional_tasks=tasks, creativity=()),))[0].additional_tasks == tasks


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30)
amounts = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@settings(max_examples=30, deadline=None)
@given(quantity=amounts, time=amounts, cost=amounts, credit=amounts, note=st.just("") | words)
def test_figures_survive_the_spreadsheet_exactly(
    quantity: Decimal | None, time: Decimal | None, cost: Decimal | None, credit: Decimal | None, note: str
) -> None:
    line = replace(BLANK.lines[0], quantity=quantity, time=time, cost=cost, credit=credit, note=note)
    form = replace(BLANK, lines=(line, BLANK.lines[1]))
    assert read(FORM, filled=(form,))[0].lines[0] == replace(line, note=" ".join(normalize("NFC", note).split()))


def test_workbook_opens_with_one_sheet_a_person() -> None:
    assert list(read_workbook(write_forms([FORM]), name="x.xlsx").sheets) == ["Nama Orang, S.E."]
