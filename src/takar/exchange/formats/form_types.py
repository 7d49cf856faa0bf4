"""What a formulir kinerja says: sent out with targets, come back with figures."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from takar.appraisal.enums import CreativityLevel
from takar.appraisal.types import ActivityData, StudyData
from takar.exchange.tables import CellProblem, TableSource


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form to be sent out; `code` is the case's number, by which the form finds its way back."""

    code: str
    nip: str
    name: str
    post: str
    unit: str
    period: str
    activities: tuple[ActivityData, ...] = ()
    indicators: "tuple[IndicatorLine, ...]" = ()
    study: bool = False

    @property
    def is_of_indicators(self) -> bool:
        """Whether it reports on indicators (PermenPANRB 6/2022) or on tugas belajar, and not on kegiatan."""
        return bool(self.indicators) or self.study


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator as the form shows it, under its hasil kerja."""

    number: int
    work: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class FormTarget:
    """The targets as they stand in a returned form; None where somebody emptied the cell."""

    quantity: Decimal | None
    quantity_unit: str
    quality: Decimal | None
    time: Decimal | None
    time_unit: str
    cost: Decimal | None
    credit: Decimal | None

    @classmethod
    def of(cls, activity: ActivityData) -> Self:
        """The targets that an untouched form brings back."""
        return cls(
            quantity=activity.quantity,
            quantity_unit=activity.quantity_unit,
            quality=activity.quality,
            time=activity.time,
            time_unit=activity.time_unit,
            cost=activity.cost,
            credit=activity.credit,
        )


@dataclass(frozen=True, slots=True)
class FormLine:
    """What was achieved of one activity; without number and target the employee added it."""

    row: int
    number: int | None
    name: str
    target: FormTarget | None = None
    quantity: Decimal | None = None
    time: Decimal | None = None
    cost: Decimal | None = None
    credit: Decimal | None = None
    note: str = ""
    realisation: str = ""
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AdditionalTask:
    row: int
    description: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Creativity:
    row: int
    description: str
    level: CreativityLevel
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that came back: its good rows, and everything that is wrong with the others."""

    sheet: str
    code: str
    nip: str
    lines: tuple[FormLine, ...] = ()
    additional_tasks: tuple[AdditionalTask, ...] = ()
    creativity: tuple[Creativity, ...] = ()
    study: StudyData | None = None
    problems: tuple[CellProblem, ...] = ()
    source: TableSource = field(default=TableSource(), repr=False, compare=False)
