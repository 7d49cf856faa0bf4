"""An office with a period under PermenPANRB 6/2022, and its steps done well: what tests of that regulation share."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.office import PASSWORD, STEP_DATA, TODAY, YEAR, Office
from tests.work_plans import WORK_PLAN

from takar.appraisal.achievements import record_achievement
from takar.appraisal.enums import Regulation, Value
from takar.appraisal.plans import save_plans
from takar.appraisal.types import DraftEvaluation, FormData, LineData, StudyData, ValueNote, WorkPlanData, WorkRating
from takar.casework.actions import advance_case
from takar.casework.models import Case, Period
from takar.casework.periods import open_period
from takar.casework.steps import StepData
from takar.organisation.models import Employee

METHOD = Regulation.PERMENPAN6.value
SIX_YEAR = YEAR - 1
FORM6 = FormData(
    (
        LineData(1, realisation="12 laporan", figure=Decimal(12)),
        LineData(2, realisation="4 hari kerja", figure=Decimal(4), note="map 3"),
        LineData(3, realisation="Seluruh arsip tertata"),
    )
)
STUDY = StudyData(gpa=Decimal("3.62"), level="s2_s3", institution="A", programme="A")
EVALUATION = DraftEvaluation(
    works={1: WorkRating(feedback="positif"), 2: WorkRating("sesuai", "positif", "Rapi.")},
    values={value.value: ValueNote("konsisten") for value in Value},
    result="sesuai",
    behaviour="sesuai",
    recommendation="Ikut pelatihan kearsipan.",
)


def six_office(
    office: Office, *, people: tuple[str, ...] = ("pegawai",), study: str = "", plan: WorkPlanData = WORK_PLAN
) -> Office:
    """The same office with an annual period of an earlier year; only `people` have plans, `study` is away to study."""
    if study:
        Employee.objects.filter(pk=office.people[study].pk).update(standing="tubel")
        office.people[study].refresh_from_db()
    plans = {office.people[name]: plan for name in people}
    save_plans(actor=office.staf, agency=office.agency, year=SIX_YEAR, plans=plans, method=METHOD)
    period = open_period(
        actor=office.kasubbag, agency=office.agency, year=SIX_YEAR, method=METHOD, version=office.period.version
    )
    return Office(office.agency, period, office.people, office.clients)


def achieve(office: Office, level: str = "baik", **changes: Any) -> None:
    """The Kepala records the whole office's achievement of the year, in time."""
    period: Period = office.period
    given: dict[str, Any] = {
        "unit": None,
        "cycle": period.cycle,
        "start": period.start,
        "end": period.end,
        "level": level,
        "issued_on": dt.date(SIX_YEAR + 1, 1, 20),
        "source": "LKjIP",
        **changes,
    }
    record_achievement(actor=office.kepala, agency=office.agency, **given)


def step6(office: Office, of: str = "pegawai", **changes: Any) -> Case:
    """The open step, done well by the person whose it is."""
    case = office.case(of)
    done = {1: StepData(form=FORM6), 4: StepData(assessment=EVALUATION)}
    data = changes.get("data") or done.get(case.step) or STEP_DATA[case.step](case)
    return advance_case(actor=office.owner(case), step_run_id=case.task_id, data=data, password=PASSWORD)


def at_step6(office: Office, step: int, of: str = "pegawai") -> Case:
    while 0 < office.case(of).step < step:
        step6(office, of)
    return office.case(of)


__all__ = ["EVALUATION", "FORM6", "METHOD", "SIX_YEAR", "STUDY", "TODAY", "achieve", "at_step6", "six_office", "step6"]
