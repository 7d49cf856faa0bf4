"""Where the angka kredit of somebody starts: what a PAK says was there before the results kept here."""

from django.db import models
from django.db.models import Q

from takar.appraisal.models.columns import FigureField
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class CreditOpening(Entity):
    """The cumulative angka kredit on a day and the paper that says so; corrected only by a later entry."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="credit_openings", verbose_name="pegawai"
    )
    amount = FigureField("angka kredit")
    as_of = models.DateField("sampai dengan")
    source = models.CharField("dasar", max_length=300)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "saldo awal angka kredit"
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["employee", "recorded_at"], name="credit_opening_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0) & ~Q(source=""),
                name="credit_opening_has_source",
                violation_error_message="Saldo awal tidak boleh kurang dari nol dan harus menyebut dasarnya.",
            )
        ]
