"""The agency, its units and people, who sits where and answers to whom from when to when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from takar.accounts.models import User
from takar.audit.types import By
from takar.common.models import Entity
from takar.organisation.enums import (
    MANDATED_ROLES,
    DayCount,
    JobLevel,
    MandatedAct,
    MandateKind,
    PersonKind,
    PostKind,
    Role,
    Standing,
)


class Agency(Entity):
    name = models.CharField("nama instansi", max_length=200, unique=True)
    short_name = models.CharField("nama singkat", max_length=60)
    region = models.CharField("pemerintah daerah", max_length=120)
    place = models.CharField("tempat kedudukan", max_length=80)
    day_count = models.CharField("cara membaca “hari”", max_length=10, choices=DayCount, default=DayCount.CALENDAR)
    working_weekdays = models.CharField("hari kerja (0 = Senin)", max_length=7, default="01234")
    # Counts the changes of holidays and hours: what was computed under an older one is computed again.
    calendar_version = models.PositiveIntegerField("perubahan kalender ke", default=0)
    risk_percent = models.PositiveSmallIntegerField("peringatan sesudah (persen waktu baku)", default=75)

    class Meta:
        verbose_name = "instansi"
        constraints = [
            models.CheckConstraint(
                condition=Q(risk_percent__gte=1, risk_percent__lte=100),
                name="agency_risk_percent",
                violation_error_message="Peringatan diberikan sesudah 1 sampai 100 persen waktu baku.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(Entity):
    """A day on which the office does not work, cuti bersama included, and the decree that says so."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holidays", verbose_name="instansi")
    date = models.DateField("tanggal")
    name = models.CharField("hari libur", max_length=120)
    source = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        verbose_name = "hari libur"
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["agency", "date"], name="holiday_once")]


class HoursSeason(Entity):
    """Days on which the office keeps other hours: a Ramadhan, both ends included."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seasons", verbose_name="instansi")
    name = models.CharField("nama", max_length=80)
    start = models.DateField("mulai")
    end = models.DateField("sampai")

    class Meta:
        verbose_name = "masa jam kerja khusus"
        ordering = ["start"]
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="season_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class WorkHours(models.Model):
    """The hours of one weekday (0 is Monday), usually or in a season."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="hours", verbose_name="instansi")
    season = models.ForeignKey(
        HoursSeason, on_delete=models.CASCADE, null=True, related_name="hours", verbose_name="masa"
    )
    weekday = models.PositiveSmallIntegerField("hari")
    start = models.TimeField("buka")
    end = models.TimeField("tutup")
    break_start = models.TimeField("mulai istirahat", null=True)
    break_end = models.TimeField("selesai istirahat", null=True)

    class Meta:
        verbose_name = "jam kerja"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "weekday"], condition=Q(season__isnull=True), name="hours_once_in_week"
            ),
            models.UniqueConstraint(fields=["season", "weekday"], name="hours_once_in_season"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start"))
                & (
                    Q(break_start__isnull=True, break_end__isnull=True)
                    | Q(break_start__gte=F("start"), break_end__gt=F("break_start"), break_end__lte=F("end"))
                ),
                name="hours_in_order",
                violation_error_message="Jam buka, istirahat dan tutup harus berurutan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%H.%M}–{self.end:%H.%M}"


class Unit(Entity):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units", verbose_name="instansi")
    name = models.CharField("nama unit", max_length=200)

    class Meta:
        verbose_name = "unit kerja"
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once_in_agency")]

    def __str__(self) -> str:
        return self.name


class Employee(Entity):
    """A person of the office, or a superior from outside it (a Bupati has neither NIP nor rank)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="employees", verbose_name="instansi")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="employee", verbose_name="akun")
    nip = models.CharField("NIP", max_length=18, null=True, unique=True)  # noqa: DJ001 -- unique, and some have none
    name = models.CharField("nama", max_length=150)
    title_front = models.CharField("gelar depan", max_length=60, blank=True)
    title_back = models.CharField("gelar belakang", max_length=80, blank=True)
    kind = models.CharField("jenis pegawai", max_length=10, choices=PersonKind)
    rank = models.CharField("golongan ruang", max_length=10, blank=True)
    standing = models.CharField("kedudukan", max_length=30, choices=Standing, default=Standing.ACTIVE)

    # Offices by day, kept on the instance while one page is read; None: asked for anew each time, as every act does.
    known_roles: dict[dt.date, frozenset[str]] | None = None
    # How many notices are unread, where a page asked for it in the same query.
    unread: int = 0
    # Likewise how many tasks wait, where the page has counted them already.
    known_tasks: int | None = None
    # Likewise the mandates of the person's agency, and which tasks they bring.
    known_mandates: "dict[dt.date, list[Mandate]] | None" = None
    known_stead: Q | None = None

    class Meta:
        verbose_name = "pegawai"
        indexes = [models.Index(fields=["agency", "name", "id"], name="employee_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PersonKind.OTHER) | Q(nip__isnull=False),
                name="employee_has_nip_unless_other",
                violation_error_message="Pegawai ASN harus mempunyai NIP.",
            ),
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(nip__isnull=True), name="employee_without_nip_once"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its degrees before and after, as it stands on a document."""
        front = f"{self.title_front} " if self.title_front else ""
        back = f", {self.title_back}" if self.title_back else ""
        return f"{front}{self.name}{back}"

    def by(self, role: str) -> By:
        """This person as the author of an audit event, acting as `role`."""
        return By(id=str(self.user_id), name=self.full_name, role=role)


class Assignment(Entity):
    """Where a person sat from `start` to `end` (open: until further notice) and who the direct superior was."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assignments", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name="unit kerja")
    post = models.CharField("jabatan", max_length=200)
    post_kind = models.CharField("jenis jabatan", max_length=12, choices=PostKind)
    echelon = models.CharField("eselon", max_length=6, blank=True)
    level = models.CharField("jenjang jabatan fungsional", max_length=14, choices=JobLevel, blank=True, default="")
    superior = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="atasan langsung"
    )
    start = models.DateField("mulai")
    end = models.DateField("selesai", null=True)

    class Meta:
        verbose_name = "penempatan"
        indexes = [models.Index(fields=["superior", "employee"], name="assignment_by_superior")]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(end__isnull=True), name="assignment_one_open_per_employee"
            ),
            models.CheckConstraint(condition=~Q(employee=F("superior")), name="assignment_not_own_superior"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="assignment_ends_after_start",
                violation_error_message="Tanggal selesai penempatan tidak boleh sebelum tanggal mulai.",
            ),
        ]


class RoleHolder(Entity):
    """An office held in the agency; several may hold the same one (two Staf share the counter)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="role_holders", verbose_name="instansi")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="roles", verbose_name="pegawai")
    role = models.CharField("peran", max_length=12, choices=Role)
    start = models.DateField("mulai")
    end = models.DateField("selesai", null=True)

    class Meta:
        verbose_name = "pemegang peran"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "employee", "role"], condition=Q(end__isnull=True), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="role_ends_after_start"
            ),
        ]


class Mandate(Entity):
    """Somebody acts for another from the first to the last day, as Plt. or Plh.: it lapses by its dates alone.

    What is held is either an office (`role`) or the place of a person (`principal`), whose staff the holder then
    assesses; `post` is how that is printed. As given it is never changed: the database refuses. From `ended_on`, the
    day on which it was revoked, it holds no longer.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="mandates", verbose_name="instansi")
    kind = models.CharField("jenis", max_length=3, choices=MandateKind)
    role = models.CharField("peran", max_length=12, choices=Role, blank=True)
    principal = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pejabat yang digantikan"
    )
    with_roles = models.BooleanField("termasuk perannya", default=False)
    post = models.CharField("jabatan", max_length=200)
    holder = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="mandates", verbose_name="pemegang")
    acts = models.JSONField("perbuatan")
    number = models.CharField("nomor surat", max_length=100)
    decreed_on = models.DateField("tanggal surat")
    start = models.DateField("mulai")
    end = models.DateField("sampai")
    ended_on = models.DateField("dicabut", null=True)
    ended_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dicabut oleh"
    )

    # The offices that it gives on the day it was asked for; see `queries.mandates_on`.
    roles: frozenset[str] = frozenset()

    class Meta:
        verbose_name = "mandat"
        ordering = ["-start", "id"]
        indexes = [models.Index(fields=["agency", "end"], name="mandate_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=MANDATED_ROLES, principal__isnull=True, with_roles=False)
                | Q(role="", principal__isnull=False),
                name="mandate_of_role_or_place",
                violation_error_message="Mandat menyebut satu peran atau satu pejabat yang digantikan, tidak keduanya.",
            ),
            models.CheckConstraint(
                condition=~Q(holder=F("principal")),
                name="mandate_not_for_oneself",
                violation_error_message="Pemegang mandat tidak boleh pejabat yang digantikan sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="mandate_ends_after_start",
                violation_error_message="Hari terakhir mandat tidak boleh sebelum hari pertamanya.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False, ended_on__lte=F("end")),
                name="mandate_ended_has_who_and_when",
                violation_error_message="Mandat yang dicabut harus mencatat oleh siapa dan kapan, sebelum berakhir.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def prefix(self) -> str:
        return MandateKind(self.kind).prefix

    @property
    def title(self) -> str:
        """As it is printed: "Plt. Kepala Bidang A"."""
        return f"{self.prefix} {self.post}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds; before `start` when it was revoked before it began or on its first day."""
        return self.end if self.ended_on is None else min(self.end, self.ended_on - dt.timedelta(days=1))

    @property
    def act_labels(self) -> str:
        return ", ".join(str(MandatedAct(act).label) for act in self.acts)

    def state_on(self, day: dt.date) -> str:
        """One word on where the day lies."""
        if self.last_day < day:
            return "Dicabut" if self.ended_on else "Berakhir"
        return "Akan datang" if day < self.start else "Berlaku"
