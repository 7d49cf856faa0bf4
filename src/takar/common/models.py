"""What all rows have in common."""

from django.db import models

from takar.common.ids import uuid7


class Entity(models.Model):
    """A row with an identifier that may stand in an address: it says nothing and cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
