"""What state a version, a run and a visit to a step can be in."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "Rancangan"
    APPROVED = "approved", "Disahkan"


class RunState(TextChoices):
    ACTIVE = "active", "Berjalan"
    CLOSED = "closed", "Selesai"


class StepState(TextChoices):
    OPEN = "open", "Sedang dikerjakan"
    COMPLETED = "completed", "Selesai"
    RETURNED = "returned", "Dikembalikan"
