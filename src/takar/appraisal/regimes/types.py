"""What a regulation decides about forms and assessments; everything else is the same under each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from takar.appraisal.models import Activity, Appraisal, Form, FormLine, Indicator, Plan
from takar.appraisal.types import StudyData
from takar.common.errors import Problem
from takar.rules.scoring.types import Problem as Missing
from takar.rules.scoring.types import Result


class Item(NamedTuple):
    """One row of a plan on which a form reports, counted in the plan's order."""

    number: int
    row: Activity | Indicator


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form beside its target."""

    row: FormLine
    target: Any
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One question put to every line; `holds` is True when the line should be looked at."""

    code: str
    holds: Callable[[Line], bool]
    message: str


@dataclass(frozen=True, slots=True)
class StudyCheck:
    """One question put to what a form says of a tugas belajar."""

    code: str
    holds: Callable[[StudyData], bool]
    message: str


@dataclass(frozen=True, slots=True)
class Regime:
    """One regulation: its plan's items, the checks of step 2, and the way from the assessor's draft to the columns.

    `link` is the column by which lines and evidence lead to an item. `draft` reads what is stored, `plain` is the way
    back, `problems` says what cannot stand in a draft. `inputs` builds the method's input, `incomplete` names what the
    method would let pass and the office does not; `place_of` says where a path of the input stands on the screen.
    `columns` are the result's columns, `beyond` refuses a result that no scale knows.
    """

    link: str
    item_name: str
    rows: Callable[[Sequence[Plan]], Sequence[tuple[Any, Activity | Indicator]]]
    checks: tuple[Check, ...]
    draft: Callable[[Mapping[str, Any]], Any]
    plain: Callable[[Any], dict[str, Any]]
    problems: Callable[[Any], list[Problem]]
    inputs: Callable[[Appraisal, Any, Form], dict[str, Any]]
    incomplete: Callable[[Mapping[str, Any]], Sequence[Missing]]
    place_of: Callable[[str], str]
    columns: Callable[[Result], dict[str, Any]]
    beyond: Callable[[Result], list[Problem]]
    has_extras: bool = False
    study_checks: tuple[StudyCheck, ...] = ()
    study_has_plan: bool = True

    def counted(self, plans: Sequence[Plan]) -> list[Item]:
        """The items of one appraisal's plans, numbered through."""
        return [Item(number, row) for number, (_, row) in enumerate(self.rows(plans), start=1)]

    def items_of(self, appraisal: Appraisal) -> list[Item]:
        """The items of the appraisal's plans, counted through all parts of the year, read once for this instance."""
        if not appraisal.plans:
            return []
        if appraisal.known_items is None:
            appraisal.known_items = self.counted(appraisal.plans)
        return appraisal.known_items

    def items(self, plans: Sequence[Plan]) -> dict[Any, list[Item]]:
        """The items of many plans, in one query."""
        found: dict[Any, list[Item]] = {plan.pk: [] for plan in plans}
        for plan_id, row in self.rows(plans):
            items = found[plan_id]
            items.append(Item(len(items) + 1, row))
        return found
