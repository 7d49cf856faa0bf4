"""Reading much, a portion at a time."""

import datetime as dt

import pytest
from tests.office import NOW

from takar.common.reads import in_portions
from takar.files.models import StoredFile


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_portions_hold_every_row_once_and_in_order(db: None, size: int) -> None:
    """Three were made at the first moment and four at the second: the boundary of a portion falls between equals."""
    moments = [NOW] * 3 + [NOW + dt.timedelta(minutes=1)] * 4
    made = [
        StoredFile.objects.create(sha256=str(n), size=n, media_type="text/plain", name=str(n), created_at=moment)
        for n, moment in enumerate(moments)
    ]
    portions = list(in_portions(StoredFile.objects.all(), "created_at", "id", size=size))
    assert [row for portion in portions for row in portion] == sorted(made, key=lambda row: (row.created_at, row.pk))
    assert {len(portion) for portion in portions[:-1]} <= {size}
    by_one = in_portions(StoredFile.objects.filter(size__gte=2), "size", size=size)
    assert [row.size for portion in by_one for row in portion] == [2, 3, 4, 5, 6]


def test_nothing_has_no_portions(db: None) -> None:
    assert list(in_portions(StoredFile.objects.all(), "id")) == []
