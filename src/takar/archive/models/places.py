"""Shelves, box files, where each box has stood, and the yearly check of them."""

from django.db import models
from django.db.models import Q

from takar.archive.enums import CheckResult
from takar.common.models import Entity
from takar.organisation.models import Agency, Employee


class Shelf(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    code = models.CharField("rak", max_length=40)
    room = models.CharField("ruang", max_length=120, blank=True)

    class Meta:
        verbose_name = "rak"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="shelf_code_once")]

    def __str__(self) -> str:
        return self.code


class Box(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    code = models.CharField("box file", max_length=40)
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="boxes", verbose_name="rak")

    class Meta:
        verbose_name = "box file"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="box_code_once")]

    def __str__(self) -> str:
        return f"{self.code} ({self.shelf})"


class BoxMove(Entity):
    """A box went from one shelf to another, once and for all told."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="moves", verbose_name="box file")
    origin = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="+", verbose_name="dari rak")
    target = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="+", verbose_name="ke rak")
    reason = models.CharField("alasan", max_length=200)
    at = models.DateTimeField("dipindahkan")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")

    class Meta:
        verbose_name = "perpindahan box"
        ordering = ["-at", "-id"]


class StockCheck(Entity):
    """The yearly look whether every box stands where it is recorded (stock opname)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    name = models.CharField("nama", max_length=120)
    started_at = models.DateTimeField("dimulai")
    started_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    closed_at = models.DateTimeField("ditutup", null=True)
    closed_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ditutup oleh"
    )

    class Meta:
        verbose_name = "pemeriksaan rak"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(closed_at__isnull=True), name="stock_check_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="stock_check_closed_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StockLine(Entity):
    """What the check found of one box: on which shelf, or nowhere."""

    check_of = models.ForeignKey(StockCheck, on_delete=models.PROTECT, related_name="lines", verbose_name="pemeriksaan")
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="+", verbose_name="box file")
    result = models.CharField("hasil", max_length=12, choices=CheckResult)
    recorded = models.CharField("rak menurut catatan", max_length=40)
    seen = models.CharField("rak yang ditemukan", max_length=40, blank=True)
    at = models.DateTimeField("dicatat")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")

    class Meta:
        verbose_name = "hasil pemeriksaan rak"
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["check_of", "box"], name="stock_line_once")]
