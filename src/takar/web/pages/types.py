"""What a step's page is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from takar.casework.models import Case
from takar.casework.steps import StepData
from takar.organisation.models import Employee

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepPage:
    template: str
    context: Callable[[Case, Typed | None], dict[str, Any]]
    read: Callable[[Case, Typed], StepData]
    finish_label: str
    save: Callable[[Employee, Case, Typed], Case] | None
