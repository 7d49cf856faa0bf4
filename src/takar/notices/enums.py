"""What one can be told of, and how often letters come."""

from django.db.models import TextChoices


class NoticeKind(TextChoices):
    ARRIVED = "arrived", "Berkas tiba di langkah saya"
    NEAR = "near", "Hampir jatuh tempo"
    DUE = "due", "Jatuh tempo"
    RAISED = "raised", "Keterlambatan yang dinaikkan kepada saya"
    LEGAL = "legal", "Tenggat menurut peraturan"
    ARCHIVE = "archive", "Salinan untuk saya, pinjaman arsip"
    ACCOUNT = "account", "Akun saya"


# What a person can do without; what is told of the account is always shown, and mailed at once.
CHOSEN = tuple(kind for kind in NoticeKind if kind is not NoticeKind.ACCOUNT)


class Rhythm(TextChoices):
    """When a person's letter goes out, within office hours: each holds everything new since the last one."""

    DAILY = "daily", "Sekali, pada awal hari kerja"
    TWICE = "twice", "Dua kali: pagi dan sesudah istirahat"
    HOURLY = "hourly", "Setiap jam, bila ada yang baru"


class Place(TextChoices):
    """Where in the program a notice leads; the pages know the addresses."""

    CASE = "case", "berkas"
    TASKS = "tasks", "tugas"
    CASES = "cases", "daftar berkas"
    COPIES = "copies", "salinan saya"
    LOANS = "loans", "peminjaman arsip"
    REVIEWS = "reviews", "pemantauan SOP"
    DATA = "data", "data saya"
    REQUESTS = "requests", "permintaan perbaikan data"
    ACCOUNT = "account", "akun"
    RESETS = "resets", "reset kata sandi"
