"""Many cases that have come a long way, set in bulk: to see what pages cost in a large office, not what acts do.

The people, periods and first steps are made by the program's own acts before; here the visits to the later steps are
written straight into the tables, the same ones each time.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection
from django.db.models import Model

from takar.appraisal.enums import FormState, Source, Stage
from takar.appraisal.models import Difference, Form, FormLine
from takar.casework.aftermath import REGIMES
from takar.casework.models import Act, Case, Period
from takar.organisation.models import Employee
from takar.procedures.enums import RunState, StepState
from takar.procedures.models import StepRun
from takar.procedures.queries import sop_of
from takar.reports.results import categories_of

PORTION = 1000
HOUR = dt.timedelta(hours=1)
RETURNED_OF, REASONS = (
    9,
    ("Bukti dukung belum lengkap.", "Realisasi melebihi target tanpa penjelasan.", "Salah periode."),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cases of a period stand: the first `closed` of every ten have gone all the way, the rest is spread."""

    closed: int
    begun: dt.datetime

    def step(self, number: int, last: int) -> int:
        return 0 if number % 10 < self.closed else 1 + number % last


def run_through(period: Period, stand: Standing) -> None:
    """Bring every case of the period from its first step to where it is to stand."""
    cases = Case.objects.filter(period=period).select_related("appraisal", "run", "open_step", "employee", "assessor")
    found, everybody = [], list(cases.order_by("code", "pk"))
    for number, case in enumerate(everybody):
        found.append((number, case))
        if len(found) == PORTION or number == len(everybody) - 1:
            _portion(period, stand, found)
            found = []


def _portion(period: Period, stand: Standing, cases: Sequence[tuple[int, Case]]) -> None:
    flow = sop_of(period.version).flow
    steps, last = {step.number: step for step in flow.steps}, flow.steps[-1].number
    first, later, clerk = [], [], Employee.objects.filter(agency=period.agency).order_by("pk")[0]
    for number, case in cases:
        at, path = stand.begun + dt.timedelta(minutes=number % 4000), _path(number, stand.step(number, last), last)
        for seq, (here, after) in enumerate(pairwise([*path, None]), start=1):
            row = case.open_step if seq == 1 else StepRun(agency_id=case.agency_id, run_id=case.run_id, seq=seq)
            assert row is not None
            row.step, row.actor, row.standard_minutes = here, steps[here].actor, steps[here].standard_minutes
            row.assignee = {"atasan_langsung": case.assessor, "pegawai": case.employee}.get(row.actor)
            wait, work = 7 * (number + 3 * here) % 300, 5 + 11 * (number + here) % 170
            row.opened_at, row.calendar_version = at, 0
            row.due_at, row.risk_at = at + 4 * HOUR, at + 3 * HOUR
            if after is not None or stand.step(number, last) == 0:
                row.started_at = at + dt.timedelta(minutes=wait)
                row.closed_at = at = row.started_at + dt.timedelta(minutes=work)
                row.closed_by, row.closed_as = row.assignee or clerk, row.actor
                row.waited_minutes, row.worked_minutes, row.elapsed_minutes = wait, work, wait + work
                back = after is not None and after < here
                row.state = StepState.RETURNED if back else StepState.COMPLETED
                row.returned_to, row.reason = (after, REASONS[number % len(REASONS)]) if back else (None, "")
                row.output = None if back else {}
            (first if seq == 1 else later).append(row)
        _set_case(case, row, at)
    names = [each.name for each in StepRun._meta.concrete_fields if each.name not in {"id", "agency", "run", "seq"}]
    _update(first, names)
    StepRun.objects.bulk_create(later, batch_size=PORTION)
    rows = [case for _, case in cases]
    columns = ["open_step", "step", "actor", "assignee", "since", "due_at", "risk_at", "returned"]
    _update(rows, columns)
    for case in rows:
        case.run.opened_at = stand.begun
        if not case.step:
            case.run.state, case.run.closed_at = RunState.CLOSED, case.since
    _update([case.run for case in rows], ["opened_at", "state", "closed_at"])
    _results(period, cases)
    _entered(period, [(number, case) for number, case in cases if not case.step or case.step > 3])
    _ended(period, closed=[case for case in rows if not case.step])


def _update(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Each row by its key, many times faster than the ORM's one statement for all."""
    if not rows:
        return
    table, quote = rows[0]._meta, connection.ops.quote_name
    fields = [table.get_field(name) for name in names]
    set_to = ", ".join(f"{quote(each.column)} = %s" for each in fields)
    values = [
        [each.get_db_prep_save(getattr(row, each.attname), connection) for each in (*fields, table.pk)] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(table.db_table)} SET {set_to} WHERE {quote(table.pk.column)} = %s", values)


def _path(number: int, stands: int, last: int) -> list[int]:
    """The steps in the order of their visits; some cases were sent back from step 2 once."""
    end = stands or last
    straight = list(range(1, end + 1))
    return [1, 2, *straight] if number % RETURNED_OF == 0 and end > 1 else straight


def _set_case(case: Case, row: StepRun, at: dt.datetime) -> None:
    if row.state == StepState.OPEN:
        case.open_step, case.step, case.actor, case.assignee = row, row.step, row.actor, row.assignee
        case.since, case.due_at, case.risk_at = row.opened_at, row.due_at, row.risk_at
    else:
        case.open_step, case.step, case.actor, case.assignee = None, 0, "", None
        case.since, case.due_at, case.risk_at = at, None, None


def _results(period: Period, cases: Sequence[tuple[int, Case]]) -> None:
    categories, changed = [key for key, _ in categories_of(period.method)][:3], []
    for number, case in cases:
        if not case.step or case.step > 4:
            result = case.appraisal
            result.category, result.inputs, result.result = categories[number % 3], {}, {}
            result.approved_at, result.approved_by, result.final_value = case.since, case.assessor, 85
            changed.append(result)
    columns = ["category", "inputs", "result", "approved_at", "approved_by", "final_value"]
    _update(changed, columns)


def _entered(period: Period, cases: Sequence[tuple[int, Case]]) -> None:
    """What step 3 confirmed, with a difference in every eighth form."""
    forms = [
        Form(
            agency_id=period.agency_id, appraisal=case.appraisal, stage=Stage.ENTERED, version=1, source=Source.SCREEN,
            state=FormState.ACCEPTED, updated_at=case.since,
        )
        for _, case in cases
    ]  # fmt: skip
    Form.objects.bulk_create(forms, batch_size=PORTION)
    FormLine.objects.bulk_create(
        [FormLine(form=form, number=line, name=f"Kegiatan {line}") for form in forms for line in (1, 2, 3)],
        batch_size=PORTION,
    )
    differing = [form for (number, _), form in zip(cases, forms, strict=True) if number % 8 == 0]
    Difference.objects.bulk_create(
        [
            Difference(form=form, line=1, figure="quantity", accepted=12, entered=11, answer="Salah ketik.")
            for form in differing
        ],
        batch_size=PORTION,
    )


def _ended(period: Period, closed: Sequence[Case]) -> None:
    """Closed cases in which nothing is left to do for anybody."""
    regime = REGIMES[period.method]
    kind = next(kind for kind in regime.kinds if kind.makes in regime.settled)
    Act.objects.bulk_create(
        [
            Act(case=c, kind=kind.key, at=c.since, recorded_at=c.since, by_id=c.assessor_id, acting_as="atasan")
            for c in closed
        ],
        batch_size=PORTION,
    )
