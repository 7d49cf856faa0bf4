import datetime as dt
import hashlib
import uuid
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.db.models import TextChoices

from takar.audit.canonical import NO_PREVIOUS, event_hash, plain


class Colour(TextChoices):
    RED = "red", "merah"


NOON = dt.datetime(2024, 7, 10, 12, 0, 0, 5, tzinfo=ZoneInfo("Asia/Makassar"))
FIELDS = {
    "stream": "case:1",
    "seq": 1,
    "at": NOON,
    "actor_id": "7",
    "actor_name": "Rina Wulandari",
    "acting_as": "Staf",
    "verb": "form.received",
    "subject": "Formulir “kinerja”",
    "before": None,
    "after": {"z": Decimal("1.50"), "a": [1, True]},
    "reason": "",
    "channel": "web",
    "address": "127.0.0.1",
    "request_id": "r1",
    "previous": NO_PREVIOUS,
}


def test_event_hash_is_that_of_the_documented_bytes() -> None:
    text = (
        '{"acting_as":"Staf","actor_id":"7","actor_name":"Rina Wulandari","address":"127.0.0.1",'
        '"after":{"a":[1,true],"z":"1.50"},"at":"2024-07-10T04:00:00.000005Z","before":null,"channel":"web",'
        f'"previous":"{NO_PREVIOUS}","reason":"","request_id":"r1","seq":1,"stream":"case:1",'
        '"subject":"Formulir “kinerja”","verb":"form.received"}'
    )
    assert event_hash(FIELDS) == hashlib.sha256(f"takar-event-v1\n{text}".encode()).hexdigest()


@pytest.mark.parametrize("name", FIELDS)
def test_event_hash_covers_every_field(name: str) -> None:
    other = {"seq": 2, "at": NOON + dt.timedelta(microseconds=1), "before": {}, "after": {"z": Decimal("1.5")}}
    assert event_hash(FIELDS | {name: other.get(name, "lain")}) != event_hash(FIELDS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**70, 2**70),
        ("teks", "teks"),
        (Colour.RED, "red"),
        (Decimal("1E+2"), "100"),
        (Decimal("76.90"), "76.90"),
        (Fraction(1, 3), "1/3"),
        (NOON, "2024-07-10T04:00:00.000005Z"),
        (dt.date(2024, 7, 10), "2024-07-10"),
        (dt.time(8, 30), "08:30:00"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ((1, [Decimal(2)]), [1, ["2"]]),
        ({"b", "a"}, ["a", "b"]),
        ({Colour.RED: {"x": None}}, {"red": {"x": None}}),
    ],
)
def test_plain_keeps_the_value_in_what_json_keeps_exactly(value: object, expected: object) -> None:
    result = plain(value)
    assert (result, type(result)) == (expected, type(expected))


@pytest.mark.parametrize("value", [1.5, b"bytes", object(), {1: "x"}, [1.5], {"a": {"b": 0.1}}])
def test_plain_refuses_what_is_not_exact(value: object) -> None:
    with pytest.raises(TypeError, match="audit event"):
        plain(value)


def test_plain_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        plain(dt.datetime(2024, 7, 10, 12, 0))
