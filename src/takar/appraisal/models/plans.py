"""The year's plan (SKP): kegiatan under PP 46/2011, hasil kerja with indicators under PermenPANRB 6/2022."""

from django.db import models
from django.db.models import Q

from takar.appraisal.enums import AppendixKind, Approach, Aspect, Direction, PlanState, Regulation, Value, WorkKind
from takar.appraisal.models.columns import FigureField, MoneyField
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class Plan(Entity):
    """What one employee agreed to achieve in one year, under the regulation whose method assesses it.

    Only activities belong to a plan under PP 46/2011; works, expectations, appendices and the approach to one under
    PermenPANRB 6/2022.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans", verbose_name="pegawai")
    year = models.PositiveSmallIntegerField("tahun")
    method = models.CharField("cara penilaian", max_length=40, choices=Regulation, default=Regulation.PP46)
    approach = models.CharField("pendekatan", max_length=12, choices=Approach, blank=True, default="")
    state = models.CharField("keadaan", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    updated_at = models.DateTimeField("diubah")

    class Meta:
        verbose_name = "SKP"
        indexes = [models.Index(fields=["agency", "year"], name="plan_by_year")]
        constraints = [models.UniqueConstraint(fields=["employee", "year", "method"], name="plan_once_a_year")]


class Activity(Entity):
    """One kegiatan tugas jabatan with its targets; an empty cost means that no budget supports it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities", verbose_name="SKP")
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("kegiatan tugas jabatan", max_length=500)
    quantity = FigureField("kuantitas")
    quantity_unit = models.CharField("satuan kuantitas", max_length=40)
    quality = FigureField("kualitas")
    time = FigureField("waktu")
    time_unit = models.CharField("satuan waktu", max_length=20)
    cost = MoneyField("biaya", null=True)
    credit = FigureField("angka kredit", null=True)

    class Meta:
        verbose_name = "kegiatan"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="activity_number_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, time__gt=0, quality__gt=0, quality__lte=100)
                & (Q(cost__isnull=True) | Q(cost__gt=0)),
                name="activity_targets_positive",
                violation_error_message="Target kuantitas, waktu dan biaya harus lebih dari nol; kualitas 1 sampai 100.",
            ),
        ]


class Work(Entity):
    """One rencana hasil kerja (RHK) under PermenPANRB 6/2022, and which one of the superior's it takes up."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="works", verbose_name="SKP")
    number = models.PositiveSmallIntegerField("nomor")
    kind = models.CharField("jenis", max_length=10, choices=WorkKind, default=WorkKind.MAIN)
    name = models.CharField("rencana hasil kerja", max_length=500)
    superior_work = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="taken_up_by",
        verbose_name="rencana hasil kerja pimpinan yang diintervensi",
    )
    assigned_by = models.CharField("penugasan dari", max_length=300, blank=True)
    perspective = models.CharField("perspektif", max_length=60, blank=True)

    class Meta:
        verbose_name = "hasil kerja"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="work_number_once")]


class Indicator(Entity):
    """One indikator kinerja individu (IKI): its target in words and, where that is a figure, as a range."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="indicators", verbose_name="hasil kerja")
    number = models.PositiveSmallIntegerField("nomor")
    aspect = models.CharField("aspek", max_length=12, choices=Aspect, blank=True)
    name = models.CharField("indikator kinerja individu", max_length=500)
    target = models.CharField("target", max_length=300)
    minimum = FigureField("target paling rendah", null=True)
    maximum = FigureField("target paling tinggi", null=True)
    unit = models.CharField("satuan", max_length=40, blank=True)
    direction = models.CharField("arah", max_length=6, choices=Direction, blank=True)

    class Meta:
        verbose_name = "indikator"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="indicator_number_once"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True, maximum__isnull=True)
                | Q(minimum__gte=0, maximum__gte=models.F("minimum"))
                | Q(minimum__gte=0, maximum__isnull=True)
                | Q(minimum__isnull=True, maximum__gte=0),
                name="indicator_range_in_order",
                violation_error_message="Batas atas target tidak boleh lebih kecil daripada batas bawahnya.",
            ),
        ]

    @property
    def has_figures(self) -> bool:
        """Whether a realisation in figures can be compared with the target."""
        return self.minimum is not None or self.maximum is not None


class Expectation(Entity):
    """What the superior expects in particular of one of the seven values (PermenPANRB 6/2022 Pasal 10 ayat (4))."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="expectations", verbose_name="SKP")
    value = models.CharField("nilai dasar", max_length=24, choices=Value)
    text = models.CharField("ekspektasi khusus pimpinan", max_length=1000)

    class Meta:
        verbose_name = "ekspektasi khusus"
        ordering = ["value"]
        constraints = [models.UniqueConstraint(fields=["plan", "value"], name="expectation_once_a_value")]


class Appendix(Entity):
    """One line of the lampiran SKP (PermenPANRB 6/2022 Pasal 11 to 13)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="appendices", verbose_name="SKP")
    kind = models.CharField("jenis", max_length=20, choices=AppendixKind)
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("uraian", max_length=1000)

    class Meta:
        verbose_name = "lampiran SKP"
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "number"], name="appendix_number_once")]
