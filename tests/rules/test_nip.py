from typing import Any

import pytest
from tests.rules.tables import cases

from takar.rules.nip import Nip, format_nip, parse_nip


@pytest.mark.parametrize("case", cases("cases/nip.toml"))
def test_parse_nip_takes_apart_or_names_the_cure(case: dict[str, Any]) -> None:
    if "reason" in case:
        with pytest.raises(ValueError, match=case["reason"]):
            parse_nip(case["text"])
        return
    nip = parse_nip(case["text"])
    assert (str(nip.birth), str(nip.appointed), nip.sex, nip.serial) == (
        case["birth"],
        case["appointed"],
        case["sex"],
        case["serial"],
    )


def test_parse_nip_keeps_digits_only() -> None:
    assert parse_nip("19850101 201012 2.001").digits == "198501012010122001"


def test_parse_nip_does_not_read_dates_out_of_a_pppk_number() -> None:
    assert parse_nip("198003152022211002", pppk=True) == Nip("198003152022211002")


def test_parse_nip_still_counts_the_digits_of_a_pppk_number() -> None:
    with pytest.raises(ValueError, match="yang ditemukan 17 angka"):
        parse_nip("19800315202221100", pppk=True)


def test_format_nip_groups_the_digits() -> None:
    assert format_nip("198003152005011002") == "19800315 200501 1 002"


def test_format_nip_leaves_anything_else_alone() -> None:
    assert format_nip("belum ada") == "belum ada"
