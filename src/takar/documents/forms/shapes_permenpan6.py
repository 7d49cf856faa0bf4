"""What the forms of PermenPANRB 6/2022 are filled with; texts as in `shapes`. `format` is the annex's own number.

With `blank` set, nothing is attached and empty rows are set to write in.
"""

from typing import NotRequired, TypedDict

from takar.documents.forms.shapes import Agency, Copy, Edition, Person, Pictures, Signature


class Indicator(TypedDict, total=False):
    """One ukuran keberhasilan/indikator kinerja individu, and what came of it."""

    aspect: str
    text: str
    target: str
    perspective: str
    realisation: str
    feedback: str


class WorkResult(TypedDict):
    """One (rencana) hasil kerja. `by` is who gave the task, `intervened` the superior's result that it serves.

    Qualitative evaluations keep `realisation` and `feedback` here, quantitative ones beside each indicator.
    """

    text: str
    by: NotRequired[str]
    intervened: NotRequired[str]
    indicators: list[Indicator]
    realisation: NotRequired[str]
    feedback: NotRequired[str]


class BehaviourValue(TypedDict):
    label: str
    guides: list[str]
    expectation: NotRequired[str]
    feedback: NotRequired[str]


class Sheet(TypedDict):
    """What every form of the regulation carries. `date` is place and day: "Paringin, 12 Januari 2026"."""

    format: str
    created: NotRequired[str]
    blank: NotRequired[bool]
    pictures: NotRequired[Pictures]
    agency: Agency
    period: str
    date: str
    employee: Person | None
    assessor: Person | None
    signatures: list[Signature]


class WorkPlan(Sheet):
    """A.1.1, A.1.2, A.1.6 and A.1.7."""

    main: list[WorkResult]
    additional: list[WorkResult]
    behaviour: list[BehaviourValue]


class FeedbackRecord(WorkPlan):
    """B.1.3 to B.1.5; `cycle` is the period of the short cycle: "Triwulan I"."""

    cycle: str


class EvaluationResult(FeedbackRecord):
    """C.1.1 to C.1.3. `organisation` also decides which guide curve is drawn."""

    organisation: str
    results_rating: str
    behaviour_rating: str
    predicate: str


class PlanAppendix(Sheet):
    """A.1.8."""

    resources: list[str]
    accountability: list[str]
    consequences: list[str]


class IndicatorSheet(TypedDict, total=False):
    """`control` and `reporting` are the chosen boxes: "Outcome", "Triwulanan"."""

    result: str
    indicator: str
    purpose: str
    definition: str
    formula: str
    unit: str
    control: str
    source: str
    reporting: str


class IndicatorManual(Sheet):
    """A.1.3, one sheet an indicator."""

    sheets: list[IndicatorSheet]


class RoleHolder(TypedDict):
    """A person with the result that is his or hers for each outcome; empty: no part in it."""

    name: str
    post: str
    roles: list[str]


class RoleTable(TypedDict):
    """The leader with the outcomes at the head, and who helps to reach them."""

    name: str
    post: str
    outcomes: list[str]
    members: list[RoleHolder]


class RoleMatrix(Sheet):
    """A.1.5: the unit's table, then one for each team."""

    tables: list[RoleTable]


class ActionPlan(TypedDict):
    text: str
    actions: list[str]
    realisations: NotRequired[list[str]]


class ActionRecord(Sheet):
    """B.1.1 and B.1.2; with `room`, what has no entries is left to be written."""

    room: NotRequired[bool]
    results: list[ActionPlan]


class EvaluationDocument(Sheet):
    """D.1.1 to D.1.3: `objection`, `explanation` and `decision` are D.1.3's alone."""

    number: str
    cycle: str
    superior: Person | None
    employee_date: str
    superior_date: NotRequired[str]
    organisation: str
    predicate: str
    note: str
    objection: NotRequired[str]
    explanation: NotRequired[str]
    decision: NotRequired[str]
    digest: str
    edition: Edition
    copy: Copy | None
