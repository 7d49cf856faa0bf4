"""What the office knows of its SOP in use: whether cases keep to it, and what people said of it every half year."""

from django.db import models

from takar.casework.models import Case, Period
from takar.common import words
from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee
from takar.procedures.models import ProcedureVersion
from takar.review.enums import FormKind


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


class SopForm(Entity):
    """A monitoring or evaluation form of the SOP, filled in by people; signed, it is a control document for good."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name="versi SOP")
    kind = models.CharField("jenis", max_length=12, choices=FormKind)
    start = models.DateField("awal")
    end = models.DateField("akhir")
    rows = models.JSONField("isian")
    remark = models.TextField("catatan umum", blank=True)
    begun_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dimulai oleh")
    begun_at = models.DateTimeField("dimulai")
    signed_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ditandatangani oleh"
    )
    signed_as = models.CharField("sebagai", max_length=40, blank=True)
    signed_at = models.DateTimeField("ditandatangani", null=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dokumen pengendalian"
    )

    class Meta:
        verbose_name = "formulir pemantauan dan evaluasi SOP"
        ordering = ["-start", "kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "start"], name="sopform_once"),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True, file__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False, file__isnull=False),
                name="sopform_signed_has_who_when_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {words.period(self.start, self.end)}"
