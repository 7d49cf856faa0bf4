import datetime as dt

import pytest

from takar.rules.scoring.registry import UnknownMethodError, method_by_id, method_for, methods


def test_method_by_id_finds_a_method() -> None:
    assert [method_by_id(method.id) for method in methods()] == list(methods())


def test_method_by_id_names_the_known_ones() -> None:
    with pytest.raises(UnknownMethodError, match="Metode “dp3” tidak dikenal; pilihlah salah satu: pp46-2011"):
        method_by_id("dp3")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2014-01-01", "2014-12-31", "pp46-2011"),
        ("2021-01-01", "2021-06-30", "pp46-2011"),
        ("2021-07-01", "2021-12-31", "permenpan8-2021"),
        ("2022-01-01", "2022-01-31", "permenpan6-2022"),
        ("2023-01-01", "2023-12-31", "permenpan6-2022"),
    ],
)
def test_method_for_goes_by_the_period(start: str, end: str, found: str) -> None:
    assert method_for(dt.date.fromisoformat(start), dt.date.fromisoformat(end)).id == found


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("2013-01-01", "2013-12-31", "tidak berada seluruhnya dalam masa berlaku satu peraturan"),
        ("2021-01-01", "2021-12-31", "tidak berada seluruhnya dalam masa berlaku satu peraturan"),
        ("2020-12-31", "2020-01-01", "berakhir sebelum dimulai"),
    ],
)
def test_method_for_refuses_a_period_of_no_or_two_regulations(start: str, end: str, reason: str) -> None:
    with pytest.raises(UnknownMethodError, match=reason):
        method_for(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
