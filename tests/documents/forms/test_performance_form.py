import pytest
from tests.documents.forms import reading, samples

from takar.documents.forms.render import render


def lines_of(activities: int, **changes: object) -> list[str]:
    pdf = render("formulir_kinerja", samples.performance_form(activities, **changes))
    return reading.lines(reading.pages(pdf)[0])


def test_blank_form_has_nobody_and_fits_one_sheet() -> None:
    pdf = render("formulir_kinerja", samples.performance_form(0, employee=None))
    found = reading.lines(reading.pages(pdf)[0])
    assert len(reading.pages(pdf)) == 1
    assert found[0] == "Formulir Kinerja · 1 Januari s.d. 31 Desember 2025 Kode formulir: FK-2025-0014"
    assert "FORMULIR KINERJA PEGAWAI" in found
    assert "(3) Pangkat/Gol. Ruang :" in found
    assert samples.EMPLOYEE["name"] not in "".join(found)


def test_form_with_targets_leaves_the_realisation_empty() -> None:
    found = lines_of(1)
    assert "(1) Nama : Rahmawati Noorlaila, S.E., M.M." in found
    row = "1 Menyusun laporan realisasi fisik dan keuangan kegiatan 1 dokumen 100 12 bulan Rp1.250.000.000,00"
    assert row in found


def test_filled_form_prints_merits_above_empty_rows() -> None:
    found = lines_of(
        1,
        additional=[{"name": "Panitia", "letter": "Nomor 5"}],
        creativity=[{"name": "Antrean daring", "level": "unit kerja", "letter": "Nomor 9"}],
    )
    assert [line for line in found if line[:2] in {"1 ", "2", "3", "4"}] == [
        "1 Menyusun laporan realisasi fisik dan keuangan kegiatan 1 dokumen 100 12 bulan Rp1.250.000.000,00",
        *("1 Panitia Nomor 5", "2", "3"),
        *("1 Antrean daring unit kerja Nomor 9", "2", "3"),
    ]


def test_many_activities_repeat_the_heading() -> None:
    pages = reading.pages(render("formulir_kinerja", samples.performance_form(60)))
    assert ["TARGET REALISASI" in page for page in pages] == [True, True, True, False]


@pytest.mark.parametrize("activities", range(8, 20))
def test_nobody_signs_an_empty_sheet(activities: int) -> None:
    pages = reading.pages(render("formulir_kinerja", samples.performance_form(activities)))
    assert ["Pegawai,\n" in page for page in pages] == ["TUGAS TAMBAHAN" in page for page in pages]
