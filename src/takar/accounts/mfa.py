"""The second factor in the office's words; its secrets are encrypted at rest with the installation's own secret."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from takar.common.errors import DomainError

PURPOSE = b"takar second factor"


class OfficeMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Kode salah. Masukkan kode yang sekarang tampil di aplikasi, atau satu kode cadangan.",
        "cannot_generate_recovery_codes": "Pasang dahulu faktor kedua, lalu kode cadangan dapat dibuat.",
        "cannot_delete_authenticator": "Faktor kedua ini tidak dapat dilepas.",
    }

    def get_totp_issuer(self) -> str:
        return "Takar"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Kunci {count + 1}"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise DomainError(
                "Faktor kedua ini tidak terbaca lagi, karena rahasia pemasangan (keys/secret) berganti. "
                "Mintalah Administrator melepasnya, lalu pasang kembali."
            ) from error


def _cipher() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
