"""What superiors note about behaviour through the year."""

from django.db import models

from takar.appraisal.enums import Behaviour
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class BehaviourNote(Entity):
    """One entry of the buku catatan perilaku: what a superior saw, on which day; corrected only by another entry."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="behaviour_notes", verbose_name="tentang"
    )
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    aspect = models.CharField("aspek", max_length=20, choices=Behaviour, blank=True)
    seen_on = models.DateField("tanggal kejadian")
    text = models.CharField("uraian", max_length=1000)
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "catatan perilaku"
        ordering = ["seen_on", "recorded_at"]
        indexes = [models.Index(fields=["employee", "seen_on"], name="behaviour_note_by_day")]
