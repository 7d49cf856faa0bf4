"""Files that an office brought, between the preview and the decision to take them in."""

from django.db import models

from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee


class ImportKind(models.TextChoices):
    STAFF = "pegawai", "Daftar pegawai dan peran"
    TARGETS = "target", "Target SKP (PP 46/2011)"
    WORK_PLANS = "skp6", "SKP (PermenPANRB 6/2022)"


class ImportState(models.TextChoices):
    PENDING = "menunggu", "Menunggu keputusan"
    APPLIED = "diterapkan", "Sudah dimasukkan"


class ImportBatch(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis", max_length=10, choices=ImportKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_at = models.DateTimeField("diunggah")
    state = models.CharField("keadaan", max_length=10, choices=ImportState, default=ImportState.PENDING)
    applied_at = models.DateTimeField("dimasukkan", null=True)
    summary = models.CharField("hasil", max_length=200, blank=True)

    class Meta:
        verbose_name = "impor"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ImportState.PENDING, applied_at__isnull=True)
                | models.Q(state=ImportState.APPLIED, applied_at__isnull=False),
                name="import_applied_with_time",
            )
        ]
