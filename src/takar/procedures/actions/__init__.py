"""Writes on SOPs (versions) and on their runs (passage)."""

from takar.procedures.actions.passage import (
    AssigneeOf,
    begin_step,
    complete_step,
    pause_step,
    return_step,
    start_run,
    start_runs,
)
from takar.procedures.actions.versions import (
    approve_draft,
    approve_version,
    discard_draft,
    install_sop,
    revise_times,
    revise_version,
    save_draft,
)
from takar.procedures.data import shipped_sop

__all__ = [
    "AssigneeOf",
    "approve_draft",
    "approve_version",
    "begin_step",
    "complete_step",
    "discard_draft",
    "install_sop",
    "pause_step",
    "return_step",
    "revise_times",
    "revise_version",
    "save_draft",
    "shipped_sop",
    "start_run",
    "start_runs",
]
