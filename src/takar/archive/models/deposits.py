"""Archived documents, what was taken in from elsewhere, who has one out, and the words by which they are found."""

from django.db import models
from django.db.models import Q

from takar.archive.enums import DepositState
from takar.archive.models.places import Box
from takar.common.models import Entity
from takar.documents.enums import DocumentKind
from takar.documents.models import Document
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee


class Package(Entity):
    """A package of archived documents that came from another installation."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    identifier = models.CharField("pengenal paket", max_length=200)
    source = models.CharField("asal", max_length=200)
    bagged_on = models.DateField("dibuat")
    manifest_sha256 = models.CharField("sidik manifes", max_length=64)
    imported_at = models.DateTimeField("diterima")
    imported_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="oleh")

    class Meta:
        verbose_name = "paket arsip"
        constraints = [models.UniqueConstraint(fields=["agency", "manifest_sha256"], name="package_once")]


class Deposit(Entity):
    """One document in the archive; the searched words are kept beside it so that finding needs no join.

    It comes from a document of this installation or from a package of another. What it is never changes; where it lies
    and which part of its life it is in do, by recorded acts.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, related_name="deposit", verbose_name="dokumen"
    )
    package = models.ForeignKey(
        Package, on_delete=models.PROTECT, null=True, related_name="deposits", verbose_name="paket asal"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="isi")
    record = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="data asal"
    )
    subject = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="deposits", verbose_name="tentang"
    )
    box = models.ForeignKey(Box, on_delete=models.PROTECT, null=True, related_name="deposits", verbose_name="box file")
    classification = models.CharField("kode klasifikasi", max_length=20)
    kind = models.CharField("jenis", max_length=40)
    number = models.CharField("nomor dokumen", max_length=80)
    name = models.CharField("nama", max_length=300)
    nip = models.CharField("NIP", max_length=18, blank=True)
    year = models.PositiveSmallIntegerField("tahun")
    closed_on = models.DateField("selesai (closed file)")
    state = models.CharField("keadaan", max_length=12, choices=DepositState, default=DepositState.ACTIVE)
    archived_at = models.DateTimeField("diarsipkan")
    archived_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diarsipkan oleh"
    )

    class Meta:
        verbose_name = "arsip"
        indexes = [
            models.Index(fields=["agency", "name"], name="deposit_by_name"),
            models.Index(fields=["agency", "nip"], name="deposit_by_nip"),
            models.Index(fields=["agency", "year", "number"], name="deposit_by_number"),
            models.Index(fields=["agency", "state", "classification"], name="deposit_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, package__isnull=True)
                | Q(document__isnull=True, package__isnull=False),
                name="deposit_has_one_source",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)


def kind_label(kind: str) -> str:
    """The name of a kind of document; another installation may have kinds that this one does not know."""
    return str(DocumentKind(kind).label) if kind in DocumentKind.values else kind.replace("_", " ").capitalize()


class Words(models.Model):
    """Every word of a deposit, for the full-text index that the database keeps beside this table."""

    deposit = models.OneToOneField(Deposit, on_delete=models.CASCADE, related_name="words", verbose_name="arsip")
    body = models.TextField("kata-kata")

    class Meta:
        verbose_name = "kata arsip"

    def __str__(self) -> str:
        return self.body[:80]


class Loan(Entity):
    """Somebody has the paper out of its box, until when and for what."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="loans", verbose_name="arsip")
    borrower = models.CharField("peminjam", max_length=200)
    person = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pegawai peminjam"
    )
    purpose = models.CharField("keperluan", max_length=200)
    lent_on = models.DateField("dipinjam")
    due_on = models.DateField("harus kembali")
    lent_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    returned_on = models.DateField("kembali", null=True)
    returned_to = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="diterima oleh"
    )

    class Meta:
        verbose_name = "peminjaman"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], name="loan_open_by_due", condition=Q(returned_on__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["deposit"], condition=Q(returned_on__isnull=True), name="lent_once"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("lent_on")), name="loan_due_after_lent"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, returned_to__isnull=True)
                | Q(returned_on__isnull=False, returned_to__isnull=False),
                name="loan_returned_has_who_and_when",
            ),
        ]
