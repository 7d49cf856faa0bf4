"""One event as bytes, the same for ever: what its hash is taken of.

Version 1: the line "takar-event-v1", then JSON in UTF-8 with sorted keys, no space between tokens and no escapes but those
that JSON demands. Numbers are whole numbers only; decimals, fractions, dates, times and identifiers are strings; moments
are UTC with microseconds and "Z". The object has every field of the event but its row number, `previous` included, which
chains it to the event before it in its stream; the first one's `previous` is 64 zeros.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

VERSION = b"takar-event-v1\n"
NO_PREVIOUS = "0" * 64
FIELDS = (
    *("stream", "seq", "at", "actor_id", "actor_name", "acting_as", "verb", "subject", "before", "after", "reason"),
    *("channel", "address", "request_id", "previous"),
)


def event_hash(fields: Mapping[str, object]) -> str:
    """The hash of an event of which every field but row number and hash is given."""
    text = json.dumps(
        {name: plain(fields[name]) for name in FIELDS}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(VERSION + text.encode()).hexdigest()


def plain(value: object) -> Json:
    """The value in the few types that JSON keeps exactly; TypeError for others (float above all: it is not exact)."""
    if value is None or isinstance(value, bool):
        return value
    for kind, convert in CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    raise TypeError(f"{type(value).__name__} cannot stand in an audit event: {value!r}")


def moment(value: dt.datetime) -> str:
    """A moment in UTC to the microsecond; ValueError without a zone, which would leave the moment open."""
    if value.tzinfo is None:
        raise ValueError(f"A moment in an audit event needs a time zone: {value!r}")
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _mapping(value: Mapping[object, object]) -> Json:
    return {_key(key): plain(item) for key, item in value.items()}


def _key(key: object) -> str:
    text = plain(key)
    if not isinstance(text, str):
        raise TypeError(f"The key {key!r} in an audit event is not text.")
    return text


def _unordered(value: "set[object] | frozenset[object]") -> Json:
    return sorted((plain(item) for item in value), key=repr)


# In this order: a datetime is a date, and a choice is text or a number.
CONVERSIONS: tuple[tuple[type | tuple[type, ...], Callable[..., Json]], ...] = (
    (Enum, lambda value: plain(value.value)),
    (str, str),
    (int, int),
    (Decimal, lambda value: format(value, "f")),
    ((Fraction, uuid.UUID), str),
    (dt.datetime, moment),
    ((dt.date, dt.time), lambda value: value.isoformat()),
    (Mapping, _mapping),
    ((list, tuple), lambda value: [plain(item) for item in value]),
    ((set, frozenset), _unordered),
)
