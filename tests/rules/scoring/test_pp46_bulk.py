"""The quick values are the explained ones, exactly, whatever the form."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from tests.rules.scoring.pp46_forms import activity, behaviour, form
from tests.rules.scoring.test_pp46_properties import forms

from takar.rules.numbers import round_half_up
from takar.rules.scoring.pp46_2011 import PP46_2011, bulk

KEYS = ("skp", "behaviour", "final")
PLAN = [activity(["12", "100", "12", ""], ["9", "80", "9,12", ""])]
STUDY = {"grade": "3,57", "scale": "4"}


def agree(data: dict[str, Any]) -> bool:
    inputs, _ = PP46_2011.read(data)
    explained = PP46_2011.score(inputs).values
    quick = bulk.values_of(inputs)
    exact = {key: Fraction(*value) for key, value in quick.items()}
    assert exact == {key: explained[key].exact for key in KEYS if key in explained}
    assert {key: bulk.rounded(value) for key, value in quick.items()} == {key: explained[key].rounded for key in exact}
    return bool(quick)


@given(forms())
def test_any_form_comes_out_the_same(data: dict[str, Any]) -> None:
    assert agree(data)


@pytest.mark.parametrize(
    "data",
    [
        form(activities=[], study=STUDY),
        form(activities=[], plans=[{"label": "Lama", "activities": PLAN}, {"label": "Baru", "activities": PLAN * 2}]),
        form(activities=[activity(["12", "100", "12", "100"], ["0", "80", "12", "100"])]),
        form(activities=[activity(["12", "100", "100", "100"], ["12", "80", "76", "76"])]),
        form(activities=[activity(["12", "100", "100", "100"], ["12", "80", "75,99", "400"])]),
        form(behaviour=behaviour("76,005")),
        form(behaviour=None),
        form(activities=[activity(["12", "100", "12", ""], ["", "80", "12", ""])]),
    ],
)
def test_every_edge_comes_out_the_same(data: dict[str, Any]) -> None:
    assert agree(data)


@pytest.mark.parametrize(("top", "bottom"), [(1, 200), (-1, 200), (1, 201), (-1, 199), (0, 7), (12345, 1000), (2, 3)])
def test_rounding_is_half_away_from_zero(top: int, bottom: int) -> None:
    assert bulk.rounded((top, bottom)) == round_half_up(Fraction(top, bottom), 2)
