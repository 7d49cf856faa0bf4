"""Whether an office wants two people for a reset, and the requests that wait for the second."""

from django.db import models
from django.db.models import F, Q

from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class ResetRule(models.Model):
    """What the office decided; without a row one person is enough."""

    agency = models.OneToOneField(
        Agency, on_delete=models.CASCADE, primary_key=True, related_name="reset_rule", verbose_name="instansi"
    )
    second_person = models.BooleanField("dengan orang kedua")

    class Meta:
        verbose_name = "aturan reset kata sandi"

    def __str__(self) -> str:
        return str(self.agency)


class ResetRequest(Entity):
    """Somebody asks for a new code for an account that is in use; another one agrees or refuses."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="resets", verbose_name="pemilik akun")
    reason = models.CharField("alasan", max_length=300)
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diminta oleh")
    asked_at = models.DateTimeField("diminta")
    granted = models.BooleanField("disetujui", null=True)
    decided_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="diputus oleh"
    )
    decided_at = models.DateTimeField("diputus", null=True)

    class Meta:
        verbose_name = "permintaan reset kata sandi"
        indexes = [models.Index(fields=["agency", "-asked_at"], name="reset_of_office")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(decided_at__isnull=True), name="reset_one_open"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
                name="reset_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(granted=True, decided_by=F("asked_by")), name="reset_granted_by_another"
            ),
        ]
