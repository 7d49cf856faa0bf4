"""The record of processing (UU 27/2022 Pasal 31) as data: which kinds of personal data, what for, by which law, how long.

Articles of UU 27/2022 were read in a scanned copy. `sure` is False where the law leaves the answer to the office: it is
then our reading, and the page says so.
"""

from dataclasses import dataclass

from django.conf import settings

DUTY = "UU 27/2022 Pasal 20 ayat (2) huruf c dan e (kewajiban hukum dan pelaksanaan kewenangan)"


@dataclass(frozen=True, slots=True)
class Processing:
    """One kind of data."""

    kind: str
    what: str
    purpose: str
    basis: str
    kept: str
    readers: str
    sure: bool = True


PROCESSING = (
    Processing(
        "Data kepegawaian",
        "Nama, gelar, NIP, golongan, jabatan, unit, atasan langsung, kedudukan, jabatan dan mandat yang dipegang",
        "Menentukan siapa dinilai dan siapa menilai",
        f"{DUTY}; PP 46/2011; PermenPANRB 6/2022",
        "Selama dokumen yang menyebutnya disimpan",
        "Pengelola kepegawaian, pimpinan kantor, dan para atasan",
        sure=False,
    ),
    Processing(
        "Rencana dan realisasi",
        "SKP, realisasi, bukti dukung, umpan balik, catatan perilaku",
        "Penilaian kinerja",
        f"{DUTY}; PP 46/2011; PermenPANRB 6/2022",
        "Bersama berkas penilaiannya",
        "Para pihak penilaian; SKP dan berkas juga pengelola dan pimpinan; catatan perilaku hanya atasan dan Anda",
        sure=False,
    ),
    Processing(
        "Hasil penilaian",
        "Nilai atau predikat, rekomendasi, keberatan, tanggapan, dan keputusannya",
        "Penilaian kinerja dan tindak lanjutnya",
        f"{DUTY}; PP 46/2011 Pasal 21 sampai 25; PermenPANRB 6/2022",
        "Bersama dokumennya, menurut jadwal retensi arsip (JRA) kantor",
        "Para pihak, pengelola, dan pimpinan; isi keberatan hanya para pihak dan Kasubbag",
    ),
    Processing(
        "Dokumen dan arsip",
        "Dokumen bertanda tangan, salinan, tanda terima, peminjaman, riwayat dalam arsip",
        "Bukti dan pertanggungjawaban",
        f"{DUTY}; UU 43/2009; PP 28/2012",
        "Menurut jadwal retensi arsip (JRA) kantor",
        "Para pihak, pengelola arsip, dan pimpinan",
    ),
    Processing(
        "Akun dan keamanan",
        "Nama pengguna, sidik kata sandi, faktor kedua, kunci API, sesi dengan alamat dan perangkat, surel bila diisi",
        "Masuk dengan aman dan pemberitahuan",
        "UU 27/2022 Pasal 20 ayat (2) huruf e dan Pasal 35 (keamanan)",
        "Sampai akun ditutup; sesi beberapa jam",
        "Anda; Administrator melihat bahwa akun ada, bukan isinya",
        sure=False,
    ),
    Processing(
        "Jejak",
        "Siapa melakukan apa, kapan, dan dari alamat mana; siapa membuka data siapa",
        "Pertanggungjawaban dan perekaman pemrosesan",
        "UU 27/2022 Pasal 31 dan 32; PP 71/2019 Pasal 22",
        "Tetap; jejak tidak dapat dihapus",
        "Kasubbag, Sekretaris, Kepala, dan Administrator; siapa membuka data Anda juga Anda sendiri",
    ),
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A service outside the office's machine that gets something, where this installation uses it; `setting` says so."""

    setting: str
    who: str
    what: str


RECIPIENTS = (
    Recipient(
        "BSRE_URL", "BSrE", "dokumen yang ditandatangani dengan sertifikatnya, NIK dan frasa sandi penanda tangan"
    ),
    Recipient("TSA_URL", "Layanan stempel waktu", "sidik (hash) dokumen saja"),
    Recipient("EMAIL_HOST", "Server surel", "nama, alamat surel, dan isi pemberitahuan orang yang meminta surel"),
    Recipient("OIDC_ISSUER", "Akun pemerintah daerah", "bahwa seseorang masuk ke Takar"),
    Recipient("FILES", "Penyimpanan S3", "semua dokumen dan bukti dukung, sebagai tempat menyimpannya"),
)


def recipients() -> list[Recipient]:
    """Those that this installation is set up to use."""
    return [row for row in RECIPIENTS if getattr(settings, row.setting)]


RIGHTS_TOLD = (
    ("Mendapat penjelasan dan salinan", "Pasal 5, 7, dan 32", "Halaman ini dan tombol Buat salinan data saya."),
    ("Melengkapi dan memperbaiki", "Pasal 6 dan 30", "Formulir di atas; jawabannya paling lambat 3 × 24 jam."),
    ("Menghapus", "Pasal 8, 15, dan 43", "Data penilaian disimpan karena kewajiban hukum, lalu menurut JRA kantor."),
    (
        "Keberatan atas putusan otomatis",
        "Pasal 10",
        "Tidak ada: setiap hasil diputuskan dan disetujui pejabat penilai.",
    ),
)
