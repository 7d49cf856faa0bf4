"""What an answer holds: figures as text in plain notation, moments with their offset, codes beside their words."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema


class ProblemPart(Schema):
    where: str
    message: str


class ProblemOut(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemPart] = []


class Person(Schema):
    id: UUID
    nip: str | None
    name: str


class MandateOut(Schema):
    title: str
    until: dt.date


class Me(Schema):
    person: Person
    agency: str
    roles: list[str]
    mandates: list[MandateOut]
    scope: str
    key: str
    key_expires_at: dt.datetime


class PeriodOut(Schema):
    id: UUID
    code: str
    name: str
    year: int
    start: dt.date
    end: dt.date
    cycle: str
    method: str
    sop_version: UUID
    opened_at: dt.datetime


class PeriodsOut(Schema):
    items: list[PeriodOut]


class CaseRow(Schema):
    id: UUID
    code: str
    name: str
    nip: str
    post: str
    unit: str
    step: int
    actor: str
    assignee: str | None
    task: UUID | None
    since: dt.datetime
    due_at: dt.datetime | None
    late: bool
    returned: bool


class CasesOut(Schema):
    items: list[CaseRow]
    next: str


class Visit(Schema):
    """One visit to a step; minutes are those of the office's hours."""

    id: UUID
    step: int
    visit: int
    state: str
    actor: str
    assignee: str | None
    opened_at: dt.datetime
    started_at: dt.datetime | None
    due_at: dt.datetime | None
    closed_at: dt.datetime | None
    closed_by: str | None
    closed_as: str
    returned_to: int | None
    reason: str
    standard_minutes: int
    waited_minutes: int | None
    worked_minutes: int | None


class StepOut(Schema):
    number: int
    kind: str
    description: str
    actor: str
    output: str
    standard_minutes: int


class DocumentRow(Schema):
    id: UUID
    case: UUID
    number: str
    kind: str
    year: int
    issued_at: dt.datetime
    superseded: bool
    sha256: str


class DocumentsOut(Schema):
    items: list[DocumentRow]
    next: str


class SignatureOut(Schema):
    name: str
    signed_as: str
    method: str
    signed_at: dt.datetime


class DocumentOut(DocumentRow):
    check_word: str
    signatures: list[SignatureOut]


class CaseOut(CaseRow):
    version: int
    period: PeriodOut
    method: str
    people: dict[str, str]
    steps: list[StepOut]
    visits: list[Visit]
    documents: list[DocumentRow]
    approved_at: dt.datetime | None
    category: str | None
    final_value: str | None


class ResultLine(Schema):
    key: str
    label: str
    formula: str
    numbers: list[dict[str, str]]
    exact: str | None
    printed: str
    basis: str
    note: str


class ResultValue(Schema):
    exact: str | None
    rounded: str | None
    printed: str
    category: str | None
    category_label: str | None


class ResultNotice(Schema):
    key: str
    message: str
    basis: str


class ResultOut(Schema):
    method: str
    method_title: str
    parameters: str
    values: dict[str, ResultValue]
    lines: list[ResultLine]
    notices: list[ResultNotice]
    decided: bool


class RecomputeOut(Schema):
    same: bool
    difference: str


class EventOut(Schema):
    number: int
    at: dt.datetime
    who: str
    acting_as: str
    what: str
    reason: str
    hash: str


class HistoryOut(Schema):
    items: list[EventOut]
    next: str


class LineOut(Schema):
    item: int | None
    name: str
    quantity: str | None
    time: str | None
    cost: str | None
    credit: str | None
    realisation: str
    figure: str | None
    note: str


class ExtraOut(Schema):
    kind: str
    name: str
    level: str
    letter: str


class StudyOut(Schema):
    gpa: str | None
    level: str
    institution: str
    programme: str
    dropped_out: bool


class FormOut(Schema):
    stage: str
    version: int
    state: str
    lines: list[LineOut]
    extras: list[ExtraOut]
    study: StudyOut | None


class DifferenceOut(Schema):
    key: str
    where: str
    accepted: str | None
    entered: str | None


class TaskOut(Schema):
    """The open step, and what it takes."""

    id: UUID
    case: CaseRow
    version: int
    step: StepOut
    mine: bool
    acting_as: str | None
    may_return_to: list[int]
    asks_password: bool
    asks_code: bool
    form: FormOut | None
    differences: list[DifferenceOut]
    draft: dict[str, Any] | None
    seen_sha256: str


class Done(Schema):
    """The case after the act."""

    case: CaseRow
    version: int
    message: str


class ActRow(Schema):
    kind: str
    what: str
    at: dt.datetime
    recorded_at: dt.datetime
    by: str
    acting_as: str
    text: str


class TermOut(Schema):
    rule: str
    who: str
    sentence: str
    due: dt.date | None
    passed: bool
    basis: str


class OpenAct(Schema):
    """An act that is the reader's now."""

    kind: str
    label: str
    acting_as: str
    asks_password: bool
    text_required: bool


class ActsOut(Schema):
    version: int
    acts: list[ActRow]
    terms: list[TermOut]
    open: list[OpenAct]
    in_effect_since: dt.date | None


class PlanRow(Schema):
    id: UUID
    person: Person
    year: int
    method: str
    part: int
    version: int
    state: str
    start: dt.date
    end: dt.date
    agreed_on: dt.date | None


class PlansOut(Schema):
    items: list[PlanRow]
    next: str


class PlanOut(PlanRow):
    content: dict[str, Any]


class EmployeeOut(Person):
    kind: str
    rank: str
    standing: str
    post: str
    post_kind: str
    unit: str
    superior: str | None
    active: bool


class EmployeesOut(Schema):
    items: list[EmployeeOut]
    next: str


class CheckOut(Schema):
    state: str
    title: str
    sentence: str
    number: str
    agency: str
    issued_at: dt.datetime


class SopRow(Schema):
    id: UUID
    number: str
    version: int
    state: str
    approved_on: dt.date | None
    effective_on: dt.date | None


class SopsOut(Schema):
    items: list[SopRow]


class SopOut(SopRow):
    content: dict[str, Any]


class NoticeOut(Schema):
    id: UUID
    kind: str
    text: str
    case: UUID | None
    step: int | None
    created_at: dt.datetime
    read_at: dt.datetime | None


class NoticesOut(Schema):
    items: list[NoticeOut]
    next: str


class Read(Schema):
    unread: int


class SpreadOut(Schema):
    count: int
    median: int | None
    ninetieth: int | None


class StepFiguresOut(Schema):
    number: int
    description: str
    standard: int
    here: int
    late: int
    at_risk: int
    returned: int
    work: SpreadOut
    wait: SpreadOut


class UnitFiguresOut(Schema):
    unit: str
    cases: int
    open: int
    late: int


class ReturnsOut(Schema):
    step: int
    to_step: int
    reason: str
    count: int


class ProgressOut(Schema):
    period: PeriodOut
    open: int
    late: int
    closed: int
    steps: list[StepFiguresOut]
    units: list[UnitFiguresOut]
    returns: list[ReturnsOut]
    forecast: dt.date | None
    counted: bool
    counted_at: dt.datetime | None


class CheckpointOut(Schema):
    origin: str
    size: int
    root: str
    at: dt.datetime
    key_id: str
    signature: str


class TrailOut(Schema):
    items: list[CheckpointOut]
    next: str
