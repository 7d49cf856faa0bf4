"""What must be so whoever acted when: the chains hold, and what is written twice agrees."""

import re
from typing import Any

from django.apps import apps
from django.db import connection

from takar.audit.actions import make_checkpoint
from takar.audit.queries import verify_chains, verify_checkpoints
from takar.casework.models import Case
from takar.documents.models import Document, NumberSeries
from takar.files.queries import verify_files
from takar.files.types import Kind
from takar.procedures.enums import StepState
from takar.procedures.models import StepRun


def assert_sound() -> None:
    """After any race."""
    assert_whole()
    assert _given_numbers() == [
        list(range(1, last + 1)) for last in NumberSeries.objects.values_list("last", flat=True)
    ]


def assert_whole() -> None:
    """Chains, checkpoints and files hold, and what a case repeats of its run agrees with it."""
    make_checkpoint()
    # A signature is never the same twice: what a failed act had signed lies in the store, known to no row and harmless.
    files = [finding for finding in verify_files() if finding.kind is not Kind.UNKNOWN]
    assert [*verify_chains(), *verify_checkpoints(), *files] == []
    assert _open_steps_of_cases() == _open_steps_of_runs()
    connection.check_constraints()


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the program, to see that nothing of a failed act stays."""
    models = [model for model in apps.get_models() if model._meta.app_config.name.startswith("takar.")]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def _open_steps_of_cases() -> dict[Any, Any]:
    rows = Case.objects.values_list("run_id", "open_step_id", "step", "actor", "assignee_id", "since")
    return {run: (open_step, *rest) if open_step else None for run, open_step, *rest in rows}


def _open_steps_of_runs() -> dict[Any, Any]:
    runs = dict.fromkeys(Case.objects.values_list("run_id", flat=True))
    rows = StepRun.objects.filter(state=StepState.OPEN)
    found = rows.values_list("run_id", "pk", "step", "actor", "assignee_id", "opened_at")
    return runs | {run: tuple(rest) for run, *rest in found}


def _given_numbers() -> list[list[int]]:
    numbers = Document.objects.values_list("number", flat=True)
    return [sorted(int(re.split("/", number)[1]) for number in numbers)] if numbers else []
