"""Keys of requests that have taken effect."""

from django.db import models

from takar.common.models import Entity


class UsedKey(Entity):
    """Written in the transaction of the act itself; the answer is added once it is known.

    Without an answer (`status` is empty) the request is being answered, or its process died after the act.
    """

    owner = models.CharField("pengirim", max_length=64)
    key = models.CharField("kunci", max_length=128)
    content = models.CharField("sidik isi", max_length=64)
    at = models.DateTimeField("dikerjakan")
    status = models.PositiveSmallIntegerField("jawaban", null=True)
    location = models.CharField("menuju", max_length=500, blank=True)
    media_type = models.CharField("jenis isi jawaban", max_length=100, blank=True)
    body = models.TextField("isi jawaban", blank=True)

    class Meta:
        verbose_name = "kunci kiriman"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="key_used_once")]
        indexes = [models.Index(fields=["at"], name="usedkey_by_age")]
