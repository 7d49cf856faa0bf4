"""How allauth serves an office: nobody signs up, and a NIP may be typed with spaces."""

import re

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

SENTENCES = {
    "username_password_mismatch": "NIP atau kata sandi salah. Periksa kembali; bila lupa, minta kode aktivasi baru "
    "kepada Kasubbag Umum dan Kepegawaian.",
    "too_many_login_attempts": "Terlalu banyak percobaan masuk yang salah. Tunggu lima menit, lalu coba lagi.",
    "account_inactive": "Akun ini sudah ditutup. Hubungi Kasubbag Umum dan Kepegawaian.",
    "enter_current_password": "Ketik kata sandi Anda yang sekarang.",
}


def normal_username(text: str) -> str:
    """A NIP as digits when it looks like one ("19710228 199702 1 002"), otherwise the name in lower case."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if digits.isdigit() else text.strip().lower()


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts come from the staff list, never from a visitor."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The pages say themselves what happened."""
