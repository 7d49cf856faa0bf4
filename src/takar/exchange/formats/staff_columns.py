"""The columns of the staff list and of its role holders, with what the template says about each."""

from collections.abc import Mapping

from takar.exchange.cells import choice, nip_digits, text
from takar.exchange.checks import unique, unique_together
from takar.exchange.formats import staff_checks as checks
from takar.exchange.formats.ranks import echelon, rank
from takar.exchange.tables import Column, Table
from takar.exchange.writing import Cell
from takar.organisation.enums import JobLevel, PersonKind, PostKind, Role, Standing

KINDS = {"PNS": PersonKind.PNS, "CPNS": PersonKind.CPNS, "PPPK": PersonKind.PPPK, "Pejabat lain": PersonKind.OTHER}
_KIND_WORDS = {**KINDS, "P3K": PersonKind.PPPK, "Lain": PersonKind.OTHER, "Pejabat Negara": PersonKind.OTHER}

POST_KINDS = {"Struktural": PostKind.STRUCTURAL, "JFT": PostKind.FUNCTIONAL, "JFU": PostKind.GENERAL}
_POST_KIND_WORDS = {
    **POST_KINDS,
    "Jabatan Struktural": PostKind.STRUCTURAL,
    "Fungsional": PostKind.FUNCTIONAL,
    "Fungsional Tertentu": PostKind.FUNCTIONAL,
    "Jabatan Fungsional": PostKind.FUNCTIONAL,
    "Jabatan Fungsional Tertentu": PostKind.FUNCTIONAL,
    "Fungsional tertentu (JFT)": PostKind.FUNCTIONAL,
    "Fungsional Umum": PostKind.GENERAL,
    "Jabatan Fungsional Umum": PostKind.GENERAL,
    "Pelaksana": PostKind.GENERAL,
    "Jabatan Pelaksana": PostKind.GENERAL,
    "Staf": PostKind.GENERAL,
    "Fungsional umum/pelaksana (JFU)": PostKind.GENERAL,
}

JOB_LEVELS = {str(level.label): level for level in JobLevel}
_JOB_LEVEL_WORDS = {**JOB_LEVELS, **{f"Jenjang {word}": level for word, level in JOB_LEVELS.items()}}

STANDINGS = {
    "Aktif": Standing.ACTIVE,
    "CLTN": Standing.CLTN,
    "Tugas Belajar": Standing.STUDY,
    "Pemberhentian Sementara": Standing.SUSPENDED,
    "MPP": Standing.MPP,
    "Pensiun": Standing.RETIRED,
}
_STANDING_WORDS = {
    **STANDINGS,
    "Cuti di Luar Tanggungan Negara": Standing.CLTN,
    "Cuti di luar tanggungan negara (CLTN)": Standing.CLTN,
    "Tubel": Standing.STUDY,
    "Diberhentikan Sementara": Standing.SUSPENDED,
    "Masa Persiapan Pensiun": Standing.MPP,
    "Masa persiapan pensiun (MPP)": Standing.MPP,
}

ROLE_NAMES = {
    "Kasubbag Umum dan Kepegawaian": Role.KASUBBAG,
    "Staf": Role.STAF,
    "Sekretaris": Role.SEKRETARIS,
    "Kepala": Role.KEPALA,
}
_ROLE_WORDS = {
    **ROLE_NAMES,
    "Kasubbag": Role.KASUBBAG,
    "Kasubag": Role.KASUBBAG,
    "Kasubag Umum dan Kepegawaian": Role.KASUBBAG,
    "Kepala Subbagian Umum dan Kepegawaian": Role.KASUBBAG,
    "Kepala Sub Bagian Umum dan Kepegawaian": Role.KASUBBAG,
    "Staff": Role.STAF,
    "Kepala Dinas": Role.KEPALA,
}

STAFF = Table(
    name="daftar pegawai",
    sheet_title="Pegawai",
    columns=(
        Column(
            "nip", "NIP", nip_digits, may_be_blank=True, default="", aliases=("NIP Pegawai", "NIP/NI PPPK"), width=24,
            help="18 angka, boleh berspasi; format sel Teks. Hanya “Pejabat lain” yang boleh tanpa NIP.",
        ),
        Column(
            "name", "Nama", text(150), aliases=("Nama Pegawai", "Nama Lengkap"), width=34,
            help="Nama tanpa gelar, atau dengan gelar bila kedua kolom gelar dikosongkan: “Drs. H. Nama Orang, M.Si.”",
        ),
        Column(
            "title_front", "Gelar Depan", text(checks.MAX_FRONT), required=False, default="", width=14,
            help="Gelar di depan nama, misalnya Drs. atau Ir.",
        ),
        Column(
            "title_back", "Gelar Belakang", text(checks.MAX_BACK), required=False, default="", width=16,
            help="Gelar di belakang nama, misalnya S.E., M.M.",
        ),
        Column(
            "kind", "Jenis Pegawai", choice(_KIND_WORDS, known="PNS, CPNS, PPPK, atau Pejabat lain"),
            aliases=("Jenis Kepegawaian",), options=tuple(KINDS), width=14,
            help="PNS, CPNS, PPPK, atau Pejabat lain.",
        ),
        Column(
            "rank", "Pangkat/Golongan", rank, may_be_blank=True, default="", width=28,
            aliases=("Golongan", "Gol.", "Gol/Ruang", "Golongan Ruang", "Pangkat/Gol. Ruang", "Pangkat/Gol", "Pangkat"),
            help="Misalnya III/a atau Penata Muda (III/a); PPPK: I sampai XVII.",
        ),
        Column("post", "Jabatan", text(200), aliases=("Nama Jabatan",), width=40, help="Nama jabatan lengkap."),
        Column(
            "post_kind", "Jenis Jabatan",
            choice(_POST_KIND_WORDS, known="Struktural, JFT (fungsional tertentu), atau JFU (pelaksana)"),
            options=tuple(POST_KINDS), width=14,
            help="Struktural, JFT (fungsional tertentu), atau JFU (fungsional umum/pelaksana).",
        ),
        Column(
            "echelon", "Eselon", echelon, required=False, default="", width=10,
            help="Misalnya III.a; kosongkan bila bukan jabatan struktural.",
        ),
        Column(
            "unit", "Unit", text(200), aliases=("Unit Kerja", "Unit Organisasi"), width=36,
            help="Sekretariat, bidang, atau subbagian tempat bekerja.",
        ),
        Column(
            "standing", "Status Kepegawaian", choice(_STANDING_WORDS, known=", ".join(STANDINGS)),
            required=False, default=Standing.ACTIVE, aliases=("Status", "Kedudukan"), options=tuple(STANDINGS), width=20,
            help="Kosong berarti Aktif. CLTN, MPP dan Pemberhentian Sementara tidak dinilai.",
        ),
        Column(
            "superior_nip", "NIP Atasan Langsung", nip_digits, may_be_blank=True, default="", aliases=("NIP Atasan",),
            width=24, help="NIP atasan langsung; kosongkan bila atasan tidak mempunyai NIP (misalnya Bupati).",
        ),
        Column(
            "superior_name", "Nama Atasan Langsung", text(150), required=False, default="", aliases=("Nama Atasan",),
            width=30, help="Hanya untuk atasan tanpa NIP.",
        ),
        Column(
            "superior_post", "Jabatan Atasan Langsung", text(200), required=False, default="",
            aliases=("Jabatan Atasan",), width=30, help="Hanya untuk atasan tanpa NIP, misalnya Bupati.",
        ),
        Column(
            "level", "Jenjang", choice(_JOB_LEVEL_WORDS, known=", ".join(JOB_LEVELS)), required=False,
            aliases=("Jenjang Jabatan", "Jenjang Jabatan Fungsional", "Jenjang JFT"), options=tuple(JOB_LEVELS), width=16,
            help="Hanya untuk JFT, untuk angka kredit: Ahli Pertama, Terampil, dan seterusnya. Kosong: tetap seperti semula.",
        ),
    ),
    checks=(
        unique("nip", "NIP {value} juga ada di baris {others}; hapus baris yang berlebih atau betulkan NIP-nya."),
        checks.nip_fits_kind,
        checks.rank_fits_kind,
        checks.degrees_fit,
        checks.superior_makes_sense,
        checks.level_fits_post,
        checks.no_circle,
    ),
)  # fmt: skip

ROLES = Table(
    name="pemegang peran",
    sheet_title="Peran",
    columns=(
        Column(
            "role", "Peran", choice(_ROLE_WORDS, known=", ".join(ROLE_NAMES)), options=tuple(ROLE_NAMES), width=34,
            help="Peran dalam SOP. Staf boleh lebih dari satu orang, peran lain tepat satu orang.",
        ),
        Column("nip", "NIP", nip_digits, width=24, help="NIP pemegang peran, harus ada di daftar pegawai."),
        Column(
            "name", "Nama", text(250), required=False, default="", prefilled=True, width=34,
            help="Sebagai keterangan saja; yang dibaca adalah NIP.",
        ),
    ),
    checks=(
        unique_together(("nip", "role"), "nip", "Peran dan NIP yang sama juga ada di baris {others}; hapus salah satunya."),
        checks.one_holder,
    ),
)  # fmt: skip

STEPS = (
    "Isi lembar “Pegawai”, satu baris untuk setiap pegawai; hanya kolom NIP yang menentukan siapa orangnya.",
    "Isi lembar “Peran” dengan pemegang peran dalam SOP Penilaian SKP.",
    "Baris contoh yang berwarna abu-abu boleh dibiarkan; baris yang diawali kata “Contoh” tidak dibaca.",
    "Jangan memakai rumus. Jangan mengubah judul kolom; urutannya boleh diubah.",
    "Simpan sebagai .xlsx, lalu unggah. Mengunggah berkas yang sama dua kali tidak mengubah apa pun.",
)
EXAMPLE: Mapping[str, Cell] = {
    "nip": "Contoh: 19800101 200604 1 001",
    "name": "Nama Orang",
    "title_front": "Drs.",
    "title_back": "M.Si.",
    "kind": "PNS",
    "rank": "Penata (III/c)",
    "post": "Kepala Seksi Pelayanan",
    "post_kind": "Struktural",
    "echelon": "IV.a",
    "unit": "Bidang Pelayanan",
    "standing": "Aktif",
    "superior_nip": "19750202 200003 1 002",
}
ROLES_EXAMPLE: Mapping[str, Cell] = {"role": "Contoh: Staf", "nip": "19800101 200604 1 001", "name": "Nama Orang"}
