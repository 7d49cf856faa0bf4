"""An empty installation becomes an office: from the first page to the open period, with the office's own files."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.once import empty_database
from tests.stories.conftest import Newcomer
from tests.stories.people import PEGAWAI, Person
from tests.stories.program import DEMO, Program, running

OWN_PASSWORD = "melati-di-teras-7"
OFFICE = {
    "Nama instansi": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "Nama singkat": "DPMPTSP",
    "Pemerintah daerah": "Pemerintah Kabupaten Tanjung Sari",
    "Tempat kedudukan": "Tanjung Sari",
    "NIP Administrator": "19790721 200501 2 003",
    "Nama Administrator": "Nurul Hidayati",
    "Kata sandi": OWN_PASSWORD,
}
LEFT_OUT = {
    "Dewi Anggraini, S.E.": "sedang cuti di luar tanggungan negara",
    "H. Syahrudin, S.Sos.": "sedang masa persiapan pensiun",
    "Hasan Basri": "sedang diberhentikan sementara",
}


@pytest.fixture(scope="module")
def empty(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """`takar serve` without any office; that it also makes the tables is seen in tests/cli."""
    data = tmp_path_factory.mktemp("new") / "data"
    data.mkdir()
    shutil.copy(empty_database(), data)
    with running("serve", data=data) as program:
        yield program


def test_an_empty_installation_becomes_a_working_office(empty: Program, newcomers: Newcomer) -> None:
    nurul, budi = newcomers(empty.address), newcomers(empty.address)
    creates_the_office(nurul)
    is_shown_what_is_wrong(nurul)
    imports_the_staff(nurul)
    imports_the_same_again(nurul)
    imports_the_targets(nurul)
    code = issues_a_code(nurul)
    sets_a_password(budi, code)
    opens_the_period(nurul)
    budi.reads_at("/", "Penilaian SKP tahun 2025", "langkah 1 dari 7")
    nurul.reads_at("/", "Tidak ada tugas yang menunggu Anda.", "Penilaian SKP tahun 2025 di kantor ini")


def creates_the_office(nurul: Person) -> None:
    """Whatever address is asked for, the first page is this one; it exists only once."""
    nurul.page.goto("/arsip/")
    nurul.reads_heading("Selamat datang")
    for label, text in OFFICE.items():
        nurul.main.get_by_label(label, exact=True).fill(text)
    nurul.main.get_by_label("Ulangi kata sandi").fill(OWN_PASSWORD)
    nurul.picture("admin-pemasangan", nurul.page.locator("h1"), nurul.main.get_by_role("button"))
    nurul.main.get_by_label("Ulangi kata sandi").fill("lain")
    with nurul.refused(422):
        nurul.press("Buat kantor")
    nurul.reads("Kedua kata sandi tidak sama; ketik ulang keduanya.")
    for label in ("Kata sandi", "Ulangi kata sandi"):
        nurul.main.get_by_label(label, exact=True).fill(OWN_PASSWORD)
    nurul.press("Buat kantor")
    nurul.reads_heading(OFFICE["Nama instansi"])
    assert {"Beranda", "Tugas Saya", "Periode", "Kantor"} <= set(nurul.menu())
    assert "Target SKP" not in nurul.menu()
    with nurul.refused(404):
        nurul.page.goto("/pemasangan/")


def is_shown_what_is_wrong(nurul: Person) -> None:
    """A file that is no XLSX, and one with a NIP too short: sentences, and nothing goes in."""
    nurul.choose("Kantor")
    nurul.main.get_by_role("link", name="Impor daftar pegawai").click()
    with nurul.refused(422):
        gives(nurul, "salah/pdf-bernama-xlsx.xlsx")
    nurul.reads("adalah dokumen PDF, bukan buku kerja Excel (.xlsx).")
    gives(nurul, "salah/pegawai-nip-17-angka.xlsx")
    nurul.reads_heading("pegawai-nip-17-angka.xlsx")
    nurul.reads("NIP harus 18 angka")
    nurul.picture("admin-masalah", nurul.page.locator("h1"), nurul.main.locator("table"))


def imports_the_staff(nurul: Person) -> None:
    nurul.main.get_by_role("link", name="Impor: Daftar pegawai").click()
    gives(nurul, "pegawai.xlsx")
    nurul.reads("26 baris benar, 5 pemegang peran; 0 masalah.")
    assert nurul.buttons() == ["Masukkan semua"]
    nurul.picture("admin-pratinjau", nurul.page.locator("h1"), nurul.main.locator("ul"))
    nurul.press("Masukkan semua")
    nurul.reads_heading(OFFICE["Nama instansi"])
    nurul.reads("Sudah dimasukkan.", "Sekretaris: Hj. Siti Marlina, S.E., M.M.", "Ir. Bambang Suprapto, M.T.")


def imports_the_same_again(nurul: Person) -> None:
    """Twice the same file: said, and nothing changed."""
    nurul.main.get_by_role("link", name="Impor daftar pegawai").click()
    gives(nurul, "pegawai.xlsx")
    nurul.press("Masukkan semua")
    nurul.reads("Sudah dimasukkan. Pegawai: 0 baru, 0 diubah, 26 tetap. Peran: 0 baru, 0 diubah, 5 tetap.")


def imports_the_targets(nurul: Person) -> None:
    """By now the staff list has made her Kasubbag too."""
    nurul.choose("Target SKP")
    nurul.main.get_by_role("link", name="Impor target dari XLSX").click()
    gives(nurul, "target-skp-2025.xlsx")
    nurul.reads("0 masalah.")
    nurul.press("Masukkan semua")
    nurul.reads("Sudah dimasukkan.")
    nurul.page.goto("/target/?tahun=2025")
    row = nurul.main.get_by_role("row", name="Budi Hartono, S.E.")
    row.get_by_role("link", name="lihat atau ubah").click()
    nurul.reads_heading("Budi Hartono, S.E.")
    expect(nurul.main.get_by_label("Kegiatan 1", exact=True)).to_have_value(
        "Menganalisis potensi dan peluang penanaman modal"
    )


def issues_a_code(nurul: Person) -> str:
    """For one person, shown once, to be cut out and handed over."""
    nurul.choose("Kantor")
    nurul.page.get_by_label("Nama, NIP, atau unit").fill("Budi")
    nurul.press("Cari")
    nurul.main.get_by_label("Pilih Budi Hartono").check()
    nurul.picture("admin-pegawai", nurul.main.get_by_role("region", name="Pegawai", exact=True))
    nurul.press("Buat kode aktivasi untuk yang dicentang")
    nurul.reads_heading("Kode aktivasi")
    nurul.reads("Budi Hartono, S.E.", "Masuk dengan: 19850314 201001 1 008")
    nurul.picture("admin-kode", nurul.page.locator("h1"), nurul.main.get_by_role("link", name="Kembali"))
    return nurul.main.locator(".code").inner_text()


def sets_a_password(budi: Person, code: str) -> None:
    """The wrong code opens nothing; the right one does, once."""
    budi.page.goto("/")
    budi.reads_heading("Masuk")
    budi.picture("masuk", last=budi.main.get_by_role("link", name="Pakai kode aktivasi"))
    budi.main.get_by_role("link", name="Pakai kode aktivasi").click()
    with budi.refused(422):
        gives_code(budi, "AAAA-BBBB-CCCC")
    budi.reads("NIP dan kode aktivasi tidak cocok")
    gives_code(budi, code.lower())
    budi.reads_heading("Beranda")
    budi.reads("Tidak ada tugas yang menunggu Anda.")
    budi.page.get_by_role("button", name="Keluar").click()
    budi.sign_in(PEGAWAI, OWN_PASSWORD)


def gives_code(budi: Person, code: str) -> None:
    budi.fill(NIP="19850314 201001 1 008", Kode_aktivasi=code, Kata_sandi_baru=OWN_PASSWORD)
    budi.fill(Ulangi_kata_sandi_baru=OWN_PASSWORD)
    budi.picture("aktivasi", budi.main.locator(".mb-3"), budi.main.get_by_role("button"))
    budi.press("Simpan kata sandi dan masuk")


def opens_the_period(nurul: Person) -> None:
    """One act, a case for 23 of 26 people, and the reason for each of the others."""
    nurul.page.goto("/periode/?tahun=2025&cara=pp46-2011")
    nurul.reads("23 pegawai mendapat berkas, 3 tidak", *(f"{name}: {why}" for name, why in LEFT_OUT.items()))
    nurul.main.get_by_label("Tahun yang dinilai").fill("2025")
    nurul.picture("admin-periode", nurul.main.get_by_role("region", name="Buka periode"))
    nurul.press("Buka periode")
    nurul.reads_heading("Penilaian SKP tahun 2025")
    nurul.reads("23 berkas.", *LEFT_OUT.values())
    nurul.page.goto("/periode/?tahun=2025")
    with nurul.refused(422):
        nurul.press("Buka periode")
    nurul.reads("Periode 2025 sudah dibuka oleh Nurul Hidayati, S.Sos. pada")


def gives(person: Person, name: str) -> None:
    person.page.get_by_label("Berkas XLSX").set_input_files(DEMO / name)
    person.press("Periksa")
