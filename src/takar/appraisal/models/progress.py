"""What is recorded through the year beside the plan: realisation with its evidence, and feedback."""

from django.db import models
from django.db.models import Q

from takar.appraisal.enums import Tone, Value
from takar.appraisal.models.columns import FigureField, MoneyField
from takar.appraisal.models.plans import Activity, Indicator, Plan, Work
from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee


class Progress(Entity):
    """What was achieved of one row of the plan by a day; taken back only by a mark, never deleted.

    Under PP 46/2011 `figure` is what was done since the entry before; of an indicator it is what is reached so far.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress", verbose_name="SKP")
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kegiatan"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="indikator"
    )
    on = models.DateField("tanggal")
    text = models.CharField("uraian", max_length=1000)
    figure = FigureField("angka", null=True)
    cost = MoneyField("biaya", null=True)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")
    removed_at = models.DateTimeField("dicabut", null=True)

    class Meta:
        verbose_name = "catatan realisasi"
        ordering = ["on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=True, indicator__isnull=False)
                | Q(activity__isnull=False, indicator__isnull=True),
                name="progress_of_one_row",
            ),
        ]

    @property
    def row(self) -> Activity | Indicator:
        """The row of the plan that it tells of."""
        found = self.activity or self.indicator
        assert found is not None  # noqa: S101 -- a constraint says so
        return found


class ProgressFile(Entity):
    """A file that proves an entry."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="files", verbose_name="catatan")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)

    class Meta:
        verbose_name = "bukti realisasi"
        ordering = ["id"]


class Invitation(Entity):
    """Somebody is asked for feedback on a colleague (PermenPANRB 6/2022 Pasal 17 to 19); it holds to the year's end."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="invitations", verbose_name="tentang")
    colleague = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="rekan")
    year = models.PositiveSmallIntegerField("tahun")
    invited_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diminta oleh")
    invited_at = models.DateTimeField("diminta")

    class Meta:
        verbose_name = "permintaan umpan balik"
        ordering = ["invited_at"]
        constraints = [models.UniqueConstraint(fields=["employee", "colleague", "year"], name="invited_once_a_year")]


class Feedback(Entity):
    """Umpan balik berkelanjutan: dated, about a hasil kerja or a core value; corrected only by another one."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback", verbose_name="tentang")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    given_on = models.DateField("tanggal")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="hasil kerja")
    value = models.CharField("nilai dasar", max_length=24, choices=Value, blank=True)
    tone = models.CharField("arah", max_length=10, choices=Tone, blank=True)
    text = models.CharField("uraian", max_length=1000)
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "umpan balik"
        ordering = ["given_on", "recorded_at"]
        indexes = [models.Index(fields=["employee", "given_on"], name="feedback_by_day")]
