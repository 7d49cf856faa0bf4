"""The year's plan (SKP): kegiatan under PP 46/2011, hasil kerja with indicators under PermenPANRB 6/2022."""

import datetime as dt

from django.db import models
from django.db.models import Q

from takar.appraisal.enums import (
    AppendixKind,
    Approach,
    Aspect,
    Direction,
    PlanMoveKind,
    PlanState,
    Regulation,
    Value,
    WorkKind,
)
from takar.appraisal.models.columns import FigureField, MoneyField
from takar.common import words
from takar.common.errors import Problem
from takar.common.ids import uuid7
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class Plan(Entity):
    """One version of what one employee agreed to achieve in a year or a part of it, under one regulation.

    Somebody who moves in mid-year has a plan for each part; each is a row of versions. What was agreed is never changed:
    a revision is a version of its own, and the newest agreed one is in force. Empty dates mean the whole year.

    Only activities belong to a plan under PP 46/2011; works, expectations, appendices and the approach to one under
    PermenPANRB 6/2022.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans", verbose_name="pegawai")
    year = models.PositiveSmallIntegerField("tahun")
    method = models.CharField("cara penilaian", max_length=40, choices=Regulation, default=Regulation.PP46)
    approach = models.CharField("pendekatan", max_length=12, choices=Approach, blank=True, default="")
    part = models.PositiveSmallIntegerField("bagian", default=1)
    version = models.PositiveSmallIntegerField("versi", default=1)
    start = models.DateField("mulai", null=True)
    end = models.DateField("sampai", null=True)
    ended_on = models.DateField("diakhiri lebih awal", null=True)
    post = models.CharField("jabatan", max_length=200, blank=True, default="")
    unit = models.CharField("unit kerja", max_length=200, blank=True, default="")
    superior = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pejabat penilai"
    )
    state = models.CharField("keadaan", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    reason = models.CharField("alasan perubahan", max_length=1000, blank=True, default="")
    agreed_on = models.DateField("disepakati", null=True)
    on_paper = models.BooleanField("disepakati di atas kertas", default=False)
    typed = models.JSONField("isian yang belum lengkap", null=True)
    updated_at = models.DateTimeField("diubah")

    # What is still wrong with what was typed last; told by the act that kept it.
    unfinished: tuple[Problem, ...] = ()

    class Meta:
        verbose_name = "SKP"
        indexes = [
            models.Index(fields=["agency", "year"], name="plan_by_year"),
            models.Index(fields=["superior", "state"], name="plan_by_superior"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "year", "method", "part", "version"], name="plan_version_once_in_part"
            ),
            models.UniqueConstraint(
                fields=["employee", "year", "method", "part"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.SUBMITTED, PlanState.HANDED_UP]),
                name="plan_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.AGREED, agreed_on__isnull=False, typed__isnull=True)
                | ~Q(state=PlanState.AGREED) & Q(agreed_on__isnull=True),
                name="plan_agreed_has_its_day",
                violation_error_message="SKP yang disepakati harus lengkap dan mencatat tanggalnya.",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=models.F("start")),
                name="plan_ends_after_start",
                violation_error_message="Akhir bagian SKP tidak boleh sebelum awalnya.",
            ),
        ]

    @property
    def first_day(self) -> dt.date:
        return self.start or dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day that the plan covers: earlier than planned once the part was ended."""
        return self.ended_on or self.end or dt.date(self.year, 12, 31)

    @property
    def part_label(self) -> str:
        """What a part of the year is called after a mutasi."""
        period = words.period(self.first_day, self.last_day)
        return f"{period}, {self.post}" if self.post else period

    @property
    def stream(self) -> str:
        """The chain of audit events of this version."""
        return f"plan:{self.pk}"


class PlanMove(Entity):
    """What somebody did with a version of a plan, when and why; kept for good."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="moves", verbose_name="SKP")
    kind = models.CharField("perbuatan", max_length=12, choices=PlanMoveKind)
    on = models.DateField("tanggal")
    recorded_at = models.DateTimeField("dicatat")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    acting_as = models.CharField("sebagai", max_length=40)
    reason = models.CharField("alasan", max_length=1000, blank=True)

    class Meta:
        verbose_name = "riwayat SKP"
        ordering = ["recorded_at", "id"]


class Activity(Entity):
    """One kegiatan tugas jabatan with its targets; an empty cost means that no budget supports it.

    `key` is the same in every version of the plan, so that what was recorded of the row through the year stays with it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities", verbose_name="SKP")
    key = models.UUIDField("tanda baris", default=uuid7, editable=False, db_index=True)
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
    key = models.UUIDField("tanda baris", default=uuid7, editable=False, db_index=True)
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
    superior_name = models.CharField("rencana hasil kerja pimpinan (diketik)", max_length=500, blank=True, default="")
    assigned_by = models.CharField("penugasan dari", max_length=300, blank=True)
    perspective = models.CharField("perspektif", max_length=60, blank=True)

    class Meta:
        verbose_name = "hasil kerja"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="work_number_once")]


class Indicator(Entity):
    """One indikator kinerja individu (IKI): its target in words and, where that is a figure, as a range."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="indicators", verbose_name="hasil kerja")
    key = models.UUIDField("tanda baris", default=uuid7, editable=False, db_index=True)
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
