"""Lists in portions: each answer names where the next one begins, so that a list costs the same on every page."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from ninja import Schema
from pydantic import Field

from takar.common.errors import InvalidInput, Problem

Row = TypeVar("Row", bound=Model)
USUAL, MOST = 50, 200
LONGEST_CURSOR = 2000
READ: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "uuid": lambda value: UUID(str(value)),
    "moment": lambda value: dt.datetime.fromisoformat(str(value)),
    "number": int,
}


class Paging(Schema):
    limit: int = Field(USUAL, ge=1, le=MOST, description="Paling banyak berapa baris dalam satu jawaban.")
    cursor: str = Field(
        "", max_length=LONGEST_CURSOR, description="Isi “next” dari jawaban sebelumnya; kosong untuk yang pertama."
    )


class Portion(Generic[Row]):
    """The rows of one answer, and the cursor of the next; empty at the end.

    `keys` are the columns by which the rows are ordered with their kinds; a minus before a name means downwards.
    """

    def __init__(self, rows: "QuerySet[Row]", keys: dict[str, str], paging: Paging) -> None:
        self._keys = keys
        ordered = rows.order_by(*keys)
        if paging.cursor:
            ordered = ordered.filter(_after(keys, _values(keys, paging.cursor)))
        found = list(ordered[: paging.limit + 1])
        self.rows = found[: paging.limit]
        self.next = self._cursor(self.rows[-1]) if len(found) > paging.limit else ""

    def _cursor(self, row: Row) -> str:
        values = [_value(row, key.lstrip("-")) for key in self._keys]
        return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _value(row: Any, key: str) -> Any:
    for part in key.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, dt.datetime) else row


def _values(keys: dict[str, str], cursor: str) -> list[Any]:
    try:
        given = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        values = [READ[kind](value) for kind, value in zip(keys.values(), given, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise _unknown() from error
    if any(isinstance(value, str) and not value.isprintable() for value in values) or any(
        isinstance(value, dt.datetime) and value.tzinfo is None for value in values
    ):
        raise _unknown()
    if any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        raise _unknown()
    return values


def _unknown() -> InvalidInput:
    return InvalidInput(
        "Kursor tidak dikenal, sehingga daftar tidak dapat dilanjutkan.",
        [Problem("cursor", "Pakailah isi “next” dari jawaban sebelumnya apa adanya, atau mulailah tanpa kursor.")],
    )


def _after(keys: dict[str, str], values: list[Any]) -> Q:
    """Whatever comes behind these values in the order of the keys."""
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        found |= same & Q(**{f"{name}__{'lt' if key.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return found
