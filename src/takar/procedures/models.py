"""SOPs as versioned data, and their runs: which step was open for whom, from when to when, and what came of it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from takar.common.models import Entity
from takar.organisation.models import Agency, Employee
from takar.procedures.enums import RunState, StepState, VersionState


class Procedure(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedures", verbose_name="instansi")
    key = models.CharField("kunci", max_length=40)
    name = models.TextField("nama SOP")

    class Meta:
        verbose_name = "SOP"
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="procedure_key_once_in_agency")]

    def __str__(self) -> str:
        return self.name


class ProcedureVersion(Entity):
    """One version of an SOP; `content` is the whole of it, the other columns repeat its identity for lists.

    Once approved it is frozen: the database refuses every change and its deletion. `typed` is what was typed into a draft
    last while it cannot be read as an SOP yet; `content` then still holds what could.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions", verbose_name="SOP")
    version = models.PositiveSmallIntegerField("versi")
    number = models.TextField("nomor SOP")
    created_on = models.DateField("tanggal pembuatan")
    revised_on = models.DateField("tanggal revisi", null=True)
    approved_on = models.DateField("tanggal pengesahan", null=True)
    effective_on = models.DateField("tanggal efektif", null=True)
    approved_by = models.TextField("disahkan oleh")
    state = models.CharField("status", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField("isi")
    content_hash = models.CharField("sidik isi", max_length=64)
    typed = models.JSONField("isian yang belum lengkap", null=True)

    class Meta:
        verbose_name = "versi SOP"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "version"], name="version_number_once_in_procedure"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state=VersionState.DRAFT),
                name="version_one_draft_per_procedure",
                violation_error_message="SOP ini sudah mempunyai rancangan.",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.APPROVED, approved_on__isnull=False)
                | Q(state=VersionState.DRAFT, approved_on__isnull=True),
                name="version_approved_has_date",
                violation_error_message="SOP yang disahkan harus mempunyai tanggal pengesahan, rancangan tidak.",
            ),
        ]

    def __str__(self) -> str:
        return f"SOP Nomor {self.number} versi {self.version}"


class Run(Entity):
    """One passage through a version of an SOP."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="runs", verbose_name="versi SOP"
    )
    state = models.CharField("status", max_length=10, choices=RunState, default=RunState.ACTIVE)
    opened_at = models.DateTimeField("dibuka")
    closed_at = models.DateTimeField("ditutup", null=True)

    class Meta:
        verbose_name = "pelaksanaan SOP"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RunState.ACTIVE, closed_at__isnull=True)
                | Q(state=RunState.CLOSED, closed_at__isnull=False),
                name="run_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="run_closes_after_opening"
            ),
        ]


class StepRun(Entity):
    """One visit to a step: `seq` counts the visits of a run, so a returned form visits a step again as a new row.

    A relation's task names its person in `assignee`; an office's task leaves it empty and belongs to whoever holds the
    office that day. `actor` and `closed_as` hold the actor's key in the SOP, the latter with how the person acted for
    another: "atasan_langsung (Plt.)".
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="steps", verbose_name="pelaksanaan")
    step = models.PositiveSmallIntegerField("langkah")
    seq = models.PositiveSmallIntegerField("urutan")
    actor = models.CharField("pelaksana", max_length=40)
    assignee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="petugas"
    )
    state = models.CharField("status", max_length=10, choices=StepState, default=StepState.OPEN)
    opened_at = models.DateTimeField("dibuka")
    started_at = models.DateTimeField("mulai dikerjakan", null=True)
    closed_at = models.DateTimeField("ditutup", null=True)
    closed_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ditutup oleh"
    )
    closed_as = models.CharField("ditutup sebagai", max_length=80, blank=True)
    returned_to = models.PositiveSmallIntegerField("dikembalikan ke langkah", null=True)
    reason = models.TextField("alasan", blank=True)
    output = models.JSONField("output", null=True)
    standard_minutes = models.PositiveIntegerField("waktu baku (menit)")
    # When it was really finished, where that lies before it was recorded: work done on paper.
    finished_at = models.DateTimeField("selesai di atas kertas", null=True)
    paused_at = models.DateTimeField("dijeda sejak", null=True)
    # What follows is computed from the moments above and the office's calendar, and computed again when that changes.
    due_at = models.DateTimeField("jatuh tempo", null=True)
    risk_at = models.DateTimeField("hampir jatuh tempo sejak", null=True)
    waited_minutes = models.PositiveIntegerField("menunggu (menit kerja)", null=True)
    worked_minutes = models.PositiveIntegerField("dikerjakan (menit kerja)", null=True)
    elapsed_minutes = models.PositiveIntegerField("seluruhnya (menit kerja)", null=True)
    calendar_version = models.PositiveIntegerField("dihitung dengan kalender ke", null=True)

    class Meta:
        verbose_name = "langkah pelaksanaan"
        indexes = [
            models.Index(
                fields=["agency", "actor", "opened_at"], condition=Q(state=StepState.OPEN), name="steprun_open_of_actor"
            ),
            models.Index(
                fields=["assignee", "opened_at"], condition=Q(state=StepState.OPEN), name="steprun_open_of_assignee"
            ),
            models.Index(fields=["agency", "calendar_version"], name="steprun_by_calendar"),
            models.Index(fields=["agency", "-closed_at", "id"], name="steprun_newest"),
            models.Index(
                fields=["agency", "step", "returned_to", "run"],
                condition=Q(state=StepState.RETURNED),
                name="steprun_returned",
            ),
            models.Index(fields=["agency", "step", "worked_minutes", "run"], name="steprun_by_work"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "seq"], name="steprun_seq_once_in_run"),
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(state=StepState.OPEN),
                name="steprun_one_open_per_run",
                violation_error_message="Berkas ini sudah mempunyai langkah yang terbuka.",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.OPEN, closed_at__isnull=True, closed_by__isnull=True, closed_as="")
                | (
                    Q(state__in=[StepState.COMPLETED, StepState.RETURNED])
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(closed_as="")
                ),
                name="steprun_closed_has_who_and_when",
                violation_error_message="Langkah yang ditutup harus mencatat siapa yang menutupnya dan kapan.",
            ),
            models.CheckConstraint(
                condition=(Q(state=StepState.RETURNED, returned_to__isnull=False) & ~Q(reason=""))
                | (Q(returned_to__isnull=True, reason="") & ~Q(state=StepState.RETURNED)),
                name="steprun_returned_has_reason",
                violation_error_message="Langkah yang dikembalikan harus mencatat tujuan dan alasannya.",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.COMPLETED, output__isnull=False)
                | (Q(output__isnull=True) & ~Q(state=StepState.COMPLETED)),
                name="steprun_completed_has_output",
                violation_error_message="Langkah yang selesai harus mencatat outputnya.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="steprun_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(finished_at__gte=F("started_at"), started_at__gte=F("opened_at"), finished_at__lte=F("closed_at")),
                name="steprun_paper_within",
                violation_error_message="Pekerjaan di atas kertas terjadi sesudah berkas tiba dan sebelum dicatat.",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | Q(state=StepState.OPEN, started_at__isnull=False),
                name="steprun_paused_while_open",
            ),
        ]

    def elapsed(self, now: dt.datetime) -> dt.timedelta:
        """How long the step has been, or was, with its actor, by the wall clock."""
        return (self.closed_at or now) - self.opened_at

    @property
    def ended_at(self) -> dt.datetime | None:
        """When the work was over, on paper or in the program."""
        return self.finished_at or self.closed_at


class StepPause(models.Model):
    """From when to when the work on a step rested, and who said so."""

    step_run = models.ForeignKey(StepRun, on_delete=models.PROTECT, related_name="pauses", verbose_name="langkah")
    start = models.DateTimeField("mulai")
    end = models.DateTimeField("selesai")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")

    class Meta:
        verbose_name = "jeda"
        ordering = ["start", "id"]
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="pause_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.start:%H.%M}–{self.end:%H.%M}"
