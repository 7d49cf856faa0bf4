"""What the office knows of its SOP in use: whether cases keep to it."""

from django.db import models

from takar.casework.models import Case, Period
from takar.common.models import Entity


class ConformanceCheck(Entity):
    """When the cases of a period were last held against their SOP; each check takes the place of the one before."""

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="conformance", verbose_name="periode")
    checked_at = models.DateTimeField("diperiksa")
    cases = models.PositiveIntegerField("berkas")
    conforming = models.PositiveIntegerField("sesuai")

    class Meta:
        verbose_name = "pemeriksaan kesesuaian"


class CaseDeviation(Entity):
    """One way in which a case deviates from its version of the SOP."""

    check_run = models.ForeignKey(
        ConformanceCheck, on_delete=models.CASCADE, related_name="deviations", verbose_name="pemeriksaan"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deviations", verbose_name="berkas")
    code = models.CharField("jenis", max_length=24)
    visit = models.PositiveSmallIntegerField("kunjungan")
    step = models.PositiveSmallIntegerField("langkah")
    sentence = models.TextField("uraian")

    class Meta:
        verbose_name = "penyimpangan"
        ordering = ["case__name", "case_id", "visit", "code", "id"]
        indexes = [models.Index(fields=["check_run", "code"], name="deviation_by_code")]
