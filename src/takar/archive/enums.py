"""States and kinds of the archive, in the words of PP 28/2012."""

from django.db.models import TextChoices


class DepositState(TextChoices):
    ACTIVE = "aktif", "Aktif"
    INACTIVE = "inaktif", "Inaktif"
    TRANSFERRED = "diserahkan", "Diserahkan ke lembaga kearsipan"
    DESTROYED = "musnah", "Dimusnahkan"


class CheckResult(TextChoices):
    FOUND = "ada", "Ada di tempatnya"
    MISPLACED = "salah_rak", "Ada di rak lain"
    MISSING = "tidak_ada", "Tidak ditemukan"


class EndGround(TextChoices):
    RETIRED = "pensiun", "Pensiun"
    DIED = "meninggal", "Meninggal dunia"
    LEFT = "berhenti", "Berhenti atau diberhentikan"


class HoldGround(TextChoices):
    OBJECTION = "keberatan", "Keberatan"
    CASE = "perkara", "Perkara"
    INSPECTION = "pemeriksaan", "Pemeriksaan"


class ReductionState(TextChoices):
    OPEN = "berjalan", "Berjalan"
    DONE = "selesai", "Selesai"
    CANCELLED = "batal", "Dibatalkan"


class Verdict(TextChoices):
    AGREED = "setuju", "Disetujui"
    KEPT = "simpan", "Tetap disimpan"
