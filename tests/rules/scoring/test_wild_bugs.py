"""Mistakes that other programs make with PP 46/2011: each shown, and shown not to happen here."""

from decimal import Decimal
from fractions import Fraction

from tests.rules.scoring.pp46_forms import activity, form

from takar.rules.scoring.pp46_2011 import PP46_2011
from takar.rules.scoring.pp46_2011.activity import thrift_value


def test_the_branch_above_24_percent_is_not_missing() -> None:
    without_branch = Fraction(126)
    assert thrift_value(Decimal(12), Decimal(6))[1] == 50 != without_branch


def test_the_bracket_of_the_second_branch_stands_where_it_belongs() -> None:
    bracket_dropped = 76 - Fraction(126) - 100
    assert thrift_value(Decimal(12), Decimal(6))[1] == 50 != bracket_dropped


def test_exactly_24_percent_is_handled_and_float_would_have_missed_it() -> None:
    assert 100 - 9.12 / 12 * 100 != 24
    assert thrift_value(Decimal(12), Decimal("9.12")) == (24, 100)


def test_the_value_of_cost_is_added_when_the_sum_is_divided_by_four() -> None:
    item = activity(["12", "100", "12", "1000000"], ["12", "100", "12", "1000000"])
    without_cost = Fraction(100 + 100 + 76, 4)
    assert PP46_2011.evaluate(form(activities=[item])).values["activities.0"].exact == 88 != without_cost


def test_the_cost_branch_uses_the_cost_and_not_an_empty_variable() -> None:
    item = activity(["12", "100", "12", "1000000"], ["12", "100", "12", "500000"])
    lines = {line.key: line.exact for line in PP46_2011.evaluate(form(activities=[item])).lines}
    assert lines["activities.0.cost"] == 50


def test_nothing_delivered_gets_no_credit_for_time() -> None:
    item = activity(["12", "100", "12", ""], ["0", "0", "12", ""])
    lines = {line.key: line.exact for line in PP46_2011.evaluate(form(activities=[item])).lines}
    assert lines["activities.0.time"] == 0
