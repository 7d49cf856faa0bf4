"""Choices of the appraisal room, with the words that people read."""

from django.db.models import TextChoices


class Regulation(TextChoices):
    """Under which regulation a plan is made; the value is the id of the method that assesses it."""

    PP46 = "pp46-2011", "PP 46/2011"
    PERMENPAN6 = "permenpan6-2022", "PermenPANRB 6/2022"


class PlanState(TextChoices):
    """Where one version of a plan stands; whether a later version has replaced an agreed one is asked of that one."""

    DRAFT = "draf", "Draf"
    SUBMITTED = "diajukan", "Diajukan"
    HANDED_UP = "diserahkan", "Diserahkan kepada atasan pejabat penilai"
    AGREED = "disepakati", "Disepakati"
    DROPPED = "dibatalkan", "Dibatalkan"


class PlanMoveKind(TextChoices):
    """What somebody did with a plan, as its history says it; EDIT and CORRECT leave no line of their own there."""

    EDIT = "isi", "Diisi"
    CORRECT = "betulkan", "Dibetulkan atasan pejabat penilai"
    SUBMIT = "ajukan", "Diajukan"
    WITHDRAW = "tarik", "Ditarik kembali"
    AGREE = "setujui", "Disetujui dan ditetapkan"
    RETURN = "kembalikan", "Dikembalikan"
    HAND_UP = "serahkan", "Diserahkan kepada atasan pejabat penilai"
    DECIDE = "tetapkan", "Ditetapkan atasan pejabat penilai, final"
    PAPER = "kertas", "Disepakati di atas kertas"
    REVISE = "ubah", "Perubahan disusun"
    END = "akhiri", "Bagian diakhiri"
    DROP = "batalkan", "Draf dibatalkan"


class Approach(TextChoices):
    """How a plan under PermenPANRB 6/2022 states its indicators (p. 50)."""

    QUANTITATIVE = "kuantitatif", "Kuantitatif"
    QUALITATIVE = "kualitatif", "Kualitatif"


class WorkKind(TextChoices):
    MAIN = "utama", "Utama"
    ADDITIONAL = "tambahan", "Tambahan"


class Aspect(TextChoices):
    """What an indicator measures (PermenPANRB 6/2022 Pasal 9)."""

    QUANTITY = "kuantitas", "Kuantitas"
    QUALITY = "kualitas", "Kualitas"
    TIME = "waktu", "Waktu"
    COST = "biaya", "Biaya"


class Direction(TextChoices):
    RISING = "naik", "Makin besar makin baik"
    FALLING = "turun", "Makin kecil makin baik"


class AppendixKind(TextChoices):
    RESOURCES = "sumber_daya", "Dukungan sumber daya"
    ACCOUNTABILITY = "pertanggungjawaban", "Skema pertanggungjawaban"
    CONSEQUENCES = "konsekuensi", "Konsekuensi"


class Cycle(TextChoices):
    """Over what an evaluation runs: periodic, by the agency's choice, or the year (PermenPANRB 6/2022 Pasal 24, 25)."""

    MONTHLY = "bulanan", "Bulanan"
    QUARTERLY = "triwulanan", "Triwulanan"
    ANNUAL = "tahunan", "Tahunan"


class Level(TextChoices):
    """How well an organisation achieved (PermenPANRB 6/2022 p. 92)."""

    EXCELLENT = "istimewa", "Istimewa"
    GOOD = "baik", "Baik"
    NEEDS_WORK = "butuh_perbaikan", "Butuh Perbaikan"
    POOR = "kurang", "Kurang"
    VERY_POOR = "sangat_kurang", "Sangat Kurang"


class Stage(TextChoices):
    """Which of the procedure's two sets of figures a form holds."""

    COLLECTED = "terkumpul", "Formulir terkumpul"
    ENTERED = "diinput", "Hasil penginputan"


class Source(TextChoices):
    FILE = "berkas", "Dibaca dari berkas"
    SCREEN = "layar", "Diketik di layar"
    COPY = "salinan", "Disalin dari versi sebelumnya"
    PROGRESS = "realisasi", "Dari catatan realisasi sepanjang tahun"


class FormState(TextChoices):
    DRAFT = "draf", "Sedang diisi"
    SUBMITTED = "dikirim", "Dikirim"
    ACCEPTED = "diterima", "Diterima"
    RETURNED = "dikembalikan", "Dikembalikan"


class ExtraKind(TextChoices):
    ADDITIONAL = "tambahan", "Tugas tambahan"
    CREATIVITY = "kreativitas", "Kreativitas"


class CreativityLevel(TextChoices):
    """For whom the new thing is useful; the points are parameters of the scoring method."""

    UNIT = "unit", "Unit kerja"
    ORGANISATION = "organisasi", "Organisasi"
    STATE = "negara", "Negara"


class Figure(TextChoices):
    """The figures of a line that step 3 compares with what step 2 accepted."""

    QUANTITY = "quantity", "Kuantitas"
    TIME = "time", "Waktu"
    COST = "cost", "Biaya"
    CREDIT = "credit", "Angka kredit"


class Reported(TextChoices):
    """What a line reports on an indicator; step 3 compares both."""

    REALISATION = "realisation", "Realisasi"
    FIGURE = "figure", "Realisasi (angka)"


class Studied(TextChoices):
    """What a form says of a tugas belajar; step 3 compares these too."""

    GPA = "gpa", "IPK"
    LEVEL = "level", "Jenjang"
    INSTITUTION = "institution", "Perguruan tinggi"
    PROGRAMME = "programme", "Program studi"
    DROPPED_OUT = "dropped_out", "Tidak menyelesaikan studi"


class Counted(TextChoices):
    """What is counted of the unsur penunjang, because the points depend on it; step 3 compares these numbers too."""

    ADDITIONAL = "tambahan", "Jumlah tugas tambahan"
    UNIT = "unit", "Jumlah kreativitas bagi unit kerja"
    ORGANISATION = "organisasi", "Jumlah kreativitas bagi organisasi"
    STATE = "negara", "Jumlah kreativitas bagi negara"


class Behaviour(TextChoices):
    """The aspects of PP 46/2011 Pasal 12; leadership only for structural posts."""

    SERVICE = "orientasi_pelayanan", "Orientasi pelayanan"
    INTEGRITY = "integritas", "Integritas"
    COMMITMENT = "komitmen", "Komitmen"
    DISCIPLINE = "disiplin", "Disiplin"
    COOPERATION = "kerja_sama", "Kerja sama"
    LEADERSHIP = "kepemimpinan", "Kepemimpinan"


class Value(TextChoices):
    """The seven core values BerAKHLAK (PermenPANRB 6/2022 Pasal 10 ayat (3))."""

    SERVICE = "berorientasi_pelayanan", "Berorientasi Pelayanan"
    ACCOUNTABLE = "akuntabel", "Akuntabel"
    COMPETENT = "kompeten", "Kompeten"
    HARMONIOUS = "harmonis", "Harmonis"
    LOYAL = "loyal", "Loyal"
    ADAPTIVE = "adaptif", "Adaptif"
    COLLABORATIVE = "kolaboratif", "Kolaboratif"


class Tone(TextChoices):
    """How feedback was, which the guide to the ratings asks."""

    POSITIVE = "positif", "Positif"
    MIXED = "campuran", "Sebagian positif"
    NEGATIVE = "negatif", "Tidak positif"
