"""Figures on their way into rows, whether they come from a spreadsheet, a screen or a script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ActivityData:
    """One line of the year's plan."""

    number: int
    name: str
    quantity: Decimal
    quantity_unit: str
    quality: Decimal
    time: Decimal
    time_unit: str = "bulan"
    cost: Decimal | None = None
    credit: Decimal | None = None
    key: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indikator kinerja individu; minimum and maximum where the target is a figure or a range."""

    name: str
    target: str
    aspect: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    direction: str = ""
    key: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class WorkData:
    """One rencana hasil kerja, and the one of the superior's that it takes up.

    That one is named by its number in the superior's plan, by its `superior_key`, which holds over all versions and
    comes before the number, or only in words, where the superior's plan is not here.
    """

    number: int
    name: str
    indicators: tuple[IndicatorData, ...]
    kind: str = "utama"
    superior_work: int | None = None
    assigned_by: str = ""
    perspective: str = ""
    superior_name: str = ""
    superior_key: UUID | None = field(default=None, compare=False)
    key: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class WorkPlanData:
    """A whole plan under PermenPANRB 6/2022: expectations by value, appendices by kind."""

    works: tuple[WorkData, ...]
    approach: str = "kuantitatif"
    expectations: Mapping[str, str] = field(default_factory=dict)
    appendices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineData:
    """What was achieved; `item` counts the plan's kegiatan or indicators, None is work without a target.

    Quantity to credit report on a kegiatan (PP 46/2011), realisation and figure on an indicator (PermenPANRB 6/2022).
    """

    item: int | None
    name: str = ""
    quantity: Decimal | None = None
    time: Decimal | None = None
    cost: Decimal | None = None
    credit: Decimal | None = None
    note: str = ""
    realisation: str = ""
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExtraData:
    """Tugas tambahan or kreativitas."""

    kind: str
    name: str
    level: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class StudyData:
    """What a form says of a tugas belajar."""

    gpa: Decimal | None = None
    level: str = ""
    institution: str = ""
    programme: str = ""
    dropped_out: bool = False


@dataclass(frozen=True, slots=True)
class FormData:
    lines: tuple[LineData, ...]
    extras: tuple[ExtraData, ...] = ()
    study: StudyData | None = None


@dataclass(frozen=True, slots=True)
class DraftAssessment:
    """What the assessor has filled in so far: kualitas by activity number, behaviour by aspect, a recommendation."""

    quality: Mapping[int, Decimal | None]
    behaviour: Mapping[str, Decimal | None]
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class WorkRating:
    """What the assessor says of one hasil kerja; an empty rating is read from its indicators."""

    rating: str = ""
    feedback: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ValueNote:
    """How one of the seven values is lived, with a note."""

    level: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DraftEvaluation:
    """What the assessor has filled in so far under PermenPANRB 6/2022: hasil kerja by number, values by key."""

    works: Mapping[int, WorkRating] = field(default_factory=dict)
    values: Mapping[str, ValueNote] = field(default_factory=dict)
    result: str = ""
    result_reason: str = ""
    behaviour: str = ""
    behaviour_reason: str = ""
    predicate: str = ""
    recommendation: str = ""


# Which of them a method wants is known to its regime.
AnyDraft = DraftAssessment | DraftEvaluation


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the Kasubbag should look at before accepting; `line` 0 is the form as a whole."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class DifferenceData:
    """A figure that was entered otherwise than accepted."""

    line: int
    name: str
    figure: str
    label: str
    accepted: Decimal | str | None
    entered: Decimal | str | None

    @property
    def key(self) -> str:
        """The name of its answer in a form: "3-quantity"."""
        return f"{self.line}-{self.figure}"

    @property
    def place(self) -> str:
        """Where it stands on the form; what is counted over the whole form has the number 0."""
        return f"Baris {self.line}, {self.label}" if self.line else self.label
