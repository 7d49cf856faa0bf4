"""What is known of each stored content; the content itself lies in the store."""

from django.db import models

from takar.common.models import Entity


class StoredFile(Entity):
    """A content that never changes: the same bytes are one row, under the name with which they first came."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("ukuran")
    media_type = models.CharField("jenis media", max_length=120)
    name = models.CharField("nama", max_length=255)
    created_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "berkas tersimpan"

    def __str__(self) -> str:
        return self.name


class Removal(Entity):
    """A content that was destroyed by an act of the archive: its row and its hash stay, and say so for ever."""

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="removal", verbose_name="berkas")
    reference = models.CharField("dasar", max_length=200)
    by = models.CharField("oleh", max_length=300)
    at = models.DateTimeField("dimusnahkan")

    class Meta:
        verbose_name = "pemusnahan berkas"
