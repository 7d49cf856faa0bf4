from itertools import pairwise

import pytest
from tests.documents.forms import reading, samples

from takar.documents.forms.render import render
from takar.documents.forms.shapes import Signature

SIGNED_BY_ASSESSOR: Signature = {
    "as": "penilai",
    "name": "Hj. Salasiah, S.Sos.",
    "nip": "19751231 200012 2 002",
    "role": "Plt. Kepala Bidang",
    "signed_at": "12 Januari 2026 pukul 10.15 WITA",
    "method": "dengan kata sandi",
}
STATEMENT = "Ditandatangani"


def lines_of(page: int, activities: int = 2, **changes: object) -> list[str]:
    pdf = render("dokumen_pengukuran", samples.measurement(activities, **changes))
    return reading.lines(reading.pages(pdf)[page])


def assert_in_order(found: list[str], expected: list[str]) -> None:
    assert [line for line in found if line in expected] == expected


def test_achievement_has_identity_fourteen_columns_and_result() -> None:
    expected = [
        "PEMERINTAH KABUPATEN BALANGAN",
        "DINAS PENANAMAN MODAL, PELAYANAN TERPADU SATU PINTU, TRANSMIGRASI DAN TENAGA KERJA",
        "PENILAIAN CAPAIAN SASARAN KERJA PEGAWAI",
        "Nama : Rahmawati Noorlaila, S.E., M.M.",
        "Jangka Waktu : 1 Januari s.d. 31 Desember 2025",
        "TARGET REALISASI",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        "- 1 dokumen 100 12 bulan Rp1.250.000.000,00 1,25 1 dokumen 86 11 bulan - 270,67 90,22",
        "II. TUGAS TAMBAHAN DAN KREATIVITAS/UNSUR PENUNJANG",
        "Tugas tambahan Surat keterangan",
        "1 Anggota panitia hari jadi kabupaten Nomor 005/21/2025 1",
        "2 Narasumber bimbingan teknis OSS Nomor 005/88/2025 -",
        "1 Antrean perizinan daring (bermanfaat bagi unit kerja) Nomor 800/5/2025 3",
        "94,22NILAI CAPAIAN SKP (Sangat Baik)",
        "Paringin, 12 Januari 2026",
        "Pejabat Penilai,",
        "Drs. Syahrani Hadi",
        "NIP 19700101 199503 1 001",
        "Nomor: 800.1.11.1/014/DPMPTSP-TK/2026 Halaman 1 dari 4",
    ]
    assert_in_order(lines_of(0), expected)


def test_achievement_without_merits_says_so() -> None:
    assert_in_order(lines_of(0, additional=[], creativity=[]), ["Tugas tambahan - -", "Kreativitas - -"])


def test_booklet_has_its_eleven_boxes_on_two_sheets() -> None:
    outer, inner = "\n".join(lines_of(1)), "\n".join(lines_of(2))
    assert [f"{number}." in outer for number in (1, 2, 3, 8, 9, 10, 11)] == [True] * 7
    assert [f"{number}." in inner for number in (4, 5, 6, 7)] == [True] * 4
    for title in ("5. KEBERATAN", "6. TANGGAPAN", "7. KEPUTUSAN"):
        assert title in inner
    assert "8. REKOMENDASI\nDiikutsertakan dalam pelatihan analisis kebijakan." in outer


def test_cover_names_the_three_people() -> None:
    expected = [
        "PEGAWAI NEGERI SIPIL",
        "1 Januari s.d. 31 Desember 2025",
        "a. Nama Rahmawati Noorlaila, S.E., M.M.",
        "a. Nama Drs. Syahrani Hadi",
        "a. Nama Ir. Hj. Mariatul Kiptiah, M.Si.",
    ]
    assert_in_order(lines_of(1), expected)


def test_box_4_weighs_both_parts() -> None:
    expected = [
        "a. Sasaran Kerja Pegawai (SKP) 94,22 × 60 % Sangat Baik 56,53",
        "1. Orientasi Pelayanan 88 Baik",
        "5. Kerja Sama 87 Baik",
        "6. Jumlah 435",
        "7. Nilai rata-rata 87,00 Baik",
        "8. Nilai Perilaku Kerja 87,00 × 40 % 34,80",
        "NILAI PRESTASI KERJA Sangat Baik 91,33",
    ]
    assert_in_order(lines_of(2), expected)


def test_objection_response_and_decision_stand_in_their_boxes_with_their_days() -> None:
    found = lines_of(
        2,
        objection={"text": "Dua laporan terlewat.", "date": "14 Januari 2026"},
        response={"text": "Laporan datang sesudah periode.", "date": "16 Januari 2026"},
        decision={"text": "Nilai tetap.", "date": "20 Januari 2026"},
    )
    expected = [
        *("Dua laporan terlewat.", "Tanggal, 14 Januari 2026"),
        *("Laporan datang sesudah periode.", "Tanggal, 16 Januari 2026"),
        *("Nilai tetap.", "Tanggal, 20 Januari 2026"),
    ]
    assert_in_order(found, expected)


def test_cover_without_superior_shows_dashes() -> None:
    found = lines_of(1, superior=None)
    assert found[found.index("ATASAN PEJABAT PENILAI") + 1] == "a. Nama -"


def test_working_lists_formula_numbers_value_and_article() -> None:
    line = (
        "1 Kegiatan 1, aspek waktu (1,76 × target − realisasi) ÷ target × 100 "
        "(1,76 × 12 − 11) ÷ 12 × 100 84,33 Penjelasan Pasal 8 PP 46/2011"
    )
    assert_in_order(lines_of(3), ["RINCIAN PERHITUNGAN", "NO URAIAN RUMUS ANGKA NILAI DASAR", line])


def test_unsigned_document_states_no_signature() -> None:
    assert STATEMENT not in "\n".join(lines_of(0) + lines_of(1))


def test_signature_is_stated_with_the_signer_of_that_day() -> None:
    found = lines_of(1, signatures=[SIGNED_BY_ASSESSOR])
    assert found.count(STATEMENT) == 1
    expected = [STATEMENT, "pada 12 Januari 2026 pukul 10.15 WITA", "dengan kata sandi"]
    assert_in_order(found, [*expected, "Hj. Salasiah, S.Sos."])
    assert "Plt. Kepala Bidang" in found


def test_digest_stands_at_the_foot_of_every_page() -> None:
    digest = "0123456789abcdef" * 4
    pdf = render("dokumen_pengukuran", samples.measurement(digest=digest))
    assert [f"SHA-256: {digest}" in page for page in reading.pages(pdf)] == [True] * 4


def test_sixty_activities_repeat_the_heading_on_every_page() -> None:
    pdf = render("dokumen_pengukuran", samples.measurement(60))
    pages = reading.pages(pdf)
    numbered = [page for page in pages if "1 2 3 4 5 6 7 8 9 10 11 12 13 14" in page]
    headed = [page for page in pages if "NO URAIAN RUMUS ANGKA NILAI DASAR" in page]
    assert (len(pages), len(numbered), len(headed)) == (11, 3, 5)
    assert [page.rstrip().rpartition("Halaman ")[2] for page in pages] == [f"{n} dari 11" for n in range(1, 12)]
    assert all(f"{n} dokumen" in "".join(numbered) for n in range(1, 61))


@pytest.mark.parametrize("activities", range(9, 25))
def test_nobody_signs_a_page_without_the_result(activities: int) -> None:
    pages = reading.pages(render("dokumen_pengukuran", samples.measurement(activities, working=[])))
    signed = [page for page in pages if "Pejabat Penilai,\n" in page]
    assert ["NILAI CAPAIAN SKP (Sangat Baik)" in page for page in signed] == [True]


def test_long_note_is_printed_to_its_last_word() -> None:
    words = [f"kata{number}" for number in range(2000)]
    pdf = render("dokumen_pengukuran", samples.measurement(recommendation=" ".join(words)))
    assert "".join(words[:60]) in reading.all_text(pdf)
    text = "".join(reading.pages(pdf))
    places = [text.index(word) for word in ("kata0 ", "kata999 ", "kata1999")]
    assert all(first < second for first, second in pairwise(places))
    assert reading.off_the_page(pdf) == []


def test_long_name_stays_whole() -> None:
    name = "Muhammad Abdurrahman Wahid Syaifuddin Noorhidayatullah bin Zainuddin X"
    assert len(name) == 70
    pages = reading.pages(
        render("dokumen_pengukuran", samples.measurement(employee={**samples.EMPLOYEE, "name": name}))
    )
    assert f"Nama : {name}" in pages[0]
    assert reading.squeezed(f"a. Nama {name}") in reading.squeezed(pages[1])


def test_row_taller_than_a_page_goes_on_over_the_next() -> None:
    document = samples.measurement(3)
    document["activities"][1]["name"] = " ".join(f"uraian{number}" for number in range(600))
    pdf = render("dokumen_pengukuran", document)
    assert reading.off_the_page(pdf) == []
    text = "".join(reading.pages(pdf))
    assert [number for number in range(600) if f"uraian{number}" not in text] == []


def test_long_word_breaks_inside_its_column() -> None:
    document = samples.measurement(1)
    document["activities"][0]["target"]["time"] = "W" * 14
    found = reading.lines(reading.pages(render("dokumen_pengukuran", document))[0])
    assert [line for line in found if line and set(line) == {"W"}] == ["WWWWW", "WWWW"]
