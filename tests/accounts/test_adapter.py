import pytest

from takar.accounts.adapter import normal_username


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("197903032003032003", "197903032003032003"),
        (" 19790303 200303 2 003 ", "197903032003032003"),
        ("19790303-200303-2-003", "197903032003032003"),
        ("19790303.200303.2.003", "197903032003032003"),
        ("Bupati", "bupati"),
        (" rahmat.hidayat ", "rahmat.hidayat"),
        ("", ""),
    ],
)
def test_nip_may_be_typed_as_it_is_printed(typed: str, name: str) -> None:
    assert normal_username(typed) == name
