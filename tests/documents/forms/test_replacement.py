"""The document that takes the place of another, and the one that the assessor's superior fixed."""

import pytest
from tests.documents.forms import reading, samples

from takar.documents.forms.render import render

REPLACED = {"number": "800.1.4.4/0001/DINCO/2025", "date": "12 Januari 2026", "reason": "Laporan terbukti lengkap."}
BY_SUPERIOR = {
    "as": "atasan",
    "name": "Karta Wijaya",
    "nip": "19700101 199501 1 001",
    "signed_at": "20 Januari 2026 pukul 09.00 WITA",
    "method": "dengan kata sandi",
}


def text(**changes: object) -> str:
    pdf = render("dokumen_pengukuran", samples.measurement(2, **changes))
    return " ".join(line for page in reading.pages(pdf) for line in reading.lines(page))


def test_replacement_names_the_old_document_and_why() -> None:
    found = text(replaces=REPLACED, decider="atasan")
    assert (
        "Dokumen ini menggantikan dokumen nomor 800.1.4.4/0001/DINCO/2025 tanggal 12 Januari 2026, berdasarkan "
        "keputusan atasan pejabat penilai atas keberatan. Alasan: Laporan terbukti lengkap."
    ) in found


def test_superior_signs_the_replacement_in_the_place_of_the_assessor() -> None:
    found = text(replaces=REPLACED, decider="atasan", signatures=[BY_SUPERIOR])
    assert found.count("Atasan Pejabat Penilai,") == 2
    assert found.count("Karta Wijaya") == 2
    assert "Pejabat Penilai, Ditandatangani" not in found.replace("Atasan Pejabat Penilai,", "")


def test_superior_who_set_the_result_signs_below_the_others() -> None:
    assert text(signatures=[BY_SUPERIOR]).count("Atasan Pejabat Penilai,") == 1
    assert text(signatures=[]).count("Atasan Pejabat Penilai,") == 0


@pytest.mark.parametrize("reason", ["x" * 10_000, "Alasan yang panjang. \n" * 450, "😀 _*#[a]$"])
def test_any_reason_can_be_printed(reason: str) -> None:
    content = samples.measurement(2, replaces={**REPLACED, "reason": reason}, decider="atasan")
    assert reading.off_the_page(render("dokumen_pengukuran", content)) == []
