"""An objection that changes a result: the employee, the assessor and the assessor's superior, each in a browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from tests.stories.people import ATASAN_PERIZINAN, KEPALA, PHONE, STAF, Person, scan
from tests.stories.program import Program, takar

GALIH, NIP = "Galih Prasetyo, S.H.", "198910032014031004"
REASONS = "Kualitas kegiatan 1 dinilai 85, padahal laporannya diterima tanpa perbaikan."
ANSWER = "Laporan diterima sesudah satu kali perbaikan."
HEARD = "Pegawai menunjukkan tanda terima tanpa catatan perbaikan."
DECIDED = "Tanda terima membuktikan laporan diterima tanpa perbaikan."


def test_an_objection_changes_the_result(person: Callable[..., Person], demo: Program, tmp_path: Path) -> None:
    galih, fatimah, rahmadi = person(NIP, PHONE), person(ATASAN_PERIZINAN), person(KEPALA)
    rina = person(STAF)

    objects(galih, scan(tmp_path, "tanda-terima.pdf"))
    cannot_copy_yet(rina)
    answers(fatimah)
    hears_and_changes(rahmadi)
    sees_the_new_result(galih)
    copies_the_new_document(rina)
    assert "Tidak ada kelainan." in takar("verify", data=demo.data)
    assert "Semua hasil tersimpan terhitung sama." in takar("recompute", "--check", data=demo.data)


def unfold(person: Person, act: str) -> None:
    person.main.locator("summary").get_by_text(act, exact=True).click()


def objects(galih: Person, letter: Path) -> None:
    galih.page.goto("/")
    galih.reads("Tenggat", "Mengajukan keberatan tertulis dengan alasan lengkap: paling lambat", "(hari ke-0 dari 14)")
    galih.main.get_by_role("region", name="Tenggat").get_by_role("link").first.click()
    unfold(galih, "Ajukan keberatan")
    galih.fill(**{"Alasan keberatan, lengkap": REASONS})
    galih.main.locator("#lampiran-object").set_input_files(letter)
    galih.press("Ajukan keberatan")
    galih.reads("Keberatan diajukan", REASONS, "tanda-terima.pdf")


def cannot_copy_yet(rina: Person) -> None:
    rina.open_task(6, GALIH)
    with rina.refused(422):
        rina.press("Catat penggandaan")
    rina.reads("sedang berjalan", "Tunggu keputusan atasan pejabat penilai.")
    rina.open_case(GALIH)
    rina.reads("Keberatan diajukan")
    rina.reads_not(REASONS)


def answers(fatimah: Person) -> None:
    fatimah.reads_at("/", "Keberatan menunggu tanggapan Anda.")
    fatimah.open_case(GALIH)
    unfold(fatimah, "Beri tanggapan")
    fatimah.fill(**{"Tanggapan pejabat penilai atas keberatan": ANSWER})
    fatimah.press("Beri tanggapan")
    fatimah.reads("Tanggapan pejabat penilai atas keberatan", ANSWER)


def hears_and_changes(rahmadi: Person) -> None:
    rahmadi.reads_at("/", "Keberatan menunggu keputusan Anda")
    rahmadi.open_case(GALIH)
    rahmadi.reads(REASONS, ANSWER)
    unfold(rahmadi, "Catat penjelasan pegawai")
    rahmadi.main.locator("#isi-hear_employee").fill(HEARD)
    rahmadi.press("Catat penjelasan pegawai")
    unfold(rahmadi, "Ubah nilai")
    rahmadi.main.get_by_role("link", name="Buka lembar nilai").click()
    rahmadi.reads_heading(f"Keputusan atas keberatan: {GALIH}")
    bar = rahmadi.main.get_by_role("region", name="Hasil sementara")
    before = bar.inner_text()
    rahmadi.main.get_by_label("Kualitas kegiatan 1").fill("100")
    expect(bar).not_to_have_text(before)
    rahmadi.main.get_by_label("Alasan perubahan nilai").fill(DECIDED)
    rahmadi.sign("Putuskan dan terbitkan dokumen baru")
    rahmadi.reads(f"Nilai {GALIH} diubah", "tidak berlaku lagi: digantikan oleh")


def sees_the_new_result(galih: Person) -> None:
    galih.reads_at("/", "Nilai Anda diubah dengan keputusan atasan pejabat penilai")
    galih.main.get_by_role("region", name="Tenggat").get_by_role("link").first.click()
    galih.reads("Diubah dengan keputusan atasan pejabat penilai atas keberatan; semula", DECIDED)


def copies_the_new_document(rina: Person) -> None:
    rina.open_task(6, GALIH)
    rina.press("Catat penggandaan")
    rina.open_case(GALIH)
    rina.reads("Salinan 1 untuk", "tidak berlaku lagi: digantikan oleh")
