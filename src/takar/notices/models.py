"""Messages to a person, what each wants to be told, and the letters that carry them."""

from django.db import models
from django.db.models import Q

from takar.common.models import Entity
from takar.notices.enums import NoticeKind, Place, Rhythm
from takar.organisation.models import Agency, Employee


class Notice(Entity):
    """One message to one person; the same `key` reaches the person once, whoever says it and how often."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="notices", verbose_name="kepada")
    key = models.CharField("kunci", max_length=160)
    kind = models.CharField("jenis", max_length=10, choices=NoticeKind)
    text = models.TextField("isi")
    place = models.CharField("tempat", max_length=10, choices=Place)
    case_key = models.UUIDField("berkas", null=True)
    step = models.PositiveSmallIntegerField("langkah", null=True)
    created_at = models.DateTimeField("dibuat")
    read_at = models.DateTimeField("dibaca", null=True)
    shown = models.BooleanField("di dalam program")
    letter = models.ForeignKey(
        "Letter", on_delete=models.SET_NULL, null=True, related_name="notices", verbose_name="surel"
    )
    mailed = models.BooleanField("lewat surel")

    class Meta:
        verbose_name = "pemberitahuan"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], condition=Q(shown=True), name="notice_list"),
            models.Index(fields=["person"], condition=Q(shown=True, read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["person"], condition=Q(mailed=True, letter__isnull=True), name="notice_to_mail"),
            models.Index(fields=["case_key", "step"], condition=Q(case_key__isnull=False), name="notice_of_case"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]


class Preference(models.Model):
    """What reaches a person and how; without a row everything is shown in the program and nothing is mailed."""

    person = models.OneToOneField(
        Employee, on_delete=models.CASCADE, primary_key=True, related_name="preference", verbose_name="pegawai"
    )
    shown = models.JSONField("di dalam program", default=list)
    mailed = models.JSONField("lewat surel", default=list)
    rhythm = models.CharField("surel datang", max_length=10, choices=Rhythm, default=Rhythm.TWICE)
    address = models.EmailField("alamat surel", blank=True)
    asked_address = models.EmailField("alamat yang menunggu konfirmasi", blank=True)
    digest = models.CharField("sidik kode konfirmasi", max_length=64, blank=True)
    asked_at = models.DateTimeField("kode dikirim", null=True)
    tries = models.PositiveSmallIntegerField("percobaan kode", default=0)

    class Meta:
        verbose_name = "pengaturan pemberitahuan"

    def __str__(self) -> str:
        return str(self.person)


class Letter(Entity):
    """One e-mail to one person: one for each time of the day, however much there is to tell.

    Its Message-ID is fixed when it is written, so that a letter that a dying worker may have sent is known again by the
    receiver's program.
    """

    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="letters", verbose_name="kepada")
    slot = models.CharField("waktu kirim", max_length=40)
    address = models.EmailField("alamat")
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    message_id = models.CharField("Message-ID", max_length=120)
    created_at = models.DateTimeField("ditulis")
    claimed_until = models.DateTimeField("sedang dikirim sampai", null=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    sent_at = models.DateTimeField("terkirim", null=True)
    error = models.CharField("kesalahan terakhir", max_length=300, blank=True)

    class Meta:
        verbose_name = "surel"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="letter_to_send")]
        constraints = [models.UniqueConstraint(fields=["person", "slot"], name="letter_once_in_slot")]
