"""Rows as an answer shows them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from takar.appraisal.models import Plan
from takar.appraisal.types import FormData
from takar.casework.models import Case, Period
from takar.common import clock
from takar.documents.models import Document
from takar.organisation.models import Employee
from takar.procedures.models import StepRun
from takar.rules.flow import Step

Row = dict[str, Any]


def figure(value: Decimal | None) -> str | None:
    """Plain notation without zeros at the end: "9.12"."""
    return None if value is None else f"{value.normalize():f}"


def person_row(person: Employee) -> Row:
    return {"id": person.pk, "nip": person.nip, "name": person.full_name}


def period_row(period: Period) -> Row:
    names = ("code", "name", "year", "start", "end", "cycle", "method", "opened_at")
    return {"id": period.pk, "sop_version": period.version_id, **{name: getattr(period, name) for name in names}}


def case_row(case: Case) -> Row:
    """The columns of a case; `assignee` must be read along."""
    names = ("code", "name", "nip", "post", "unit", "step", "actor", "since", "due_at", "returned")
    return {
        "id": case.pk,
        **{name: getattr(case, name) for name in names},
        "assignee": case.assignee.full_name if case.assignee else None,
        "task": case.open_step_id,
        "late": is_late(case.due_at if case.step else None),
    }


def is_late(due_at: dt.datetime | None) -> bool:
    return due_at is not None and due_at < clock.now()


def step_row(step: Step) -> Row:
    return {
        "number": step.number,
        "kind": step.kind.value,
        "description": step.description,
        "actor": step.actor,
        "output": step.output.label,
        "standard_minutes": step.standard_minutes,
    }


def visit_row(run: StepRun) -> Row:
    names = (
        "id", "step", "state", "actor", "opened_at", "started_at", "due_at", "closed_at", "closed_as", "returned_to",
        "reason", "standard_minutes", "waited_minutes", "worked_minutes",
    )  # fmt: skip
    return {
        **{name: getattr(run, name) for name in names},
        "visit": run.seq,
        "assignee": run.assignee.full_name if run.assignee else None,
        "closed_by": run.closed_by.full_name if run.closed_by else None,
    }


def document_row(document: Document) -> Row:
    """`successor`, the files and the signatures must be read along."""
    names = ("id", "number", "kind", "year", "issued_at")
    return {
        **{name: getattr(document, name) for name in names},
        "case": document.case_key,
        "superseded": document.superseded_by is not None,
        "sha256": document.final_file.sha256,
    }


def form_content(data: FormData) -> Row:
    figures = ("quantity", "time", "cost", "credit", "figure")
    study = data.study
    return {
        "lines": [
            {
                "item": line.item,
                "name": line.name,
                "realisation": line.realisation,
                "note": line.note,
                **{name: figure(getattr(line, name)) for name in figures},
            }
            for line in data.lines
        ],
        "extras": [
            {"kind": extra.kind, "name": extra.name, "level": extra.level, "letter": extra.letter}
            for extra in data.extras
        ],
        "study": study
        and {
            "gpa": figure(study.gpa),
            "level": study.level,
            "institution": study.institution,
            "programme": study.programme,
            "dropped_out": study.dropped_out,
        },
    }


def plan_row(plan: Plan) -> Row:
    """`employee` must be read along."""
    names = ("id", "year", "method", "part", "version", "state", "agreed_on")
    return {
        **{name: getattr(plan, name) for name in names},
        "person": person_row(plan.employee),
        "start": plan.first_day,
        "end": plan.last_day,
    }


def plain(value: Any) -> Any:
    """Figures within a structure as text, everything else as it is."""
    if isinstance(value, Decimal):
        return figure(value)
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
