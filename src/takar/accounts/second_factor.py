"""The one place that asks for the second factor at the moment of signing, of whoever has set one up."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from takar.accounts.actions import UNSIGNED, clear_throttle, throttle
from takar.accounts.models import User
from takar.common.errors import NotAllowed

TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def has_second_factor(user: User) -> bool:
    """Whether the person has an app whose code can be typed at a signature; a passkey answers at sign-in."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def confirm_second_factor(*, user: User, code: str, undone: str = UNSIGNED) -> None:
    """Ask for a code of the person's app or a recovery code; wrong ones are counted. `undone`: what did not happen.

    Whoever has none signs with the password alone, unless the installation requires a second factor.
    """
    if not has_second_factor(user):
        if settings.SECOND_FACTOR_TO_SIGN:
            raise NotAllowed(
                "Kantor ini mewajibkan faktor kedua untuk menandatangani, dan akun Anda belum mempunyainya. Dokumen belum "
                "ditandatangani; pasang aplikasi autentikator di menu Akun, lalu ulangi."
            )
        return
    throttle(key=f"second:{user.pk}")
    rows = Authenticator.objects.filter(user_id=user.pk, type__in=TYPED).order_by("pk")
    if not (code.strip() and any(row.wrap().validate_code(code.strip()) for row in rows)):
        raise NotAllowed(f"Kode dari aplikasi autentikator salah. {undone}; masukkan kode yang baru.")
    clear_throttle(key=f"second:{user.pk}")
