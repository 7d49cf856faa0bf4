"""The formulir kinerja that reports on a plan, and what proves it."""

from decimal import Decimal
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from takar.appraisal.enums import (
    Counted,
    CreativityLevel,
    ExtraKind,
    Figure,
    FormState,
    Reported,
    Source,
    Stage,
    Studied,
)
from takar.appraisal.models.columns import FigureField, MoneyField
from takar.appraisal.models.plans import Activity, Indicator
from takar.appraisal.models.results import Appraisal
from takar.appraisal.types import StudyData
from takar.common.models import Entity
from takar.common.prepared import Prepared, Slot
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee

Row = TypeVar("Row", "FormLine", "FormExtra")


class Form(Entity):
    """One version of the formulir kinerja; a version that left its step is never changed again."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="forms", verbose_name="penilaian")
    stage = models.CharField("tahap", max_length=10, choices=Stage)
    version = models.PositiveSmallIntegerField("versi")
    source = models.CharField("sumber", max_length=10, choices=Source)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="berkas")
    state = models.CharField("keadaan", max_length=12, choices=FormState, default=FormState.DRAFT)
    updated_at = models.DateTimeField("diubah")
    updated_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="diubah oleh"
    )

    class Meta:
        verbose_name = "formulir kinerja"
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "stage", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["appraisal", "stage"], condition=Q(state=FormState.DRAFT), name="form_one_draft_per_stage"
            ),
        ]

    @cached_property
    def kept_lines(self) -> "list[FormLine]":
        """The lines with their items, read once for this instance; whoever writes lines calls `forget`."""
        return _own(self, _LINES)

    @cached_property
    def kept_extras(self) -> "list[FormExtra]":
        return _own(self, _EXTRAS)

    @cached_property
    def kept_study(self) -> StudyData:
        row = FormStudy.objects.filter(form=self).first()
        return StudyData(row.gpa, row.level, row.institution, row.programme, row.dropped_out) if row else StudyData()

    def forget(self) -> None:
        """What was read of the content is out of date."""
        for name in ("kept_lines", "kept_extras", "kept_study"):
            self.__dict__.pop(name, None)


class FormLine(Entity):
    """What was achieved of one activity or of one indicator; without either: done, but not planned."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="lines", verbose_name="formulir")
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kegiatan"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="indikator"
    )
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("uraian", max_length=500)
    quantity = FigureField("kuantitas", null=True)
    time = FigureField("waktu", null=True)
    cost = MoneyField("biaya", null=True)
    credit = FigureField("angka kredit", null=True)
    realisation = models.CharField("realisasi", max_length=1000, blank=True, default="")
    figure = FigureField("realisasi (angka)", null=True)
    note = models.CharField("keterangan", max_length=1000, blank=True)

    class Meta:
        verbose_name = "baris formulir"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_line_number_once"),
            models.CheckConstraint(
                condition=(Q(quantity__isnull=True) | Q(quantity__gte=0))
                & (Q(time__isnull=True) | Q(time__gte=0))
                & (Q(cost__isnull=True) | Q(cost__gte=0))
                & (Q(credit__isnull=True) | Q(credit__gte=0))
                & (Q(figure__isnull=True) | Q(figure__gte=0)),
                name="form_figures_not_negative",
                violation_error_message="Realisasi tidak boleh kurang dari nol.",
            ),
        ]


class FormExtra(Entity):
    """Tugas tambahan or kreativitas, with the letter that proves it."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="extras", verbose_name="formulir")
    kind = models.CharField("jenis", max_length=12, choices=ExtraKind)
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("uraian", max_length=500)
    level = models.CharField("tingkat", max_length=12, choices=CreativityLevel, blank=True)
    letter = models.CharField("nomor surat keterangan", max_length=120, blank=True)

    class Meta:
        verbose_name = "unsur penunjang"
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "kind", "number"], name="form_extra_number_once"),
            models.CheckConstraint(
                condition=Q(kind=ExtraKind.ADDITIONAL, level="") | Q(kind=ExtraKind.CREATIVITY) & ~Q(level=""),
                name="form_extra_level_for_creativity",
                violation_error_message="Kreativitas harus menyebut tingkat manfaatnya.",
            ),
        ]


class FormStudy(Entity):
    """What a form says of a tugas belajar (PermenPANRB 6/2022 p. 63); empty means not yet filled in."""

    form = models.OneToOneField(Form, on_delete=models.CASCADE, related_name="study", verbose_name="formulir")
    gpa = models.DecimalField("IPK", max_digits=4, decimal_places=2, null=True)
    level = models.CharField("jenjang", max_length=10, blank=True)
    institution = models.CharField("perguruan tinggi", max_length=20, blank=True)
    programme = models.CharField("akreditasi program studi", max_length=2, blank=True)
    dropped_out = models.BooleanField("tidak menyelesaikan studi", default=False)

    class Meta:
        verbose_name = "tugas belajar"


class Evidence(Entity):
    """A file that proves a line; taken away only by marking it, never by deleting."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.PROTECT, related_name="evidence", verbose_name="penilaian"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kegiatan"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="indikator"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="ditambahkan oleh")
    added_at = models.DateTimeField("ditambahkan")
    removed_at = models.DateTimeField("dicabut", null=True)

    class Meta:
        verbose_name = "bukti dukung"
        ordering = ["added_at"]

    @property
    def place(self) -> str:
        """What it proves: "kegiatan 2", "indikator 1.3", or the form as a whole."""
        if self.indicator is not None:
            return f"indikator {self.indicator.work.number}.{self.indicator.number}"
        return f"kegiatan {self.activity.number}" if self.activity is not None else "umum"


class Difference(Entity):
    """What was entered at step 3 otherwise than accepted at step 2, and the answer why; words stand beside figures."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="differences", verbose_name="formulir")
    line = models.PositiveSmallIntegerField("nomor baris")
    figure = models.CharField(
        "angka", max_length=12, choices=[*Figure.choices, *Reported.choices, *Studied.choices, *Counted.choices]
    )
    accepted = models.DecimalField("diterima", max_digits=17, decimal_places=4, null=True)
    entered = models.DecimalField("diinput", max_digits=17, decimal_places=4, null=True)
    accepted_text = models.CharField("diterima (kata)", max_length=1000, blank=True, default="")
    entered_text = models.CharField("diinput (kata)", max_length=1000, blank=True, default="")
    answer = models.CharField("penjelasan", max_length=500)

    class Meta:
        verbose_name = "perbedaan"
        ordering = ["line", "figure"]
        constraints = [
            models.UniqueConstraint(fields=["form", "line", "figure"], name="difference_once"),
            models.CheckConstraint(
                condition=~Q(answer=""),
                name="difference_answered",
                violation_error_message="Setiap perbedaan harus dijelaskan.",
            ),
        ]

    @property
    def place(self) -> str:
        """Where it stands on the form; what is counted over the whole form has the number 0."""
        label = self.get_figure_display()
        return f"Baris {self.line}, {label}" if self.line else label

    @property
    def before(self) -> Decimal | str | None:
        return self.accepted_text or self.accepted

    @property
    def after(self) -> Decimal | str | None:
        return self.entered_text or self.entered


def _own(form: Form, rows: "Prepared[Row]") -> "list[Row]":
    found = rows(form=form.pk)
    for row in found:
        row.form = form
    return found


_FORM = Slot("form", models.UUIDField())
_LINES: Prepared[FormLine] = Prepared(
    lambda: FormLine.objects.filter(form=_FORM).select_related("activity", "indicator__work").order_by("number")
)
_EXTRAS: Prepared[FormExtra] = Prepared(lambda: FormExtra.objects.filter(form=_FORM).order_by("kind", "number"))
