"""Choices of the appraisal room, with the words that people read."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draf", "Draf"
    AGREED = "disepakati", "Disepakati"


class Stage(TextChoices):
    """Which of the procedure's two sets of figures a form holds."""

    COLLECTED = "terkumpul", "Formulir terkumpul"
    ENTERED = "diinput", "Hasil penginputan"


class Source(TextChoices):
    FILE = "berkas", "Dibaca dari berkas"
    SCREEN = "layar", "Diketik di layar"
    COPY = "salinan", "Disalin dari versi sebelumnya"


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
