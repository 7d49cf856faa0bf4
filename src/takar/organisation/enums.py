"""What a person is in the office, in the regulation's words."""

from django.db.models import TextChoices


class PersonKind(TextChoices):
    PNS = "pns", "PNS"
    CPNS = "cpns", "CPNS"
    PPPK = "pppk", "PPPK"
    OTHER = "lain", "Pejabat lain"


class Standing(TextChoices):
    """Kedudukan hukum, as far as it decides whether somebody is appraised."""

    ACTIVE = "aktif", "Aktif"
    CLTN = "cltn", "Cuti di luar tanggungan negara (CLTN)"
    STUDY = "tubel", "Tugas belajar"
    SUSPENDED = "pemberhentian_sementara", "Pemberhentian sementara"
    MPP = "mpp", "Masa persiapan pensiun (MPP)"
    RETIRED = "pensiun", "Pensiun"


class PostKind(TextChoices):
    STRUCTURAL = "struktural", "Struktural"
    FUNCTIONAL = "jft", "Fungsional tertentu (JFT)"
    GENERAL = "jfu", "Fungsional umum/pelaksana (JFU)"


class JobLevel(TextChoices):
    """Jenjang of a jabatan fungsional, which decides the angka kredit; the keys are those of the rules."""

    PEMULA = "pemula", "Pemula"
    TERAMPIL = "terampil", "Terampil"
    MAHIR = "mahir", "Mahir"
    PENYELIA = "penyelia", "Penyelia"
    AHLI_PERTAMA = "ahli_pertama", "Ahli Pertama"
    AHLI_MUDA = "ahli_muda", "Ahli Muda"
    AHLI_MADYA = "ahli_madya", "Ahli Madya"
    AHLI_UTAMA = "ahli_utama", "Ahli Utama"


class Role(TextChoices):
    """Offices held in the agency; the first four are the SOP's, the last looks after the installation."""

    KASUBBAG = "kasubbag", "Kasubbag Umum dan Kepegawaian"
    STAF = "staf", "Staf"
    SEKRETARIS = "sekretaris", "Sekretaris"
    KEPALA = "kepala", "Kepala"
    ADMIN = "admin", "Administrator"


class DayCount(TextChoices):
    """How the office reads "hari" where a regulation does not say which days it means."""

    CALENDAR = "kalender", "Hari kalender"
    WORKING = "kerja", "Hari kerja"


# Who is left out when a period is opened, and why (PP 46/2011 Pasal 30; PermenPANRB 6/2022 hlm. 65-66).
EXEMPT_STANDINGS = {
    Standing.CLTN: "sedang cuti di luar tanggungan negara",
    Standing.SUSPENDED: "sedang diberhentikan sementara",
    Standing.MPP: "sedang masa persiapan pensiun",
    Standing.RETIRED: "sudah pensiun",
}


class MandateKind(TextChoices):
    """For as long as a post is vacant (Plt.), or for the days on which its official is away (Plh.)."""

    PLT = "plt", "Pelaksana Tugas (Plt.)"
    PLH = "plh", "Pelaksana Harian (Plh.)"

    @property
    def prefix(self) -> str:
        """What is printed before the post."""
        return {"plt": "Plt.", "plh": "Plh."}[self.value]


class MandatedAct(TextChoices):
    """The steps of an SOP, by their kind, that one may do for another; to sign as the appraised employee is none."""

    COLLECT = "collect", "Mengumpulkan"
    CHECK = "check", "Memeriksa"
    ENTER = "enter", "Menginput"
    ASSESS = "assess", "Menilai"
    COPY = "copy", "Menggandakan"
    ARCHIVE = "archive", "Mengarsipkan"
    ACKNOWLEDGE = "acknowledge", "Memaraf atau mengetahui"


# The offices of the SOP can be held by mandate; looking after the installation cannot.
MANDATED_ROLES = (Role.KASUBBAG, Role.STAF, Role.SEKRETARIS, Role.KEPALA)
