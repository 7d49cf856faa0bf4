"""Penyusutan: lists that are moved, handed to the archival institution or destroyed, with every act of it."""

from django.db import models

from takar.archive.enums import ReductionState, Verdict
from takar.archive.models.deposits import Deposit
from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee
from takar.rules.reductions import ReductionKind


class Reduction(Entity):
    """One list on its way. `years` is the longest retention of what is on it, fixed when the list is closed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis", max_length=12, choices=[(kind.value, kind.label) for kind in ReductionKind])
    number = models.CharField("nomor", max_length=80)
    state = models.CharField("keadaan", max_length=12, choices=ReductionState, default=ReductionState.OPEN)
    years = models.PositiveSmallIntegerField("retensi (tahun)", null=True)
    started_at = models.DateTimeField("dimulai")
    started_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dimulai oleh")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="berita acara"
    )

    class Meta:
        verbose_name = "penyusutan arsip"
        ordering = ["-started_at"]
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="reduction_number_once")]

    def __str__(self) -> str:
        return self.number


class ReductionItem(Entity):
    """One deposit on the list, described in words that outlive it, and what the committee says of it."""

    reduction = models.ForeignKey(Reduction, on_delete=models.PROTECT, related_name="items", verbose_name="penyusutan")
    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="+", verbose_name="arsip")
    description = models.JSONField("uraian")
    verdict = models.CharField("penilaian", max_length=8, choices=Verdict, blank=True)
    note = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = "arsip dalam daftar"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reduction", "deposit"], name="reduced_once")]


class ReductionAct(Entity):
    """One act of the procedure: its letter, its people, on which day, recorded by whom. Kept for ever."""

    reduction = models.ForeignKey(Reduction, on_delete=models.PROTECT, related_name="acts", verbose_name="penyusutan")
    kind = models.CharField("tindakan", max_length=24)
    on = models.DateField("tanggal")
    number = models.CharField("nomor surat", max_length=120, blank=True)
    text = models.TextField("keterangan", blank=True)
    people = models.JSONField("orang", default=list)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="naskah")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    acting_as = models.CharField("sebagai", max_length=40)
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "tindakan penyusutan"
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["reduction", "kind"], name="reduction_act_once")]
