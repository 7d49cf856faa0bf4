"""The year's plan (SKP), the forms that report on it, and the result with its working."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from takar.appraisal.enums import (
    Behaviour,
    Counted,
    CreativityLevel,
    ExtraKind,
    Figure,
    FormState,
    PlanState,
    Source,
    Stage,
)
from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee


class FigureField(models.DecimalField):  # type: ignore[type-arg]
    """A quantity or a time: 15 digits in all, which SQLite gives back exactly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 15, "decimal_places": 4, **kwargs})


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """Rupiah with two decimals, 15 digits in all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 15, "decimal_places": 2, **kwargs})


class Plan(Entity):
    """What one employee agreed to achieve in one year."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans", verbose_name="pegawai")
    year = models.PositiveSmallIntegerField("tahun")
    state = models.CharField("keadaan", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    updated_at = models.DateTimeField("diubah")

    class Meta:
        verbose_name = "SKP"
        indexes = [models.Index(fields=["agency", "year"], name="plan_by_year")]
        constraints = [models.UniqueConstraint(fields=["employee", "year"], name="plan_once_a_year")]


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


class Appraisal(Entity):
    """The appraisal of one employee over one period: what was decided, by which rule, and how it was computed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="appraisals", verbose_name="pegawai")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="appraisals", verbose_name="SKP")
    year = models.PositiveSmallIntegerField("tahun")
    start = models.DateField("awal periode")
    end = models.DateField("akhir periode")
    method = models.CharField("cara penilaian", max_length=40)
    leadership = models.BooleanField("kepemimpinan dinilai")
    draft = models.JSONField("penilaian yang sedang diisi", default=dict)
    inputs = models.JSONField("masukan perhitungan", null=True)
    result = models.JSONField("hasil dengan perhitungannya", null=True)
    skp_value = models.DecimalField("nilai SKP", max_digits=9, decimal_places=2, null=True)
    behaviour_value = models.DecimalField("nilai perilaku", max_digits=9, decimal_places=2, null=True)
    final_value = models.DecimalField("nilai prestasi kerja", max_digits=9, decimal_places=2, null=True)
    category = models.CharField("sebutan", max_length=20, blank=True)
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
                | Q(
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    inputs__isnull=False,
                    final_value__isnull=False,
                ),
                name="appraisal_approved_with_result",
                violation_error_message="Penilaian yang disetujui harus memuat hasil, penilai dan waktunya.",
            )
        ]

    @property
    def in_force(self) -> "Appraisal | Decision":
        """Where the result that holds now is kept: in the superior's decision, once there is one that changed it."""
        decision: Decision | None = getattr(self, "decision", None)
        return decision or self


class Decision(Entity):
    """What the assessor's superior put in the place of an approved result; the result itself stays as it was."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    appraisal = models.OneToOneField(
        Appraisal, on_delete=models.PROTECT, related_name="decision", verbose_name="penilaian"
    )
    draft = models.JSONField("penilaian yang diputuskan")
    inputs = models.JSONField("masukan perhitungan")
    result = models.JSONField("hasil dengan perhitungannya")
    skp_value = models.DecimalField("nilai SKP", max_digits=9, decimal_places=2)
    behaviour_value = models.DecimalField("nilai perilaku", max_digits=9, decimal_places=2)
    final_value = models.DecimalField("nilai prestasi kerja", max_digits=9, decimal_places=2)
    category = models.CharField("sebutan", max_length=20)
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
        """The lines with their activities, read once for this instance; whoever writes lines calls `forget`."""
        return list(self.lines.select_related("activity").order_by("number"))

    @cached_property
    def kept_extras(self) -> "list[FormExtra]":
        return list(self.extras.order_by("kind", "number"))

    def forget(self) -> None:
        """What was read of the content is out of date."""
        for name in ("kept_lines", "kept_extras"):
            self.__dict__.pop(name, None)


class FormLine(Entity):
    """What was achieved of one activity; without activity: done, but not planned."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="lines", verbose_name="formulir")
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kegiatan"
    )
    number = models.PositiveSmallIntegerField("nomor")
    name = models.CharField("uraian", max_length=500)
    quantity = FigureField("kuantitas", null=True)
    time = FigureField("waktu", null=True)
    cost = MoneyField("biaya", null=True)
    credit = FigureField("angka kredit", null=True)
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
                & (Q(credit__isnull=True) | Q(credit__gte=0)),
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


class Evidence(Entity):
    """A file that proves a line; taken away only by marking it, never by deleting."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.PROTECT, related_name="evidence", verbose_name="penilaian"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kegiatan"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="ditambahkan oleh")
    added_at = models.DateTimeField("ditambahkan")
    removed_at = models.DateTimeField("dicabut", null=True)

    class Meta:
        verbose_name = "bukti dukung"
        ordering = ["added_at"]


class Difference(Entity):
    """A figure entered at step 3 that is not the one accepted at step 2, and the answer why."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="differences", verbose_name="formulir")
    line = models.PositiveSmallIntegerField("nomor baris")
    figure = models.CharField("angka", max_length=10, choices=[*Figure.choices, *Counted.choices])
    accepted = models.DecimalField("diterima", max_digits=17, decimal_places=4, null=True)
    entered = models.DecimalField("diinput", max_digits=17, decimal_places=4, null=True)
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


class BehaviourNote(Entity):
    """One entry of the buku catatan perilaku: what a superior saw, on which day; corrected only by another entry."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="behaviour_notes", verbose_name="tentang"
    )
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    aspect = models.CharField("aspek", max_length=20, choices=Behaviour, blank=True)
    seen_on = models.DateField("tanggal kejadian")
    text = models.CharField("uraian", max_length=1000)
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "catatan perilaku"
        ordering = ["seen_on", "recorded_at"]
        indexes = [models.Index(fields=["employee", "seen_on"], name="behaviour_note_by_day")]
