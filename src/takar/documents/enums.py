"""Kinds of documents, of signatures and of copies."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    MEASUREMENT = "dokumen_pengukuran", "Dokumen pengukuran kinerja"


class SignedAs(TextChoices):
    ASSESSOR = "penilai", "Pejabat penilai"
    EMPLOYEE = "pegawai", "Pegawai yang dinilai"
    SUPERIOR = "atasan", "Atasan pejabat penilai"


class SignatureMethod(TextChoices):
    """How a person signed; "internal" is an uncertified electronic signature (PP 71/2019 Pasal 60)."""

    INTERNAL = "internal", "Tanda tangan elektronik tidak tersertifikasi (kata sandi diulang)"


class CopyForm(TextChoices):
    PAPER = "kertas", "Kertas"
    ELECTRONIC = "elektronik", "Elektronik"
