"""Which organisation figure counts: this year's, or last year's when this year's came after January or not at all."""

import datetime as dt

from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS, Inputs


def figure_in_use(inputs: Inputs) -> tuple[str | None, str]:
    """The achievement to use and why last year's stands in ("" when it does not); p. 94 huruf f), annual only."""
    organisation = inputs.organisation
    if inputs.cycle != "tahunan" or inputs.end is None:
        return organisation.achievement, ""
    if organisation.achievement is None:
        return organisation.previous, "belum terbit"
    if organisation.issued_on and organisation.issued_on > last_day_in_time(inputs.end.year):
        return organisation.previous, "terbit sesudah akhir Januari"
    return organisation.achievement, ""


def last_day_in_time(year: int) -> dt.date:
    """The last day on which the annual figure of a year still counts for that year: 31 January of the next."""
    rule = PARAMETERS.tables["organisation"]
    return dt.date(year + 1, rule["late_month"], rule["late_day"])
