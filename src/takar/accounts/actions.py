"""Writes on accounts. Rooms above bind an account to a person and leave the audit event in the same transaction."""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from takar.accounts.models import Activation, Attempts, User
from takar.common import clock
from takar.common.errors import InvalidInput, NotAllowed, Problem

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
CODE_VALID = dt.timedelta(days=14)
TRIES, WINDOW = 5, dt.timedelta(minutes=5)
ATTEMPTS_KEPT = dt.timedelta(days=1)
UNSIGNED = "Dokumen belum ditandatangani"
TOO_MANY = "Terlalu banyak percobaan yang salah. Tunggu lima menit, lalu coba lagi."


def create_user(*, username: str, name: str, password: str | None = None) -> User:
    """A new account; without a password nobody can sign in until an activation code was used."""
    user = User(username=username, name=name, created_at=clock.now())
    if password is None:
        user.set_unusable_password()
    else:
        check_password_rules(password=password, user=user)
        user.set_password(password)
    user.save()
    return user


def check_password_rules(*, password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(
            "Kata sandi belum memenuhi syarat.", [Problem("Kata sandi", text) for text in error.messages]
        ) from error


def issue_activation(*, user: User) -> str:
    """A fresh code as it is handed to the person ("ABCD-EFGH-JKLM"); earlier codes of this person end."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    values = {"digest": _digest(code), "expires_at": clock.now() + CODE_VALID}
    Activation.objects.update_or_create(user=user, defaults=values)
    return "-".join(code[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def activate(*, username: str, code: str, password: str) -> User:
    """Set the password of whoever holds the code, and use the code up; the caller counts the tries."""
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    with transaction.atomic():
        found = (
            Activation.objects.select_related("user")
            .select_for_update(of=("self",))
            .filter(user__username=username, user__is_active=True, expires_at__gt=clock.now())
            .first()
        )
        if found is None or not secrets.compare_digest(found.digest, _digest(plain)):
            raise NotAllowed(
                "NIP dan kode aktivasi tidak cocok, atau kodenya sudah dipakai atau lewat 14 hari. "
                "Periksa kembali, atau minta kode baru kepada Kasubbag Umum dan Kepegawaian."
            )
        check_password_rules(password=password, user=found.user)
        found.user.set_password(password)
        found.user.save(update_fields=["password"])
        found.delete()
    return found.user


def confirm_password(*, user: User, password: str, undone: str = UNSIGNED) -> None:
    """Ask for the password once more, for an act that binds; wrong ones are counted. `undone`: what did not happen."""
    if not user.has_usable_password():
        raise NotAllowed(
            f"Akun Anda belum mempunyai kata sandi Takar, yang diminta pada tindakan ini. {undone}; mintalah kode aktivasi "
            "kepada Kasubbag Umum dan Kepegawaian, pilih kata sandi di halaman Aktivasi, lalu ulangi."
        )
    throttle(key=f"confirm:{user.pk}")
    if not user.check_password(password):
        raise NotAllowed(f"Kata sandi yang dimasukkan salah. {undone}; masukkan sekali lagi.")
    clear_throttle(key=f"confirm:{user.pk}")


def throttle(*, key: str, most: int = TRIES, told: str = TOO_MANY) -> None:
    """Count one try in a transaction of its own; refuse when there were too many in the window.

    Counting is one statement, so that rivals wait for each other and none fails.
    """
    now = clock.now()
    with transaction.atomic():
        # One that lies ahead was left by a clock that was wrong.
        current = Attempts.objects.filter(key=key, since__gte=now - WINDOW, since__lte=now + WINDOW)
        counted = current.update(count=F("count") + 1)
        if not counted:
            Attempts.objects.bulk_create(
                [Attempts(key=key, count=1, since=now)],
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=["count", "since"],
            )
        tries = Attempts.objects.filter(key=key).values_list("count", flat=True).first() or 1
    if tries > most:
        raise NotAllowed(told)


def forget_attempts() -> int:
    """Counts of times that are long over."""
    return Attempts.objects.filter(since__lt=clock.now() - ATTEMPTS_KEPT).delete()[0]


def clear_throttle(*, key: str) -> None:
    Attempts.objects.filter(key=key).delete()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
