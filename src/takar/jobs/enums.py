"""Where a piece of background work stands."""

from django.db.models import TextChoices


class JobState(TextChoices):
    QUEUED = "queued", "Menunggu giliran"
    RUNNING = "running", "Sedang berjalan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
