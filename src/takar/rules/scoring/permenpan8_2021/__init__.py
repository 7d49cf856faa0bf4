"""PermenPANRB 8/2021 with PP 30/2019: July to December 2021, on a scale of 0 to 120.

Capaian per indicator (normal, special and range), its value by category, kinerja utama and tambahan, behaviour, the
predikat of PP 30/2019, and the merge of the year 2021 with the half that PP 46/2011 governed. Parts of the regulation
could not be read; what was inferred is a parameter of confidence L and every result that uses it says so.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from takar.rules.scoring.method import Method
from takar.rules.scoring.permenpan8_2021.inputs import Inputs, read
from takar.rules.scoring.permenpan8_2021.score import score
from takar.rules.scoring.types import Problem, Result

__all__ = ["PERMENPAN8_2021", "Inputs"]


class Permenpan8(Method[Inputs]):
    """The numeric method of the second half of 2021."""

    id = "permenpan8-2021"
    title = "Penilaian kinerja PNS (PermenPANRB 8/2021)"
    basis = "PP 30/2019 dan PermenPANRB 8/2021"
    valid_from = dt.date(2021, 7, 1)
    valid_until: dt.date | None = dt.date(2021, 12, 31)

    def read(self, data: Mapping[str, Any]) -> tuple[Inputs, tuple[Problem, ...]]:
        """Read what can be read of results, behaviour and the first half, with every problem by field."""
        return read(data, self.id, (self.valid_from, self.valid_until))

    def score(self, inputs: Inputs) -> Result:
        """Compute indicators, SKP, behaviour, the final value and the year as far as the inputs go."""
        return score(inputs, self.id, self.title)


PERMENPAN8_2021 = Permenpan8()
