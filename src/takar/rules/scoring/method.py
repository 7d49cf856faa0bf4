"""What every appraisal method offers, whichever regulation it carries out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from takar.rules.scoring import schemas
from takar.rules.scoring.types import InputError, Problem, Result

Inputs = TypeVar("Inputs")


class Method(Protocol[Inputs]):
    """One regulation, dated and closed: a new rule is a new method, an old one is never edited.

    `valid_from` and `valid_until` (None: still in force) bound the periods that the regulation governs.
    """

    id: str
    title: str
    basis: str
    valid_from: dt.date
    valid_until: dt.date | None

    def read(self, data: Mapping[str, Any]) -> tuple[Inputs, tuple[Problem, ...]]:
        """Read what can be read, and name everything that is missing or wrong; incomplete parts are None."""
        ...

    def score(self, inputs: Inputs) -> Result:
        """Compute every value whose parts are there, with its working."""
        ...

    def schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the input, described in Indonesian."""
        return schemas.load(self.id)

    def parse(self, data: Mapping[str, Any]) -> Inputs:
        """Read a complete input or raise InputError with every problem."""
        inputs, problems = self.read(data)
        if problems:
            raise InputError(problems)
        return inputs

    def evaluate(self, data: Mapping[str, Any]) -> Result:
        """Parse and score: the one call for a finished input; raises InputError."""
        return self.score(self.parse(data))

    def evaluate_partial(self, data: Mapping[str, Any]) -> tuple[Result, tuple[Problem, ...]]:
        """Score what is complete so far, for a form that is being filled in, and name what is still wrong."""
        inputs, problems = self.read(data)
        return self.score(inputs), problems

    def covers(self, start: dt.date, end: dt.date) -> bool:
        """Whether the regulation governs a whole period."""
        return self.valid_from <= start and (self.valid_until is None or end <= self.valid_until)
