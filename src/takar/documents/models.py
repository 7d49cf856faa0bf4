"""Documents as they were issued, who signed them, and where their copies went."""

from django.db import models
from django.db.models import Q

from takar.common.ids import check_key
from takar.common.models import Entity
from takar.documents.enums import (
    CopyEventKind,
    CopyForm,
    DocumentKind,
    EmblemKind,
    Recipient,
    SignatureMethod,
    SignedAs,
)
from takar.documents.signing.models import Authority, Certificate, SigningChoice, Withdrawal
from takar.files.models import StoredFile
from takar.organisation.models import Agency, Employee

__all__ = [
    "Authority",
    "Certificate",
    "Copy",
    "CopyEvent",
    "Distribution",
    "Document",
    "Emblem",
    "NumberSeries",
    "Signature",
    "SigningChoice",
    "Withdrawal",
]

CHECK_WORD = 6


class NumberSeries(Entity):
    """The last number given in an agency, a year and a kind of document."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis dokumen", max_length=24, choices=DocumentKind)
    year = models.PositiveSmallIntegerField("tahun")
    last = models.PositiveIntegerField("nomor terakhir", default=0)

    class Meta:
        verbose_name = "nomor urut"
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="one_series_a_year")]


class Document(Entity):
    """A document frozen at its approval; the signed edition is the same content with the signatures put in.

    A later document of the same case names the one that it `replaces`; the old one is not touched by that.

    `case_key` is the identifier of the case that the document came from: kept without a foreign key, because the case
    file lies above this room.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis", max_length=24, choices=DocumentKind)
    number = models.CharField("nomor dokumen", max_length=80)
    year = models.PositiveSmallIntegerField("tahun")
    subject = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="documents", verbose_name="tentang")
    case_key = models.UUIDField("berkas asal")
    data = models.JSONField("isi")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="berkas asli")
    signed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="berkas bertanda tangan"
    )
    issued_at = models.DateTimeField("terbit")
    # What the QR code in the signature block leads to; its first letters are the check word. Older documents have none.
    key = models.CharField("kode periksa", max_length=16, null=True, unique=True)  # noqa: DJ001 -- unique, and some have none
    # Set by a destruction that was carried out; only then its content may go, and who, when and what stays.
    destroyed_at = models.DateTimeField("dimusnahkan", null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="successor", verbose_name="menggantikan"
    )

    class Meta:
        verbose_name = "dokumen"
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["case_key", "kind"], condition=Q(replaces__isnull=True), name="document_once_in_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def superseded_by(self) -> "Document | None":
        """The document that took the place of this one."""
        successor: Document | None = getattr(self, "successor", None)
        return successor

    @property
    def final_file(self) -> StoredFile:
        """What is read, copied and archived: the edition with the latest signature in it."""
        if "signatures" in getattr(self, "_prefetched_objects_cache", ()):
            made = [one.file for one in sorted(self.signatures.all(), key=lambda one: one.pk) if one.file]
        else:
            rows = self.signatures.exclude(file=None).select_related("file").order_by("pk")
            made = [one.file for one in rows if one.file]
        return made[-1] if made else self.signed_file or self.file

    @property
    def check_word(self) -> str:
        """What is typed beside the number on the check page."""
        return (self.key or "")[:CHECK_WORD]


class Signature(Entity):
    """Who signed what, as what, when and how; `sha256` is the content that was before the signer's eyes.

    `file` is the edition that the signature made: the PDF with it, or for a signature in ink the scan. `evidence` is
    the rest of the signing record: address, certificate, level, when the document was opened, when ink was entered.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures", verbose_name="dokumen")
    signer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="penanda tangan")
    signed_as = models.CharField("sebagai", max_length=12, choices=SignedAs)
    name = models.CharField("nama", max_length=300)
    # What is printed for somebody who signed in another's stead: "Plt. Kepala Bidang A".
    capacity = models.CharField("selaku", max_length=220, null=True)  # noqa: DJ001 -- the guarded table is not rebuilt
    method = models.CharField("cara", max_length=12, choices=SignatureMethod)
    sha256 = models.CharField("sidik dokumen", max_length=64)
    signed_at = models.DateTimeField("ditandatangani")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="berkas sesudahnya"
    )
    evidence = models.JSONField("rekam penandatanganan", null=True)

    class Meta:
        verbose_name = "tanda tangan"
        ordering = ["signed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "signed_as"], name="signed_once_as")]


class Copy(Entity):
    """One copy of a document as it was numbered: for whom, on what ground, in which form. What follows are its events.

    `key` is what the copy's own QR code leads to; `person` is the recipient where he or she works in the office.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copies", verbose_name="dokumen")
    number = models.PositiveSmallIntegerField("nomor salinan")
    key = models.CharField("kode periksa", max_length=16, unique=True, default=check_key)
    recipient = models.CharField("untuk", max_length=200)
    person = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="copies", verbose_name="penerima"
    )
    ground = models.CharField("dasar", max_length=200, blank=True)
    form = models.CharField("bentuk", max_length=12, choices=CopyForm)
    handed_over_on = models.DateField("diserahkan tanggal", null=True)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "salinan"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="copy_number_once")]


class CopyEvent(Entity):
    """Handed over, received, come back, declared lost: on which day, and who recorded it."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="events", verbose_name="salinan")
    kind = models.CharField("kejadian", max_length=12, choices=CopyEventKind)
    on = models.DateField("tanggal")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_at = models.DateTimeField("dicatat")
    note = models.CharField("keterangan", max_length=200, blank=True)

    class Meta:
        verbose_name = "kejadian salinan"
        ordering = ["recorded_at", "id"]
        constraints = [models.UniqueConstraint(fields=["copy", "kind"], name="copy_event_once")]


class Distribution(Entity):
    """One line of an office's list of whom a kind of document goes to, on what ground, in which form."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="instansi")
    kind = models.CharField("jenis dokumen", max_length=24, choices=DocumentKind)
    number = models.PositiveSmallIntegerField("urutan")
    to = models.CharField("untuk", max_length=12, choices=Recipient)
    name = models.CharField("nama penerima", max_length=200, blank=True)
    form = models.CharField("bentuk", max_length=12, choices=CopyForm)
    ground = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        verbose_name = "daftar distribusi"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "number"], name="distribution_line_once")]


class Emblem(Entity):
    """A crest of the office's letterhead or of the forms that the regulation heads with the Garuda."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="emblems", verbose_name="instansi")
    kind = models.CharField("jenis", max_length=12, choices=EmblemKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="gambar")
    name = models.CharField("nama berkas", max_length=200)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    set_at = models.DateTimeField("diunggah")

    class Meta:
        verbose_name = "lambang"
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="emblem_once_a_kind")]
