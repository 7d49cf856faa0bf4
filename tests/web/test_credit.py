"""Angka kredit in the browser."""

from tests.appraisal.test_credit import evaluated, functional
from tests.office import Office
from tests.web.browsing import words

from takar.appraisal.models import CreditOpening


def test_account_shows_conversion_total_need_and_opening(office: Office) -> None:
    functional(office)
    evaluated(office, "2024-01-01", "2024-12-31", "sangat_baik")
    address = f"/angka-kredit/{office.pegawai.pk}/"
    typed = {"angka": "60,5", "tanggal": "2023-12-31", "dasar": "PAK 800/1/2024"}
    assert office.client("kasubbag").post(address, typed).status_code == 302
    page = words(office.client("pegawai").get(address))
    assert "Angka kredit kumulatif 98,000" in page
    assert "Kurang untuk kenaikan pangkat 2,000" in page
    assert "1 Januari s.d. 31 Desember 2024 Tahunan Ahli Muda Sangat Baik 37,500" in page
    assert "60,5 sampai dengan 31 Desember 2023, PAK 800/1/2024" in page
    assert "Catat saldo awal" not in page
    assert "Putri Maharani Analis Ahli Muda 98,000 2,000 102,000" in words(
        office.client("atasan").get("/angka-kredit/")
    )


def test_wrong_opening_is_told_and_stays_typed(office: Office) -> None:
    functional(office)
    address = f"/angka-kredit/{office.pegawai.pk}/"
    refused = office.client("kasubbag").post(address, {"angka": "enam", "tanggal": "2023-12-31", "dasar": "PAK"})
    assert refused.status_code == 422
    assert 'value="enam"' in refused.content.decode()
    assert "“enam”" in words(refused)
    assert not CreditOpening.objects.exists()


def test_person_without_level_is_told_what_to_do(office: Office) -> None:
    functional(office, level="")
    page = words(office.client("pegawai").get(f"/angka-kredit/{office.pegawai.pk}/"))
    assert "Isi kolom Jenjang pada daftar pegawai" in page


def test_somebody_without_any_account_is_told_so(office: Office) -> None:
    assert "Tidak ada pemegang jabatan fungsional" in words(office.client("rekan").get("/angka-kredit/"))
