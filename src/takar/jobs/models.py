"""Work that is too long for a page: what it is, who wants it, how far it is, and what came of it."""

from django.db import models
from django.db.models import Q

from takar.common.models import Entity
from takar.files.models import StoredFile
from takar.jobs.enums import UNFINISHED, JobState
from takar.organisation.models import Agency, Employee


class Job(Entity):
    """One piece of work. Without an `actor` the program itself wants it, from its schedule.

    Whoever works on it holds its `token` until `lease_until`, and prolongs that while alive. When the lease is over
    somebody else takes the work up with a token of his own, and nothing that the first one still tries has any effect.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="instansi")
    kind = models.CharField("pekerjaan", max_length=60)
    actor = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    params = models.JSONField("rincian", default=dict)
    state = models.CharField("status", max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("seluruhnya", null=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    deaths = models.PositiveSmallIntegerField("percobaan yang prosesnya mati", default=0, db_default=0)
    made = models.PositiveIntegerField("butir sebelum percobaan ini", default=0)
    created_at = models.DateTimeField("diminta")
    begun_at = models.DateTimeField("dimulai", null=True)
    ended_at = models.DateTimeField("berakhir", null=True)
    token = models.CharField("pemegang", max_length=32, blank=True)
    lease_until = models.DateTimeField("dipegang sampai", null=True)
    message = models.TextField("keterangan", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="hasil")
    file_name = models.CharField("nama hasil", max_length=200, blank=True)
    task = models.UUIDField("nomor antrean", null=True)

    class Meta:
        verbose_name = "pekerjaan"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["actor", "-created_at"], name="job_of_person"),
            models.Index(fields=["agency", "-created_at"], name="job_of_agency"),
            models.Index(fields=["kind", "state"], condition=Q(state__in=UNFINISHED), name="job_unfinished"),
            models.Index(fields=["task"], name="job_by_task"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, ended_at__isnull=True)
                | (Q(ended_at__isnull=False) & ~Q(state__in=UNFINISHED)),
                name="job_ended_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(state=JobState.RUNNING, lease_until__isnull=False) & ~Q(token=""))
                | (Q(token="", lease_until__isnull=True) & ~Q(state=JobState.RUNNING)),
                name="job_running_is_held",
            ),
        ]

    @property
    def unfinished(self) -> bool:
        return self.state in UNFINISHED

    def count_anew(self) -> None:
        """Whoever has finished items since begins to count again: what gets on is never given up."""
        made = self.lines.count()
        if made != self.made:
            self.attempts, self.deaths, self.made = 0, 0, made


class JobLine(models.Model):
    """How one item of a job went. Written in the transaction of the item itself: an item with a line is never redone."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines", verbose_name="pekerjaan")
    key = models.CharField("butir", max_length=80)
    label = models.CharField("nama", max_length=300)
    done = models.BooleanField("berhasil")
    message = models.TextField("keterangan")

    class Meta:
        verbose_name = "hasil per butir"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="jobline_once")]

    def __str__(self) -> str:
        return f"{self.label}: {self.message}"


class Schedule(models.Model):
    """When a kind of work is due again: every so many minutes, or daily at a time of the office's clock."""

    kind = models.CharField("pekerjaan", max_length=60, primary_key=True)
    every_minutes = models.PositiveSmallIntegerField("setiap (menit)", null=True)
    daily_at = models.TimeField("setiap hari pukul", null=True)
    next_at = models.DateTimeField("berikutnya")
    last_at = models.DateTimeField("terakhir", null=True)

    class Meta:
        verbose_name = "jadwal"
        constraints = [
            models.CheckConstraint(
                condition=Q(every_minutes__gt=0, daily_at__isnull=True)
                | Q(every_minutes__isnull=True, daily_at__isnull=False),
                name="schedule_is_one_of_two",
                violation_error_message="Jadwal berulang setiap sekian menit, atau setiap hari pada satu jam.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
