"""Who can sign in, and the one-time codes with which a person sets the first password."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
    """Wrong codes and passwords given outside the sign-in page, counted per person in a window of time."""

    key = models.CharField("kunci", max_length=80, primary_key=True)
    count = models.PositiveSmallIntegerField("jumlah", default=0)
    since = models.DateTimeField("sejak")

    class Meta:
        verbose_name = "percobaan"

    def __str__(self) -> str:
        return self.key
