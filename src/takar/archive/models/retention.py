"""What decides how long a document stays: classification, retention schedule, the end of a career, and holds."""

from django.db import models
from django.db.models import Q

from takar.archive.enums import EndGround, HoldGround
from takar.archive.models.deposits import Deposit
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee
from takar.rules.retention import Fate


class Classification(Entity):
    """A code that the office added to those of the ministry's list."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    code = models.CharField("kode klasifikasi", max_length=20)
    title = models.CharField("uraian", max_length=200)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        verbose_name = "kode klasifikasi"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="classification_once")]


class RetentionRule(Entity):
    """One line of the office's jadwal retensi arsip (JRA)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    code = models.CharField("kode klasifikasi", max_length=20)
    active_years = models.PositiveSmallIntegerField("retensi aktif (tahun)")
    inactive_years = models.PositiveSmallIntegerField("retensi inaktif (tahun)")
    fate = models.CharField("keterangan", max_length=16, choices=[(fate.value, fate.label) for fate in Fate])
    until_retirement = models.BooleanField("aktif sampai pensiun", default=True)
    source = models.CharField("dasar", max_length=200)

    class Meta:
        verbose_name = "jadwal retensi"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="retention_rule_once")]


class EndOfService(Entity):
    """The day on which a person's service ended: from then on the personnel file is no longer active."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.OneToOneField(
        Employee, on_delete=models.PROTECT, related_name="end_of_service", verbose_name="pegawai"
    )
    on = models.DateField("berakhir")
    ground = models.CharField("sebab", max_length=12, choices=EndGround)
    letter = models.CharField("surat keputusan", max_length=200)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "akhir masa kerja"


class Hold(Entity):
    """Nothing of a case, or of one deposit, may be destroyed or handed away while this stands.

    `case_key` is the case's identifier without a foreign key: casework lies above this room and sets and lifts holds.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    case_key = models.UUIDField("berkas", null=True)
    deposit = models.ForeignKey(
        Deposit, on_delete=models.PROTECT, null=True, related_name="holds", verbose_name="arsip"
    )
    ground = models.CharField("sebab", max_length=12, choices=HoldGround)
    reference = models.CharField("dasar", max_length=200)
    placed_at = models.DateTimeField("ditahan")
    placed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="ditahan oleh")
    lifted_at = models.DateTimeField("dilepas", null=True)
    lifted_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dilepas oleh"
    )
    lift_reason = models.CharField("alasan dilepas", max_length=200, blank=True)

    class Meta:
        verbose_name = "penahanan arsip"
        ordering = ["placed_at", "id"]
        indexes = [models.Index(fields=["case_key"], name="hold_by_case", condition=Q(lifted_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(case_key__isnull=False, deposit__isnull=True)
                | Q(case_key__isnull=True, deposit__isnull=False),
                name="hold_of_case_or_deposit",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_has_who_and_when",
            ),
        ]
