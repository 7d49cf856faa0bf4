"""Who can sign in, and the one-time codes with which a person sets the first password."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from takar.common import clock
from takar.common.models import Entity


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser, Entity):
    """A person's key to the door: the NIP as digits, or a chosen name for those who have no NIP."""

    username = models.CharField("NIP atau nama pengguna", max_length=40, unique=True)
    name = models.CharField("nama", max_length=200)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField("dibuat")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "akun"

    def __str__(self) -> str:
        return self.name


class Activation(Entity):
    """A code that lets one person set a password once; only its digest is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="activation", verbose_name="akun")
    digest = models.CharField("sidik kode", max_length=64)
    expires_at = models.DateTimeField("berlaku sampai")

    class Meta:
        verbose_name = "kode aktivasi"


class Attempts(models.Model):
    """How often in a time: wrong codes and passwords outside the sign-in page, and what `accounts.limits` shares."""

    key = models.CharField("kunci", max_length=80, primary_key=True)
    count = models.PositiveSmallIntegerField("jumlah", default=0)
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "percobaan"

    def __str__(self) -> str:
        return self.key


class TokenScope(models.TextChoices):
    """What a token may be used for; whoever may act may read as well."""

    READ = "read", "Membaca"
    ACT = "act", "Membaca dan bertindak"


class ApiToken(Entity):
    """A key with which a person's scripts act in that person's name; only its digest is kept.

    `account_hash` is that of the account's sessions when it was made: with the password the token ends.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", verbose_name="akun")
    name = models.CharField("nama", max_length=80)
    digest = models.CharField("sidik kunci", max_length=64, unique=True)
    beginning = models.CharField("awal kunci", max_length=12)
    account_hash = models.CharField("sidik akun", max_length=64)
    scope = models.CharField("guna", max_length=4, choices=TokenScope)
    created_at = models.DateTimeField("dibuat")
    expires_at = models.DateTimeField("berlaku sampai")
    last_used_at = models.DateTimeField("terakhir dipakai", null=True)
    revoked_at = models.DateTimeField("dicabut", null=True)

    class Meta:
        verbose_name = "kunci API"
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["user", "-created_at"], name="token_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_expires_later"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """In words: whether it still opens the door."""
        if self.revoked_at is not None:
            return "dicabut"
        if self.account_hash != self.user.get_session_auth_hash():
            return "berakhir dengan penggantian kata sandi"
        return "kedaluwarsa" if self.expires_at <= clock.now() else "berlaku"
