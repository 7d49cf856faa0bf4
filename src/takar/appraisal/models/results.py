"""The result: what was decided, by which rule, and how it was computed."""

from typing import Any

from django.db import models
from django.db.models import Q

from takar.appraisal.enums import Cycle, Level
from takar.appraisal.models.plans import Plan
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee, Unit


class Appraisal(Entity):
    """The appraisal of one employee over one period: what was decided, by which rule, and how it was computed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="appraisals", verbose_name="pegawai")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="appraisals", verbose_name="SKP")
    year = models.PositiveSmallIntegerField("tahun")
    start = models.DateField("awal periode")
    end = models.DateField("akhir periode")
    method = models.CharField("cara penilaian", max_length=40)
    cycle = models.CharField("siklus", max_length=10, choices=Cycle, default=Cycle.ANNUAL)
    leadership = models.BooleanField("kepemimpinan dinilai")
    study = models.BooleanField("tugas belajar", default=False)
    led_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="unit yang dipimpin pejabat penilai"
    )
    draft = models.JSONField("penilaian yang sedang diisi", default=dict)
    inputs = models.JSONField("masukan perhitungan", null=True)
    result = models.JSONField("hasil dengan perhitungannya", null=True)
    skp_value = models.DecimalField("nilai SKP", max_digits=9, decimal_places=2, null=True)
    behaviour_value = models.DecimalField("nilai perilaku", max_digits=9, decimal_places=2, null=True)
    final_value = models.DecimalField("nilai prestasi kerja", max_digits=9, decimal_places=2, null=True)
    work_rating = models.CharField("rating hasil kerja", max_length=10, blank=True, default="")
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=10, blank=True, default="")
    category = models.CharField("sebutan atau predikat", max_length=20, blank=True)
    approved_at = models.DateTimeField("disetujui pada", null=True)
    approved_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="disetujui oleh"
    )

    class Meta:
        verbose_name = "penilaian"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    approved_at__isnull=True, approved_by__isnull=True, result__isnull=True, final_value__isnull=True
                )
                | Q(approved_at__isnull=False, approved_by__isnull=False, inputs__isnull=False)
                & (Q(final_value__isnull=False) | ~Q(category="")),
                name="appraisal_approved_with_result",
                violation_error_message="Penilaian yang disetujui harus memuat hasil, penilai dan waktunya.",
            )
        ]

    # The items of the plan and the organisation's figures, kept on the instance while one page is read.
    known_items: "list[Any] | None" = None
    known_figures: Any = None

    @property
    def plans(self) -> list[Plan]:
        """The plans of all parts of the year; more than one after a mutasi."""
        if self.plan is None:
            return []
        if self.plan.part == 1:
            return [self.plan]
        earlier = sorted(self.earlier_plans.select_related("plan"), key=lambda row: row.part)
        return [*(row.plan for row in earlier), self.plan]

    @property
    def in_force(self) -> "Appraisal | Decision":
        """Where the result that holds now is kept: in the superior's decision, once there is one that changed it."""
        decision: Decision | None = getattr(self, "decision", None)
        return decision or self


class EarlierPlan(Entity):
    """The plan of an earlier part of the year, after a mutasi; the appraisal's own plan is that of the last part."""

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="earlier_plans", verbose_name="penilaian"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", verbose_name="SKP")
    part = models.PositiveSmallIntegerField("bagian")

    class Meta:
        verbose_name = "SKP bagian sebelumnya"
        ordering = ["part"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "part"], name="earlier_plan_once_a_part")]


class Decision(Entity):
    """What the assessor's superior put in the place of an approved result; the result itself stays as it was."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    appraisal = models.OneToOneField(
        Appraisal, on_delete=models.PROTECT, related_name="decision", verbose_name="penilaian"
    )
    draft = models.JSONField("penilaian yang diputuskan")
    inputs = models.JSONField("masukan perhitungan")
    result = models.JSONField("hasil dengan perhitungannya")
    skp_value = models.DecimalField("nilai SKP", max_digits=9, decimal_places=2, null=True)
    behaviour_value = models.DecimalField("nilai perilaku", max_digits=9, decimal_places=2, null=True)
    final_value = models.DecimalField("nilai prestasi kerja", max_digits=9, decimal_places=2, null=True)
    work_rating = models.CharField("rating hasil kerja", max_length=10, blank=True, default="")
    behaviour_rating = models.CharField("rating perilaku kerja", max_length=10, blank=True, default="")
    category = models.CharField("sebutan atau predikat", max_length=20)
    reasons = models.TextField("alasan")
    decided_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diputuskan atau dicatat oleh"
    )
    decided_at = models.DateTimeField("diputuskan")

    class Meta:
        verbose_name = "keputusan atas keberatan"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reasons=""),
                name="decision_has_reasons",
                violation_error_message="Keputusan yang mengubah nilai harus memuat alasannya.",
            )
        ]


class Achievement(Entity):
    """How well a unit, or the whole office, achieved in one period, and when that was issued; never changed.

    A correction is a further row: what was recorded last holds. Approved results keep what they were computed with.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="unit kerja")
    cycle = models.CharField("siklus", max_length=10, choices=Cycle)
    start = models.DateField("awal periode")
    end = models.DateField("akhir periode")
    level = models.CharField("capaian kinerja organisasi", max_length=20, choices=Level)
    issued_on = models.DateField("terbit tanggal")
    source = models.CharField("dasar", max_length=300)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "capaian kinerja organisasi"
        ordering = ["-start", "recorded_at"]
        indexes = [models.Index(fields=["agency", "cycle", "start"], name="achievement_by_period")]
