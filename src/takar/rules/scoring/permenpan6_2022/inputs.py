"""What an evaluation under PermenPANRB 6/2022 rests on: results, behaviours, organisation, study, the decision."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from takar.rules.scoring.parameters import load

PARAMETERS = load("permenpan6-2022")

ABOVE, MEETS, BELOW = "diatas", "sesuai", "dibawah"
POSITIVE, NEGATIVE = "positif", "negatif"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One IKI with a target that is a figure or a range; `falling`: the smaller the better."""

    low: Decimal
    high: Decimal
    realisation: Decimal
    falling: bool

    @property
    def rating(self) -> str:
        """Above, within or below the target: the edges themselves meet it."""
        if self.low <= self.realisation <= self.high:
            return MEETS
        return ABOVE if (self.realisation < self.low) == self.falling else BELOW


@dataclass(frozen=True, slots=True)
class Work:
    """One hasil kerja: rated by the assessor, or from its indicators, or not yet (both empty)."""

    name: str
    main: bool
    given_rating: str | None
    feedback: str | None
    indicators: tuple[Indicator, ...]

    @property
    def rating(self) -> str | None:
        """The assessor's rating, else what the indicators say; None when there is nothing to go by."""
        if self.given_rating or not self.indicators:
            return self.given_rating
        ratings = [indicator.rating for indicator in self.indicators]
        if BELOW in ratings:
            return BELOW
        return ABOVE if ratings.count(ABOVE) * 2 > len(ratings) else MEETS


@dataclass(frozen=True, slots=True)
class Organisation:
    """The achievement of the unit that the assessor leads, when it was issued, and that of the year before."""

    achievement: str | None
    issued_on: dt.date | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Study:
    """Tugas belajar: grade point average and what the guide asks of it; `dropped_out` ends the study without degree."""

    gpa: Decimal | None
    level: str
    institution: str
    programme: str
    dropped_out: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What the assessor decided, with the reasons where it differs from the suggestion; None is not decided yet."""

    result: str | None
    result_reason: str
    behaviour: str | None
    behaviour_reason: str
    predicate: str | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """One evaluation of one employee: bulanan, triwulanan or tahunan."""

    cycle: str | None
    start: dt.date | None
    end: dt.date | None
    organisation: Organisation
    works: tuple[Work, ...]
    behaviours: Mapping[str, str]
    study: Study | None
    decision: Decision
