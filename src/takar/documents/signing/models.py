"""How an office signs, with which keys, and which documents it took back."""

from django.db import models
from django.db.models import Q

from takar.common.models import Entity
from takar.documents.enums import DocumentKind, SignatureMethod
from takar.organisation.models import Agency, Employee


class SigningChoice(Entity):
    """How one kind of document is signed in an agency; without a row it is the office's own certificates."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis dokumen", max_length=24, choices=DocumentKind)
    method = models.CharField("cara", max_length=12, choices=SignatureMethod)

    class Meta:
        verbose_name = "cara tanda tangan"
        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="signing_choice_once")]


class Authority(Entity):
    """The office's own certification authority: its certificate in the open, its key sealed."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    certificate = models.TextField("sertifikat")
    key = models.TextField("kunci tersegel")
    created_at = models.DateTimeField("dibuat")

    class Meta:
        verbose_name = "otoritas sertifikat kantor"


class Certificate(Entity):
    """One person's certificate of the office's own authority. Once revoked, nothing more is signed with it."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="certificates", verbose_name="otoritas"
    )
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="pemilik")
    name = models.CharField("nama", max_length=300)
    serial = models.CharField("nomor seri", max_length=40)
    fingerprint = models.CharField("sidik SHA-256", max_length=64, unique=True)
    certificate = models.TextField("sertifikat")
    key = models.TextField("kunci tersegel")
    issued_at = models.DateTimeField("terbit")
    expires_at = models.DateTimeField("berakhir")
    revoked_at = models.DateTimeField("dicabut", null=True)
    revoked_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dicabut oleh"
    )
    revoked_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)
    replaced = models.BooleanField("diganti", default=False)

    class Meta:
        verbose_name = "sertifikat"
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(replaced=False), name="certificate_one_current_per_person"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="certificate_revoked_has_who_and_when",
                violation_error_message="Pencabutan sertifikat mencatat oleh siapa dan kapan.",
            ),
        ]


class Withdrawal(Entity):
    """A document taken back: it stays readable, and its check page says since when it does not hold, and why."""

    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="withdrawal", verbose_name="dokumen"
    )
    at = models.DateTimeField("ditarik")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")
    acting_as = models.CharField("sebagai", max_length=40)
    reason = models.CharField("alasan", max_length=500)

    class Meta:
        verbose_name = "penarikan dokumen"
