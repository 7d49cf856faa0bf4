"""The two forms of an SOP's review, and what may be answered in them."""

from django.db.models import TextChoices


class FormKind(TextChoices):
    MONITORING = "pemantauan", "Pemantauan SOP"
    EVALUATION = "evaluasi", "Evaluasi SOP"


class Rating(TextChoices):
    """Penilaian terhadap penerapan, one for each step."""

    WELL = "baik", "Berjalan dengan baik"
    LESS = "kurang", "Kurang"
    NOT = "tidak", "Tidak berjalan"


# What the records suggest where they tell nothing of how the work went; no answer that somebody can give.
UNKNOWN = "rekaman"
SUGGESTIONS = {**dict(Rating.choices), UNKNOWN: "Tidak dapat dinilai dari rekaman"}


class YesNo(TextChoices):
    YES = "ya", "Ya"
    NO = "tidak", "Tidak"


# The seven questions of the evaluation (PermenPANRB 35/2012, read in secondary sources).
QUESTIONS = (
    "Mampu mendorong peningkatan kinerja",
    "Mudah dipahami",
    "Mudah dilaksanakan",
    "Semua orang dapat menjalankan perannya",
    "Mampu mengatasi permasalahan dalam proses",
    "Mampu menjawab kebutuhan peningkatan kinerja organisasi",
    "Sinergi satu dengan lainnya",
)
