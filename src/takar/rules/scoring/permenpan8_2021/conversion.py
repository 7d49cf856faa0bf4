"""From the scale of PP 46/2011 to that of PP 30/2019, for the year 2021 whose first half was still appraised by it."""

from fractions import Fraction

from takar.rules.numbers import format_decimal
from takar.rules.scoring.permenpan8_2021.indicator import on_line
from takar.rules.scoring.permenpan8_2021.inputs import PARAMETERS
from takar.rules.scoring.working import Working


def converted(number: Fraction) -> Fraction:
    """The value of PP 46/2011 on the scale of PP 30/2019: straight lines by band, 120 from 99 on."""
    return on_line(PARAMETERS.band("conversion", number), number)


def merged_year(first_half: Fraction, second_half: Fraction) -> Fraction:
    """The year 2021: the mean of both halves on the scale of PP 30/2019."""
    return (converted(first_half) + second_half) / 2


def write_conversion(working: Working, first_half: Fraction) -> Fraction:
    """Write down the converted first half; a value between two integer bands may pass the next band's edge: notice."""
    row, value = PARAMETERS.band("conversion", first_half), converted(first_half)
    text = PARAMETERS.tables["conversion"]
    numbers = {"nilai PP 46/2011": first_half}
    working.line("first_half", text["label"], row["formula"], numbers, value, basis=text["basis"])
    if value >= row.get("next", value + 1):
        words = {"value": format_decimal(first_half), "result": format_decimal(value)}
        working.tell("first_half", "conversion", "gap", **words)
    return value
