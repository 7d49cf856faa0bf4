"""PermenPANRB 6/2022: predikat by ratings of hasil kerja and perilaku, in force from 1 January 2022.

The program suggests ratings from the example guide of the annex and gives its reasons; the assessor decides, and where
the decision differs from the suggestion gives a reason too. There is no predikat without a person's decision
(UU 27/2022 Pasal 10). Beside the method: `distribution` compares a group with the guide curve, `assessor` says who
assesses after a move.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from takar.rules.scoring.method import Method
from takar.rules.scoring.permenpan6_2022.inputs import PARAMETERS, Inputs
from takar.rules.scoring.permenpan6_2022.reading import read
from takar.rules.scoring.permenpan6_2022.score import score
from takar.rules.scoring.permenpan6_2022.suggestion import Suggestion, suggest_behaviour, suggest_result
from takar.rules.scoring.types import Problem, Result

__all__ = ["PERMENPAN6_2022", "Inputs"]


class Permenpan6(Method[Inputs]):
    """The method in force: two ratings, nine cells, one predikat; monthly, quarterly and annual."""

    id = "permenpan6-2022"
    title = "Evaluasi kinerja pegawai (PermenPANRB 6/2022)"
    basis = "PermenPANRB 6/2022"
    valid_from = dt.date(2022, 1, 1)
    valid_until: dt.date | None = None

    def read(self, data: Mapping[str, Any]) -> tuple[Inputs, tuple[Problem, ...]]:
        """Read what can be read; a rating that differs from its suggestion needs a reason."""
        inputs, problems = read(data, self.id, (self.valid_from, self.valid_until))
        return inputs, (*problems, *_missing_reasons(inputs))

    def score(self, inputs: Inputs) -> Result:
        """Suggest both ratings, and give the predikat where the assessor has decided."""
        return score(inputs, self.id, self.title)


def _missing_reasons(inputs: Inputs) -> list[Problem]:
    decided = (
        ("result", inputs.decision.result, inputs.decision.result_reason, suggest_result(inputs)),
        ("behaviour", inputs.decision.behaviour, inputs.decision.behaviour_reason, suggest_behaviour(inputs)),
    )
    return [
        Problem(f"decision.{name}_reason", PARAMETERS.text("result_decision", "reason").format(difference=difference))
        for name, rating, reason, suggestion in decided
        if rating and not reason and (difference := _difference(rating, suggestion))
    ]


def _difference(rating: str, suggestion: Suggestion) -> str:
    if not suggestion.computed or suggestion.rating == rating:
        return ""
    if suggestion.rating is None:
        return "tidak dapat diusulkan dari panduan"
    labels = {row["category"]: row["label"] for row in PARAMETERS.rows("ratings")}
    return f"berbeda dari usulan ({labels[suggestion.rating]})"


PERMENPAN6_2022 = Permenpan6()
