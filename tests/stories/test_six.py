"""A year under PermenPANRB 6/2022, from the imported plan to the archived predikat, in five browsers."""

import io
from collections.abc import Callable

from playwright.sync_api import expect
from pypdf import PdfReader
from tests.stories.people import KASUBBAG, PHONE, STAF, Person
from tests.stories.program import Program, takar

LESTARI, NIP = "Lestari Handayani, S.Ak.", "199104232019022004"
AHMAD, AHMAD_NIP = "Ahmad Fauzan, S.E.", "197611042003121005"
# Realisasi in words, in figures, keterangan: by indicator of demo/sumber/uji-coba.toml.
REALISED = {
    1: ("12 laporan", "12", "map 11"),
    2: ("rata-rata 4 hari kerja", "4", "buku agenda"),
    3: ("tidak ada selisih", "", "berita acara rekonsiliasi"),
    4: ("181 berkas", "181", "daftar berkas"),
}
VALUES = (
    "Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif",
)  # fmt: skip
REASON = "Membenahi berkas lima tahun di luar tugasnya, diakui Inspektorat."
ADVICE = "Ikuti bimbingan teknis bendahara."


def test_a_year_under_permenpan_6_goes_from_plan_to_predikat(person: Callable[..., Person], demo: Program) -> None:
    rina, nurul, ahmad = person(STAF), person(KASUBBAG), person(AHMAD_NIP)
    lestari = person(NIP, PHONE)

    sees_the_plan(nurul)
    collects(rina)
    accepts(nurul)
    confirms(rina)
    evaluates_with_a_reason(ahmad)
    number = reads_and_signs_on_the_phone(lestari)
    records_the_copies(rina, number)
    archives(nurul, number)
    reads_the_predikat(lestari, number)
    assert "Tidak ada kelainan." in takar("verify", data=demo.data)
    assert "Semua hasil tersimpan terhitung sama." in takar("recompute", "--check", data=demo.data)


def sees_the_plan(nurul: Person) -> None:
    """What the XLSX brought: hasil kerja, indicators, targets, what is expected of her, and the period over it."""
    nurul.reads_at("/periode/", "Evaluasi kinerja tahun 2023", "Penilaian SKP tahun 2025")
    nurul.page.goto("/target/?tahun=2023")
    nurul.main.get_by_role("row", name=LESTARI).get_by_role("link", name="PermenPANRB 6/2022").click()
    nurul.reads(
        "Laporan pertanggungjawaban bendahara tersusun tepat waktu",
        "paling lama 5 hari kerja",
        "Setiap angka dapat ditelusuri sampai ke kuitansinya.",
        "Diusulkan mengikuti bimbingan teknis bendahara",
    )


def collects(rina: Person) -> None:
    """Step 1: words and figures for each indicator."""
    rina.open_task(1, LESTARI)
    rina.reads("Hasil kerja 3 (tambahan): Berkas pertanggungjawaban tahun sebelumnya tertata", "SKP-2023-")
    for number, (words, figure, note) in REALISED.items():
        rina.fill(**{f"Realisasi baris {number}": words, f"Keterangan baris {number}": note})
        rina.fill(**{f"Realisasi (angka) baris {number}": figure})
    rina.press("Kirim ke Kasubbag")
    rina.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def accepts(nurul: Person) -> None:
    """Step 2: she sees what was typed, and the questions of this regulation."""
    nurul.open_task(2, LESTARI)
    nurul.reads("rata-rata 4 hari kerja", "berita acara rekonsiliasi", "Belum ada bukti dukung.")
    nurul.press("Terima")
    nurul.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def confirms(rina: Person) -> None:
    """Step 3: what was accepted stands beside, and nothing differs."""
    rina.page.goto("/tugas/?langkah=3")
    rina.main.get_by_role("row", name=LESTARI).filter(has_text="SKP-2023").get_by_role("link", name=LESTARI).click()
    rina.reads("Langkah 3.", "diterima: 181 berkas")
    rina.reads_not("Perbedaan yang harus dijelaskan")
    rina.press("Konfirmasi dan kirim")
    rina.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def evaluates_with_a_reason(ahmad: Person) -> None:
    """Step 4: hasil kerja, seven values, the suggestion, and a decision beside it that needs a reason."""
    ahmad.open_task(4, LESTARI)
    ahmad.reads("Capaian kinerja organisasi", "Baik", "Laporan kinerja DPMPTSPTK tahun 2023", "Sebaran predikat")
    computed = ahmad.main.get_by_label("Hasil sementara", exact=True)
    expect(computed).to_contain_text("Predikat kinerja–")
    for value in VALUES:
        ahmad.main.get_by_label(value, exact=True).select_option("konsisten")
    ahmad.main.locator("#work-2-rating").select_option("sesuai")
    for number in (1, 2, 3):
        ahmad.main.locator(f"#work-{number}-feedback").select_option("positif")
    expect(computed).to_contain_text("Usulan rating hasil kerja: Sesuai Ekspektasi")
    ahmad.main.locator("#result").select_option("diatas")
    ahmad.main.locator("#behaviour").select_option("sesuai")
    ahmad.fill(**{"Catatan/rekomendasi": ADVICE})
    expect(computed).to_contain_text("Predikat kinerjaBaik")
    with ahmad.refused(422):
        ahmad.sign("Setujui dan tanda tangani")
    ahmad.reads("Rating ini berbeda dari usulan (Sesuai Ekspektasi); isilah alasannya.")
    ahmad.main.locator("#result_reason").fill(REASON)
    ahmad.sign("Setujui dan tanda tangani")
    ahmad.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def reads_and_signs_on_the_phone(lestari: Person) -> str:
    """Step 5: both ratings, the predikat, and the document as a whole."""
    lestari.open_task(5, LESTARI)
    lestari.reads("Diatas Ekspektasi", "Sesuai Ekspektasi", "Predikat kinerja", "Baik", ADVICE)
    lestari.reads(f"Sudah ditandatangani {AHMAD} (Pejabat penilai)")
    text = text_of(lestari.download(lestari.main.get_by_role("link", name="Buka dokumen lengkap (PDF)")))
    for part in (LESTARI, AHMAD, "Diatas Ekspektasi", "paling lama 5 hari kerja"):
        assert part in text
    number = lestari.main.get_by_role("heading", level=2).first.inner_text().split(" nomor ")[1]
    lestari.sign("Tanda tangani")
    lestari.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")
    return number


def records_the_copies(rina: Person, number: str) -> None:
    rina.open_task(6, LESTARI)
    rina.reads(number)
    rina.press("Catat penggandaan")
    rina.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def archives(nurul: Person, number: str) -> None:
    nurul.open_task(7, LESTARI)
    nurul.reads(number)
    nurul.fill(Box_file="B-2023-01", Rak="R-1")
    nurul.press("Arsipkan")
    nurul.reads(f"Langkah selesai; berkas {LESTARI} diteruskan.")


def reads_the_predikat(lestari: Person, number: str) -> None:
    """The employee finds the closed case, its predikat, and one document that bears both signatures."""
    lestari.choose("Berkas")
    lestari.main.get_by_label("Periode").select_option("SKP-2023")
    lestari.press("Cari")
    lestari.main.get_by_role("link", name=LESTARI).click()
    lestari.reads("Selesai diarsipkan.", "sebagai Pejabat penilai", "sebagai Pegawai yang dinilai")
    content = lestari.download(lestari.main.get_by_role("link", name=number).first)
    assert "Predikat Kinerja".upper() in text_of(content).upper()
    fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    assert len([field for field in fields.values() if field.get("/FT") == "/Sig" and field.get("/V")]) == 2


def text_of(pdf: bytes) -> str:
    """The text of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
