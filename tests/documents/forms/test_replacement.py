"""The document that takes the place of another, and the one that the assessor's superior fixed."""

from tests.documents.forms import reading, samples

from takar.documents.forms.render import render, signature_boxes

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


def test_superior_signs_the_achievement_of_the_replacement_and_box_11() -> None:
    found = text(replaces=REPLACED, decider="atasan", signatures=[BY_SUPERIOR])
    assert found.count("Atasan Pejabat Penilai,") == 1
    assert found.count("Karta Wijaya") == 2
    boxes = signature_boxes("dokumen_pengukuran", samples.measurement(2, decider="atasan"))
    assert [(box.role, box.page, box.main) for box in boxes if box.role == "atasan"] == [
        ("atasan", 1, False),
        ("atasan", 2, True),
    ]


def test_superior_who_set_the_result_signs_box_11_alone() -> None:
    assert text(signatures=[BY_SUPERIOR]).count("Karta Wijaya") == 1
    assert text(signatures=[]).count("Karta Wijaya") == 0
