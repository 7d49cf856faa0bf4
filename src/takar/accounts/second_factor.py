"""The one place that asks for the second factor at the moment of signing, of whoever has set one up."""

from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from takar.accounts.actions import clear_throttle, throttle
from takar.accounts.models import User
from takar.common.errors import NotAllowed


def has_second_factor(user: User) -> bool:
    """Whether the person has an authenticator; nobody has while the installation knows no second factor."""
    if not apps.is_installed("allauth.mfa"):
        return False
    return any(row.type == "totp" for row in _authenticators(user))


def confirm_second_factor(*, user: User, code: str) -> None:
    """Ask for a code of the person's authenticator or a recovery code; wrong ones are counted."""
    if not has_second_factor(user):
        return
    throttle(key=f"second:{user.pk}")
    if not any(_accepts(row, code.strip()) for row in _authenticators(user)):
        raise NotAllowed(
            "Kode dari aplikasi autentikator salah. Dokumen belum ditandatangani; masukkan kode yang baru."
        )
    clear_throttle(key=f"second:{user.pk}")


def _authenticators(user: User) -> list[Any]:
    model = import_string("allauth.mfa.models.Authenticator")  # importable only where it is installed as an app
    return list(model.objects.filter(user_id=user.pk).order_by("pk"))


def _accepts(authenticator: Any, code: str) -> bool:
    """Passkeys answer elsewhere; what can be typed is a code."""
    return bool(code) and authenticator.type in {"totp", "recovery_codes"} and authenticator.wrap().validate_code(code)
