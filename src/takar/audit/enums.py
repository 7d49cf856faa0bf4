"""Choices of the audit trail."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """Through what an act came in."""

    WEB = "web", "aplikasi"
    CLI = "cli", "baris perintah"
    API = "api", "API"
    SYSTEM = "system", "sistem"
