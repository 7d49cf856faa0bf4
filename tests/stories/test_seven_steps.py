"""The whole procedure: six people, one form, from the XLSX that was uploaded to the document in its box.

The expected values, by hand from the figures of demo/sumber/formulir.toml (PP 46/2011, Perka BKN 1/2013):

    kegiatan 1   100 + 90 + 75 (hemat waktu 25 %) + 82,944   = 347,944 / 4 = 86,986
    kegiatan 2   100 + 92,632 + 92,667 + 86,4                = 371,698 / 4 = 92,925
    kegiatan 3   100 + 85 + 76 + 81,208                      = 342,208 / 4 = 85,552
    kegiatan 4   108,333 + 95,556 + 76                       = 279,889 / 3 = 93,296
    SKP          358,759 / 4 = 89,690, and one tugas tambahan: + 1         = 90,69
    perilaku     (88 + 90 + 86 + 87 + 89) / 5                              = 88,00
    prestasi     60 % x 90,690 + 40 % x 88                                 = 89,61
"""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.stories.people import (
    ATASAN,
    KASUBBAG,
    KEPALA,
    ORANG_LAIN,
    PEGAWAI,
    PHONE,
    SEKRETARIS,
    STAF,
    Person,
    scan,
)
from tests.stories.program import DEMO, Program, takar

BUDI, NIP = "Budi Hartono, S.E.", "19850314 201001 1 008"
QUALITY = {1: "90", 2: "88", 3: "85", 4: "86"}
BEHAVIOUR = {
    "Orientasi pelayanan": "88",
    "Integritas": "90",
    "Komitmen": "86",
    "Disiplin": "87",
    "Kerja sama": "89",
}
ASK_FOR_EVIDENCE = "Bukti kegiatan 1 belum dilampirkan; mohon dipindai laporan triwulan IV."
WRONG_COST = "Biaya kegiatan 1 menurut LPJ Rp16.750.000; samakan kembali."
WHY_DIFFERENT = "Ada pengembalian belanja Rp50.000."
ADVICE = "Pertahankan ketelitian; ikuti pelatihan analisis data."


def test_a_form_goes_from_the_uploaded_file_to_its_box(
    person: Callable[..., Person], demo: Program, tmp_path: Path
) -> None:
    rina, nurul, bambang = person(STAF), person(KASUBBAG), person(ATASAN)
    budi, siti, rahmadi = person(PEGAWAI, PHONE), person(SEKRETARIS), person(KEPALA)

    uploads_and_sends(rina)
    returns_for_want_of_evidence(nurul)
    attaches_the_evidence(rina, scan(tmp_path))
    accepts(nurul)
    enters_with_a_difference(rina)
    begins_and_returns(bambang)
    enters_as_accepted(rina)
    approves(bambang)
    number = reads_and_signs_on_the_phone(budi)
    records_the_copies(rina, number)
    archives(nurul, number)

    for words in (NIP, PEGAWAI, "2025", number, "b-2025-03"):
        finds_in_the_archive(nurul, words)
    for reader in (rina, siti, rahmadi, budi):
        finds_in_the_archive(reader, "budi hartono")
    opens_the_archived_document(siti, number)
    reads_the_whole_story(nurul)
    for overseer in (siti, rahmadi):
        sees_all_and_acts_on_nothing(overseer)
    budi.reads_at("/", "Tidak ada tugas yang menunggu Anda.", "selesai diarsipkan")
    is_told_nothing(person(ORANG_LAIN), nurul)
    prints_the_fourth_copy(nurul, number)
    assert "Tidak ada kelainan." in takar("verify", data=demo.data)


def uploads_and_sends(rina: Person) -> None:
    """Step 1: the filled XLSX is read, shown, and sent as it is."""
    assert {"Beranda", "Tugas Saya 19", "Berkas", "Arsip", "Target SKP", "SOP"} <= set(rina.menu())
    assert {"Periode", "Kantor"} & set(rina.menu()) == set()
    assert rina.waiting() == {1: 17, 3: 1, 6: 1}
    rina.page.goto("/tugas/?langkah=1")
    rina.reads_heading("Tugas Saya")
    assert rina.buttons() == ["Unggah", "Kirim ke Kasubbag"]
    rina.picture("staf-tugas", last=rina.main.locator("tbody tr").nth(1))
    rina.page.get_by_label("Unggah formulir yang sudah diisi").set_input_files(DEMO / "formulir" / "budi-hartono.xlsx")
    rina.press("Unggah")
    rina.reads_heading("Hasil unggahan")
    rina.reads("1 formulir terbaca.", "budi-hartono.xlsx", BUDI)
    rina.picture("staf-unggah", rina.page.locator("h1"), rina.main.get_by_role("link", name="Kembali"))
    rina.open_task(1, BUDI)
    expect(rina.main.get_by_label("Kuantitas baris 4", exact=True)).to_have_value("13")
    expect(rina.main.get_by_label("Biaya baris 1", exact=True)).to_have_value("16.750.000")
    expect(rina.main.get_by_label("Nomor surat tugas tambahan 1")).to_have_value("800/114/DPMPTSP/2025")
    rina.reads("Yang perlu diperhatikan", "Baris 1: Belum ada bukti dukung.")
    rina.press("Kirim ke Kasubbag")
    rina.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert rina.waiting() == {1: 16, 3: 1, 6: 1}


def returns_for_want_of_evidence(nurul: Person) -> None:
    """Step 2: the check that fails; no reason, no return."""
    assert nurul.waiting() == {2: 3}
    nurul.open_task(2, BUDI)
    assert nurul.buttons() == [
        "Terima",
        "Kembalikan ke langkah 1: Mengumpulkan data kinerja atas target yang telah ditetapkan",
    ]
    nurul.reads("16.750.000", "Tiga belas risalah fasilitasi, map 09", "Baris 1: Belum ada bukti dukung.")
    expect(nurul.main.locator("input[name^=line]")).to_have_count(0)
    back = nurul.main.get_by_role("button", name="Kembalikan ke langkah 1")
    with nurul.refused(422):
        back.click()
    nurul.reads("Alasan pengembalian belum diisi.")
    nurul.main.get_by_label("Alasan (wajib)").fill(ASK_FOR_EVIDENCE)
    nurul.picture("kasubbag-kembalikan", nurul.main.get_by_role("region", name="Kembalikan"))
    back.click()
    nurul.reads(f"Berkas {BUDI} dikembalikan ke langkah 1.")
    assert nurul.waiting() == {2: 2}


def attaches_the_evidence(rina: Person, evidence: Path) -> None:
    """Step 1 again: the reason is read, what is missing is added, the form goes once more."""
    rina.page.goto("/tugas/?langkah=1")
    expect(rina.main.get_by_role("row", name=BUDI)).to_contain_text("dikembalikan")
    rina.open_task(1, BUDI)
    rina.reads("Dikembalikan oleh Nurul Hidayati, S.Sos. pada", ASK_FOR_EVIDENCE)
    rina.picture("staf-dikembalikan", rina.page.locator("h1"), rina.main.get_by_role("status"))
    rina.main.get_by_label("Untuk").select_option("kegiatan 1")
    rina.main.get_by_label("Berkas (PDF, JPG, PNG, XLSX, DOCX)").set_input_files(evidence)
    rina.press("Lampirkan")
    rina.reads("Bukti dukung diperbarui.", evidence.name)
    rina.reads_not("Baris 1: Belum ada bukti dukung.")
    rina.picture("staf-bukti", rina.main.locator("section").filter(has_text="Lampirkan"))
    rina.press("Kirim ke Kasubbag")
    rina.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")


def accepts(nurul: Person) -> None:
    """Step 2, passed: the evidence is there and can be opened."""
    nurul.open_task(2, BUDI)
    nurul.reads_not("Baris 1: Belum ada bukti dukung.")
    evidence = nurul.main.get_by_role("link", name="laporan-potensi-triwulan-iv.pdf")
    assert nurul.download(evidence).startswith(b"%PDF-")
    nurul.picture("kasubbag-periksa", nurul.main.locator(".alert"), nurul.main.get_by_role("button", name="Terima"))
    nurul.press("Terima")
    nurul.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")


def enters_with_a_difference(rina: Person) -> None:
    """Step 3: a figure unlike the accepted one is held until it is explained."""
    rina.open_task(3, BUDI)
    cost = rina.main.get_by_label("Biaya baris 1", exact=True)
    expect(cost).to_have_value("16.750.000")
    rina.reads("diterima: 16.750.000")
    rina.reads_not("Perbedaan yang harus dijelaskan")
    assert rina.buttons() == ["Simpan dan bandingkan", "Konfirmasi dan kirim"]
    cost.fill("16700000")
    with rina.refused(422):
        rina.press("Konfirmasi dan kirim")
    rina.reads("Ada perbedaan yang belum dijelaskan.", "Baris 1, Biaya: Angka ini berbeda dari yang diterima Kasubbag")
    answer = rina.main.get_by_label("Baris 1, Biaya: diterima 16.750.000, diinput 16.700.000")
    answer.fill(WHY_DIFFERENT)
    card = rina.main.locator("section").filter(has_text="Perbedaan yang harus dijelaskan")
    rina.picture("staf-perbedaan", card, rina.main.locator(".finish"))
    rina.press("Konfirmasi dan kirim")
    rina.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert rina.waiting() == {1: 16, 3: 1, 6: 1}


def begins_and_returns(bambang: Person) -> None:
    """Step 4: the value changes while it is typed; then the wrong cost is sent back to step 3."""
    assert bambang.waiting() == {4: 2}
    bambang.open_task(4, BUDI)
    bambang.reads("Angka yang diinput lain dari yang diterima Kasubbag (1)", "Belum lengkap: Kegiatan 1, Kualitas;")
    assert bambang.buttons() == [
        "Simpan dan hitung",
        "Setujui dan tanda tangani",
        "Kembalikan ke langkah 1: Mengumpulkan data kinerja atas target yang telah ditetapkan",
        "Kembalikan ke langkah 3: Pengetikan/penginputan kinerja atas penilaian sasaran kinerja pegawai",
    ]
    types_and_watches_the_value(bambang)
    bambang.press("Simpan dan hitung")
    bambang.reads(f"Isian berkas {BUDI} disimpan.")
    bambang.main.get_by_label("Alasan (wajib)").fill(WRONG_COST)
    bambang.main.get_by_role("button", name="Kembalikan ke langkah 3").click()
    bambang.reads(f"Berkas {BUDI} dikembalikan ke langkah 3.")
    assert bambang.waiting() == {4: 1}


def types_and_watches_the_value(bambang: Person) -> None:
    computed = bambang.main.get_by_label("Hasil sementara", exact=True)
    for number, value in QUALITY.items():
        bambang.main.get_by_label(f"Kualitas kegiatan {number}").press_sequentially(value)
    expect(computed).to_contain_text("Nilai SKP90,71")
    expect(computed).to_contain_text("Nilai prestasi kerja–")
    for aspect, value in BEHAVIOUR.items():
        bambang.main.get_by_label(aspect).press_sequentially(value)
    expect(computed).to_contain_text("Perilaku kerja88,00")
    expect(computed).to_contain_text("Nilai prestasi kerja89,62 Baik")
    working = bambang.main.get_by_role("group").filter(has_text="Lihat seluruh perhitungan")
    expect(working).to_contain_text("87,06")
    bambang.main.get_by_label("Kualitas kegiatan 1").fill("9")
    expect(computed).to_contain_text("Nilai SKP85,64 Baik")
    expect(working).not_to_contain_text("87,06")
    bambang.main.get_by_label("Kualitas kegiatan 1").fill("90")
    expect(computed).to_contain_text("89,62")
    expect(computed).not_to_contain_text("Belum lengkap")


def enters_as_accepted(rina: Person) -> None:
    """Step 3 again: the accepted figure is put back, and nothing is left to explain."""
    rina.open_task(3, BUDI)
    rina.reads("Dikembalikan oleh Ir. Bambang Suprapto, M.T. pada", WRONG_COST)
    rina.fill(Biaya_baris_1="16750000")
    rina.press("Simpan dan bandingkan")
    rina.reads(f"Isian berkas {BUDI} disimpan.")
    rina.reads_not("Perbedaan yang harus dijelaskan")
    rina.picture("staf-input", rina.main.get_by_text("Angka yang diterima"), rina.main.locator("tbody tr").nth(1))
    rina.press("Konfirmasi dan kirim")
    rina.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")


def approves(bambang: Person) -> None:
    """Step 4, passed: what was typed before is still there; a wrong password signs nothing."""
    bambang.open_task(4, BUDI)
    expect(bambang.main.get_by_label("Kualitas kegiatan 1")).to_have_value("90")
    bambang.reads_not("Angka yang diinput lain dari yang diterima Kasubbag")
    bambang.fill(**{"Catatan/rekomendasi": ADVICE})
    computed = bambang.main.get_by_label("Hasil sementara", exact=True)
    expect(computed).to_contain_text("Nilai SKP90,69")
    expect(computed).to_contain_text("Nilai prestasi kerja89,61 Baik")
    bambang.picture("atasan-nilai", bambang.page.locator("h1"), bambang.main.locator("tbody tr").nth(1))
    bambang.picture(
        "atasan-hasil", bambang.main.get_by_role("heading", name="Perilaku kerja"), bambang.main.locator(".finish")
    )
    with bambang.refused(422):
        bambang.sign("Setujui dan tanda tangani", "bukan-kata-sandinya")
    bambang.reads("Kata sandi yang dimasukkan salah. Dokumen belum ditandatangani")
    bambang.sign("Setujui dan tanda tangani")
    bambang.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert bambang.waiting() == {4: 1}


def reads_and_signs_on_the_phone(budi: Person) -> str:
    """Step 5: the employee reads the document, whole, and signs it."""
    assert budi.waiting() == {5: 1}
    assert {"Beranda", "Tugas Saya 1", "Berkas", "Arsip", "SOP"} <= set(budi.menu())
    assert {"Target SKP", "Periode", "Kantor"} & set(budi.menu()) == set()
    budi.picture("pegawai-beranda", last=budi.main.locator("section").first)
    budi.open_task(5, BUDI)
    assert budi.buttons() == ["Tanda tangani"]
    budi.reads("90,69", "88,00", "89,61", ADVICE, "Sudah ditandatangani Ir. Bambang Suprapto, M.T. (Pejabat penilai)")
    text = text_of(budi.download(budi.main.get_by_role("link", name="Buka dokumen lengkap (PDF)")))
    for part in (BUDI, NIP, "Ir. Bambang Suprapto, M.T.", "90,69", "89,61", "Menganalisis potensi dan peluang"):
        assert part in text
    number = budi.main.get_by_role("heading", level=2).first.inner_text().split(" nomor ")[1]
    budi.picture("pegawai-dokumen", budi.page.locator("h1"), budi.main.get_by_role("link", name="Buka dokumen lengkap"))
    budi.picture("pegawai-tanda-tangan", budi.main.get_by_text("Dengan menandatangani"), budi.main.locator(".finish"))
    budi.sign("Tanda tangani")
    budi.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert budi.waiting() == {}
    return number


def records_the_copies(rina: Person, number: str) -> None:
    """Step 6: whose copy is which, and when it was handed over."""
    rina.open_task(6, BUDI)
    rina.reads(f"Buka {number} (PDF, bertanda tangan)")
    expect(rina.main.get_by_label("Salinan 1 untuk")).to_have_value(BUDI)
    expect(rina.main.get_by_label("Salinan 2 untuk")).to_have_value("Ir. Bambang Suprapto, M.T.")
    rina.main.get_by_label("Salinan 4 untuk").fill("Badan Kepegawaian Daerah")
    rina.main.get_by_label("Tanggal penyerahan salinan 4").fill("2026-01-20")
    signed = rina.main.get_by_role("link", name=f"Buka {number}")
    rina.picture("staf-penggandaan", signed, rina.main.get_by_role("button", name="Catat penggandaan"))
    rina.press("Catat penggandaan")
    rina.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert rina.waiting() == {1: 16, 3: 1, 6: 1}


def archives(nurul: Person, number: str) -> None:
    """Step 7: no box, no end; then the case is closed."""
    assert nurul.waiting() == {2: 2, 7: 1}
    nurul.open_task(7, BUDI)
    expect(nurul.main.get_by_label("Kode klasifikasi")).to_have_value("800.1.4.4")
    with nurul.refused(422):
        nurul.press("Arsipkan")
    nurul.reads("Dokumen belum diarsipkan.", "Box file: Wajib diisi.", "Rak: Wajib diisi.")
    nurul.fill(Box_file="B-2025-03", Rak="R-2")
    nurul.picture(
        "kasubbag-arsipkan",
        nurul.main.get_by_role("link", name=number),
        nurul.main.get_by_role("button", name="Arsipkan"),
    )
    nurul.press("Arsipkan")
    nurul.reads(f"Langkah selesai; berkas {BUDI} diteruskan.")
    assert nurul.waiting() == {2: 2}


def finds_in_the_archive(reader: Person, words: str) -> None:
    """By any of what is remembered: one document, and where it lies."""
    reader.choose("Arsip")
    reader.page.get_by_label("Nama, NIP, tahun, nomor, jenis, box, atau kata di dalam dokumen").fill(words)
    reader.press("Cari")
    row = reader.main.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(BUDI)
    expect(row.locator("td")).to_contain_text(["", "800.1.4.4", "2025", "B-2025-03", "R-2"])


def opens_the_archived_document(siti: Person, number: str) -> None:
    """What lies in the box bears both signatures, the superior's in two places; another box holds nothing."""
    siti.picture("arsip", last=siti.main.locator("table"))
    siti.main.get_by_role("link", name=number).click()
    siti.reads("Aktif sampai", "B-2025-03, rak R-2")
    text = text_of(siti.download(siti.main.get_by_role("link", name="Buka dokumen (PDF)")))
    assert text.count("Ditandatangani secara elektronik") == 3
    siti.choose("Arsip")
    siti.page.get_by_label("Nama, NIP, tahun, nomor, jenis, box, atau kata di dalam dokumen").fill("B-2025-04")
    siti.press("Cari")
    siti.reads("Tidak ada arsip yang cocok dengan “B-2025-04”.")


def reads_the_whole_story(nurul: Person) -> None:
    """The case's page: both signatures, the copies, the box, and every reason in the history."""
    nurul.open_case(BUDI)
    nurul.reads("Selesai diarsipkan.", "Diarsipkan di box B-2025-03, rak R-2, klasifikasi 800.1.4.4")
    nurul.reads("sebagai Pejabat penilai", "sebagai Pegawai yang dinilai", "untuk Badan Kepegawaian Daerah")
    nurul.reads(f"Alasan: {ASK_FOR_EVIDENCE}", f"Alasan: {WRONG_COST}", "nilai 89,61, baik")
    done = nurul.main.locator(".history strong").all_inner_texts()
    finished = [text for text in reversed(done) if text.startswith(("Langkah", "Dikembalikan"))]
    assert finished == [
        "Langkah 1 selesai",
        "Dikembalikan dari langkah 2 ke langkah 1",
        "Langkah 1 selesai",
        "Langkah 2 selesai",
        "Langkah 3 selesai",
        "Dikembalikan dari langkah 4 ke langkah 3",
        "Langkah 3 selesai",
        "Langkah 4 selesai",
        "Langkah 5 selesai",
        "Langkah 6 selesai",
        "Langkah 7 selesai",
    ]


def sees_all_and_acts_on_nothing(overseer: Person) -> None:
    """Sekretaris and Kepala: the counts, the case with its history, and not one act."""
    assert overseer.waiting() == {}
    overseer.reads("Tidak ada tugas yang menunggu Anda.", "Penilaian SKP tahun 2025 di kantor ini")
    overseer.reads("Selesai diarsipkan")
    overseer.picture("kemajuan", overseer.main.locator("section").last)
    overseer.choose("Tugas Saya")
    assert overseer.buttons() == []
    overseer.choose("Berkas")
    expect(overseer.main.locator("tbody tr")).to_have_count(23)
    overseer.open_case("Wulan Sari, S.H.")
    overseer.reads("Langkah 2 dari 7, di tangan Kasubbag Umum dan Kepegawaian sejak")
    assert overseer.buttons() == []
    overseer.picture("berkas", overseer.page.locator("h1"), overseer.main.locator("tbody tr").nth(3))
    expect(overseer.main.get_by_role("link", name="Kerjakan langkah ini")).to_have_count(0)


def is_told_nothing(stranger: Person, insider: Person) -> None:
    """A colleague with the address in hand: not there, for the case as for its document."""
    addresses = [insider.page.url, insider.main.locator("a[href^='/dokumen/']").first.get_attribute("href")]
    stranger.choose("Berkas")
    expect(stranger.main.locator("tbody tr")).to_have_count(1)
    for address in addresses:
        with stranger.refused(404):
            stranger.page.goto(str(address))
        stranger.reads_heading("Tidak ditemukan")
        stranger.reads_not("Budi")


def prints_the_fourth_copy(nurul: Person, number: str) -> None:
    """A copy says of itself that it is one, and whose."""
    text = text_of(nurul.download(nurul.main.get_by_role("link", name="Salinan 4")))
    for part in ("SALINAN Nomor 4", "untuk Badan Kepegawaian Daerah", number, "Ditandatangani secara elektronik"):
        assert part in text


def text_of(pdf: bytes) -> str:
    """The text that a reader sees on all pages, that of the signature fields too, with single spaces."""
    flat = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.flatten_annotations()
        document.save(flat)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(flat).pages).split())
