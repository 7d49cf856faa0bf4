"""Every row of an installation as lines of JSON that no database owns: out of one, into another, and proven equal.

A table's digest is the SHA-256 of its lines in the order of their keys. It is computed from the Python values of the
columns, so that SQLite and PostgreSQL give the same for the same rows.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, QuerySet

ROWS_AT_ONCE = 1000
# What each installation makes for itself: its kinds of content, and who is signed in just now.
NOT_KEPT = frozenset({"contenttypes", "auth", "sessions", "usersessions"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a table has, and the digest of them all."""

    rows: int
    sha256: str


def state_of(using: str) -> Apps:
    """The models as the database has them now, whatever this version of the program has made of them since."""
    loader = MigrationExecutor(connections[using]).loader
    reached = [node for node in loader.graph.nodes if node in loader.applied_migrations]
    return loader.project_state(reached).apps


def tables(apps: Apps) -> dict[str, type[Model]]:
    """The tables to keep by their names, each before those that it refers to, always in the same order.

    Foreign keys are looked at when a transaction ends, but some tables refuse new rows of a parent that is decided: so
    the parent comes after them.
    """
    models = {_meta(m).label_lower: m for m in apps.get_models(include_auto_created=True) if _kept(m)}
    referred = {
        name: {_meta(f.related_model).label_lower for f in _fields(m) if f.is_relation} for name, m in models.items()
    }
    ordered: dict[str, type[Model]] = {}
    while left := sorted(models.keys() - ordered.keys()):
        free = [name for name in left if not any(name in referred[other] for other in left if other != name)]
        for name in free or left[:1]:
            ordered[name] = models[name]
    return ordered


def everything(model: type[Model], using: str) -> QuerySet[Model]:
    """All rows, whatever managers of its own the model has."""
    return model._base_manager.using(using).order_by("pk")  # noqa: SLF001 -- Django's public name of it


def title(model: type[Model]) -> str:
    return str(_meta(model).verbose_name)


def lines_of(model: type[Model], using: str) -> Iterator[bytes]:
    """Each row as one line: the values of its columns in the order in which the model names them."""
    columns = [field.attname for field in _fields(model)]
    for row in everything(model, using).values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE):
        yield (
            json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        )


def count(lines: Iterable[bytes]) -> Count:
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
    return Count(rows, digest.hexdigest())


def write(model: type[Model], lines: Iterable[bytes], using: str) -> None:
    """Add the rows; the caller's transaction sees to it that all of them come in or none."""
    fields, waiting = _fields(model), iter(lines)
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        everything(model, using).bulk_create(model(**_values(fields, line)) for line in batch)


def continue_numbering(apps: Apps, using: str) -> None:
    """Where the database counts keys itself, it goes on behind the highest that came in."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables(apps).values())):
            cursor.execute(statement)


def _meta(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001 -- Django's public name of it


def _kept(model: type[Model]) -> bool:
    return bool(_meta(model).managed) and _meta(model).app_label not in NOT_KEPT


def _fields(model: type[Model]) -> list[Any]:
    return list(_meta(model).concrete_fields)


def _values(fields: list[Any], line: bytes) -> dict[str, Any]:
    return {field.attname: field.to_python(value) for field, value in zip(fields, json.loads(line), strict=True)}


def _plain(value: Any) -> object:
    """A value that JSON does not know, in the notation that its field reads again."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | dt.timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no notation for {type(value)}")
