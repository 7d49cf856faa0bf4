"""What no list of common passwords holds: words that everybody in the office would try first."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from takar.accounts.models import User

# Documented in docs/asvs.md (v5.0.0-6.1.2); an office adds its own with TAKAR_PASSWORD_WORDS.
WORDS = frozenset(
    [
        "takar",
        "skp",
        "asn",
        "pns",
        "pppk",
        "sop",
        "bkn",
        "penilaian",
        "kinerja",
        "pegawai",
        "kepegawaian",
        "kasubbag",
        "kepala",
        "staf",
        "sekretaris",
        "dinas",
        "kantor",
        "kabupaten",
        "kota",
        "provinsi",
        "indonesia",
        "merdeka",
        "garuda",
        "pancasila",
        "password",
        "passwd",
        "katasandi",
        "sandi",
        "rahasia",
        "admin",
        "administrator",
        "bismillah",
        "alhamdulillah",
        "selamat",
        "pagi",
        "sayang",
        "qwerty",
        "asdfgh",
        "abc",
    ]
)
LEAST_LEFT = 4


class ContextWords:
    """Refuses a password of which, without such words, figures and signs, hardly a letter is left."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 -- Django's form
        left = re.sub(r"[\W\d_]", "", password.lower())
        letters = len(left)
        for word in sorted(WORDS | set(settings.PASSWORD_WORDS), key=len, reverse=True):
            left = left.replace(word.lower(), "")
        if letters and len(left) < min(LEAST_LEFT, letters):
            raise ValidationError(self.get_help_text(), code="context_words")

    def get_help_text(self) -> str:
        return (
            "Kata sandi ini tersusun dari kata yang mudah ditebak di kantor (seperti nama aplikasi atau jabatan). Pakailah "
            "beberapa kata lain yang tidak berhubungan."
        )
