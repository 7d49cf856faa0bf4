"""What was counted of large periods, with its time: figures that anybody can have counted again, never a record."""

from django.db import models

from takar.casework.models import Period
from takar.common.models import Entity


class PeriodSums(Entity):
    """The heavier sums of a period, as they were at a moment; the next counting takes their place."""

    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="sums", verbose_name="periode")
    counted_at = models.DateTimeField("dihitung")
    calendar_version = models.PositiveIntegerField("dihitung dengan kalender ke")
    content = models.JSONField("angka")

    class Meta:
        verbose_name = "angka laporan"
