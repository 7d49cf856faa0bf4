"""Kinds of documents, of signatures and of copies."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    MEASUREMENT = "dokumen_pengukuran", "Dokumen pengukuran kinerja"


class SignedAs(TextChoices):
    ASSESSOR = "penilai", "Pejabat penilai"
    EMPLOYEE = "pegawai", "Pegawai yang dinilai"
    SUPERIOR = "atasan", "Atasan pejabat penilai"


class SignatureMethod(TextChoices):
    """How a person signed (PP 71/2019 Pasal 60): only what comes from a certified provider is called certified.

    PASSWORD stands in rows from before documents were signed with keys; nothing new is signed that way.
    """

    PASSWORD = "internal", "Tanda tangan elektronik tidak tersertifikasi (kata sandi diulang)"
    INTERNAL = "kantor", "Tanda tangan elektronik tidak tersertifikasi (sertifikat kantor)"
    BSRE = "bsre", "Tanda tangan elektronik tersertifikasi (BSrE)"
    INK = "basah", "Tanda tangan basah (pindaian)"


class CopyForm(TextChoices):
    PAPER = "kertas", "Kertas"
    ELECTRONIC = "elektronik", "Elektronik"


class Recipient(TextChoices):
    """To whom a line of the distribution list goes; only OTHER has a name of its own."""

    EMPLOYEE = "pegawai", "Pegawai yang dinilai"
    ASSESSOR = "penilai", "Pejabat penilai"
    SUPERIOR = "atasan", "Atasan pejabat penilai"
    OTHER = "lain", "Lainnya"


class CopyEventKind(TextChoices):
    """What happens to a copy after it was numbered; each at most once."""

    HANDED_OVER = "diserahkan", "Diserahkan"
    RECEIVED = "diterima", "Diterima"
    RETURNED = "kembali", "Kembali"
    LOST = "hilang", "Dinyatakan hilang"


class CopyState(TextChoices):
    """Where a copy stands, told from its events and from whether its document still holds."""

    NOT_HANDED_OVER = "belum_diserahkan", "Belum diserahkan"
    HANDED_OVER = "diserahkan", "Diserahkan, belum ada tanda terima"
    RECEIVED = "diterima", "Diterima"
    RECALLED = "ditarik", "Harus ditarik"
    VOID = "tidak_berlaku", "Tidak berlaku lagi"
    RETURNED = "kembali", "Sudah kembali"
    LOST = "hilang", "Dinyatakan hilang"


class EmblemKind(TextChoices):
    """`garuda` heads the forms that the regulation says so of, `region` the letterhead."""

    REGION = "region", "Lambang daerah (kop surat)"
    GARUDA = "garuda", "Lambang negara (Garuda)"
