"""Who read whose papers, and what people asked to be put right."""

from django.db import models
from django.db.models import F, Q

from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class Reading(Entity):
    """Somebody opened papers of a person: one row for reader, person, kind and day, however often."""

    reader = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="pembaca")
    person = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="readings", verbose_name="tentang siapa"
    )
    kind = models.CharField("yang dibaca", max_length=20)
    day = models.DateField("hari")
    first_at = models.DateTimeField("pertama kali")

    class Meta:
        verbose_name = "pembacaan"
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "reader", "kind"], name="reading_once_a_day"),
            models.CheckConstraint(condition=~Q(reader=F("person")), name="reading_of_somebody_else"),
        ]


class Correction(Entity):
    """A request to put data right, and what was decided; the office has three times 24 hours (Pasal 30)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="corrections", verbose_name="pemohon")
    what = models.CharField("data yang keliru", max_length=120)
    text = models.TextField("yang seharusnya")
    asked_at = models.DateTimeField("diajukan")
    due_at = models.DateTimeField("paling lambat")
    granted = models.BooleanField("diperbaiki", null=True)
    answer = models.TextField("jawaban", blank=True)
    decided_at = models.DateTimeField("diputus", null=True)
    decided_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="diputus oleh"
    )

    class Meta:
        verbose_name = "permintaan perbaikan data"
        indexes = [models.Index(fields=["agency", "decided_at", "due_at"], name="correction_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
                name="correction_decided_whole",
            )
        ]
