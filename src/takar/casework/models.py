"""The case file (berkas): one employee's appraisal over one period, bound to a run of the SOP."""

import datetime as dt
from uuid import UUID

from django.db import models
from django.db.models import Q

from takar.appraisal.enums import Cycle
from takar.appraisal.models import Appraisal
from takar.common.errors import NotAllowed
from takar.common.models import Entity
from takar.documents.models import Document
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee
from takar.procedures.models import ProcedureVersion, Run, StepRun


class Period(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="periods", verbose_name="instansi")
    code = models.CharField("kode", max_length=20)
    name = models.CharField("nama periode", max_length=120)
    year = models.PositiveSmallIntegerField("tahun")
    start = models.DateField("awal")
    end = models.DateField("akhir")
    cycle = models.CharField("siklus", max_length=10, choices=Cycle, default=Cycle.ANNUAL)
    method = models.CharField("cara penilaian", max_length=40)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name="versi SOP")
    opened_at = models.DateTimeField("dibuka")
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dibuka oleh")

    class Meta:
        verbose_name = "periode"
        ordering = ["-start", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="period_code_once"),
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start")),
                name="period_ends_after_start",
                violation_error_message="Akhir periode harus sesudah awalnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Exemption(Entity):
    """Somebody of the office for whom no case was opened, and why."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="exemptions", verbose_name="periode")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="pegawai")
    name = models.CharField("nama", max_length=300)
    reason = models.CharField("alasan", max_length=200)

    class Meta:
        verbose_name = "pengecualian"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["period", "employee"], name="exempted_once")]


class Case(Entity):
    """One employee in one period. Its identifier is also the appraisal's, and the name of its chain of events.

    People, posts and superiors are kept as they were on the day of opening: `snapshot` for the document, the columns
    for lists. `step`, `actor`, `assignee`, `since`, `due_at` and `risk_at` repeat the open step, so that a list needs no join; they are
    written only together with it. Step 0 is a closed case.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="cases", verbose_name="periode")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="cases", verbose_name="pegawai")
    assessor = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="pejabat penilai")
    assessor_superior = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="atasan pejabat penilai"
    )
    code = models.CharField("nomor berkas", max_length=60)
    name = models.CharField("nama", max_length=300)
    nip = models.CharField("NIP", max_length=18, blank=True)
    post = models.CharField("jabatan", max_length=200)
    unit = models.CharField("unit kerja", max_length=200)
    snapshot = models.JSONField("keadaan saat dibuka")
    appraisal = models.OneToOneField(Appraisal, on_delete=models.PROTECT, related_name="case", verbose_name="penilaian")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="case", verbose_name="pelaksanaan SOP")
    open_step = models.OneToOneField(
        StepRun, on_delete=models.PROTECT, null=True, related_name="case", verbose_name="langkah berjalan"
    )
    step = models.PositiveSmallIntegerField("langkah")
    actor = models.CharField("pelaksana", max_length=40, blank=True)
    assignee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pemegang"
    )
    since = models.DateTimeField("sejak")
    due_at = models.DateTimeField("jatuh tempo", null=True)
    risk_at = models.DateTimeField("hampir jatuh tempo sejak", null=True)
    returned = models.BooleanField("dikembalikan", default=False)
    # The day on which the legal terms change by the mere date, and with which calendar they were counted.
    terms_next = models.DateField("tenggat dihitung lagi pada", null=True)
    terms_calendar = models.PositiveIntegerField("tenggat dihitung dengan kalender ke", default=0)

    class Meta:
        verbose_name = "berkas"
        indexes = [
            models.Index(fields=["period", "name", "id"], name="case_list"),
            models.Index(fields=["period", "step", "name", "id"], name="case_list_by_step"),
            models.Index(
                fields=["agency", "actor", "since", "name", "id"], name="case_by_office", condition=Q(step__gt=0)
            ),
            models.Index(fields=["assignee", "since", "name", "id"], name="case_by_assignee", condition=Q(step__gt=0)),
            models.Index(fields=["agency", "due_at"], name="case_by_due", condition=Q(step__gt=0)),
            # The counts of Beranda, Tugas Saya and Laporan, and the first tasks, are read from these two alone.
            models.Index(fields=["period", "step", "due_at", "risk_at", "unit", "since"], name="case_times"),
            models.Index(
                fields=["agency", "actor", "due_at", "name", "id", "step", "risk_at", "period"],
                name="case_tasks",
                condition=Q(step__gt=0),
            ),
            models.Index(fields=["period", "since"], name="case_by_since"),
            models.Index(fields=["agency", "terms_next"], name="case_by_terms", condition=Q(terms_next__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="case_code_once"),
            models.UniqueConstraint(fields=["period", "employee"], name="case_once_in_period"),
            models.CheckConstraint(
                condition=Q(step=0, open_step__isnull=True, actor="") | Q(step__gt=0, open_step__isnull=False),
                name="case_open_step_agrees",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    # What was done after the approval and when the employee signed, kept on the instance while one page is read.
    known_acts: "list[Act] | None" = None
    known_signing: "tuple[dt.datetime | None] | None" = None

    @property
    def stream(self) -> str:
        """The chain of audit events of this case."""
        return f"case:{self.pk}"

    @property
    def period_code(self) -> str:
        """SKP-2025, SKP-2026-TW1: tells two cases of one person apart in a list, without reading their periods."""
        return self.code.removesuffix(f"-{self.nip}")

    @property
    def task_id(self) -> UUID:
        """The identifier of the open step, which is also the address of the task."""
        if self.open_step_id is None:
            raise NotAllowed("Berkas ini sudah selesai diarsipkan; tidak ada langkah yang terbuka.")
        return self.open_step_id


class CaseDocument(Entity):
    """Which document a case produced at which step."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents", verbose_name="berkas")
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="case_link", verbose_name="dokumen"
    )
    step = models.PositiveSmallIntegerField("langkah")

    class Meta:
        verbose_name = "dokumen berkas"


class Term(models.Model):
    """What the law has somebody do in a case: until a day, or, without a `due`, as soon as the turn has come.

    Computed from the case's acts, never typed.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="terms", verbose_name="berkas")
    rule = models.CharField("tenggat", max_length=40)
    party = models.CharField("pihak", max_length=40)
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    label = models.CharField("kewajiban", max_length=200)
    started = models.DateField("mulai", null=True)
    due = models.DateField("hari terakhir", null=True)

    class Meta:
        verbose_name = "tenggat yang berjalan"
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["agency", "due"], name="term_by_due"),
            models.Index(fields=["person", "due"], name="term_of_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="term_once_in_case")]

    def __str__(self) -> str:
        return self.label


class Reminder(models.Model):
    """That people were told of a due moment at this stage: the row is why nobody is told twice.

    `subject` is the visit to a step, or the case itself for a legal term, which `rule` then names.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reminders", verbose_name="berkas")
    subject = models.UUIDField("perihal")
    rule = models.CharField("tenggat", max_length=60, blank=True)
    stage = models.CharField("tahap", max_length=12)
    at = models.DateTimeField("diingatkan")

    class Meta:
        verbose_name = "pengingat"
        constraints = [models.UniqueConstraint(fields=["subject", "rule", "stage"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.stage} {self.subject}"


class Escalation(models.Model):
    """What an office decided for late steps of a kind: after how long who is told. Level 0: nobody ever is."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis langkah", max_length=20)
    level = models.PositiveSmallIntegerField("tingkat")
    minutes = models.PositiveIntegerField("sesudah (menit kerja)")
    whom = models.CharField("kepada", max_length=40, blank=True)

    class Meta:
        verbose_name = "eskalasi"
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "level"], name="escalation_level_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.level}"


class Act(Entity):
    """What somebody did with an approved result, and when: delivered, objected, decided. Never changed afterwards.

    `at` is when it truly happened, which for an act on paper lies before it was recorded.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts", verbose_name="berkas")
    kind = models.CharField("tindakan", max_length=24)
    at = models.DateTimeField("terjadi")
    recorded_at = models.DateTimeField("dicatat")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    acting_as = models.CharField("sebagai", max_length=40)
    text = models.TextField("isi", blank=True)
    data = models.JSONField("rincian", default=dict)

    class Meta:
        verbose_name = "tindakan sesudah penilaian"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="act_once_in_case"),
            models.CheckConstraint(condition=Q(recorded_at__gte=models.F("at")), name="act_recorded_after_it_happened"),
        ]


class Reassignment(Entity):
    """Who assesses was decided anew before the approval: what happened, by which rule, and who was replaced.

    `before` and `after` are the case's snapshots.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reassignments", verbose_name="berkas")
    happened = models.CharField("yang terjadi", max_length=24)
    on = models.DateField("tanggal")
    rule = models.CharField("aturan", max_length=600)
    reason = models.TextField("alasan")
    former = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="penilai sebelumnya")
    assessor = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", verbose_name="penilai sesudahnya"
    )
    before = models.JSONField("keadaan sebelumnya")
    after = models.JSONField("keadaan sesudahnya")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "penggantian pejabat penilai"
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(former=models.F("assessor")),
                name="reassignment_to_another_with_reason",
                violation_error_message="Penggantian pejabat penilai menyebut orang lain dan alasannya.",
            )
        ]


class ActFile(Entity):
    """A file that belongs to an act: the letter of objection, the slip of receipt."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="files", verbose_name="tindakan")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)

    class Meta:
        verbose_name = "lampiran"
        ordering = ["id"]
