"""PP 46/2011 with Perka BKN 1/2013: nilai prestasi kerja, carried out from 1 January 2014 until 30 June 2021.

Four aspects per activity (kuantitas, kualitas, waktu, biaya), mean over the activities, tugas tambahan and kreativitas
on top, five or six behaviours, 60 % and 40 %, and the sebutan of Pasal 17. Only this regulation; no other is known here.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from takar.rules.scoring.method import Method
from takar.rules.scoring.pp46_2011.inputs import Inputs, read
from takar.rules.scoring.pp46_2011.score import score
from takar.rules.scoring.types import Problem, Result

__all__ = ["PP46_2011", "Inputs"]


class Pp46(Method[Inputs]):
    """The numeric method that the SOP cites; an office may name it by id for any period."""

    id = "pp46-2011"
    title = "Penilaian prestasi kerja PNS (PP 46/2011)"
    basis = "PP 46/2011 dan Peraturan Kepala BKN 1/2013"
    valid_from = dt.date(2014, 1, 1)
    valid_until: dt.date | None = dt.date(2021, 6, 30)

    def read(self, data: Mapping[str, Any]) -> tuple[Inputs, tuple[Problem, ...]]:
        """Read what can be read of targets, realisation and behaviour, with every problem by field."""
        return read(data, self.id)

    def score(self, inputs: Inputs) -> Result:
        """Compute aspects, activities, SKP, behaviour and the final value as far as the inputs go."""
        start, end = inputs.start, inputs.end
        outside = start is not None and end is not None and not self.covers(start, end)
        return score(inputs, self.id, self.title, outside=outside)


PP46_2011 = Pp46()
