"""Where archived documents lie: classification, box file and shelf."""

from django.db import models

from takar.common.models import Entity
from takar.documents.models import Document
from takar.organisation.models import Agency, Employee


class Box(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    code = models.CharField("box file", max_length=40)
    shelf = models.CharField("rak", max_length=40)

    class Meta:
        verbose_name = "box file"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="box_code_once")]

    def __str__(self) -> str:
        return f"{self.code} ({self.shelf})"


class Deposit(Entity):
    """One document in its box; the searched words are kept beside it so that finding needs no join."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="deposit", verbose_name="dokumen")
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="deposits", verbose_name="box file")
    classification = models.CharField("kode klasifikasi", max_length=20)
    number = models.CharField("nomor dokumen", max_length=80)
    name = models.CharField("nama", max_length=300)
    nip = models.CharField("NIP", max_length=18, blank=True)
    year = models.PositiveSmallIntegerField("tahun")
    archived_at = models.DateTimeField("diarsipkan")
    archived_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diarsipkan oleh"
    )

    class Meta:
        verbose_name = "arsip"
        indexes = [
            models.Index(fields=["agency", "name"], name="deposit_by_name"),
            models.Index(fields=["agency", "nip"], name="deposit_by_nip"),
            models.Index(fields=["agency", "year", "number"], name="deposit_by_number"),
        ]
